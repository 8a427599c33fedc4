/** The order of definitions, and which of them are recursive: strongly connected components, after Tarjan. */
import type { Definition } from './definition.js';

interface Visit {
  readonly index: number;
  low: number;
  onStack: boolean;
}

/**
 * The given definitions and all that they use, but for those in LETs: each after those that it uses, except in recursion, and otherwise in the
 * order given. Marks the recursive ones (also in LETs).
 */
export function orderDefinitions(definitions: readonly Definition[]): { readonly order: readonly Definition[] } {
  const visits = new Map<Definition, Visit>();
  const stack: Definition[] = [];
  const order: Definition[] = [];

  const visit = (d: Definition): Visit => {
    const own: Visit = { index: visits.size, low: visits.size, onStack: true };
    visits.set(d, own);
    stack.push(d);
    for (const used of d.uses) {
      const known = visits.get(used);
      if (!known) own.low = Math.min(own.low, visit(used).low);
      else if (known.onStack) own.low = Math.min(own.low, known.index);
      if (used === d) d.recursive = true;
    }
    if (own.low === own.index) close(d);
    return own;
  };

  const close = (first: Definition): void => {
    const component = stack.splice(stack.indexOf(first));
    for (const member of component) {
      const known = visits.get(member);
      if (known) known.onStack = false;
      if (component.length > 1) member.recursive = true;
      if (member.place !== 'let') order.push(member);
    }
  };

  for (const d of definitions) if (!visits.has(d)) visit(d);
  return { order };
}
