/** The part of TypeScript that generated functions are made of. */

export type Code =
  /** A name, a literal; also any text that is printed as it is. */
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'member'; readonly object: Code; readonly name: string }
  | { readonly kind: 'index'; readonly object: Code; readonly index: Code }
  /** `types`: with its angle brackets, or nothing. */
  | { readonly kind: 'call'; readonly callee: Code; readonly types: string; readonly args: readonly Code[] }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | '...'; readonly operand: Code }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly items: readonly Code[] }
  | { readonly kind: 'conditional'; readonly test: Code; readonly yes: Code; readonly no: Code }
  /** `value as type`. */
  | { readonly kind: 'cast'; readonly value: Code; readonly type: string }
  | { readonly kind: 'array'; readonly items: readonly Code[] }
  | { readonly kind: 'object'; readonly fields: readonly ObjectField[] }
  /** `head`: the parameters in parentheses, with the type of the result if it is given. */
  | { readonly kind: 'arrow'; readonly head: string; readonly body: Code | readonly Statement[] };

/** `name: value`, or `...value`. */
export interface ObjectField {
  readonly name: string | undefined;
  readonly value: Code;
}

export type Statement =
  | { readonly kind: 'const'; readonly name: string; readonly value: Code }
  | { readonly kind: 'return'; readonly value: Code }
  | {
      readonly kind: 'if';
      readonly test: Code;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /** `for (const pattern of values)`. */
  | { readonly kind: 'of'; readonly pattern: string; readonly values: Code; readonly body: readonly Statement[] }
  /** `for (let name = low; name <= high; name++)`. */
  | {
      readonly kind: 'count';
      readonly name: string;
      readonly low: Code;
      readonly high: Code;
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'let'; readonly name: string; readonly value: Code }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'yield'; readonly value: Code }
  /** `yield*`. */
  | { readonly kind: 'delegate'; readonly value: Code }
  /** `function* name(parameters): result` inside of another. */
  | { readonly kind: 'generator'; readonly head: string; readonly body: readonly Statement[] }
  | { readonly kind: 'assign'; readonly target: string; readonly value: Code }
  /** A call for what it does. */
  | { readonly kind: 'call'; readonly value: Code }
  | { readonly kind: 'continue' }
  | { readonly kind: 'forever'; readonly body: readonly Statement[] };

/** From the weakest to the strongest; those of one line are as strong as each other. */
const strengths = [['||'], ['&&'], ['===', '!=='], ['<', '>', '<=', '>='], ['+', '-'], ['*']] as const;

export type BinaryOperator = (typeof strengths)[number][number];

const strengthOf: ReadonlyMap<string, number> = new Map(
  strengths.flatMap((operators, i) => operators.map((operator) => [operator, i + 2] as const)),
);

/** How strongly a binary operator binds: 2 for `||` up to 7; undefined for other texts. */
export function strength(operator: string): number | undefined {
  return strengthOf.get(operator);
}

const opposites: Readonly<Record<string, BinaryOperator>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** `!e` without a sign where a comparison says the same. */
export function negation(e: Code): Code {
  if (e.kind === 'unary' && e.operator === '!') return e.operand;
  const opposite = e.kind === 'binary' ? opposites[e.operator] : undefined;
  if (e.kind === 'binary' && opposite !== undefined) return { ...e, operator: opposite };
  if (e.kind === 'atom' && (e.text === 'true' || e.text === 'false')) {
    return { kind: 'atom', text: e.text === 'true' ? 'false' : 'true' };
  }
  return { kind: 'unary', operator: '!', operand: e };
}
