/** A root module, all that it needs, and every name in it resolved. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { sortDiagnostics } from '../diagnostics/sink.js';
import { Definition } from './definition.js';
import { Elaborator } from './elaborate.js';
import { Levels } from './levels.js';
import { loadModules, type ModuleHost } from './modules.js';
import { orderDefinitions } from './order.js';
import { ExpressionResolver } from './resolve-expressions.js';
import type { OperatorLibrary, ResolvedAssumption, ResolvedModule, ResolvedSpec, ResolvedSymbol } from './resolved.js';
import type { ModuleScope } from './scope.js';

export interface LoadResult {
  /** Undefined if there is an error. */
  readonly spec: ResolvedSpec | undefined;
  /** Sorted by file and position. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadOptions {
  /** What is to stand for operators of the community's modules. */
  readonly library?: OperatorLibrary;
}

/** Reads the module `root` and what it extends and instantiates from the host, and resolves all names. */
export function loadSpec(root: string, host: ModuleHost, { library }: LoadOptions = {}): LoadResult {
  const { modules, diagnostics } = loadModules(root, host);
  if (diagnostics.some((d) => d.severity === 'error'))
    return { spec: undefined, diagnostics: sortDiagnostics(diagnostics) };

  const found: Diagnostic[] = [...diagnostics];
  const elaborator = new Elaborator(modules, new ExpressionResolver(found), library);
  const scopes = [...modules.keys()].flatMap((name) => elaborator.itself(name) ?? []);
  const scope = scopes.at(-1);
  if (!scope) return { spec: undefined, diagnostics: sortDiagnostics(found) };
  if (found.length > 0) return { spec: undefined, diagnostics: sortDiagnostics(found) };

  const parts = extendedBy(scope);
  const roots = parts.flatMap((part) => part.definitions);
  const substituted = elaborator.substituted.flatMap((s) => (s.symbol instanceof Definition ? [s.symbol] : []));
  const others = [...scopes.flatMap((s) => [...s.definitions, ...s.facts]), ...substituted];
  const facts = parts.flatMap((part) => part.facts);
  const { order: all } = orderDefinitions([...roots, ...facts, ...others]);

  const levels = new Levels();
  levels.assign(all, elaborator.substituted);
  for (const part of scopes) {
    for (const { fact } of part.assumptions) levels.demand(fact.body, 0, 'TLA1301', 'in an assumption');
  }
  for (const substituted of elaborator.substituted) levels.demandSubstituted(substituted);
  found.push(...levels.diagnostics);
  if (found.length > 0) return { spec: undefined, diagnostics: sortDiagnostics(found) };
  const definitions = orderDefinitions([...roots, ...usedBy(facts)]).order;
  const fromLibrary = [...new Set(definitions.map(({ module }) => module))].flatMap((name) =>
    modules.has(name) ? [] : (library?.module(name) ?? []),
  );
  return {
    spec: {
      root: resolvedModule(scope),
      modules: [...fromLibrary, ...scopes.map(resolvedModule)],
      constants: parts.flatMap((part) => part.constants),
      variables: parts.flatMap((part) => part.variables),
      definitions,
      assumptions: parts.flatMap(resolvedAssumptions),
    },
    diagnostics: [],
  };
}

function usedBy(facts: readonly Definition[]): readonly Definition[] {
  return facts.flatMap((f) => [...f.uses]);
}

/** A module after all that it extends. */
function extendedBy(scope: ModuleScope, seen = new Set<ModuleScope>()): readonly ModuleScope[] {
  if (seen.has(scope)) return [];
  seen.add(scope);
  return [...scope.extended.flatMap((s) => extendedBy(s, seen)), scope];
}

function resolvedAssumptions({ assumptions, module }: ModuleScope): readonly ResolvedAssumption[] {
  return assumptions.map(({ name, axiom, span, fact }) => ({
    name,
    axiom,
    span,
    module: module.name.text,
    body: fact.body,
  }));
}

function resolvedModule(scope: ModuleScope): ResolvedModule {
  const { module } = scope;
  const symbols = new Map<string, ResolvedSymbol>();
  for (const [name, entry] of scope.entries) if (entry.kind === 'symbol') symbols.set(name, entry.symbol);
  return {
    name: module.name.text,
    file: module.span.file,
    syntax: module,
    extends: module.extends.map((n) => n.text),
    doc: module.doc,
    constants: scope.constants,
    variables: scope.variables,
    definitions: scope.definitions,
    assumptions: resolvedAssumptions(scope),
    scope: symbols,
  };
}
