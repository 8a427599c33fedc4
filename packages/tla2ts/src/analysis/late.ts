/**
 * Which parameters get their arguments as functions: where a call has an argument that may have no value, and the operator
 * may do without it. All other arguments are computed before the call, which nobody can tell.
 */
import type { DefinitionSymbol, LocalSymbol, ResolvedArgument, ResolvedExpression } from '../names/resolved.js';
import { boundsOf, children } from './children.js';
import { type Evaluated, strictParameters, strictUses, usesOfOutcome } from './strict.js';
import { type Evaluations, isTotal, type Known } from './total.js';

/** An operator that can be called: its definition, or a parameter that is an operator. */
type Operator = DefinitionSymbol | LocalSymbol;

/** The answer for the definitions of a specification. */
export interface Late extends Known {
  /** For each parameter of an operator, whether it is a function that gives the value. */
  readonly of: (operator: Operator) => readonly boolean[];
  /** Whether the argument of a call has a value wherever the call is made. */
  readonly isSure: (argument: ResolvedArgument) => boolean;
}

/** Looks at every call in the bodies of the definitions. */
export function lateParameters(definitions: readonly DefinitionSymbol[]): Late {
  const late = new Set<LocalSymbol>();
  /** Of parameters that are operators: which of their own parameters. */
  const positions = new Map<LocalSymbol, boolean[]>();
  const bounds = new Map<LocalSymbol, ResolvedExpression>();
  const known: Known = { late, bounds };
  const sure = new Set<ResolvedArgument>();
  let changed = true;

  const of = (operator: Operator): readonly boolean[] =>
    operator.kind === 'local'
      ? (positions.get(operator) ?? Array.from({ length: operator.arity }, () => false))
      : operator.parameters.map((parameter) => late.has(parameter));

  const mark = (operator: Operator, i: number): void => {
    const parameter = operator.kind === 'local' ? undefined : operator.parameters[i];
    if (of(operator)[i] === true || (operator.kind === 'definition' && strictParameters(operator)[i] === true)) return;
    changed = true;
    if (parameter !== undefined) late.add(parameter);
    if (operator.kind === 'local') positions.set(operator, of(operator).with(i, true) as boolean[]);
  };

  /** What an operator that is given for `parameter` gets, it takes in the same way. */
  const given = (argument: ResolvedArgument, parameter: LocalSymbol): void => {
    of(parameter).forEach((isLate, i) => {
      if (!isLate) return;
      if (argument.kind === 'lambda') {
        const own = argument.parameters[i];
        if (own !== undefined && !late.has(own)) {
          late.add(own);
          changed = true;
        }
      } else if (argument.kind === 'operator' && isOperator(argument.operator)) {
        mark(argument.operator, i + argument.leading.length);
      }
    });
  };

  const call = (operator: Operator, args: readonly ResolvedArgument[], before: Evaluations): void => {
    args.forEach((argument, i) => {
      if (argument.kind === 'lambda' || argument.kind === 'operator') {
        if (operator.kind === 'definition') given(argument, operator.parameters[i] as LocalSymbol);
      } else {
        const isSure = isTotal(argument, known, before);
        if (isSure) sure.add(argument);
        else mark(operator, i);
      }
    });
  };

  const bind = (e: ResolvedArgument): void => {
    for (const { pattern, set } of boundsOf(e)) if (pattern.kind === 'name') bounds.set(pattern.symbol, set);
    if (e.kind === 'let') for (const { body } of e.definitions) bind(body);
    children(e).forEach(bind);
  };
  for (const { body } of definitions) bind(body);

  /** `before`: what has been evaluated whenever this is. */
  const visit = (e: ResolvedArgument, before: Evaluations): void => {
    if (e.kind === 'apply' && isOperator(e.operator)) call(e.operator, e.args, before);
    if (e.kind === 'operator' && isOperator(e.operator)) call(e.operator, e.leading, before);
    const after = (test: ResolvedExpression, outcome: boolean): Evaluations =>
      new Set([...before, ...usesOfOutcome(test, outcome)]);
    switch (e.kind) {
      case 'let':
        for (const { body } of e.definitions) visit(body, before);
        return visit(e.body, before);
      case 'junction': {
        let known_ = before;
        for (const item of e.items) {
          visit(item, known_);
          known_ = new Set([...known_, ...usesOfOutcome(item, e.operator === '/\\')]);
        }
        return;
      }
      case 'if':
        visit(e.condition, before);
        visit(e.then, after(e.condition, true));
        return visit(e.else, after(e.condition, false));
      case 'apply':
        if (e.operator.kind === 'builtin' && e.operator.name === '=>') {
          const [left, right] = e.args as readonly [ResolvedExpression, ResolvedExpression];
          visit(left, before);
          return visit(right, after(left, true));
        }
        return e.args.forEach((arg) => visit(arg, before));
      default: {
        const sets = boundsOf(e).map(({ set }) => set);
        const inner = new Set<Evaluated>([...before, ...sets.flatMap((set) => [...strictUses(set)])]);
        for (const part of children(e)) visit(part, sets.includes(part as ResolvedExpression) ? before : inner);
      }
    }
  };

  while (changed) {
    changed = false;
    sure.clear();
    for (const { body } of definitions) visit(body, new Set());
  }
  return { ...known, of, isSure: (argument) => sure.has(argument) };
}

const isOperator = (symbol: { readonly kind: string }): symbol is Operator =>
  symbol.kind === 'definition' || symbol.kind === 'local';
