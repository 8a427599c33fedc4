/** INSTANCE: a module read again, its constants and variables replaced by what the instantiating module substitutes for them. */
import type { Instance, InstanceDefinition, Module, OperatorDeclaration, Span, Substitution } from '../syntax/ast.js';
import { Definition } from './definition.js';
import { isDeclared } from './resolve-names.js';
import { parametersOf, type ExpressionResolver } from './resolve-expressions.js';
import type { Level, LocalSymbol, ResolvedSymbol } from './resolved.js';
import {
  lookup,
  type Context,
  type Entry,
  type Env,
  type InstanceEntry,
  type ModuleEntry,
  type ModuleScope,
  type SymbolEntry,
} from './scope.js';
import { STANDARD_MODULES, symbolsOf } from './standard-modules.js';
import { closest } from './suggest.js';

/** What the instantiator needs of the one who reads modules. */
export interface ModuleReader {
  readonly modules: ReadonlyMap<string, Module>;
  /** A module as itself, for modules that declare nothing and so are the same in every instance. */
  itself(module: string): ModuleScope | undefined;
  /** The entries of a standard module; none if there is no such module, which was complained about before. */
  standard(name: string): ReadonlyMap<string, Entry>;
  /** A module read in a context. */
  read(module: Module, context: Context, enclosing: ModuleScope | undefined, order: number): ModuleScope;
}

/** A constant (with its arity) or a variable that a module declares, itself or by EXTENDS. */
interface Declared {
  readonly name: string;
  readonly arity: number;
  readonly isVariable: boolean;
}

/** What is substituted, for the levels. */
export interface Substituted {
  readonly name: string;
  readonly symbol: ResolvedSymbol;
  readonly span: Span;
  /** 1 for variables; for constants 0, but no limit in a module without variables. */
  readonly highest: Level;
  /** Those of the instance: what they stand for has the same limit if the symbol's level depends on them. */
  readonly parameters: readonly LocalSymbol[];
}

export class Instantiator {
  /** Of all modules that are complained about. */
  readonly substituted: Substituted[] = [];

  constructor(
    private readonly reader: ModuleReader,
    private readonly expressions: ExpressionResolver,
  ) {}

  /** `I(x) == INSTANCE M WITH ...`; `owner` is the LET that it stands in, if any. */
  named(unit: InstanceDefinition, env: Env, owner: Definition[] | undefined): InstanceEntry {
    const parameters = parametersOf(unit.parameters);
    const inside = this.expressions.bindParameters(unit.parameters, parameters, env);
    let entries: ReadonlyMap<string, Entry> | undefined;
    const read = (): ReadonlyMap<string, Entry> =>
      (entries ??= this.instantiate(unit.instance, inside, parameters, `${unit.name.text}!`, owner));
    if (env.scope.context.report) read();
    return {
      kind: 'instance',
      name: unit.name.text,
      parameters,
      entries: read,
      order: -1,
      local: unit.local,
      span: unit.name.span,
      syntax: unit,
    };
  }

  /** `INSTANCE M WITH ...`: what the module exports. */
  unnamed(instance: Instance, env: Env): ReadonlyMap<string, Entry> {
    return this.instantiate(instance, env, [], '', undefined);
  }

  private instantiate(
    instance: Instance,
    env: Env,
    parameters: readonly LocalSymbol[],
    prefix: string,
    owner: Definition[] | undefined,
  ): ReadonlyMap<string, Entry> {
    const { text: name } = instance.module;
    const local = lookup(name, env);
    const nested = local && 'found' in local && local.found.kind === 'module' ? local.found : undefined;
    const module = nested?.module ?? this.reader.modules.get(name);
    if (!module) {
      this.checkSubstitutions(instance, [], env);
      return this.reader.standard(name);
    }
    const declared = this.declaredBy(module, nested);
    this.checkSubstitutions(instance, declared, env);
    if (declared.length === 0) return (nested ? nested.own() : this.reader.itself(name))?.entries ?? new Map();
    const { context } = env.scope;
    const substitution = new Map(
      declared.map((d) => [d.name, this.substitute(d, instance, env, parameters, prefix, owner)]),
    );
    if (context.report) this.remember(declared, substitution, instance, [...context.parameters, ...parameters]);
    const inner: Context = {
      parameters: [...context.parameters, ...parameters],
      prefix: context.prefix + prefix,
      substitution,
      report: false,
      owner: owner ?? context.owner,
      scopes: new Map(),
    };
    return this.reader.read(module, inner, nested?.enclosing, nested?.order ?? 0).entries;
  }

  private remember(
    declared: readonly Declared[],
    substitution: ReadonlyMap<string, SymbolEntry>,
    { substitutions, span }: Instance,
    parameters: readonly LocalSymbol[],
  ): void {
    const hasVariables = declared.some((d) => d.isVariable);
    for (const { name, isVariable } of declared) {
      const symbol = substitution.get(name)?.symbol;
      const written = substitutions.find((s) => s.name.text === name);
      const highest = isVariable ? 1 : hasVariables ? 0 : 3;
      if (symbol) this.substituted.push({ name, symbol, span: written?.value.span ?? span, highest, parameters });
    }
  }

  private substitute(
    declared: Declared,
    instance: Instance,
    env: Env,
    parameters: readonly LocalSymbol[],
    prefix: string,
    owner: Definition[] | undefined,
  ): SymbolEntry {
    const written = instance.substitutions.find((s) => s.name.text === declared.name);
    if (written) return this.asWritten(written, declared, env, parameters, prefix, owner);
    const result = lookup(declared.name, env);
    if (result && 'found' in result && result.found.kind === 'symbol')
      return { ...result.found, local: false, substituted: true };
    this.expressions.report(
      env,
      'TLA1209',
      instance.span,
      `nothing is substituted for \`${declared.name}\` of the module \`${instance.module.text}\``,
      {
        help: `add \`WITH ${declared.name} <- ...\`, or define \`${declared.name}\` before`,
      },
    );
    return this.definedAs(declared, instance.module.text, instance, env, parameters, prefix, owner);
  }

  /** A bare name is the thing itself; anything else becomes a definition. */
  private asWritten(
    { name, value }: Substitution,
    declared: Declared,
    env: Env,
    parameters: readonly LocalSymbol[],
    prefix: string,
    owner: Definition[] | undefined,
  ): SymbolEntry {
    if (value.kind === 'identifier') {
      const alias = this.expressions.alias(value, declared.arity, env);
      if (alias) return { ...alias, local: false, substituted: true };
    }
    return this.definedAs(
      declared,
      env.scope.module.name.text,
      { value, span: name.span },
      env,
      parameters,
      prefix,
      owner,
    );
  }

  private definedAs(
    declared: Declared,
    module: string,
    source: { readonly span: Substitution['span']; readonly value?: Substitution['value'] },
    env: Env,
    parameters: readonly LocalSymbol[],
    prefix: string,
    owner: Definition[] | undefined,
  ): SymbolEntry {
    const { value, span } = source;
    const leading = [...env.scope.context.parameters, ...parameters];
    const holder = owner ?? env.scope.context.owner;
    const lambda = value?.kind === 'lambda' ? value : undefined;
    const placeholders: readonly OperatorDeclaration[] = Array.from({ length: declared.arity }, (_, i) => ({
      kind: 'declaration',
      span,
      name: { text: `arg${i + 1}`, span },
      arity: 0,
    }));
    const declarations = lambda && lambda.parameters.length === declared.arity ? lambda.parameters : placeholders;
    const own = parametersOf(declarations);
    const definition = new Definition({
      name: `${env.scope.context.prefix}${prefix}${declared.name}`,
      module,
      parameters: [...leading, ...own],
      local: true,
      place: holder ? 'let' : 'substitution',
      origin: undefined,
      doc: undefined,
      span: value?.span ?? span,
      nameSpan: span,
      syntax: undefined,
    });
    definition.complete(() => {
      const inside: Env = { ...env, user: definition };
      if (!value) return definition.body;
      const body = this.expressions.substitutedBody(value, declared.arity, own, inside);
      holder?.push(definition);
      return body;
    });
    // Complaints about what is substituted belong to the instantiating module, used or not.
    if (env.scope.context.report) definition.force();
    return { kind: 'symbol', symbol: definition, leading, order: -1, local: false, span, substituted: true };
  }

  private checkSubstitutions({ substitutions, module }: Instance, declared: readonly Declared[], env: Env): void {
    const seen = new Set<string>();
    for (const { name } of substitutions) {
      if (seen.has(name.text))
        this.expressions.report(env, 'TLA1211', name.span, `\`${name.text}\` is substituted twice`);
      seen.add(name.text);
      if (declared.some((d) => d.name === name.text)) continue;
      const similar = closest(
        name.text,
        declared.map((d) => d.name),
      );
      const help = similar ? `did you mean \`${similar}\`?` : undefined;
      this.expressions.report(
        env,
        'TLA1208',
        name.span,
        `the module \`${module.text}\` declares no constant or variable \`${name.text}\``,
        { help },
      );
    }
  }

  private declaredBy(module: Module, nested: ModuleEntry | undefined): readonly Declared[] {
    const found = new Map<string, Declared>();
    for (const { text } of module.extends) {
      const inner = nested ? lookup(text, environmentOf(nested)) : undefined;
      const entry = inner && 'found' in inner && inner.found.kind === 'module' ? inner.found : undefined;
      const extended = entry?.module ?? this.reader.modules.get(text);
      if (extended) for (const d of this.declaredBy(extended, entry)) found.set(d.name, d);
    }
    for (const unit of module.units) {
      if (unit.kind === 'constants')
        for (const { name, arity } of unit.declarations)
          found.set(name.text, { name: name.text, arity, isVariable: false });
      if (unit.kind === 'variables')
        for (const { text } of unit.names) found.set(text, { name: text, arity: 0, isVariable: true });
    }
    return [...found.values()];
  }
}

function environmentOf(entry: ModuleEntry): Env {
  return { scope: entry.enclosing, order: entry.order, frame: undefined, inUpdate: false, user: undefined };
}

/** The entries of a standard module; none if there is no such module, which was complained about before. */
export function standardEntries(name: string): ReadonlyMap<string, Entry> {
  const module = STANDARD_MODULES.get(name);
  const entries = new Map<string, Entry>();
  if (module) {
    for (const [key, symbol] of symbolsOf(module)) {
      const entry: SymbolEntry = { kind: 'symbol', symbol, leading: [], order: -1, local: false, span: undefined };
      entries.set(key, module.community && symbol.module !== name ? { ...entry, weak: true } : entry);
    }
  }
  return entries;
}

/** What an instance or an extended module hands on. */
export function exported(
  entries: ReadonlyMap<string, Entry>,
  declarations: 'with declarations' | 'definitions only',
): readonly (readonly [string, Entry])[] {
  return [...entries].filter(([, e]) => !e.local && (declarations === 'with declarations' || !isDeclared(e)));
}
