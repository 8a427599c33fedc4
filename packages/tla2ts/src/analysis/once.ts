/** Which LET definitions are evaluated at most once: nothing is gained by keeping their values. */
import type { DefinitionSymbol, ResolvedArgument } from '../names/resolved.js';
import { boundsOf, children } from './children.js';
import { hoistedDefinitions } from './hoisted.js';

/** Those without parameters, in the bodies of some definitions, that are used in one place, which is not inside of anything that is done again and again. */
export function usedOnce(definitions: readonly DefinitionSymbol[]): ReadonlySet<DefinitionSymbol> {
  /** How many loops and operators each is defined in, and how often each is used; in a further loop, as if twice. */
  const depths = new Map<DefinitionSymbol, number>();
  const uses = new Map<DefinitionSymbol, number>();

  const visit = (e: ResolvedArgument, depth: number): void => {
    switch (e.kind) {
      case 'let':
        for (const definition of e.definitions) {
          const own = depths.get(definition) ?? depth;
          depths.set(definition, own);
          visit(definition.body, definition.parameters.length > 0 || definition.recursive ? own + 1 : own);
        }
        return visit(e.body, depth);
      case 'lambda':
        return visit(e.body, depth + 1);
      case 'apply': {
        const { operator, args } = e;
        if (operator.kind !== 'definition') return args.forEach((arg) => visit(arg, depth));
        const within = depths.get(operator) ?? 0;
        uses.set(operator, (uses.get(operator) ?? 0) + (depth > within ? 2 : 1));
        // An operator may evaluate its argument several times.
        return args.forEach((arg) => visit(arg, depth + 1));
      }
      case 'quantifier':
        for (const definition of hoistedDefinitions(e)) depths.set(definition, depth);
        return inside(e, depth);
      default:
        inside(e, depth);
    }
  };
  /** The parts of an expression: all but the first set that it goes through are evaluated for each of its elements. */
  const inside = (e: ResolvedArgument, depth: number): void => {
    const first = boundsOf(e)[0]?.set;
    children(e).forEach((part) => visit(part, first === undefined || part === first ? depth : depth + 1));
  };
  for (const { body } of definitions) visit(body, 0);
  return new Set([...depths.keys()].filter((one) => one.parameters.length === 0 && (uses.get(one) ?? 0) <= 1));
}
