/**
 * Compiles an action (or an initial predicate) into JavaScript that runs through all ways to satisfy it, as TLC does: conjuncts from left to right, every disjunct and
 * every witness on its own; the first `x' = e` on a way gives x its next value, a later one is a test. Which variables are known at a place is known when the text is made.
 *
 * The text is in continuation-passing style: the code for an expression contains, wherever the expression is satisfied, the code for what comes after it. Where that is
 * needed more than once it becomes a local function.
 */
import type { Assignment, Expressions, Scope } from './expressions.js';
import type {
  BuiltinSymbol,
  DefinitionSymbol,
  Level,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedFunctionApplication,
  VariableSymbol,
} from '../names/resolved.js';
import { chosenFrom } from '../analysis/assignments.js';
import { branches, functionOf } from './structure.js';
import { emptyScope } from './expressions.js';
import { isCheap } from './cheap.js';
import type { MemoText } from './memo/memo-text.js';
import { wordNames } from './memo/memo-text.js';

/** A named operator on the way to an action, for the labels of traces; arguments and bindings are JavaScript text. */
interface Frame {
  readonly name: string;
  readonly args: readonly string[];
  readonly bindings: readonly (readonly [string, string])[];
}

/** Where the compiler stands. */
export interface Place {
  readonly scope: Scope;
  readonly frame: Frame;
  /** Only disjunctions, \E, LET and operators lie between the whole action and here: names here name the action. */
  readonly naming: boolean;
  /** Which disjunct to take at the next disjunctions, as long as `naming`; none: all of them. */
  readonly choices: readonly number[];
}

/** What comes after an expression; `small` text may be repeated. */
export interface Continuation {
  readonly small: boolean;
  readonly code: (place: Place) => string;
}

/** What is assigned: `x = e` in an initial predicate, `x' = e` in an action. */
export type Mode = 'initial' | 'next';

/** JavaScript names of the values of a variable in the current and in the next state. */
export interface VariableNames {
  readonly current: (variable: VariableSymbol) => string;
  readonly next: (variable: VariableSymbol) => string;
}

export class ActionCompiler {
  /** Local functions for formulas that use themselves, inside of them. */
  private ways: ReadonlyMap<DefinitionSymbol, string> = new Map();

  constructor(
    private readonly emit: Expressions,
    private readonly names: VariableNames,
    private readonly variables: readonly VariableSymbol[],
    private readonly mode: Mode,
    /** Remembers what was evaluated; without it everything is evaluated each time. */
    private readonly memo?: MemoText,
  ) {}

  /** Text of a test. */
  private holds(e: ResolvedExpression, scope: Scope): string {
    return this.memo?.test(e, scope) ?? this.emit.test(e, scope);
  }

  /** The same, after the statement that counts it. */
  private asked(e: ResolvedExpression, scope: Scope): string {
    return this.memo?.test(e, scope) ?? this.emit.uncounted(e, scope);
  }

  /** Text of a value. */
  private value(e: ResolvedExpression, scope: Scope): string {
    return (this.memo ?? this.emit).value(e, scope);
  }

  /** Expressions of this level may give values to variables: primed ones, or in an initial predicate all. */
  private get actionLevel(): Level {
    return this.mode === 'initial' ? 1 : 2;
  }

  /** Text that runs `then` for every way to satisfy the expression. */
  code(e: ResolvedExpression, place: Place, then: Continuation): string {
    // What several actions have in common is counted in the first of them.
    const elsewhere = place.naming && place.choices.some((choice) => choice !== 0);
    return (elsewhere ? '' : this.emit.counted(e)) + this.allWays(e, place, then);
  }

  private allWays(e: ResolvedExpression, place: Place, then: Continuation): string {
    return this.countedWays(e, place, then) ?? this.everyWay(e, place, then);
  }

  /** A guard gives nothing to what comes after it but the number of ways to satisfy it, which is remembered. */
  private countedWays(e: ResolvedExpression, place: Place, then: Continuation): string | undefined {
    const { memo } = this;
    if (memo === undefined || place.naming || e.level >= this.actionLevel || e.kind === 'junction') return undefined;
    if (!branches(e, this.emit.definitionOf)) return undefined;
    const words = memo.wordsOf(e, place.scope);
    if (words === undefined) return undefined;
    const [ways, i] = ['ways', 'i'].map((hint) => this.emit.fresh(hint)) as [string, string];
    const one: Continuation = { small: true, code: () => `${ways} += 4;\n` };
    const count = `(() => {\nlet ${ways} = 0;\n${this.everyWay(e, place, one)}return ${ways};\n})()`;
    return `for (let ${i} = ${memo.remember(words, count)}; ${i} > 0; ${i} -= 4) {\n${then.code(place)}}\n`;
  }

  private everyWay(e: ResolvedExpression, place: Place, then: Continuation): string {
    switch (e.kind) {
      case 'junction':
        return e.operator === '/\\' ? this.conjunction(e.items, place, then) : this.disjunction(e.items, place, then);
      case 'quantifier':
        if (e.quantifier === '\\E' && e.bounds.length > 0) return this.exists(e.bounds, e.body, place, then);
        if (e.level < this.actionLevel && branches(e, this.emit.definitionOf)) {
          return this.forAll(e.bounds, e.body, place, then);
        }
        return this.test(e, place, then);
      case 'if':
        return this.share(then, place, (k) => {
          const condition = this.holds(e.condition, place.scope);
          return `if (${condition}) {\n${this.code(e.then, place, k)}} else {\n${this.code(e.else, place, k)}}\n`;
        });
      case 'case':
        return this.share(then, place, (k) => {
          const arms = e.arms.map(
            ({ condition, value }) => `if (${this.holds(condition, place.scope)}) {\n${this.code(value, place, k)}}`,
          );
          const other =
            e.other === undefined
              ? `${this.emit.raise('no condition of the CASE is true', e)};\n`
              : this.code(e.other, place, k);
          return `${arms.join(' else ')} else {\n${other}}\n`;
        });
      case 'let': {
        const { statements, scope } = this.emit.lets(e.definitions, e.body, place.scope, this.memo && 'late');
        return `${statements}${this.code(e.body, { ...place, scope }, then)}`;
      }
      case 'box':
        return this.share(then, place, (k) => this.code(e.action, place, k) + this.unchanged(e.subscript, place, k));
      case 'angle':
        return this.code(e.action, place, {
          small: false,
          code: ({ scope: { assigned: known } }) => this.changed(e.subscript, withAssigned(place, known), then),
        });
      case 'apply':
        return this.application(e, place, then);
      case 'functionApply':
        return this.applied(e, place, then);
      default:
        return this.test(e, place, then);
    }
  }

  private test(e: ResolvedExpression, place: Place, then: Continuation): string {
    return `if (${this.asked(e, place.scope)}) {\n${then.code(place)}}\n`;
  }

  private conjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): string {
    const [first, ...rest] = items;
    if (first === undefined) return then.code(place);
    if (rest.length === 0 && place.naming) return this.code(first, place, then);
    const inside = { ...place, naming: false };
    return this.code(first, inside, {
      small: false,
      code: ({ scope: { assigned } }) => this.rest(rest, withAssigned(inside, assigned), then),
    });
  }

  /** Once every variable has its value, what remains is a test, whatever its form (so the ways are counted as TLC counts them). */
  private rest(items: readonly ResolvedExpression[], place: Place, then: Continuation): string {
    const [first, ...others] = items;
    if (first === undefined) return then.code(place);
    if (place.scope.assigned.size < this.variables.length) return this.conjunction(items, place, then);
    const test = this.test(first, place, { small: false, code: (after) => this.rest(others, after, then) });
    return this.emit.counted(first) + test;
  }

  private disjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): string {
    const [choice, ...choices] = place.naming ? place.choices : [];
    if (choice !== undefined) return this.code(items[choice] as ResolvedExpression, { ...place, choices }, then);
    return this.share(then, place, (k) => items.map((item) => `{\n${this.code(item, place, k)}}\n`).join(''));
  }

  private exists(bounds: readonly ResolvedBound[], body: ResolvedExpression, place: Place, then: Continuation): string {
    const sets = new Map<ResolvedExpression, string>();
    let head = '';
    for (const { set } of bounds) {
      if (sets.has(set)) continue;
      const name = this.emit.fresh('set');
      sets.set(set, name);
      head += `const ${name} = ${this.elements(set, place.scope)};\n`;
    }
    return this.share(then, place, (k) => {
      const loop = (i: number, at: Place): string => {
        const bound = bounds[i];
        if (bound === undefined) return this.code(body, at, k);
        const { element, statement, scope } = this.bindElement(bound, at.scope);
        const inner = named({ ...at, scope }, symbolsOf(bound));
        return `for (const ${element} of ${sets.get(bound.set)}) {\n${statement}${loop(i + 1, inner)}}\n`;
      };
      return `{\n${head}${loop(0, place)}}\n`;
    });
  }

  /** Text of the elements of a set, or of their words. */
  private elements(set: ResolvedExpression, scope: Scope): string {
    return this.memo?.list(set, scope) ?? this.emit.elements(set, scope);
  }

  /** The pattern for one of `elements`, and the statement that goes before what uses it. */
  private bindElement(bound: ResolvedBound, scope: Scope): { element: string; statement: string; scope: Scope } {
    if (this.memo !== undefined) {
      const { parameter, statement, scope: inner } = this.memo.element(bound, scope);
      return { element: parameter, statement, scope: inner };
    }
    const { pattern, scope: inner } = this.emit.bind(bound.pattern, scope);
    return { element: pattern, statement: '', scope: inner };
  }

  /** A conjunction over the elements of a set: each may be satisfied in several ways, and TLC counts all combinations. */
  private forAll(bounds: readonly ResolvedBound[], body: ResolvedExpression, place: Place, then: Continuation): string {
    const [bound, ...others] = bounds;
    const inside = { ...place, naming: false };
    if (bound === undefined) return this.code(body, inside, then);
    const [all, step, i] = ['all', 'step', 'i'].map((hint) => this.emit.fresh(hint)) as [string, string, string];
    const { element, statement, scope } = this.bindElement(bound, place.scope);
    const next: Continuation = { small: true, code: () => `${step}(${i} + 1);\n` };
    const inner = this.forAll(others, body, { ...inside, scope }, next);
    return `{
const ${all} = [...${this.elements(bound.set, place.scope)}];
const ${step} = (${i}) => {
if (${i} === ${all}.length) {
${then.code(inside)}return;
}
const ${element} = ${all}[${i}];
${statement}${inner}};
${step}(0);
}
`;
  }

  private application(e: ResolvedApplication, place: Place, then: Continuation): string {
    const { operator, args } = e;
    const definition = this.emit.definitionOf(operator);
    if (definition !== undefined) {
      const inWays = e.level >= this.actionLevel || branches(e, this.emit.definitionOf);
      if (inWays && !definition.recursive) return this.inline(definition, args, place, then);
      if (inWays && e.level < this.actionLevel) return this.recursion(e, definition, args, place, then);
      return this.test(e, place, then);
    }
    if (operator.kind === 'local') return this.parameter(operator, e, place, then);
    if (operator.kind !== 'builtin') return this.test(e, place, then);
    const [left, right] = args as readonly ResolvedExpression[];
    if (operator.name === 'UNCHANGED') return this.unchanged(left!, place, then);
    if (operator.name === '=>') return this.implication(left!, right!, place, then);
    if (operator.name === '\\cdot') return this.composition(left!, right!, place, then);
    const variable = left === undefined ? undefined : this.target(left, place.scope);
    if (variable === undefined || right === undefined) return this.test(e, place, then);
    if (operator.name === '=') return this.assign(variable, right, e, place, then);
    const set = chosenFrom(e);
    return set === undefined ? this.test(e, place, then) : this.choose(variable, set, e, place, then);
  }

  private implication(left: ResolvedExpression, right: ResolvedExpression, place: Place, then: Continuation): string {
    return this.share(then, place, (k) => {
      const condition = this.holds(left, place.scope);
      return `if (${condition}) {\n${this.code(right, place, k)}} else {\n${k.code(place)}}\n`;
    });
  }

  /** `A \\cdot B`: a step of A, and from where it leads a step of B. In between the current state is the one that A made. */
  private composition(left: ResolvedExpression, right: ResolvedExpression, place: Place, then: Continuation): string {
    const inside = { ...place, naming: false };
    const list = (names: (variable: VariableSymbol) => string): string => this.variables.map(names).join(', ');
    const current = list(this.names.current);
    const [before, between] = [this.emit.fresh('before'), this.emit.fresh('between')];
    const second: Continuation = {
      small: false,
      code: ({ scope: { assigned: known } }) => {
        const all = new Map([...known.keys()].map((variable) => [variable, 'new'] as const));
        return `[${current}] = ${before};\n${then.code(withAssigned(place, all))}[${current}] = ${between};\n`;
      },
    };
    const first: Continuation = {
      small: false,
      code: ({ scope: { assigned: known } }) => {
        const missing = this.variables.find((variable) => !known.has(variable));
        if (missing !== undefined) {
          return `${this.emit.raise(`${missing.name} has no value between the actions of \\cdot`, left)};\n`;
        }
        return `{
const ${between} = [${list(this.names.next)}];
[${current}] = ${between};
try {
${this.code(right, withAssigned(inside, new Map()), second)}} finally {
[${current}] = ${before};
[${list(this.names.next)}] = ${between};
}
}
`;
      },
    };
    return `{\nconst ${before} = [${current}];\n${this.code(left, inside, first)}}\n`;
  }

  /** A parameter of an operator that is inlined: an operator, or an argument that is an action itself. */
  private parameter(operator: LocalSymbol, e: ResolvedApplication, place: Place, then: Continuation): string {
    const source = place.scope.sources.get(operator);
    if (source !== undefined && source.expression.level >= this.actionLevel) {
      const scope = { ...source.scope, assigned: place.scope.assigned };
      return this.code(source.expression, { ...place, scope }, restoring(then, place));
    }
    const value = place.scope.operators.get(operator);
    if (value === undefined) return this.test(e, place, then);
    const { argument } = value;
    if (argument.kind === 'lambda') {
      return this.bound(argument.parameters, e.args, argument.body, value.scope, place, then);
    }
    if (argument.operator.kind === 'builtin') return this.test(e, place, then);
    const application = { ...e, operator: argument.operator, args: [...argument.leading, ...e.args] };
    const scope = { ...value.scope, ...place.scope, lets: new Map([...place.scope.lets, ...value.scope.lets]) };
    return this.application(application, { ...place, scope }, then);
  }

  /** A function that is a formula for each argument: it is satisfied in as many ways as the formula. */
  private applied(e: ResolvedFunctionApplication, place: Place, then: Continuation): string {
    const { definitionOf } = this.emit;
    const made = functionOf(e, definitionOf);
    if (made === undefined || e.level >= this.actionLevel || !branches(e, definitionOf)) {
      return this.test(e, place, then);
    }
    const { bounds, body, definition } = made;
    const texts = e.args.map((argument) => this.value(argument, place.scope));
    // A single bound of a function of several arguments takes the tuple of them.
    const given = bounds.length === texts.length ? texts : [`[${texts.join(', ')}]`];
    const outer = definition && this.outerScope(definition, place.scope);
    return this.inWays(e, definition, given, place, then, (compiler, inside, k) => {
      let scope = outer ?? inside.scope;
      const patterns = bounds.map((bound) => {
        const found = this.emit.bind(bound.pattern, scope);
        scope = found.scope;
        return found.pattern;
      });
      const words = this.wordsOf(bounds.flatMap(symbolsOf).map((symbol) => scope.locals.get(symbol) as string));
      const text = compiler.code(body, { ...inside, scope: entering(scope, inside.scope) }, k);
      const counted = definition === undefined ? '' : this.emit.counted(definition.body);
      return { patterns, text: words + counted + text };
    });
  }

  /** An operator that uses itself, in a guard. */
  private recursion(
    e: ResolvedApplication,
    definition: DefinitionSymbol,
    args: readonly ResolvedArgument[],
    place: Place,
    then: Continuation,
  ): string {
    if (args.some(({ kind }) => kind === 'operator' || kind === 'lambda')) return this.test(e, place, then);
    const given = (args as readonly ResolvedExpression[]).map((argument) => this.value(argument, place.scope));
    return this.inWays(e, definition, given, place, then, (compiler, inside, k) => {
      const outer = this.outerScope(definition, place.scope);
      const locals = new Map(outer.locals);
      const patterns = definition.parameters.map((parameter) => {
        const name = this.emit.fresh(parameter.name);
        locals.set(parameter, name);
        return name;
      });
      const scope = entering({ ...outer, locals }, inside.scope);
      const words = this.wordsOf(patterns);
      return { patterns, text: words + compiler.code(definition.body, { ...inside, scope }, k) };
    });
  }

  /** Statements that make the words of values, by which is found what was remembered of them. */
  private wordsOf(names: readonly string[]): string {
    const { memo, emit } = this;
    if (memo === undefined) return '';
    return names
      .map((name) => {
        const word = emit.fresh('word');
        memo.reads.bind(name, word);
        return `const ${word} = encode(${name});\n`;
      })
      .join('');
  }

  private outerScope(definition: DefinitionSymbol, scope: Scope): Scope {
    return scope.lets.get(definition)?.scope() ?? emptyScope;
  }

  /** Runs through the ways to satisfy a formula that may use itself: a local function, to which is given what comes after it. That the formula is true is tested beforehand. */
  private inWays(
    e: ResolvedExpression,
    definition: DefinitionSymbol | undefined,
    given: readonly string[],
    place: Place,
    then: Continuation,
    body: (
      compiler: ActionCompiler,
      inside: Place,
      k: Continuation,
    ) => { readonly patterns: readonly string[]; readonly text: string },
  ): string {
    const known = definition && this.ways.get(definition);
    const name = known ?? this.emit.fresh('ways');
    const call = `${name}(${[...given, `() => {\n${then.code(place)}}`].join(', ')});\n`;
    const when = (text: string): string => `if (${this.asked(e, place.scope)}) {\n${text}}\n`;
    if (known !== undefined) return when(call);
    const compiler = new ActionCompiler(this.emit, this.names, this.variables, this.mode, this.memo);
    compiler.ways = definition === undefined ? this.ways : new Map(this.ways).set(definition, name);
    const next = this.emit.fresh('next');
    const { patterns, text } = body(compiler, { ...place, naming: false }, { small: true, code: () => `${next}();\n` });
    return when(`const ${name} = (${[...patterns, next].join(', ')}) => {\n${text}};\n${call}`);
  }

  private inline(
    definition: DefinitionSymbol,
    args: readonly ResolvedArgument[],
    place: Place,
    then: Continuation,
  ): string {
    const outer = place.scope.lets.get(definition)?.scope() ?? emptyScope;
    return this.bound(definition.parameters, args, definition.body, outer, place, then, definition.name);
  }

  /** The body with parameters bound to arguments; arguments that may fail are evaluated when they are used, as TLC does. */
  private bound(
    parameters: readonly LocalSymbol[],
    args: readonly ResolvedArgument[],
    body: ResolvedExpression,
    outer: Scope,
    place: Place,
    then: Continuation,
    name?: string,
  ): string {
    const locals = new Map(outer.locals);
    const operators = new Map(outer.operators);
    const sources = new Map(outer.sources);
    let head = '';
    const shown: string[] = [];
    parameters.forEach((parameter, i) => {
      const argument = args[i];
      if (argument === undefined) return;
      if (argument.kind === 'operator' || argument.kind === 'lambda') {
        operators.set(parameter, { argument, scope: place.scope });
        return;
      }
      if (argument.level >= 1) sources.set(parameter, { expression: argument, scope: place.scope });
      if (argument.level >= this.actionLevel) {
        locals.delete(parameter);
        return;
      }
      const { text, statement } = this.argument(parameter, argument, place.scope);
      head += statement;
      locals.set(parameter, text);
      shown.push(text);
    });
    const { assigned: known, initial } = place.scope;
    const scope = { ...outer, locals, operators, sources, assigned: known, initial };
    const frame = place.naming && name !== undefined ? { name, args: shown, bindings: [] } : place.frame;
    const inner = this.code(body, { ...place, scope, frame }, restoring(then, place));
    return head === '' ? inner : `{\n${head}${inner}}\n`;
  }

  private argument(
    parameter: LocalSymbol,
    argument: ResolvedExpression,
    scope: Scope,
  ): { readonly text: string; readonly statement: string } {
    if (this.memo !== undefined) return this.memo.argument(parameter, argument, scope);
    const value = this.emit.value(argument, scope);
    if (/^[\w$]+$/.test(value)) return { text: value, statement: '' };
    const name = this.emit.fresh(parameter.name);
    if (isCheap(argument, scope)) return { text: name, statement: `const ${name} = ${value};\n` };
    return { text: `${name}()`, statement: `const ${name} = rt.lazy(() => ${value});\n` };
  }

  /** The variable that `x'` (in an initial predicate: `x`) stands for, also where a parameter stands for it. */
  private target(e: ResolvedExpression, scope: Scope): VariableSymbol | undefined {
    const actual = argumentOf(e, scope);
    if (actual.kind !== 'apply') return undefined;
    if (this.mode === 'initial') return actual.operator.kind === 'variable' ? actual.operator : undefined;
    if (actual.operator.kind !== 'builtin' || actual.operator.name !== "'") return undefined;
    const inner = argumentOf(actual.args[0] as ResolvedExpression, scope);
    return inner.kind === 'apply' && inner.operator.kind === 'variable' ? inner.operator : undefined;
  }

  private made(variable: VariableSymbol): string {
    if (this.memo !== undefined) return wordNames.next(variable);
    return this.mode === 'initial' ? this.names.current(variable) : this.names.next(variable);
  }

  private assign(
    variable: VariableSymbol,
    value: ResolvedExpression,
    e: ResolvedExpression,
    place: Place,
    then: Continuation,
  ): string {
    if (place.scope.assigned.has(variable)) return this.test(e, place, then);
    const same = this.mode === 'next' && value.kind === 'apply' && value.operator === variable;
    if (same) return this.keep(variable, place, then);
    const text = this.memo?.word(value, place.scope) ?? this.emit.value(value, place.scope);
    return `${this.made(variable)} = ${text};\n${then.code(assigned(place, variable, 'new'))}`;
  }

  private keep(variable: VariableSymbol, place: Place, then: Continuation): string {
    const after = then.code(assigned(place, variable, 'same'));
    const current = (this.memo === undefined ? this.names : wordNames).current(variable);
    return `${this.made(variable)} = ${current};\n${after}`;
  }

  private choose(
    variable: VariableSymbol,
    set: ResolvedExpression,
    e: ResolvedExpression,
    place: Place,
    then: Continuation,
  ): string {
    if (place.scope.assigned.has(variable)) return this.test(e, place, then);
    const element = this.emit.fresh(variable.name);
    const after = then.code(assigned(place, variable, 'new'));
    const elements = this.elements(set, place.scope);
    return `for (const ${element} of ${elements}) {\n${this.made(variable)} = ${element};\n${after}}\n`;
  }

  private unchanged(written: ResolvedExpression, place: Place, then: Continuation): string {
    const e = argumentOf(written, place.scope);
    if (e.kind === 'tuple') {
      const next = (items: readonly ResolvedExpression[], at: Place): string => {
        const [first, ...rest] = items;
        if (first === undefined) return then.code(at);
        return this.unchanged(first, at, {
          small: false,
          code: ({ scope: { assigned: known } }) => next(rest, withAssigned(place, known)),
        });
      };
      return next(e.items, place);
    }
    if (e.kind === 'apply' && e.operator.kind === 'variable') {
      const variable = e.operator;
      if (!place.scope.assigned.has(variable)) return this.keep(variable, place, then);
      if (place.scope.assigned.get(variable) === 'same') return then.code(place);
      const unchanged =
        this.memo === undefined
          ? this.emit.equal(this.names.next(variable), this.names.current(variable))
          : `${wordNames.next(variable)} === ${wordNames.current(variable)}`;
      return `if (${unchanged}) {\n${then.code(place)}}\n`;
    }
    const definition = e.kind === 'apply' && e.args.length === 0 ? this.emit.definitionOf(e.operator) : undefined;
    if (definition !== undefined) {
      return this.emit.counted(definition.body) + this.unchanged(definition.body, place, then);
    }
    return this.test({ ...e, kind: 'apply', operator: unchanged, operatorSpan: e.span, args: [e] }, place, then);
  }

  /** `v' # v`; a variable that has no value yet can be given another one. */
  private changed(written: ResolvedExpression, place: Place, then: Continuation): string {
    const e = argumentOf(written, place.scope);
    const known = (part: ResolvedExpression): boolean => {
      const definition = part.kind === 'apply' && part.args.length === 0 && this.emit.definitionOf(part.operator);
      if (definition) return known(definition.body);
      if (part.kind === 'tuple') return part.items.every(known);
      return part.kind !== 'apply' || part.operator.kind !== 'variable' || place.scope.assigned.has(part.operator);
    };
    if (!known(e)) return then.code(place);
    const { span } = e;
    const same = { kind: 'apply', level: 2, operator: unchanged, span, operatorSpan: span, args: [e] } as const;
    return `if (!${this.holds(same, place.scope)}) {\n${then.code(place)}}\n`;
  }

  /** Makes `then` a local function, once per set of known variables, unless it is small. */
  private share(then: Continuation, place: Place, body: (k: Continuation) => string): string {
    if (then.small) return body(then);
    const made = new Map<string, string>();
    let functions = '';
    const text = body({
      small: true,
      code: ({ scope: { assigned: known } }) => {
        const key = [...known]
          .map(([{ name }, how]) => `${name}:${how}`)
          .toSorted()
          .join();
        let name = made.get(key);
        if (name === undefined) {
          name = this.emit.fresh('then');
          made.set(key, name);
          functions += `const ${name} = () => {\n${then.code(withAssigned(place, known))}};\n`;
        }
        return `${name}();\n`;
      },
    });
    return `{\n${functions}${text}}\n`;
  }
}

const unchanged: BuiltinSymbol = {
  kind: 'builtin',
  module: 'TLA',
  name: 'UNCHANGED',
  arity: 1,
  argumentArities: [0],
};

const assigned = (place: Place, variable: VariableSymbol, how: Assignment): Place =>
  withAssigned(place, new Map(place.scope.assigned).set(variable, how));

const withAssigned = (place: Place, known: ReadonlyMap<VariableSymbol, Assignment>): Place => ({
  ...place,
  scope: { ...place.scope, assigned: known },
});

/** After the body of an operator the names of its caller mean again what they meant. */
const restoring = (then: Continuation, { scope }: Place): Continuation => ({
  small: then.small,
  code: (place) => then.code({ ...place, scope: { ...scope, assigned: place.scope.assigned } }),
});

/** What a parameter of an inlined definition stands for, if it is a parameter. */
const argumentOf = (e: ResolvedExpression, scope: Scope): ResolvedExpression => {
  if (e.kind !== 'apply' || e.operator.kind !== 'local' || e.args.length > 0) return e;
  const source = scope.sources.get(e.operator);
  return source === undefined ? e : argumentOf(source.expression, source.scope);
};

/** The scope of a body at a place where these variables are known. */
const entering = (scope: Scope, { assigned: known, initial }: Scope): Scope => ({ ...scope, assigned: known, initial });

const symbolsOf = ({ pattern }: ResolvedBound): readonly LocalSymbol[] =>
  pattern.kind === 'name' ? [pattern.symbol] : pattern.symbols;

const named = (place: Place, symbols: readonly LocalSymbol[]): Place => {
  const more = symbols.map((symbol) => [symbol.name, place.scope.locals.get(symbol) ?? ''] as const);
  return { ...place, frame: { ...place.frame, bindings: [...place.frame.bindings, ...more] } };
};
