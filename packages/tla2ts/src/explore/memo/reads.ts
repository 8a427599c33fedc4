/**
 * What the value of an expression depends on at a place of the program: words, each given by a JavaScript text that is cheap to evaluate. Two evaluations with equal
 * words have equal values, so that a value can be remembered by them.
 *
 * A word is that of a whole variable or bound identifier, or of a part: where `x` is only used as `x[p].f` the word of that part is enough, and the same
 * part occurs in many more states than the same `x`.
 */
import { boundsOf, children, symbolsOf } from '../../analysis/children.js';
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedSymbol,
  VariableSymbol,
} from '../../names/resolved.js';
import type { SymbolText } from '../config-values.js';
import { isClosed } from '../closed.js';
import { primesParameter } from '../dependencies.js';
import { isPure } from './pure.js';
import { type Scope, emptyScope } from '../expressions.js';

/** Texts of words; undefined: the value depends on something else, too. */
export type Words = ReadonlySet<string> | undefined;

/** How texts are made. */
export interface WordTexts {
  readonly current: (variable: VariableSymbol) => string;
  readonly next: (variable: VariableSymbol) => string;
  /** Of a constant expression. */
  readonly constant: (e: ResolvedExpression) => string;
  /** Of `f[x]`, by the words of f and x. */
  readonly apply: (f: string, x: string) => string;
  /** Of `r.name`, by the word of r. */
  readonly field: (r: string, name: string) => string;
  /** Of a set that is a selection of a part of the state; undefined for other expressions. */
  readonly selection: (e: ResolvedExpression, scope: Scope) => string | undefined;
  /** Of the value of a definition of a module in one of the states of a step, in the scope of its body; undefined: it depends on too much. */
  readonly derived: (definition: DefinitionSymbol, scope: Scope) => string | undefined;
}

/** Definitions inside of definitions that are looked into for parts of variables; below, a variable counts as a whole. */
const deepest = 4;

/** Variables that a definition reads, whatever its arguments. */
interface Whole {
  readonly current: ReadonlySet<VariableSymbol>;
  readonly next: ReadonlySet<VariableSymbol>;
}

interface Visit {
  readonly words: Set<string>;
  readonly inside: ReadonlySet<LocalSymbol | DefinitionSymbol>;
  readonly depth: number;
}

export class Reads {
  /** What JavaScript names of bound identifiers and parameters depend on. */
  private readonly known = new Map<string, Words>();
  /** Names whose own word is at hand. */
  private readonly single = new Map<string, string>();
  private readonly wholes = new Map<DefinitionSymbol, Whole | 'computing' | undefined>();
  private count = 0;

  constructor(
    private readonly texts: WordTexts,
    private readonly replacement: (symbol: ResolvedSymbol) => SymbolText | undefined,
    private readonly variables: readonly VariableSymbol[],
  ) {}

  /** `name` is the JavaScript name of a value whose word is `word`. */
  bind(name: string, word: string): void {
    this.single.set(name, word);
    this.known.set(name, new Set([word]));
  }

  /** `name` is the JavaScript name of a part of the value whose word is `word`. */
  bindWithin(name: string, word: string): void {
    this.known.set(name, new Set([word]));
  }

  /** `text` gives the value of an expression. */
  bindTo(text: string, e: ResolvedExpression, scope: Scope): void {
    const word = this.part(e, scope);
    if (word !== undefined) this.bind(text, word);
    else this.known.set(text, this.of(e, scope));
  }

  /** What the value of an expression depends on. */
  of(e: ResolvedArgument, scope: Scope, depth = 0): Words {
    const words = new Set<string>();
    return this.visit(e, scope, { words, inside: new Set(), depth }) ? words : undefined;
  }

  /** The word of an expression that is a variable, an identifier, a constant, or a part of these; undefined for others. */
  part(e: ResolvedExpression, scope: Scope): string | undefined {
    if (this.isSmallConstant(e)) return this.texts.constant(e);
    if (e.kind === 'at') return scope.at === undefined ? undefined : this.single.get(scope.at);
    if (e.kind === 'field') {
      const record = this.part(e.record, scope);
      return record === undefined ? undefined : this.texts.field(record, e.field);
    }
    if (e.kind === 'functionApply' && e.args.length === 1) {
      const f = this.part(e.function, scope);
      const x = f === undefined ? undefined : this.part(e.args[0] as ResolvedExpression, scope);
      return f === undefined || x === undefined ? undefined : this.texts.apply(f, x);
    }
    if (e.kind !== 'apply') return undefined;
    const { operator, args } = e;
    if (operator.kind === 'builtin' && operator.name === "'" && !scope.primed) {
      return this.part(args[0] as ResolvedExpression, { ...scope, primed: true });
    }
    if (args.length > 0) return undefined;
    if (operator.kind === 'variable') return this.variable(operator, scope);
    if (operator.kind !== 'local') return this.derived(operator, scope);
    const source = scope.sources.get(operator);
    if (source !== undefined && (scope.primed || !scope.locals.has(operator))) {
      return this.part(source.expression, sourceScope(source.scope, scope));
    }
    const local = scope.locals.get(operator);
    return local === undefined ? undefined : this.single.get(local);
  }

  /** In a step every variable has a value in both of its states, and what is said of each of them has one. */
  private derived(symbol: ResolvedSymbol, scope: Scope): string | undefined {
    const by = this.replacement(symbol);
    const definition = by?.kind === 'definition' ? by.definition : symbol;
    if (by?.kind === 'text' || definition.kind !== 'definition' || definition.level !== 1) return undefined;
    if (definition.place === 'let' || definition.recursive || definition.isFunction) return undefined;
    if (!this.variables.every((variable) => scope.assigned.has(variable))) return undefined;
    const { assigned, primed, shared, initial } = scope;
    const inner: Scope = { ...emptyScope, assigned, primed, shared, initial };
    return this.part(definition.body, inner) ?? this.texts.derived(definition, inner);
  }

  /** A constant whose word is known at no cost (that of a set may have to be listed). */
  private isSmallConstant(e: ResolvedExpression): boolean {
    if (e.kind === 'number' || e.kind === 'string' || e.kind === 'boolean') return true;
    if (e.kind !== 'apply' || e.args.length > 0 || e.level > 0 || e.operator.kind === 'local') return false;
    const by = this.replacement(e.operator);
    if (by?.kind === 'text') return true;
    const definition = by?.definition ?? e.operator;
    return definition.kind === 'definition' && isClosed(e) && this.isSmallConstant(definition.body);
  }

  private variable(variable: VariableSymbol, scope: Scope): string | undefined {
    if (scope.shared || scope.initial || !this.variables.includes(variable)) return undefined;
    if (!scope.primed) return this.texts.current(variable);
    return scope.assigned.has(variable) ? this.texts.next(variable) : undefined;
  }

  /** @returns false when something cannot be told by words */
  private visit(e: ResolvedArgument, scope: Scope, to: Visit): boolean {
    if (e.kind === 'fairness') return false;
    if (e.kind === 'at' && scope.at !== undefined) {
      const word = this.single.get(scope.at);
      if (word !== undefined) to.words.add(word);
      return word !== undefined;
    }
    if (e.kind === 'box' || e.kind === 'angle') {
      const primed = { ...scope, primed: true };
      return [scope, primed].every((s) => this.visit(e.subscript, s, to)) && this.visit(e.action, scope, to);
    }
    if (e.kind === 'field' || e.kind === 'functionApply') {
      const word = this.part(e, scope);
      if (word !== undefined) {
        to.words.add(word);
        return true;
      }
    }
    if (e.kind === 'apply') return this.application(e, scope, to);
    if (e.kind === 'operator') {
      const as: ResolvedApplication = { ...e, kind: 'apply', operatorSpan: e.span, args: e.leading };
      return this.application(as, scope, to);
    }
    const inner = { ...to, inside: new Set([...to.inside, ...boundIn(e)]) };
    const lets = e.kind === 'let' ? e.definitions : [];
    return (
      lets.every(({ body, parameters }) => {
        return this.visit(body, scope, { ...inner, inside: new Set([...inner.inside, ...parameters]) });
      }) && children(e).every((part) => this.visit(part, scope, inner))
    );
  }

  private application(e: ResolvedApplication, scope: Scope, to: Visit): boolean {
    const { operator, args } = e;
    const all = (): boolean => args.every((argument) => this.visit(argument, scope, to));
    switch (operator.kind) {
      case 'variable': {
        const word = this.variable(operator, scope);
        if (word !== undefined) to.words.add(word);
        return word !== undefined;
      }
      case 'local':
        return this.local(operator, scope, to) && all();
      case 'builtin': {
        const by = this.replacement(operator);
        if (by?.kind === 'definition') return this.definition(by.definition, e, scope, to) && all();
        if (by === undefined && !isPure(operator)) return false;
        if (operator.name === "'") return this.visit(args[0]!, { ...scope, primed: true }, to);
        if (operator.name === 'UNCHANGED') return all() && this.visit(args[0]!, { ...scope, primed: true }, to);
        return all();
      }
      default: {
        const by = this.replacement(operator);
        const definition = by?.kind === 'definition' ? by.definition : operator;
        if (by?.kind === 'text' || definition.kind !== 'definition') return by !== undefined && all();
        const word = args.length === 0 && definition.level === 1 ? this.derived(operator, scope) : undefined;
        if (word !== undefined) {
          to.words.add(word);
          return true;
        }
        return this.definition(definition, e, scope, to);
      }
    }
  }

  private local(local: LocalSymbol, scope: Scope, to: Visit): boolean {
    const operator = scope.operators.get(local);
    if (operator !== undefined) {
      const { argument } = operator;
      if (argument.kind !== 'lambda') return this.visit(argument, operator.scope, to);
      return this.visit(argument.body, operator.scope, {
        ...to,
        inside: new Set([...to.inside, ...argument.parameters]),
      });
    }
    const source = scope.sources.get(local);
    if (source !== undefined && (scope.primed || !scope.locals.has(local))) {
      return this.visit(source.expression, sourceScope(source.scope, scope), to);
    }
    const text = scope.locals.get(local);
    if (text === undefined) return to.inside.has(local);
    const words = this.known.get(text);
    words?.forEach((word) => to.words.add(word));
    return words !== undefined;
  }

  private definition(definition: DefinitionSymbol, e: ResolvedApplication, scope: Scope, to: Visit): boolean {
    const { args } = e;
    const all = (): boolean => args.every((argument) => this.visit(argument, scope, to));
    if (to.inside.has(definition)) return all();
    if (args.some(({ level }) => level >= 1) && primesParameter(definition)) return false;
    const entry = scope.lets.get(definition);
    if (entry !== undefined) {
      if (definition.recursive) return false;
      const inside = new Set([...to.inside, ...definition.parameters]);
      const inner = { ...entry.scope(), assigned: scope.assigned, primed: scope.primed };
      const selection = definition.parameters.length === 0 ? this.texts.selection(definition.body, inner) : undefined;
      if (selection !== undefined) {
        to.words.add(selection);
        return true;
      }
      return all() && this.visit(definition.body, inner, { ...to, inside });
    }
    // An operator that is itself an argument has none.
    const given = args.length === definition.parameters.length;
    const plain = given && args.every((a) => a.kind !== 'lambda' && a.kind !== 'operator');
    if (plain && !definition.recursive && to.depth < deepest && definition.level < 2) {
      return this.lookInto(definition, args as readonly ResolvedExpression[], scope, to);
    }
    const whole = this.whole(definition);
    if (whole === undefined || (scope.primed && whole.next.size > 0)) return false;
    const read = [
      ...[...whole.current].map((variable) => this.variable(variable, scope)),
      ...[...whole.next].map((variable) => this.variable(variable, { ...scope, primed: true })),
    ];
    for (const word of read) {
      if (word === undefined) return false;
      to.words.add(word);
    }
    return all();
  }

  /** The body with the arguments in the place of the parameters. */
  private lookInto(
    definition: DefinitionSymbol,
    args: readonly ResolvedExpression[],
    scope: Scope,
    to: Visit,
  ): boolean {
    const locals = new Map<LocalSymbol, string>();
    for (const [i, parameter] of definition.parameters.entries()) {
      const argument = args[i] as ResolvedExpression;
      const name = `#${++this.count}`;
      const word = this.part(argument, scope);
      if (word !== undefined) this.bind(name, word);
      else {
        const words = new Set<string>();
        if (!this.visit(argument, scope, { ...to, words })) return false;
        this.known.set(name, words);
      }
      locals.set(parameter, name);
    }
    const { assigned, primed, shared, initial } = scope;
    const inner: Scope = { ...emptyScope, locals, assigned, primed, shared, initial };
    return this.visit(definition.body, inner, { ...to, depth: to.depth + 1 });
  }

  /** The variables that a definition of a module reads; undefined: something else, too. */
  private whole(definition: DefinitionSymbol): Whole | undefined {
    const known = this.wholes.get(definition);
    if (known === 'computing') return { current: new Set(), next: new Set() };
    if (known !== undefined || this.wholes.has(definition)) return known;
    this.wholes.set(definition, 'computing');
    const current = new Set<VariableSymbol>();
    const next = new Set<VariableSymbol>();
    const collect = (e: ResolvedArgument, primed: boolean, inside: ReadonlySet<unknown>): boolean => {
      if (e.kind === 'fairness') return false;
      const bound = new Set([...inside, ...boundIn(e)]);
      if (e.kind === 'apply' || e.kind === 'operator') {
        const by = this.replacement(e.operator);
        const symbol = by?.kind === 'definition' ? by.definition : e.operator;
        if (by?.kind !== 'text' && !this.symbolReads(symbol, primed, inside, { current, next }, collect)) return false;
      }
      const both = e.kind === 'box' || e.kind === 'angle' || (e.kind === 'apply' && isNamed(e, 'UNCHANGED'));
      const primes = primed || (e.kind === 'apply' && isNamed(e, "'"));
      const inLets =
        e.kind !== 'let' ||
        e.definitions.every((d) => collect(d.body, primed, new Set([...bound, ...d.parameters, d])));
      return (
        inLets &&
        [...new Set(both ? [primes, true] : [primes])].every((p) => children(e).every((c) => collect(c, p, bound)))
      );
    };
    const ok = collect(definition.body, false, new Set(definition.parameters));
    const whole = ok ? { current, next } : undefined;
    this.wholes.set(definition, whole);
    // What was found while a definition that uses this one was being computed may lack what that one reads.
    if ([...this.wholes.values()].includes('computing')) this.wholes.delete(definition);
    return whole;
  }

  private symbolReads(
    symbol: ResolvedSymbol,
    primed: boolean,
    inside: ReadonlySet<unknown>,
    to: { readonly current: Set<VariableSymbol>; readonly next: Set<VariableSymbol> },
    collect: (e: ResolvedArgument, primed: boolean, inside: ReadonlySet<unknown>) => boolean,
  ): boolean {
    switch (symbol.kind) {
      case 'variable':
        (primed ? to.next : to.current).add(symbol);
        return true;
      case 'local':
        return inside.has(symbol);
      case 'builtin':
        return isPure(symbol);
      case 'definition': {
        if (inside.has(symbol)) return true;
        if (symbol.place === 'let')
          return collect(symbol.body, primed, new Set([...inside, ...symbol.parameters, symbol]));
        const whole = this.whole(symbol);
        if (whole === undefined || (primed && whole.next.size > 0)) return false;
        for (const variable of whole.current) (primed ? to.next : to.current).add(variable);
        for (const variable of whole.next) to.next.add(variable);
        return true;
      }
      default:
        return false;
    }
  }
}

const isNamed = ({ operator }: ResolvedApplication, name: string): boolean =>
  operator.kind === 'builtin' && operator.name === name;

const boundIn = (e: ResolvedArgument): readonly (LocalSymbol | DefinitionSymbol)[] => {
  if (e.kind === 'lambda') return e.parameters;
  if (e.kind === 'let') return e.definitions;
  const unbounded = e.kind === 'quantifier' ? e.unbounded : e.kind === 'choose' ? symbolsOf(e.pattern) : [];
  return [...boundsOf(e).flatMap(({ pattern }) => symbolsOf(pattern)), ...unbounded];
};

const sourceScope = (source: Scope, { assigned, primed, shared, initial }: Scope): Scope => ({
  ...source,
  assigned,
  shared,
  initial,
  primed: primed || source.primed,
});
