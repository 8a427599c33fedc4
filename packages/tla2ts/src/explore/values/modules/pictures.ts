/** The community's module `SVG`: elements as records, and their text. */
import type { Kit, Operators } from './kit.js';

export const pictureOperators = (kit: Kit): Operators => {
  const { argumentsOf, divide, fail, field, int, isFunction, show, values } = kit;
  const element = (name: string, attrs: unknown, children: unknown, innerText: unknown): unknown => ({
    name,
    attrs,
    children,
    innerText,
  });
  /** The attributes of an element, and others, which give way to them. */
  const merged = (own: Readonly<Record<string, unknown>>, others: unknown): unknown => {
    const names = argumentsOf(others);
    const given = names.map((name, i) => [String(name), values(others)[i]] as const);
    return { ...Object.fromEntries(given), ...own };
  };
  const asText = (attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, show(value)]));
  const shape = (name: string, own: Readonly<Record<string, unknown>>, attrs: unknown, text: unknown = ''): unknown =>
    element(name, merged(asText(own), attrs), [], text);
  const string = (value: unknown, what: string): string =>
    typeof value === 'string' ? value : fail(`${what} of an SVG element is a string, not ${show(value)}`);
  const toText = (e: unknown): string => {
    const [name, attrs, children, inner] = ['name', 'attrs', 'children', 'innerText'].map((part) => field(e, part));
    if (!isFunction(attrs) || !isFunction(children)) return fail(`this is no SVG element: ${show(e)}`);
    const attributes = argumentsOf(attrs)
      .map((key, i) => ` ${String(key).replaceAll('_', '-')}='${string(values(attrs)[i], 'an attribute')}'`)
      .join('');
    const tag = string(name, 'the name');
    const text = string(inner, 'the text').replaceAll('<<', '&lt;&lt;').replaceAll('>>', '&gt;&gt;');
    return `<${tag}${attributes}>${text}${values(children).map(toText).join('')}</${tag}>`;
  };

  return {
    'SVG!SVGElem': element,
    'SVG!Line': (x1: unknown, y1: unknown, x2: unknown, y2: unknown, attrs: unknown) =>
      shape('line', { x1, y1, x2, y2 }, attrs),
    'SVG!Circle': (cx: unknown, cy: unknown, r: unknown, attrs: unknown) => shape('circle', { cx, cy, r }, attrs),
    'SVG!Rect': (x: unknown, y: unknown, width: unknown, height: unknown, attrs: unknown) =>
      shape('rect', { x, y, width, height }, attrs),
    'SVG!Text': (x: unknown, y: unknown, text: unknown, attrs: unknown) => shape('text', { x, y }, attrs, text),
    'SVG!Image': (x: unknown, y: unknown, width: unknown, height: unknown, href: unknown, attrs: unknown) =>
      element('image', merged({ 'xlink:href': href, ...asText({ x, y, width, height }) }, attrs), [], ''),
    'SVG!Group': (children: unknown, attrs: unknown) => element('g', attrs, children, ''),
    'SVG!Svg': (children: unknown, attrs: unknown) => element('svg', attrs, children, ''),
    'SVG!SVGDoc': (children: unknown, x: unknown, y: unknown, width: unknown, height: unknown, attrs: unknown) => {
      const own = {
        'xmlns:xlink': 'http://www.w3.org/1999/xlink',
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: [x, y, width, height].map(show).join(' '),
      };
      return element('svg', merged(own, attrs), [children], '');
    },
    'SVG!SVGElemToString': toText,
    'SVG!NodeOfRingNetwork': (cx: unknown, cy: unknown, r: unknown, n: unknown, m: unknown) => {
      const angle = ((2 * Math.PI) / int(m)) * int(n);
      return {
        x: Math.trunc(int(cx) + int(r) * Math.cos(angle)),
        y: Math.trunc(int(cy) + int(r) * Math.sin(angle)),
      };
    },
    'SVG!PointOnLine': (from: unknown, to: unknown, segment: unknown) => {
      const at = (axis: string): number => {
        const [a, b] = [int(field(from, axis)), int(field(to, axis))];
        return a + divide(b - a, segment);
      };
      return { x: at('x'), y: at('y') };
    },
  };
};
