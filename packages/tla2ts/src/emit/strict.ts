/** Which definitions of a LET are certainly evaluated when an expression is: those need not be lazy. */
import type { DefinitionSymbol, ResolvedArgument, ResolvedExpression } from '../names/resolved.js';

type Used = ReadonlySet<DefinitionSymbol>;
const nothing: Used = new Set();

const union = (sets: readonly Used[]): Used => new Set(sets.flatMap((set) => [...set]));
const both = (a: Used, b: Used): Used => new Set([...a].filter((symbol) => b.has(symbol)));

/** The LET definitions without parameters that evaluating the expression certainly evaluates. */
export function strictUses(e: ResolvedArgument): Used {
  switch (e.kind) {
    case 'apply': {
      const { operator } = e;
      if (operator.kind === 'builtin' && (operator.name === '=>' || operator.name === 'Assert')) {
        return strictUses(e.args[0] as ResolvedExpression);
      }
      const own: Used =
        operator.kind === 'definition' && operator.place === 'let' && operator.parameters.length === 0
          ? new Set([operator, ...strictUses(operator.body)])
          : nothing;
      return union([own, ...e.args.map(strictUses)]);
    }
    case 'junction':
      return e.items[0] === undefined ? nothing : strictUses(e.items[0]);
    case 'if':
      return union([strictUses(e.condition), both(strictUses(e.then), strictUses(e.else))]);
    case 'case':
      return e.arms[0] === undefined ? nothing : strictUses(e.arms[0].condition);
    case 'let':
      return strictUses(e.body);
    case 'tuple':
    case 'setEnumeration':
      return union(e.items.map(strictUses));
    case 'product':
      return union(e.factors.map(strictUses));
    case 'record':
    case 'recordSet':
      return union(e.fields.map(({ value }) => strictUses(value)));
    case 'field':
      return strictUses(e.record);
    case 'functionApply':
      return union([strictUses(e.function), ...e.args.map(strictUses)]);
    case 'except':
      return strictUses(e.function);
    case 'setFilter':
      return strictUses(e.bound.set);
    case 'setMap':
    case 'functionConstructor':
    case 'quantifier':
      return e.bounds[0] === undefined ? nothing : strictUses(e.bounds[0].set);
    case 'functionSet':
      return union([strictUses(e.domain), strictUses(e.range)]);
    case 'choose':
      return e.set === undefined ? nothing : strictUses(e.set);
    default:
      return nothing;
  }
}

/** Whether evaluating the expression cannot fail and costs next to nothing. */
export function isPlain(e: ResolvedExpression): boolean {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'field':
      return isPlain(e.record);
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'local' || operator.kind === 'variable') return args.length === 0;
      if (operator.kind !== 'builtin') return false;
      const total = ['+', '-', '<', '>', '<=', '>=', 'Len', '~'];
      return (
        total.includes(operator.name) &&
        args.every((arg) => arg.kind !== 'operator' && arg.kind !== 'lambda' && isPlain(arg))
      );
    }
    case 'junction':
      return e.items.every(isPlain);
    default:
      return false;
  }
}
