import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModule } from '../../src/index.js';
import { printExpression } from '../../src/syntax/print.js';
import { parseBody, withoutSpans } from './shape.js';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'foo', 'x1', '_y');
const infix = fc.constantFrom('+', '-', '=', '/\\', '\\/', '=>', '\\in', '..', '\\o', '<', '@@', '\\cup', '^', '%');
const postfix = fc.constantFrom("'", '^+', '^*');
const prefix = fc.constantFrom('~', '-', 'SUBSET', 'DOMAIN', 'UNCHANGED', '[]', '<>', 'ENABLED');

/** Expressions as text with more parentheses than needed; spaces and line breaks at random. */
const text: fc.Memo<string> = fc.memo((depth) => {
  const atom = fc.oneof(
    name,
    fc.nat({ max: 99 }).map(String),
    fc.constantFrom('"s"', '"q\\"\\n"', 'TRUE', '@', '{}', '<<>>'),
  );
  if (depth <= 1) return atom;
  const sub = text(depth - 1);
  const inner = sub.map((s) => `(${s})`);
  return fc.oneof(
    { weight: 2, arbitrary: atom },
    { weight: 4, arbitrary: fc.tuple(inner, infix, inner).map(([a, o, b]) => `${a} ${o} ${b}`) },
    fc.tuple(prefix, inner).map(([o, a]) => `${o} ${a}`),
    fc.tuple(inner, postfix).map(([a, o]) => `${a}${o}`),
    fc.tuple(name, sub, sub).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(inner, sub).map(([f, a]) => `${f}[${a}]`),
    fc.tuple(inner, name).map(([r, f]) => `${r}.${f}`),
    fc.array(sub, { maxLength: 3 }).map((items) => `<<${items.join(', ')}>>`),
    fc.array(inner, { maxLength: 3 }).map((items) => `{${items.join(', ')}}`),
    fc.tuple(name, inner, sub).map(([x, s, p]) => `{${x} \\in ${s} : ${p}}`),
    fc.tuple(inner, name, sub).map(([e, x, s]) => `{${e} : ${x} \\in ${s}}`),
    fc.tuple(name, sub, sub).map(([x, s, e]) => `[${x} \\in ${s} |-> ${e}]`),
    fc.tuple(inner, sub).map(([s, t]) => `[${s} -> ${t}]`),
    fc.tuple(name, sub, name, sub).map(([f, a, g, b]) => `[${f} |-> ${a}, ${g} |-> ${b}]`),
    fc.tuple(name, sub).map(([f, s]) => `[${f} : ${s}]`),
    fc.tuple(inner, sub, name, sub).map(([f, i, g, e]) => `[${f} EXCEPT ![${i}].${g} = ${e}]`),
    fc.tuple(sub, sub, sub).map(([a, b, c]) => `IF ${a} THEN ${b} ELSE ${c}`),
    fc.tuple(inner, inner, inner).map(([a, b, c]) => `CASE ${a} -> ${b} [] OTHER -> ${c}`),
    fc.tuple(name, sub, sub).map(([x, d, e]) => `LET ${x} == ${d} IN ${e}`),
    fc.tuple(fc.constantFrom('\\A', '\\E'), name, sub, sub).map(([q, x, s, p]) => `${q} ${x} \\in ${s} : ${p}`),
    fc.tuple(name, sub).map(([x, p]) => `CHOOSE ${x} : ${p}`),
    fc.tuple(name, name, sub).map(([f, x, e]) => `${f}(LAMBDA ${x} : ${e}, +)`),
    fc.tuple(sub, name).map(([a, v]) => `[${a}]_${v}`),
    fc.tuple(sub, name).map(([a, v]) => `<<${a}>>_${v}`),
    fc.tuple(fc.constantFrom('WF', 'SF'), name, sub).map(([f, v, a]) => `${f}_${v}(${a})`),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((items) => `(${items.map((i) => `/\\ ${i}`).join('\n')})`),
    fc.tuple(name, name, sub).map(([i, f, a]) => `${i}!${f}(${a})`),
    fc.tuple(name, sub).map(([l, e]) => `${l}1 :: ${e}`),
  );
});

describe('printing', () => {
  it('and reading again gives the same tree', () => {
    fc.assert(
      fc.property(text(4), (source) => {
        const first = parseBody(source);
        if (!first.expression || first.codes.length > 0) return;
        const printed = printExpression(first.expression);
        const again = parseBody(printed);
        expect(again.codes, printed).toEqual([]);
        expect(withoutSpans(again.expression), printed).toEqual(withoutSpans(first.expression));
      }),
      { numRuns: 1500 },
    );
  });

  it('starts from text that the parser takes', () => {
    let taken = 0;
    fc.assert(
      fc.property(text(3), (source) => void (taken += parseBody(source).codes.length === 0 ? 1 : 0)),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(150);
  });
});

describe('spans', () => {
  it('hold exactly the text of what they belong to', () => {
    const source = '---- MODULE M ----\nF(a) == a + G(a,\n  1)\n====\n';
    const { module } = parseModule('M.tla', source);
    const unit = module?.units[0];
    const body = unit?.kind === 'operatorDefinition' ? unit.body : undefined;
    expect(source.slice(body?.span.offset, body?.span.endOffset)).toBe('a + G(a,\n  1)');
    expect(body?.span).toMatchObject({ line: 2, column: 9, endLine: 3, endColumn: 5 });
  });
});
