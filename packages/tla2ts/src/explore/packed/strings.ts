/** The strings that a specification writes. */
import type { ResolvedArgument, ResolvedSpec } from '../../names/resolved.js';
import { children } from '../../analysis/children.js';

export const stringsOf = ({ definitions }: ResolvedSpec): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (e: ResolvedArgument): void => {
    if (e.kind === 'string') found.add(e.value);
    if (e.kind === 'let') for (const { body } of e.definitions) visit(body);
    children(e).forEach(visit);
  };
  for (const { body } of definitions) visit(body);
  return found;
};
