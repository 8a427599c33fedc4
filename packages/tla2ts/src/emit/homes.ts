/** Which definitions become functions, in the file of which module, under which names. */
import { isOpenChoice } from '../analysis/dependence.js';
import { children } from '../analysis/children.js';
import type { DefinitionSymbol, ResolvedArgument, ResolvedSpec } from '../names/resolved.js';
import { identifier } from './names.js';

/**
 * The definitions that are emitted, in the order of the specification, with the module whose file has them. All that have a meaning without a behaviour
 * are; those of instances with a name, and parts of definitions, where something uses them: in the file of the first that does.
 */
export function homesOf(spec: ResolvedSpec): ReadonlyMap<DefinitionSymbol, string> {
  const files = new Map(spec.modules.map(({ name, file }) => [file, name]));
  const names = new Set(spec.modules.map(({ name }) => name));
  const homes = new Map<DefinitionSymbol, string>();
  const settle = (definition: DefinitionSymbol, home: string): void => {
    if (homes.has(definition) || isOpenChoice(definition)) return;
    homes.set(definition, home);
    for (const used of usedDefinitions(definition.body)) if (isHelper(used)) settle(used, home);
  };
  for (const definition of spec.definitions) {
    const { module, nameSpan, origin } = definition;
    if (definition.level > 2 || definition.place !== 'top' || isHelper(definition) || isOpenChoice(definition))
      continue;
    const own = names.has(module) ? module : (files.get(nameSpan.file) ?? spec.root.name);
    settle(definition, origin === undefined ? own : (holderOf(spec, definition) ?? own));
  }
  const order = new Map(spec.definitions.map((definition, i) => [definition, i]));
  const place = ([definition]: readonly [DefinitionSymbol, string]): number => order.get(definition) ?? -1;
  return new Map([...homes].sort((a, b) => place(a) - place(b)));
}

/** Needed only where something uses it. */
function isHelper({ place, name }: DefinitionSymbol): boolean {
  return place === 'substitution' || name.includes('!');
}

/** The module that has a copy made by INSTANCE. */
function holderOf({ modules }: ResolvedSpec, copy: DefinitionSymbol): string | undefined {
  return modules.find(({ definitions }) => definitions.includes(copy))?.name;
}

/** Names of functions, each once in its file. */
export function namesOf(
  homes: ReadonlyMap<DefinitionSymbol, string>,
  reserved: readonly string[] = [],
): ReadonlyMap<DefinitionSymbol, string> {
  const taken = new Map<string, Set<string>>();
  const names = new Map<DefinitionSymbol, string>();
  // Those that a user calls have the first choice.
  const inOrder = [...homes].sort(([a], [b]) => Number(isHelper(a)) - Number(isHelper(b)));
  for (const [definition, home] of inOrder) {
    const used = taken.get(home) ?? new Set(reserved);
    const plain = identifier(definition.name);
    let name = plain;
    for (let n = 2; used.has(name); n += 1) name = `${plain}_${n}`;
    taken.set(home, used.add(name));
    names.set(definition, name);
  }
  return names;
}

/** Definitions outside of the expression that it mentions. */
export function* usedDefinitions(e: ResolvedArgument): Generator<DefinitionSymbol> {
  if ((e.kind === 'apply' || e.kind === 'operator') && e.operator.kind === 'definition') {
    if (e.operator.place !== 'let') yield e.operator;
  }
  if (e.kind === 'let') for (const inner of e.definitions) yield* usedDefinitions(inner.body);
  for (const part of children(e)) yield* usedDefinitions(part);
}
