/**
 * The order of strings and of the names of model values. TLC numbers texts as it comes across them, and orders strings, fields and model values by these numbers: first the
 * values in the configuration, then the words of the modules, then what stands between quotation marks. What comes up later is ordered here by its characters, so that
 * the order does not depend on what was evaluated before.
 */
import type { ConfigValue, ModelConfig } from '../../config/config.js';
import type { ResolvedModule, ResolvedSpec } from '../../names/resolved.js';

/** Less than 0: `a` comes before `b`. */
export type TextOrder = (a: string, b: string) => number;

const byCharacters: TextOrder = (a, b) => (a < b ? -1 : Number(a > b));

/** Texts that are not in the list come after those that are. */
export const orderOfTexts = (texts: () => Iterable<string>): TextOrder => {
  let ranks: Map<string, number> | undefined;
  const rank = (text: string): number => {
    if (ranks === undefined) {
      ranks = new Map();
      for (const one of texts()) if (!ranks.has(one)) ranks.set(one, ranks.size);
    }
    return ranks.get(text) ?? Infinity;
  };
  return (a, b) => {
    if (a === b) return 0;
    const [x, y] = [rank(a), rank(b)];
    return x === y ? byCharacters(a, b) : x - y;
  };
};

/** The texts of a specification and its configuration, in the order in which TLC numbers them. */
export function* textsInOrder(spec: ResolvedSpec, config: ModelConfig): Iterable<string> {
  for (const { args, value } of config.constants) for (const part of [...args, value]) yield* textsOf(part);
  const found = readingOrder(spec).map(wordsOf);
  for (const { names } of found) yield* names;
  const strings = new Map(found.map(({ module, quoted }) => [module, quoted]));
  for (const module of spec.modules) yield* strings.get(module) ?? [];
}

function* textsOf(value: ConfigValue): Iterable<string> {
  if (value.kind === 'modelValue') yield value.name;
  if (value.kind === 'string') yield value.value;
  if (value.kind === 'set') for (const item of value.items) yield* textsOf(item);
}

/** The root, then what it extends, each before what it extends itself, then what is instantiated. */
const readingOrder = ({ root, modules }: ResolvedSpec): readonly ResolvedModule[] => {
  const found = new Set<ResolvedModule>();
  const visit = (module: ResolvedModule): void => {
    if (found.has(module)) return;
    found.add(module);
    for (const name of module.extends) {
      const extended = modules.find((one) => one.name === name);
      if (extended !== undefined) visit(extended);
    }
  };
  visit(root);
  return [...found, ...modules.toReversed().filter((module) => !found.has(module))];
};

interface Words {
  readonly module: ResolvedModule;
  readonly names: readonly string[];
  readonly quoted: readonly string[];
}

/** The words of a module and its strings, each in the order of the text. */
const wordsOf = (module: ResolvedModule): Words => {
  const names: [offset: number, text: string][] = [];
  const quoted: [offset: number, text: string][] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    else if (typeof node === 'object' && node !== null) {
      const { kind, span, name, text, value } = node as Partial<Record<string, unknown>>;
      const offset = (span as { offset: number } | undefined)?.offset ?? 0;
      if (kind === 'string') quoted.push([offset, value as string]);
      else if (typeof name === 'string') names.push([offset, name]);
      else if (typeof text === 'string' && kind !== 'decimal') names.push([offset, text]);
      for (const [key, part] of Object.entries(node)) if (key !== 'span') visit(part);
    }
  };
  visit(module.syntax);
  const inOrder = (found: readonly [number, string][]): readonly string[] =>
    found.toSorted(([a], [b]) => a - b).map(([, text]) => text);
  return { module, names: inOrder(names), quoted: inOrder(quoted) };
};
