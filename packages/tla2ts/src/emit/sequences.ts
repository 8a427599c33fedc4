/** What the text of an expression says about a sequence. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
} from '../names/resolved.js';

/** The sequence of `1..Len(s)`, and the LET definition that has it, if one does. */
export function sequenceIn(
  set: ResolvedExpression,
): { readonly expression: ResolvedExpression; readonly definition: DefinitionSymbol | undefined } | undefined {
  if (set.kind !== 'apply' || set.operator.kind !== 'builtin' || set.operator.name !== '..') return undefined;
  const [low, high] = set.args as readonly ResolvedExpression[];
  if (low?.kind !== 'number' || low.value !== 1n || high?.kind !== 'apply') return undefined;
  if (high.operator.kind !== 'builtin' || high.operator.name !== 'Len') return undefined;
  const expression = high.args[0] as ResolvedExpression;
  const operator = expression.kind === 'apply' ? expression.operator : undefined;
  const isLet = operator?.kind === 'definition' && operator.place === 'let' && operator.parameters.length === 0;
  return { expression, definition: isLet ? operator : undefined };
}

/** Whether the value is certainly the empty sequence. `given`: values of parameters. */
export function isEmpty(e: ResolvedArgument, given: ReadonlyMap<LocalSymbol, ResolvedArgument> = new Map()): boolean {
  switch (e.kind) {
    case 'tuple':
      return e.items.length === 0;
    case 'if': {
      const condition = e.condition.kind === 'apply' ? given.get(e.condition.operator as LocalSymbol) : e.condition;
      return condition?.kind === 'boolean' && isEmpty(condition.value ? e.then : e.else, given);
    }
    case 'let':
      return isEmpty(e.body, given);
    case 'functionConstructor': {
      const sequence = e.bounds.length === 1 ? sequenceIn((e.bounds[0] as ResolvedBound).set) : undefined;
      return sequence !== undefined && isEmpty(sequence.expression, given);
    }
    case 'apply': {
      const { operator, args } = e;
      if (operator.kind === 'local')
        return args.length === 0 && given.has(operator) && isEmpty(given.get(operator) as ResolvedArgument);
      if (operator.kind === 'builtin') return operator.name === '\\o' && args.every((arg) => isEmpty(arg, given));
      if (operator.kind !== 'definition' || operator.recursive) return false;
      if (operator.place === 'let') return args.length === 0 && isEmpty(operator.body, given);
      const values = args.map((arg) => (arg.kind === 'apply' ? (given.get(arg.operator as LocalSymbol) ?? arg) : arg));
      return isEmpty(operator.body, new Map(operator.parameters.map((one, i) => [one, values[i] as ResolvedArgument])));
    }
    default:
      return false;
  }
}
