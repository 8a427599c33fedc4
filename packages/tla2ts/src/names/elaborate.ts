/** Modules to scopes: their units in order, what they extend, and what their instances bring in. */
import type { Module, Name, OperatorDefinition, Span, Unit } from '../syntax/ast.js';
import { Definition } from './definition.js';
import { exported, Instantiator, standardEntries, type ModuleReader, type Substituted } from './instances.js';
import type { ExpressionResolver } from './resolve-expressions.js';
import { LetResolver, makeDefinition, resolveBody, type DefinitionUnit } from './resolve-lets.js';
import type { DefinitionSymbol, OperatorLibrary, ResolvedSymbol } from './resolved.js';
import { lookup, type Context, type Entry, type Env, type ModuleEntry, type ModuleScope } from './scope.js';

/** The context of modules that are read as themselves: what one of them extends is the same module for all. */
const OWN: Omit<Context, 'scopes'> = {
  parameters: [],
  prefix: '',
  substitution: undefined,
  report: true,
  owner: undefined,
};

export class Elaborator implements ModuleReader {
  private readonly instances: Instantiator;
  private readonly own: Context = { ...OWN, scopes: new Map() };

  constructor(
    readonly modules: ReadonlyMap<string, Module>,
    private readonly expressions: ExpressionResolver,
    private readonly library?: OperatorLibrary,
  ) {
    this.instances = new Instantiator(this, expressions);
    expressions.lets = new LetResolver(expressions, this.instances);
  }

  /** What the instances of all modules substitute. */
  get substituted(): readonly Substituted[] {
    return this.instances.substituted;
  }

  /** Each module as itself, once; complaints about it are made here. */
  itself(name: string): ModuleScope | undefined {
    const known = this.own.scopes.get(name);
    const module = this.modules.get(name);
    if (known || !module) return known;
    const scope = this.read(module, this.own, undefined, 0);
    this.own.scopes.set(name, scope);
    this.forceAll(scope);
    return scope;
  }

  standard(name: string): ReadonlyMap<string, Entry> {
    const entries = new Map(standardEntries(name));
    for (const [key, entry] of entries) {
      if (entry.kind !== 'symbol' || entry.symbol.kind !== 'builtin' || this.modules.has(entry.symbol.module)) continue;
      const symbol = this.library?.definition(entry.symbol.module, key);
      if (symbol !== undefined) entries.set(key, { ...entry, symbol });
    }
    return entries;
  }

  read(module: Module, context: Context, enclosing: ModuleScope | undefined, order: number): ModuleScope {
    const scope: ModuleScope = {
      module,
      context,
      enclosing,
      enclosingOrder: order,
      entries: new Map(),
      constants: [],
      variables: [],
      definitions: [],
      facts: [],
      assumptions: [],
      extended: [],
    };
    for (const name of module.extends) this.extend(scope, name);
    const units = new UnitReader(scope, this, this.instances, this.expressions);
    for (const [i, unit] of module.units.entries()) units.read(unit, i);
    return scope;
  }

  /** Resolves all bodies: of a module that is complained about, or that is compiled. */
  forceAll(scope: ModuleScope): void {
    for (const fact of scope.facts) fact.force();
    for (const definition of scope.definitions) definition.force();
    for (const entry of scope.entries.values()) if (entry.kind === 'module' && entry.enclosing === scope) entry.own();
  }

  private extend(scope: ModuleScope, { text: name, span }: Name): void {
    const { context } = scope;
    const nested = scope.enclosing && lookup(name, environment(scope.enclosing, scope.enclosingOrder));
    const entry = nested && 'found' in nested && nested.found.kind === 'module' ? nested.found : undefined;
    const module = entry?.module ?? this.modules.get(name);
    let entries = this.standard(name);
    if (module) {
      const extended = entry
        ? this.read(module, context, entry.enclosing, entry.order)
        : this.inContext(name, module, context);
      scope.extended.push(extended);
      entries = extended.entries;
    }
    for (const [key, e] of exported(entries, 'with declarations')) {
      this.add(scope, key, { ...e, order: -1 }, span);
    }
  }

  private inContext(name: string, module: Module, context: Context): ModuleScope {
    const own = context.substitution ? undefined : this.itself(name);
    const scope = own ?? context.scopes.get(name) ?? this.read(module, context, undefined, 0);
    if (!own) context.scopes.set(name, scope);
    return scope;
  }

  /** Enters a name; the same thing coming in on two ways is no conflict. */
  add(scope: ModuleScope, name: string, entry: Entry, span: Span): void {
    const existing = scope.entries.get(name);
    if (!existing || isWeak(existing)) {
      scope.entries.set(name, entry);
      return;
    }
    if (isWeak(entry) || sameThing(existing, entry)) return;
    const notes = existing.span ? [{ message: 'it is defined here', span: existing.span }] : [];
    const from =
      existing.kind === 'symbol' && existing.symbol.kind === 'builtin'
        ? ` by the module ${existing.symbol.module}`
        : '';
    this.expressions.report(environment(scope, 0), 'TLA1204', span, `\`${name}\` is already defined${from}`, { notes });
  }
}

/** The units of one module, in order. */
class UnitReader {
  private readonly announced = new Map<string, Definition>();

  constructor(
    private readonly scope: ModuleScope,
    private readonly elaborator: Elaborator,
    private readonly instances: Instantiator,
    private readonly expressions: ExpressionResolver,
  ) {}

  read(unit: Unit, order: number): void {
    const { scope } = this;
    const env = environment(scope, order);
    switch (unit.kind) {
      case 'constants':
        for (const { name, arity } of unit.declarations) {
          const symbol = {
            kind: 'constant',
            name: name.text,
            arity,
            module: scope.module.name.text,
            span: name.span,
          } as const;
          if (this.declare(name, order, symbol)) scope.constants.push(symbol);
        }
        return;
      case 'variables':
        for (const name of unit.names) {
          const symbol = {
            kind: 'variable',
            name: name.text,
            module: scope.module.name.text,
            span: name.span,
          } as const;
          if (this.declare(name, order, symbol)) scope.variables.push(symbol);
        }
        return;
      case 'recursive':
        for (const { name, arity } of unit.declarations) this.announce(name, arity, order);
        return;
      case 'operatorDefinition':
      case 'functionDefinition':
        this.define(unit, order);
        return;
      case 'instanceDefinition': {
        this.expressions.refuseRedefinition(unit.name, env);
        const entry = this.instances.named(unit, env, undefined);
        scope.entries.set(unit.name.text, { ...entry, order });
        return;
      }
      case 'instance':
        for (const [name, entry] of exported(this.instances.unnamed(unit.instance, env), 'definitions only')) {
          this.elaborator.add(scope, name, { ...entry, order, local: unit.local }, unit.instance.module.span);
          if (
            entry.kind === 'symbol' &&
            entry.symbol instanceof Definition &&
            !scope.definitions.includes(entry.symbol)
          ) {
            this.imported(entry.symbol);
          }
        }
        return;
      case 'nestedModule':
        this.nest(unit.module, order);
        return;
      case 'assumption': {
        const fact = this.fact(unit.name, unit.body, unit.span, order);
        scope.assumptions.push({ name: unit.name?.text, axiom: unit.axiom, span: unit.span, fact });
        return;
      }
      case 'theorem':
        if (unit.body) this.fact(unit.name, unit.body, unit.span, order);
        else if (unit.name) this.expressions.refuseRedefinition(unit.name, env);
        return;
      case 'proofStatement':
        return;
    }
  }

  /** Copies that an unnamed INSTANCE makes belong to this module. */
  private imported(definition: Definition): void {
    if (this.scope.context.substitution === undefined && definition.origin) this.scope.definitions.push(definition);
  }

  /** False if the name means what an instance substitutes for it. */
  private declare(
    name: Name,
    order: number,
    symbol: ModuleScope['constants'][number] | ModuleScope['variables'][number],
  ): boolean {
    const { scope } = this;
    const substituted = scope.context.substitution?.get(name.text);
    if (substituted) {
      scope.entries.set(name.text, { ...substituted, order });
      return false;
    }
    // One place further, so that a name declared twice in one unit is seen.
    this.expressions.refuseRedefinition(name, environment(scope, order + 1));
    scope.entries.set(name.text, { kind: 'symbol', symbol, leading: [], order, local: false, span: name.span });
    return true;
  }

  private announce(name: Name, arity: number, order: number): void {
    const { scope } = this;
    const isIt = (u: Unit): u is OperatorDefinition => u.kind === 'operatorDefinition' && u.name.text === name.text;
    const later = scope.module.units.slice(order).find(isIt);
    const env = environment(scope, order + 1);
    this.expressions.refuseRedefinition(name, env);
    if (!later || later.parameters.length !== arity) {
      this.expressions.badAnnouncement(name, arity, later, env);
      return;
    }
    const definition = this.make(later);
    this.announced.set(name.text, definition);
    this.enter(later, definition, order);
  }

  private define(unit: DefinitionUnit, order: number): void {
    const { scope } = this;
    const { text: name } = unit.name;
    const earlier = this.announced.get(name);
    this.announced.delete(name);
    if (!earlier) this.expressions.refuseRedefinition(unit.name, environment(scope, order));
    const definition = earlier ?? this.make(unit);
    if (!earlier) this.enter(unit, definition, order);
    // A function sees itself: one place further than its own.
    const inside = environment(scope, definition.isFunction ? order + 1 : order);
    definition.source = { body: unit.body, env: inside };
    definition.complete(() => {
      const body = resolveBody(definition, unit, inside, this.expressions);
      scope.context.owner?.push(definition);
      return body;
    });
    scope.definitions.push(definition);
  }

  private enter(unit: DefinitionUnit, definition: Definition, order: number): void {
    const { scope } = this;
    const { local, name } = unit;
    const leading = scope.context.parameters;
    scope.entries.set(name.text, { kind: 'symbol', symbol: definition, leading, order, local, span: name.span });
  }

  private make(unit: DefinitionUnit): Definition {
    const { context, module } = this.scope;
    const name = context.prefix + unit.name.text;
    const place = context.owner ? 'let' : 'top';
    const origin = context.substitution && this.originOf(unit.name.text);
    return makeDefinition(unit, { name, module: module.name.text, place, origin }, context.parameters);
  }

  private originOf(name: string): DefinitionSymbol | undefined {
    const { module, enclosing } = this.scope;
    const own = enclosing ? undefined : this.elaborator.itself(module.name.text)?.entries.get(name);
    return own?.kind === 'symbol' && own.symbol.kind === 'definition' ? own.symbol : undefined;
  }

  private nest(module: Module, order: number): void {
    const { scope, elaborator, expressions } = this;
    expressions.refuseRedefinition(module.name, environment(scope, order));
    let own: ModuleScope | undefined;
    const { context } = scope;
    const entry: ModuleEntry = {
      kind: 'module',
      module,
      enclosing: scope,
      order,
      local: false,
      span: module.name.span,
      own: () => {
        if (own) return own;
        own = elaborator.read(module, { ...context, substitution: undefined, scopes: new Map() }, scope, order);
        if (context.report) elaborator.forceAll(own);
        return own;
      },
    };
    scope.entries.set(module.name.text, entry);
  }

  /** A theorem or assumption; its name stands for the formula. */
  private fact(name: Name | undefined, body: DefinitionUnit['body'], span: Span, order: number): Definition {
    const { scope, expressions } = this;
    const { context } = scope;
    const env = environment(scope, order);
    if (name) expressions.refuseRedefinition(name, env);
    const definition = new Definition({
      name: context.prefix + (name?.text ?? ''),
      module: scope.module.name.text,
      parameters: context.parameters,
      local: true,
      place: 'top',
      origin: undefined,
      doc: undefined,
      span,
      nameSpan: name?.span ?? span,
      syntax: undefined,
    });
    definition.source = { body, env };
    definition.complete(() => expressions.expression(body, { ...env, user: definition }));
    scope.facts.push(definition);
    if (name) {
      const leading = context.parameters;
      scope.entries.set(name.text, {
        kind: 'symbol',
        symbol: definition,
        leading,
        order,
        local: false,
        span: name.span,
      });
    }
    return definition;
  }
}

function environment(scope: ModuleScope, order: number): Env {
  return { scope, order, frame: undefined, inUpdate: false, user: undefined };
}

function isWeak(entry: Entry): boolean {
  return entry.kind === 'symbol' && entry.weak === true;
}

function sameThing(a: Entry, b: Entry): boolean {
  if (a.kind === 'symbol' && b.kind === 'symbol') return sameSymbol(a.symbol, b.symbol);
  if (a.kind === 'instance' && b.kind === 'instance') return a.syntax === b.syntax;
  return a.kind === 'module' && b.kind === 'module' && a.module === b.module;
}

/** Definitions with the same text in two modules are one, as they are for SANY. */
function sameSymbol(a: ResolvedSymbol, b: ResolvedSymbol): boolean {
  if (a === b) return true;
  if (!(a instanceof Definition && b instanceof Definition && a.syntax && b.syntax)) return false;
  return a.syntax === b.syntax || sameText({ ...a.syntax, local: false }, { ...b.syntax, local: false });
}

function sameText(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(
      ([key, part], i) => key === 'span' || key === 'doc' || (right[i]?.[0] === key && sameText(part, right[i][1])),
    )
  );
}
