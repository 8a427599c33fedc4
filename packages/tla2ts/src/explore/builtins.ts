/** The text of operators of the language and of the standard modules. */

/** Text of a call from the texts of its arguments. */
export type BuiltinText = (...args: readonly string[]) => string;

const call =
  (name: string): BuiltinText =>
  (...args) =>
    `rt.${name}(${args.join(', ')})`;

/** Text of an equality. */
export const equalText = (a: string, b: string): string => `rt.equal(${a}, ${b})`;

/** Operators with plain arguments, by name; those of standard modules that are not here are looked for in `rt.modules`. */
export const builtins: ReadonlyMap<string, BuiltinText> = new Map<string, BuiltinText>([
  ['=', equalText],
  ['/=', (a, b) => `!${equalText(a as string, b as string)}`],
  ['<=>', equalText],
  ['\\in', call('member')],
  ['\\notin', (a, b) => `!rt.member(${a}, ${b})`],
  ['\\subseteq', call('subset')],
  ['\\cup', call('union')],
  ['\\cap', call('intersect')],
  ['\\', call('minus')],
  ['SUBSET', call('powerSet')],
  ['UNION', call('flatten')],
  ['DOMAIN', call('domainOf')],
  ['BOOLEAN', () => 'rt.booleans'],
  ['STRING', () => 'rt.strings'],
  ['Nat', () => 'rt.naturals'],
  ['Int', () => 'rt.integers'],
  ['+', call('add')],
  ['-', call('subtract')],
  ['*', call('multiply')],
  ['-.', call('negate')],
  ['\\div', call('divide')],
  ['%', call('modulo')],
  ['^', call('power')],
  ['<', (a, b) => `rt.less(${a}, ${b})`],
  ['>', (a, b) => `rt.less(${b}, ${a})`],
  ['<=', (a, b) => `rt.lessEqual(${a}, ${b})`],
  ['>=', (a, b) => `rt.lessEqual(${b}, ${a})`],
  ['..', call('interval')],
  ['Seq', call('sequences')],
  ['Len', call('length')],
  ['\\o', call('concat')],
  ['Append', call('append')],
  ['Head', call('head')],
  ['Tail', call('tail')],
  ['SubSeq', call('subSeq')],
  ['Cardinality', call('cardinality')],
]);
