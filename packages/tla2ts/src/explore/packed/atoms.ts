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

/** Sets of model values that the configuration writes, or the specification as `{n1, n2}`: names. */
export const modelSetsOf = (
  { definitions }: ResolvedSpec,
  { constants }: ModelConfig,
): readonly (readonly string[])[] => {
  const found: (readonly string[])[] = [];
  const own = new Map<string, string>();
  for (const { name, args, value } of constants) {
    if (value.kind === 'modelValue' && args.length === 0) own.set(name.text, value.name);
    if (value.kind !== 'set') continue;
    const names = value.items.flatMap((item) => (item.kind === 'modelValue' ? [item.name] : []));
    if (names.length > 1) found.push(names);
  }
  const visit = (e: ResolvedArgument): void => {
    if (e.kind === 'setEnumeration' && e.items.length > 1) {
      const names = e.items.map((item) =>
        item.kind === 'apply' && item.operator.kind === 'constant' ? own.get(item.operator.name) : undefined,
      );
      if (names.every((name) => name !== undefined)) found.push(names);
    }
    if (e.kind === 'let') for (const { body } of e.definitions) visit(body);
    children(e).forEach(visit);
  };
  for (const { body } of definitions) visit(body);
  return found;
};
