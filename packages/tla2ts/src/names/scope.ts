/** What a name can mean at a place in a module. */
import type { Module, Span } from '../syntax/ast.js';
import type { Definition } from './definition.js';
import type { ConstantSymbol, LocalSymbol, ResolvedSymbol, VariableSymbol } from './resolved.js';

export type Entry = SymbolEntry | InstanceEntry | ModuleEntry;

interface EntryBase {
  /** Visible to the units after this one; -1 for what EXTENDS brings in. */
  readonly order: number;
  readonly local: boolean;
  readonly span: Span | undefined;
}

export interface SymbolEntry extends EntryBase {
  readonly kind: 'symbol';
  readonly symbol: ResolvedSymbol;
  /** The parameters of the instances around it, which come before the symbol's own arguments. */
  readonly leading: readonly LocalSymbol[];
  /** It is what an instance substitutes for a constant or variable, so not one of the instance's definitions. */
  readonly substituted?: true;
  /** It came with a module of the community, which may extend others in one version and not in the next: a definition of the user's goes before it. */
  readonly weak?: true;
}

/** `I(x) == INSTANCE M WITH ...` */
export interface InstanceEntry extends EntryBase {
  readonly kind: 'instance';
  readonly name: string;
  readonly parameters: readonly LocalSymbol[];
  readonly entries: () => ReadonlyMap<string, Entry>;
  /** The unit that it comes from. */
  readonly syntax: object;
}

/** A nested module. */
export interface ModuleEntry extends EntryBase {
  readonly kind: 'module';
  readonly module: Module;
  readonly enclosing: ModuleScope;
  /** The module with its own constants and variables, unsubstituted. */
  readonly own: () => ModuleScope;
}

/** One reading of modules: as themselves, or as an instance with its substitutions. */
export interface Context {
  /** Parameters of the instances that lead here, outermost first. */
  readonly parameters: readonly LocalSymbol[];
  /** `I!` */
  readonly prefix: string;
  /** What the declared constants and variables mean; undefined: themselves. */
  readonly substitution: ReadonlyMap<string, SymbolEntry> | undefined;
  /** Each module is complained about in one context only. */
  readonly report: boolean;
  /** Takes the definitions of an instance inside of a LET. */
  readonly owner: Definition[] | undefined;
  /** One reading per module, so that modules extended on two ways are the same. */
  readonly scopes: Map<string, ModuleScope>;
}

interface AssumedFact {
  readonly name: string | undefined;
  readonly axiom: boolean;
  readonly span: Span;
  readonly fact: Definition;
}

export interface ModuleScope {
  readonly module: Module;
  readonly context: Context;
  readonly enclosing: ModuleScope | undefined;
  readonly enclosingOrder: number;
  readonly entries: Map<string, Entry>;
  readonly constants: ConstantSymbol[];
  readonly variables: VariableSymbol[];
  readonly definitions: Definition[];
  /** Named theorems and assumptions can be mentioned, but are no definitions to compile. */
  readonly facts: Definition[];
  readonly assumptions: AssumedFact[];
  /** The modules that it extends, but for the standard ones. */
  readonly extended: ModuleScope[];
}

/** Names bound inside of an expression, innermost first. */
interface Frame {
  readonly name: string;
  readonly entry: Entry;
  readonly parent: Frame | undefined;
}

/** Where an expression stands. */
export interface Env {
  readonly scope: ModuleScope;
  /** Of the unit: what comes later is not visible. */
  readonly order: number;
  readonly frame: Frame | undefined;
  /** Inside of the new value of an EXCEPT, `@` means something. */
  readonly inUpdate: boolean;
  /** In a named part of a definition, where names that the definition binds may be bound once more. */
  readonly inPart?: boolean;
  /** Collects the definitions that are mentioned. */
  readonly user: Definition | undefined;
}

export function bind(env: Env, name: string, entry: Entry): Env {
  return { ...env, frame: { name, entry, parent: env.frame } };
}

export function localEntry(symbol: ResolvedSymbol, span: Span): SymbolEntry {
  return { kind: 'symbol', symbol, leading: [], order: -1, local: true, span };
}

export type Lookup =
  | { readonly found: Entry }
  /** It exists, but its definition comes later. */
  | { readonly later: Entry }
  | undefined;

export function lookup(name: string, env: Env): Lookup {
  for (let frame = env.frame; frame; frame = frame.parent) if (frame.name === name) return { found: frame.entry };
  let later: Entry | undefined;
  let order = env.order;
  for (let scope: ModuleScope | undefined = env.scope; scope; order = scope.enclosingOrder, scope = scope.enclosing) {
    const entry = scope.entries.get(name);
    if (entry && entry.order < order) return { found: entry };
    later ??= entry;
  }
  return later && { later };
}

/** All names that can be used at a place, for suggestions. */
export function visibleNames(env: Env): ReadonlySet<string> {
  const names = new Set<string>();
  for (let frame = env.frame; frame; frame = frame.parent) names.add(frame.name);
  let order = env.order;
  for (let scope: ModuleScope | undefined = env.scope; scope; order = scope.enclosingOrder, scope = scope.enclosing) {
    for (const [name, entry] of scope.entries) if (entry.order < order) names.add(name);
  }
  return names;
}
