/**
 * TLC evaluates arguments and LET definitions when they are used. Where an expression surely evaluates a name before anything else can go wrong
 * because of it, or where evaluating it cannot go wrong at all, JavaScript may do it at once.
 */
import type { DefinitionSymbol, LocalSymbol, ResolvedArgument } from '../names/resolved.js';
import { children } from './dependencies.js';

type Symbol = LocalSymbol | DefinitionSymbol;

/** Operators of the language that do not evaluate all their arguments. */
const partial: ReadonlySet<string> = new Set(['=>', "'", 'ENABLED', 'UNCHANGED']);

/** Answers are kept per definition and parameter; while one is being found it counts as "no". */
const known = new WeakMap<DefinitionSymbol, Map<LocalSymbol, boolean>>();

/** Whether evaluating the expression always evaluates the symbol. */
export const isStrict = (e: ResolvedArgument, symbol: Symbol): boolean => {
  const strict = (part: ResolvedArgument | undefined): boolean => part !== undefined && isStrict(part, symbol);
  switch (e.kind) {
    case 'apply': {
      const { operator, args } = e;
      if (operator === symbol) return true;
      if (operator.kind === 'builtin')
        return partial.has(operator.name) ? operator.name === '=>' && strict(args[0]) : args.some(strict);
      if (operator.kind === 'definition') {
        return args.some((argument, i) => strict(argument) && strictIn(operator, operator.parameters[i]));
      }
      return operator.kind === 'local' && args.some(strict);
    }
    case 'junction':
      return strict(e.items[0]);
    case 'if':
      return strict(e.condition) || (strict(e.then) && strict(e.else));
    case 'case':
      return strict(e.arms[0]?.condition);
    case 'let':
      return (
        strict(e.body) || e.definitions.some((d) => d.parameters.length === 0 && isStrict(e.body, d) && strict(d.body))
      );
    case 'quantifier':
    case 'setMap':
    case 'functionConstructor':
      return e.bounds.some(({ set }) => strict(set));
    case 'setFilter':
      return strict(e.bound.set);
    case 'choose':
      return strict(e.set);
    case 'operator':
    case 'lambda':
    case 'box':
    case 'angle':
    case 'fairness':
      return false;
    case 'except':
      return strict(e.function);
    default:
      return children(e).some(strict);
  }
};

/** Whether a definition always evaluates one of its parameters. */
export const strictIn = (definition: DefinitionSymbol, parameter: LocalSymbol | undefined): boolean => {
  if (parameter === undefined) return false;
  let answers = known.get(definition);
  if (answers === undefined) {
    answers = new Map();
    known.set(definition, answers);
  }
  let answer = answers.get(parameter);
  if (answer === undefined) {
    answers.set(parameter, false);
    answer = isStrict(definition.body, parameter);
    answers.set(parameter, answer);
  }
  return answer;
};

/** Operators that cannot fail on arguments of the right kind. */
const total: ReadonlySet<string> = new Set(
  '= /= \\in \\notin ~ => <=> \\cup \\cap \\ \\subseteq + - * -. < > <= >= .. Len Append \\o Cardinality Nat Int BOOLEAN STRING'.split(
    ' ',
  ),
);

/** An expression that is quick to evaluate and cannot fail in a specification whose kinds of values agree. */
export const isCheap = (e: ResolvedArgument): boolean => {
  switch (e.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    case 'tuple':
    case 'setEnumeration':
    case 'junction':
      return e.items.every(isCheap);
    case 'record':
      return e.fields.every(({ value }) => isCheap(value));
    case 'field':
      return isCheap(e.record);
    case 'if':
      return isCheap(e.condition) && isCheap(e.then) && isCheap(e.else);
    case 'apply':
      switch (e.operator.kind) {
        case 'local':
        case 'variable':
        case 'constant':
          return e.args.length === 0;
        case 'builtin':
          return total.has(e.operator.name) && e.args.every(isCheap);
        case 'definition':
          return (
            e.operator.place === 'top' && e.operator.level === 0 && e.args.length === 0 && isCheap(e.operator.body)
          );
      }
      return false;
    default:
      return false;
  }
};
