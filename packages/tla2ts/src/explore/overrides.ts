/** What a configuration puts in the place of constants and definitions. */
import type { ConfigName, ConfigValue, ModelConfig } from '../config/config.js';
import type { ConstantSymbol, DefinitionSymbol, ResolvedSpec, ResolvedSymbol } from '../names/resolved.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { arityOf } from '../analysis/children.js';
import { closest } from '../names/suggest.js';
import { errorAt } from '../diagnostics/sink.js';

/** See the head of the file. */
export interface Overrides {
  /** The definition that a symbol stands for, if it stands for one. */
  readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;
  /** What stands for a symbol: a definition, a value, the values of an operator constant by its arguments; undefined: itself. */
  readonly of: (symbol: ResolvedSymbol) => Replacement | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type Replacement =
  | { readonly kind: 'definition'; readonly definition: DefinitionSymbol }
  | { readonly kind: 'value'; readonly value: ConfigValue }
  | { readonly kind: 'table'; readonly rows: readonly { args: readonly ConfigValue[]; value: ConfigValue }[] };

export const overridesOf = (spec: ResolvedSpec, config: ModelConfig): Overrides => {
  const found = new Map<ResolvedSymbol, Replacement>();
  /** What was said for a module: it holds for the copies that INSTANCE makes of its definitions, too. */
  const inModules = new Map<ResolvedSymbol, Replacement>();
  const diagnostics: Diagnostic[] = [];
  const scopeOf = (module: ConfigName | undefined): ReadonlyMap<string, ResolvedSymbol> | undefined =>
    module === undefined ? spec.root.scope : spec.modules.find(({ name }) => name === module.text)?.scope;
  const lookUp = (name: ConfigName, module: ConfigName | undefined): ResolvedSymbol | undefined => {
    const scope = scopeOf(module);
    if (scope === undefined) {
      diagnostics.push(errorAt('TLA3002', module?.span, `no module ${module?.text} is used by the specification`));
      return undefined;
    }
    const symbol = scope.get(name.text);
    if (symbol === undefined && module === undefined) diagnostics.push(unknownName(name, scope));
    return symbol;
  };
  for (const { name, args, value, module } of config.constants) {
    const symbol = lookUp(name, module);
    if (symbol === undefined) {
      if (module === undefined && isOwnName(name, value)) diagnostics.pop();
      continue;
    }
    if (args.length === 0) {
      found.set(symbol, { kind: 'value', value });
      if (module !== undefined) inModules.set(symbol, { kind: 'value', value });
    } else {
      const before = found.get(symbol);
      const rows = before?.kind === 'table' ? before.rows : [];
      found.set(symbol, { kind: 'table', rows: [...rows, { args, value }] });
    }
  }
  for (const { name, by, module } of config.overrides) {
    const symbol = lookUp(name, module);
    const definition = spec.root.scope.get(by.text);
    if (definition?.kind !== 'definition') {
      diagnostics.push(unknownName(by, spec.root.scope));
    } else if (symbol !== undefined) {
      const [wanted, given] = [arityOf(symbol), definition.parameters.length];
      if (wanted !== given) diagnostics.push(otherArity(name, wanted, by, given));
      found.set(symbol, { kind: 'definition', definition });
      if (module !== undefined) inModules.set(symbol, { kind: 'definition', definition });
    }
  }
  for (const constant of spec.constants) {
    if (!found.has(constant) && !found.has(spec.root.scope.get(constant.name) ?? constant)) {
      diagnostics.push(missingValue(constant, config));
    }
  }
  const of = (symbol: ResolvedSymbol): Replacement | undefined => {
    const direct = found.get(symbol);
    if (direct !== undefined || symbol.kind !== 'definition' || symbol.origin === undefined) return direct;
    return inModules.get(symbol.origin);
  };
  const definitionOf = (symbol: ResolvedSymbol): DefinitionSymbol | undefined => {
    const by = of(symbol);
    if (by === undefined) return symbol.kind === 'definition' ? symbol : undefined;
    return by.kind === 'definition' ? by.definition : undefined;
  };
  return { of, definitionOf, diagnostics };
};

/** `v1 = v1` where the specification has no v1: such model values are there for other lines of the file. */
const isOwnName = (name: ConfigName, value: ConfigValue): boolean =>
  value.kind === 'modelValue' && value.name === name.text;

/** An error for a name of a configuration that the specification does not have. */
export const unknownName = (name: ConfigName, scope: ReadonlyMap<string, ResolvedSymbol>): Diagnostic => {
  const other = closest(name.text, scope.keys());
  const help = other === undefined ? {} : { help: `did you mean \`${other}\`?` };
  return errorAt('TLA3001', name.span, `the specification does not define \`${name.text}\``, help);
};

const otherArity = (name: ConfigName, wanted: number, by: ConfigName, given: number): Diagnostic => {
  const count = (n: number): string => (n === 0 ? 'no arguments' : `${n} argument${n === 1 ? '' : 's'}`);
  return errorAt(
    'TLA3009',
    by.span,
    `\`${by.text}\` takes ${count(given)}, but \`${name.text}\` takes ${count(wanted)}`,
  );
};

const missingValue = (constant: ConstantSymbol, config: ModelConfig): Diagnostic =>
  errorAt('TLA3003', constant.span, `the constant \`${constant.name}\` has no value`, {
    help: `add \`CONSTANT ${constant.name} = ...\` to ${config.file}`,
  });
