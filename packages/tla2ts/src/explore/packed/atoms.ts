/** The strings and model values that a specification and its configuration write. */
import type { ResolvedArgument, ResolvedSpec } from '../../names/resolved.js';
import type { ConfigValue, ModelConfig } from '../../config/config.js';
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

/** Names. */
export const modelValuesOf = ({ constants }: ModelConfig): readonly string[] => {
  const found = new Set<string>();
  const visit = (value: ConfigValue): void => {
    if (value.kind === 'modelValue') found.add(value.name);
    if (value.kind === 'set') value.items.forEach(visit);
  };
  for (const { args, value } of constants) [...args, value].forEach(visit);
  return [...found];
};
