/** Occurrences of names: what they refer to, with how many arguments, through which instances. */
import type { DiagnosticCode } from '../diagnostics/diagnostic.js';
import type { DiagnosticDetails } from '../diagnostics/sink.js';
import type {
  Expression,
  Identifier,
  Name,
  NameStep,
  OperatorDefinition,
  Selection,
  SelectionStep,
  Span,
} from '../syntax/ast.js';
import { Definition, hole } from './definition.js';
import type { LocalSymbol, ResolvedArgument, ResolvedExpression, ResolvedSymbol } from './resolved.js';
import { bind, localEntry, lookup, visibleNames, type Entry, type Env, type SymbolEntry } from './scope.js';
import { LANGUAGE_SYMBOLS, modulesDefining, STANDARD_MODULES } from './standard-modules.js';
import { partOf } from './subexpressions.js';
import { closest } from './suggest.js';

/** What a name or a path leads to, with the arguments that its instances were given. */
interface Target {
  readonly entry: SymbolEntry;
  readonly given: ReadonlyMap<LocalSymbol, ResolvedArgument>;
  /** The arguments that were written last belong to a label, not to the operator. */
  readonly argumentsTaken?: true;
}

export abstract class NameResolver {
  abstract report(
    env: Env,
    code: DiagnosticCode,
    span: Span | undefined,
    message: string,
    details?: DiagnosticDetails,
  ): void;
  abstract expression(e: Expression, env: Env): ResolvedExpression;
  abstract argument(e: Expression, arity: number, env: Env): ResolvedArgument;

  /** An operator with its arguments, or a name alone. */
  application(
    operator: Identifier | Selection,
    written: readonly Expression[],
    span: Span,
    env: Env,
  ): ResolvedExpression {
    const target = this.target(operator, written, env);
    const args = target?.argumentsTaken ? [] : written;
    if (!target) {
      for (const arg of args) if (arg.kind !== 'lambda' && arg.kind !== 'identifier') this.expression(arg, env);
      return hole(span);
    }
    const { symbol } = target.entry;
    const arities = argumentArities(symbol, target.entry.leading.length);
    if (arities.length !== args.length) {
      if (args.length === 0) this.operatorAsValue(env, span, symbol, arities.length);
      else this.wrongArity(env, span, `\`${nameOf(operator)}\``, args.length, arities.length, symbol);
      return hole(span);
    }
    const own = args.map((arg, i) => this.argument(arg, arities[i] ?? 0, env));
    const all = target.entry.leading.length === 0 ? own : [...this.leading(target, span), ...own];
    this.use(symbol, env);
    return { kind: 'apply', span, level: 0, operator: symbol, operatorSpan: operator.span, args: all };
  }

  /** An operator handed over as an argument. */
  protected operatorReference(e: Identifier | Selection, arity: number, env: Env): ResolvedArgument {
    const target = this.target(e, [], env, arity);
    if (!target) return hole(e.span);
    const { symbol } = target.entry;
    const arities = argumentArities(symbol, target.entry.leading.length);
    if (arities.length !== arity || arities.some((a) => a > 0)) {
      const takes =
        arities.length === 0
          ? 'is a value'
          : arities.some((a) => a > 0)
            ? 'takes operators itself'
            : `takes ${arities.length}`;
      this.report(
        env,
        'TLA1206',
        e.span,
        `an operator with ${arity} argument${arity === 1 ? '' : 's'} is expected here, but \`${nameOf(e)}\` ${takes}`,
      );
      return hole(e.span);
    }
    this.use(symbol, env);
    return { kind: 'operator', span: e.span, level: 0, operator: symbol, leading: this.leading(target, e.span) };
  }

  /** What a bare name stands for, if it takes as many arguments as wanted. */
  alias({ name }: Identifier, arity: number, env: Env): SymbolEntry | undefined {
    const result = lookup(name, env);
    const builtin = LANGUAGE_SYMBOLS.get(name);
    const entry: Entry | undefined =
      result && 'found' in result
        ? result.found
        : builtin && { kind: 'symbol', symbol: builtin, leading: [], order: -1, local: true, span: undefined };
    if (entry?.kind !== 'symbol') return undefined;
    const arities = argumentArities(entry.symbol, entry.leading.length);
    return arities.length === arity && arities.every((a) => a === 0) ? entry : undefined;
  }

  private use(symbol: ResolvedSymbol, env: Env): void {
    if (!(symbol instanceof Definition)) return;
    symbol.force();
    env.user?.uses.add(symbol);
  }

  private leading({ entry, given }: Target, span: Span): readonly ResolvedArgument[] {
    return entry.leading.map(
      (symbol): ResolvedArgument =>
        given.get(symbol) ??
        (symbol.arity > 0
          ? { kind: 'operator', span, level: 0, operator: symbol, leading: [] }
          : { kind: 'apply', span, level: 0, operator: symbol, operatorSpan: span, args: [] }),
    );
  }

  /**
   * What a name or path refers to; complaints are made here.
   *
   * @param arity an operator of this many arguments is expected; 0: a value
   */
  private target(
    operator: Identifier | Selection,
    args: readonly Expression[],
    env: Env,
    arity = 0,
  ): Target | undefined {
    if (operator.kind === 'selection') return this.select(operator, args, env, arity);
    const entry = this.find(operator.name, operator.span, env, args.length);
    if (!entry) return undefined;
    if (entry.kind === 'symbol') return { entry, given: new Map() };
    const what = entry.kind === 'instance' ? 'an instance' : 'a module';
    this.report(env, 'TLA1210', operator.span, `\`${operator.name}\` is ${what}, not a value`, {
      help: entry.kind === 'instance' ? `name one of its definitions: \`${operator.name}!Op\`` : undefined,
    });
    return undefined;
  }

  private find(name: string, span: Span, env: Env, argumentCount: number): Entry | undefined {
    const result = lookup(name, env);
    if (result && 'found' in result) return result.found;
    const builtin = LANGUAGE_SYMBOLS.get(name);
    if (builtin) return { kind: 'symbol', symbol: builtin, leading: [], order: -1, local: true, span: undefined };
    if (result) {
      this.report(env, 'TLA1214', span, `${describe(name, argumentCount)} is used before its definition`, {
        notes: [{ message: 'it is defined here', span: result.later.span }],
        help: 'move the definition up; for recursion announce it with RECURSIVE',
      });
    } else {
      const help = this.helpForUndefined(name, env);
      this.report(env, 'TLA1203', span, `${describe(name, argumentCount)} is not defined`, { help });
    }
    return undefined;
  }

  private helpForUndefined(name: string, env: Env): string | undefined {
    const modules = modulesDefining(name);
    const standard = modules.find((m) => !STANDARD_MODULES.get(m)?.community) ?? modules[0];
    const similar = closest(name, visibleNames(env));
    if (standard && similar?.toLowerCase() !== name.toLowerCase()) {
      const integers = standard === 'Naturals' ? 'Naturals or Integers' : standard;
      return `add ${integers} to EXTENDS`;
    }
    return similar && `did you mean \`${similar}\`?`;
  }

  /** `I!Op`, `F(x)!G!Op`. */
  private select({ steps, span }: Selection, args: readonly Expression[], env: Env, arity: number): Target | undefined {
    const given = new Map<LocalSymbol, ResolvedArgument>();
    const [head, ...rest] = steps;
    if (head?.kind !== 'name') return undefined;
    let entry = this.find(head.name, head.span, env, head.args.length);
    let step = head;
    for (const [i, next] of rest.entries()) {
      if (!entry) return undefined;
      if (entry.kind === 'symbol') {
        const parts = rest.slice(i);
        const last = parts.at(-1);
        const labelled = last?.kind === 'name' ? [...parts.slice(0, -1), { ...last, args }] : parts;
        return this.withInstances(this.part(entry, step, labelled, env, arity), given);
      }
      if (entry.kind !== 'instance') break;
      if (step.args.length !== entry.parameters.length) {
        this.wrongArity(env, step.span, `the instance \`${step.name}\``, step.args.length, entry.parameters.length);
        return undefined;
      }
      for (const [index, parameter] of entry.parameters.entries()) {
        const arg = step.args[index];
        if (arg) given.set(parameter, this.argument(arg, parameter.arity, env));
      }
      if (next.kind !== 'name') {
        this.report(env, 'TLA1213', next.span, `an instance has no such part`);
        return undefined;
      }
      entry = this.member(entry.entries(), next.name, step.name, next.span, env);
      step = next;
    }
    if (!entry) return undefined;
    if (entry.kind === 'symbol') return { entry, given };
    this.report(env, 'TLA1210', span, `\`${step.name}\` is not a value`);
    return undefined;
  }

  private withInstances(
    target: Target | undefined,
    given: ReadonlyMap<LocalSymbol, ResolvedArgument>,
  ): Target | undefined {
    return target && { ...target, given: new Map([...given, ...target.given]) };
  }

  private member(
    entries: ReadonlyMap<string, Entry>,
    name: string,
    instance: string,
    span: Span,
    env: Env,
  ): Entry | undefined {
    const entry = entries.get(name);
    if (entry && !entry.local && !isDeclared(entry)) return entry;
    const similar = closest(
      name,
      [...entries].filter(([, e]) => !e.local && !isDeclared(e)).map(([n]) => n),
    );
    const help = entry?.local ? `\`${name}\` is LOCAL there` : similar && `did you mean \`${similar}\`?`;
    this.report(env, 'TLA1203', span, `the instance \`${instance}\` has no definition \`${name}\``, { help });
    return undefined;
  }

  /**
   * A part of a definition, `Op(a)!1`: a definition of its own, whose last parameters are the names bound on the way. Where an operator is expected,
   * nothing is given for the parameters: they are the operator's.
   */
  private part(
    entry: SymbolEntry,
    head: NameStep,
    steps: readonly SelectionStep[],
    env: Env,
    arity: number,
  ): Target | undefined {
    const { symbol, leading } = entry;
    const source = symbol instanceof Definition ? symbol.source : undefined;
    if (!(symbol instanceof Definition) || !source) {
      this.report(env, 'TLA1213', head.span, `\`${head.name}\` has no parts that could be named`);
      return undefined;
    }
    if (symbol.isBeingResolved) {
      this.report(env, 'TLA1213', head.span, `a part of \`${head.name}\` is used in its own definition`);
      return undefined;
    }
    const own = symbol.parameters.slice(leading.length);
    const isOperator = arity > 0;
    if (isOperator ? head.args.length > 0 : own.length !== head.args.length) {
      this.wrongArity(env, head.span, `\`${head.name}\``, head.args.length, isOperator ? 0 : own.length, symbol);
      return undefined;
    }
    const found = partOf(bodyOf(symbol, source.body), steps, isOperator ? arity - own.length : undefined);
    if ('problem' in found) {
      this.report(env, 'TLA1213', found.step.span, found.problem);
      return undefined;
    }
    const given = new Map<LocalSymbol, ResolvedArgument>();
    for (const [i, parameter] of own.entries()) {
      const arg = head.args[i];
      if (arg) given.set(parameter, this.argument(arg, parameter.arity, env));
    }
    let inner: Env = { ...source.env, inPart: true };
    for (const parameter of own) inner = bind(inner, parameter.name, localEntry(parameter, parameter.span));
    const bound: LocalSymbol[] = [];
    for (const { name, arity: takes, value } of found.bound) {
      const local: LocalSymbol = { kind: 'local', name: name.text, role: 'parameter', arity: takes, span: name.span };
      bound.push(local);
      if (value) given.set(local, this.argument(value, takes, env));
      inner = bind(inner, name.text, localEntry(local, name.span));
    }
    const parameters = [...symbol.parameters, ...bound];
    const name = [symbol.name, ...steps.map(nameOfStep)].join('!');
    const part = new Definition({ ...symbol, name, parameters, place: 'top', syntax: undefined, doc: undefined });
    part.complete(() => this.expression(found.expression, { ...inner, user: part }));
    const taken = isOperator ? leading : parameters;
    return { entry: { ...entry, symbol: part, leading: taken }, given, argumentsTaken: true };
  }

  /** TLA+ has no shadowing: a name that already means something cannot be bound or defined again. */
  refuseRedefinition(name: Name, env: Env): void {
    const result = lookup(name.text, env);
    const existing = result && 'found' in result ? result.found : undefined;
    if (existing ? existing.kind === 'symbol' && existing.weak : !isOfLanguage(name.text)) return;
    const notes = existing?.span ? [{ message: 'it is defined here', span: existing.span }] : [];
    const builtin =
      existing?.kind === 'symbol' && existing.symbol.kind === 'builtin' ? existing.symbol.module : undefined;
    const where = builtin ? ` by the module ${builtin}` : '';
    this.report(env, 'TLA1204', name.span, `\`${name.text}\` is already defined${where}`, {
      notes,
      help: 'names cannot be reused where they are visible, not even for bound names: choose another',
    });
  }

  /** RECURSIVE for something that is not defined, or with another number of parameters. */
  badAnnouncement(name: Name, arity: number, definition: OperatorDefinition | undefined, env: Env): void {
    const found = definition
      ? `with ${arity} argument${arity === 1 ? '' : 's'}, but defined with ${definition.parameters.length}`
      : 'but not defined as an operator here';
    const notes = definition ? [{ message: 'it is defined here', span: definition.name.span }] : [];
    this.report(env, 'TLA1207', name.span, `\`${name.text}\` is declared RECURSIVE ${found}`, { notes });
  }

  wrongArity(env: Env, span: Span, what: string, found: number, expected: number, symbol?: ResolvedSymbol): void {
    const notes = symbol?.kind === 'definition' ? [{ message: 'it is defined here', span: symbol.nameSpan }] : [];
    const takes = expected === 0 ? 'takes no arguments' : `takes ${expected} argument${expected === 1 ? '' : 's'}`;
    const help = expected === 0 && symbol ? 'a function is applied with brackets: `f[x]`' : undefined;
    this.report(env, 'TLA1205', span, `${what} ${takes}, but ${found} ${found === 1 ? 'is' : 'are'} given`, {
      notes,
      help,
    });
  }

  private operatorAsValue(env: Env, span: Span, symbol: ResolvedSymbol, arity: number): void {
    this.report(
      env,
      'TLA1206',
      span,
      `\`${symbol.name}\` is an operator with ${arity} argument${arity === 1 ? '' : 's'}, not a value`,
      {
        help: `apply it: \`${symbol.name}(${Array.from({ length: arity }, () => '...').join(', ')})\``,
      },
    );
  }
}

/** Constants and variables of an instantiated module are not reached through the instance. */
export function isDeclared(entry: Entry): boolean {
  if (entry.kind !== 'symbol') return false;
  return entry.substituted === true || entry.symbol.kind === 'constant' || entry.symbol.kind === 'variable';
}

/** Of the arguments that are written, so without those of the instances around. */
function argumentArities(symbol: ResolvedSymbol, leading: number): readonly number[] {
  switch (symbol.kind) {
    case 'variable':
      return [];
    case 'constant':
    case 'local':
      return Array.from({ length: symbol.arity }, () => 0);
    case 'builtin':
      return symbol.argumentArities;
    case 'definition':
      return symbol.parameters.slice(leading).map((p) => p.arity);
  }
}

/** A function is its constructor. */
function bodyOf({ syntax }: Definition, body: Expression): Expression {
  return syntax?.kind === 'functionDefinition'
    ? { kind: 'functionConstructor', span: syntax.span, bounds: syntax.bounds, body }
    : body;
}

function nameOf(operator: Identifier | Selection): string {
  if (operator.kind === 'identifier') return operator.name;
  return operator.steps
    .map((s) => (s.kind === 'name' ? s.name : s.kind === 'selector' ? s.selector : '(...)'))
    .join('!');
}

function describe(name: string, argumentCount: number): string {
  return argumentCount > 0 ? `operator \`${name}\`` : `\`${name}\``;
}

function nameOfStep(step: SelectionStep): string {
  return step.kind === 'name' ? step.name : step.kind === 'selector' ? `${step.selector}` : '()';
}

function isOfLanguage(name: string): boolean {
  return LANGUAGE_SYMBOLS.has(name) || name === 'TRUE' || name === 'FALSE';
}
