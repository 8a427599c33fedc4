/**
 * JavaScript text that evaluates an expression only if its value is not known: values are remembered by the words that they depend on (reads.ts). A state has
 * few new parts, so most of what an action evaluates has been evaluated before, in other states.
 *
 * Names in the text: `word_x` and `nextWord_x` are the words of a variable in the current and in the next state; `cur_x` and `next_x`, the values, are made from them by
 * `ready()` and by assignments before something is evaluated indeed.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedBound,
  ResolvedExpression,
  ResolvedLet,
  ResolvedSymbol,
  ResolvedUpdate,
  VariableSymbol,
} from '../../names/resolved.js';
import { type Expressions, type Scope, emptyScope } from '../expressions.js';
import type { SymbolText } from '../config-values.js';
import { isCheap } from '../cheap.js';
import { primesParameter } from '../dependencies.js';
import { evaluatedAgain } from '../text/lets.js';
import { Comparisons } from './comparisons.js';
import { Reads, type Words } from './reads.js';

/** What is needed to make the text. */
export interface MemoOptions {
  readonly emit: Expressions;
  readonly replacement: (symbol: ResolvedSymbol) => SymbolText | undefined;
  /** Of a state. (There are other symbols of variables, for ENABLED of an action of an INSTANCE.) */
  readonly variables: readonly VariableSymbol[];
  readonly readBy: (e: ResolvedExpression) => ReadonlySet<VariableSymbol>;
  /** Adds a declaration to the text of the program. */
  readonly declare: (text: string) => void;
}

/** More words than this hardly ever come again together. */
const mostWords = 6;

/** An expression that depends on more variables, or parts of them, is taken apart if it can be. */
const fewVariables = 2;

const small = 2 ** 29;

/** What is remembered of a definition in a state and in the next one, and the names of functions that give its words. */
interface Derivation {
  memo?: string;
  current?: string;
  next?: string;
}

/** Names of a variable's words. */
export const wordNames = {
  current: ({ name }: VariableSymbol): string => `word_${name}`,
  next: ({ name }: VariableSymbol): string => `nextWord_${name}`,
};

export class MemoText {
  readonly reads: Reads;
  private readonly constants = new Map<unknown, string>();
  private readonly parts = new Map<string, string>();
  private readonly derivations = new Map<DefinitionSymbol, Derivation>();
  private readonly selections = new Map<ResolvedExpression, Map<string, string>>();
  readonly emit: Expressions;
  /** Statements that are executed once for a test that is done often; undefined: they stand where the test is done. */
  private once: string[] | undefined;
  private sameWords: string | undefined;
  private readonly comparisons = new Comparisons(this);

  constructor(private readonly options: MemoOptions) {
    this.emit = options.emit;
    this.reads = new Reads(
      {
        ...wordNames,
        constant: (e) => this.constant(e),
        apply: (f, x) => `${this.partFunction('apply', 'f, x')}(${f}, ${x})`,
        selection: (e, scope) => this.selection(e, scope),
        field: (r, name) => `${this.partFunction(`field ${JSON.stringify(name)}`, 'r')}(${r})`,
        derived: (definition, scope) => this.derived(definition, scope),
      },
      options.replacement,
      options.variables,
    );
  }

  /** Text of a test: a JavaScript Boolean. */
  test(e: ResolvedExpression, scope: Scope): string {
    const onWords =
      this.negation(e, scope) ??
      this.comparisons.test(e, scope) ??
      this.member(e, scope) ??
      this.subset(e, scope) ??
      this.truth(e, scope);
    if (onWords !== undefined) return onWords;
    const words = this.reads.of(e, scope);
    if (words === undefined || isWide(words)) {
      const apart = this.testApart(e, scope);
      if (apart !== undefined) return apart;
    }
    const text = this.ready(e, scope, this.emit.test(e, scope));
    if (!isFew(words)) return text;
    const apart = e.kind === 'quantifier' && words.size > 2 ? this.testApart(e, scope) : undefined;
    // What looks into a set that is as varied as the states is quicker done than found again.
    if (apart !== undefined && !apart.includes('ready') && apart.includes('rt.memberWord')) return apart;
    const miss = apart ?? text;
    return `(${this.remember(words, `${miss} ? 6 : 2`)} === 6)`;
  }

  /** Text of the word of an expression's value. */
  word(e: ResolvedExpression, scope: Scope): string {
    const part = this.reads.part(e, scope);
    if (part !== undefined) return this.present(part, part, () => this.encoded(e, scope));
    const changed = this.withElement(e, scope) ?? this.except(e, scope) ?? this.selected(e, scope);
    if (changed !== undefined) return changed;
    const words = this.reads.of(e, scope);
    if (words === undefined || isWide(words)) {
      const apart = this.wordApart(e, scope);
      if (apart !== undefined) return apart;
    }
    const text = this.encoded(e, scope);
    return isFew(words) ? this.remember(words, text) : text;
  }

  /** Text of an array of the words of a set's elements, in the order in which they are gone through. */
  list(set: ResolvedExpression, scope: Scope): string {
    const part = set.level === 0 ? undefined : this.reads.part(set, scope);
    const text = `rt.wordsOf(${this.ready(set, scope, this.emit.elements(set, scope))})`;
    if (part !== undefined) return this.present(part, `rt.elementsOf(${part})`, () => text);
    const selection = this.selectionOf(set, scope);
    if (selection !== undefined) return this.present(selection, `rt.elementsOf(${selection})`, () => text);
    const words = this.reads.of(set, scope);
    if (!isFew(words)) return text;
    if (words.size === 0) {
      const name = this.emit.fresh('list');
      this.options.declare(`let ${name};`);
      return `(${name} ??= ${text})`;
    }
    const memo = this.memo(words.size);
    const keys = [...words].join(', ');
    return `((memo = ${memo}.find(${keys})) === 3 ? ${memo}.putList(${keys}, ${text}) : ${memo}.lists[memo >> 2])`;
  }

  /** Text of a value, evaluated each time. */
  value(e: ResolvedExpression, scope: Scope): string {
    return this.ready(e, scope, this.emit.value(e, scope));
  }

  /** The text after what makes the values of the variables that it reads those of their words. */
  ready(e: ResolvedExpression, scope: Scope, text: string): string {
    if (!scope.primed && e.level < 2 && !this.takesActions(scope)) {
      const all = this.options.readBy(e);
      const read = this.options.variables.filter((v) => all.has(v)).map(({ name }) => `ready_${name}(), `);
      return read.length === 0 ? text : `(${read.join('')}${text})`;
    }
    const next = this.options.variables
      .filter((v) => scope.assigned.has(v))
      .map((v) => `next_${v.name} = decode(nextWord_${v.name}), `);
    const primes = e.level >= 2 || scope.primed || this.takesActions(scope);
    return `(ready(), ${primes ? next.join('') : ''}${text})`;
  }

  /** Parameters may stand for expressions that read the state, or are primed. */
  private takesActions(scope: Scope): boolean {
    if (scope.sources.size > 0 || scope.operators.size > 0 || scope.lets.size > 0) return true;
    return [...scope.locals.values()].some((text) => /^(cur|next)_/.test(text));
  }

  private negation(e: ResolvedExpression, scope: Scope): string | undefined {
    const negation = this.builtin(e, '~');
    return negation && `!${this.test(negation.args[0] as ResolvedExpression, scope)}`;
  }

  /** An application of a built-in operator with one of these names. */
  builtin(e: ResolvedExpression, ...names: readonly string[]): ResolvedApplication | undefined {
    if (e.kind !== 'apply' || e.operator.kind !== 'builtin' || !names.includes(e.operator.name)) return undefined;
    return this.options.replacement(e.operator) === undefined ? e : undefined;
  }

  /** The definition of a name without parameters, whatever the configuration puts in its place. */
  definitionOf(e: ResolvedExpression): DefinitionSymbol | undefined {
    if (e.kind !== 'apply' || e.args.length > 0) return undefined;
    const by = this.options.replacement(e.operator);
    return by?.kind === 'text' ? undefined : this.emit.definitionOf(e.operator);
  }

  /** A Boolean that is a part of the state. */
  private truth(e: ResolvedExpression, scope: Scope): string | undefined {
    const part = e.level === 0 ? undefined : this.reads.part(e, scope);
    if (part === undefined) return undefined;
    return `((memo = ${part}) === 6 || memo !== 2 && ${this.ready(e, scope, this.emit.test(e, scope))})`;
  }

  /** `S \\subseteq T` for a set that is a part of the state and one that is a constant: whether T has an element is remembered. */
  private subset(e: ResolvedExpression, scope: Scope): string | undefined {
    const subset = this.builtin(e, '\\subseteq');
    if (subset === undefined) return undefined;
    const [set, of] = subset.args as readonly [ResolvedExpression, ResolvedExpression];
    const part = set.level === 0 ? undefined : this.reads.part(set, scope);
    if (part === undefined || this.reads.of(of, scope)?.size !== 0) return undefined;
    const word = this.emit.fresh('word');
    const member = this.remember(new Set([word]), `rt.member(decode(${word}), ${this.emit.value(of, scope)}) ? 6 : 2`);
    const text = `rt.everyWord(rt.elementsOf(${part}), (${word}) => ${member} === 6)`;
    return this.present(part, text, () => this.ready(e, scope, this.emit.test(e, scope)));
  }

  /** `x \\in S` for a set that is a part of the state. */
  private member(e: ResolvedExpression, scope: Scope): string | undefined {
    const membership = this.builtin(e, '\\in', '\\notin');
    if (membership === undefined) return undefined;
    const { name } = membership.operator;
    const [element, set] = membership.args as readonly [ResolvedExpression, ResolvedExpression];
    const of = set.level === 0 ? undefined : this.reads.part(set, scope);
    if (of === undefined || !this.isRemembered(element, scope)) return undefined;
    const text = `rt.memberWord(${this.word(element, scope)}, ${of})`;
    const member = this.present(of, text, () => {
      return this.ready(e, scope, `rt.member(${this.emit.value(element, scope)}, ${this.emit.value(set, scope)})`);
    });
    return name === '\\in' ? member : `!${member}`;
  }

  /** `S \\cup {x}` for a set that is a part of the state. */
  private withElement(e: ResolvedExpression, scope: Scope): string | undefined {
    const union = this.builtin(e, '\\cup', '\\union');
    if (union === undefined) return undefined;
    const [left, right] = union.args as readonly [ResolvedExpression, ResolvedExpression];
    if (right.kind !== 'setEnumeration' || right.items.length !== 1) return undefined;
    const [element] = right.items as readonly [ResolvedExpression];
    const set = this.reads.part(left, scope);
    if (set === undefined || !this.isRemembered(element, scope)) return undefined;
    const text = `${this.helper('withElement', 'set, x')}(${set}, ${this.word(element, scope)})`;
    return this.present(set, text, () => this.encoded(e, scope));
  }

  /** `[f EXCEPT ![x] = v]`, also with several steps to what is changed, for a function that is a part of the state. */
  private except(e: ResolvedExpression, scope: Scope): string | undefined {
    if (e.kind !== 'except' || e.updates.length !== 1) return undefined;
    const [{ path, value }] = e.updates as readonly [ResolvedUpdate];
    const wholes = [this.reads.part(e.function, scope)];
    const keys: string[] = [];
    for (const step of path) {
      const whole = wholes.at(-1);
      if (whole === undefined || (step.kind === 'index' && step.args.length !== 1)) return undefined;
      const key =
        step.kind === 'field'
          ? this.constant({ kind: 'string', span: step.span, level: 0, value: step.name })
          : this.reads.part(step.args[0] as ResolvedExpression, scope);
      if (key === undefined) return undefined;
      keys.push(key);
      wholes.push(`${this.helper('partAt', 'f, x')}(${whole}, ${key})`);
    }
    const old = wholes.pop() as string;
    const at = `decode(${old})`;
    this.reads.bind(at, old);
    const inner = { ...scope, at };
    if (!this.isRemembered(value, inner)) return undefined;
    const replace = this.helper('replaced', 'f, x, v');
    const text = keys.reduceRight(
      (v, key, i) => `${replace}(${wholes[i] as string}, ${key}, ${v})`,
      this.word(value, inner),
    );
    return this.present(old, text, () => this.encoded(e, scope));
  }

  /** The word of `{x \\in S : P}` for a set that is a part of the state; whether an element is in it is remembered, too. */
  private selection(e: ResolvedExpression, scope: Scope): string | undefined {
    if (e.kind !== 'setFilter' || e.level === 0 || scope.shared || scope.initial) return undefined;
    const { bound, predicate } = e;
    const of = bound.set.level === 0 ? undefined : this.reads.part(bound.set, scope);
    const words = of === undefined ? undefined : this.reads.of(e, scope);
    if (of === undefined || !isFew(words)) return undefined;
    const key = [...words].join(', ');
    const made = this.selections.get(e) ?? new Map<string, string>();
    this.selections.set(e, made);
    let text = made.get(key);
    if (text === undefined) {
      // The text is used in several places.
      const { once } = this;
      this.once = undefined;
      const { parameter, statement, scope: inner } = this.element(bound, scope);
      const test = `(${parameter}) => {\n${statement}return ${this.test(predicate, inner)};\n}`;
      text = this.remember(words, `rt.filterWords(${of}, ${test})`);
      this.once = once;
      made.set(key, text);
    }
    return text;
  }

  /** The same for a name that a LET gives to such a set. */
  private selectionOf(e: ResolvedExpression, scope: Scope): string | undefined {
    if (e.kind !== 'apply' || e.args.length > 0 || e.operator.kind !== 'definition') return this.selection(e, scope);
    const entry = scope.lets.get(e.operator);
    if (entry === undefined || e.operator.recursive || e.operator.parameters.length > 0) return undefined;
    return this.selection(e.operator.body, { ...entry.scope(), assigned: scope.assigned, primed: scope.primed });
  }

  private selected(e: ResolvedExpression, scope: Scope): string | undefined {
    const word = this.selectionOf(e, scope);
    return word === undefined ? undefined : this.present(word, word, () => this.encoded(e, scope));
  }

  /** Where the part is not there, what is evaluated says what that means. */
  private present(part: string, text: string, evaluated: () => string): string {
    return part.includes('(') ? `(${part} === 7 ? ${evaluated()} : ${text})` : text;
  }

  /** Text of the word of a value that is evaluated each time. */
  private encoded(e: ResolvedExpression, scope: Scope): string {
    return `encode(${this.ready(e, scope, this.emit.value(e, scope))})`;
  }

  /** Whether the word of an expression is found by few words. */
  private isRemembered(e: ResolvedExpression, scope: Scope): boolean {
    return this.wordsOf(e, scope) !== undefined;
  }

  /** What the word of an expression is found by, if it is remembered. */
  wordsOf(e: ResolvedExpression, scope: Scope): ReadonlySet<string> | undefined {
    const words = this.reads.of(e, scope);
    return isFew(words) ? words : undefined;
  }

  /** Whether the body of a definition means the same wherever it is used, but for the state. */
  isOfModule(definition: DefinitionSymbol, scope: Scope): boolean {
    return !definition.recursive && !definition.isFunction && !scope.lets.has(definition) && definition.place !== 'let';
  }

  /** The scope of the body of such a definition. */
  scopeOfModule({ assigned, primed, shared, initial }: Scope): Scope {
    return { ...emptyScope, assigned, primed, shared, initial };
  }

  private wordApart(e: ResolvedExpression, scope: Scope): string | undefined {
    if (e.kind === 'if')
      return `(${this.test(e.condition, scope)} ? ${this.word(e.then, scope)} : ${this.word(e.else, scope)})`;
    if (e.kind !== 'let') return undefined;
    return this.opened(e, scope, (inner) => this.word(e.body, inner));
  }

  private opened(e: ResolvedLet, scope: Scope, text: (inner: Scope) => string): string {
    const { once } = this;
    const lets = this.emit.lets(e.definitions, e.body, scope, once === undefined ? 'late' : 'again');
    if (once === undefined) return `(() => {\n${lets.statements}return ${text(lets.scope)};\n})()`;
    once.push(lets.statements);
    return `(${lets.begin}${text(lets.scope)})`;
  }

  /**
   * A test in a function that is called often: what it is made of is declared beside it, once.
   * @returns the test, and the statements for the place where the function is made
   */
  testOnce(e: ResolvedExpression, scope: Scope): { test: string; statements: string } {
    this.once = [];
    const test = this.test(e, scope);
    const statements = this.once.join('');
    this.once = undefined;
    return { test, statements };
  }

  private testApart(e: ResolvedExpression, scope: Scope): string | undefined {
    switch (e.kind) {
      case 'junction': {
        const operator = e.operator === '/\\' ? ' && ' : ' || ';
        return `(${e.items.map((item) => this.test(item, scope)).join(operator)})`;
      }
      case 'if':
        return `(${this.test(e.condition, scope)} ? ${this.test(e.then, scope)} : ${this.test(e.else, scope)})`;
      case 'box':
        return `(${this.test(e.action, scope)} || ${this.comparisons.unchanged(e.subscript, scope)})`;
      case 'angle':
        return `(${this.test(e.action, scope)} && !${this.comparisons.unchanged(e.subscript, scope)})`;
      case 'let':
        return this.opened(e, scope, (inner) => this.test(e.body, inner));
      case 'quantifier':
        return this.quantifier(e.quantifier === '\\A' ? 'everyWord' : 'someWord', e.bounds, e.body, scope);
      case 'apply': {
        const { operator, args } = e;
        const [left, right] = args as readonly ResolvedExpression[];
        if (operator.kind === 'builtin' && this.options.replacement(operator) === undefined) {
          if (operator.name === '=>') return `(!${this.test(left!, scope)} || ${this.test(right!, scope)})`;
          return undefined;
        }
        const definition = this.emit.definitionOf(operator);
        return definition && this.definition(definition, args as readonly ResolvedExpression[], scope);
      }
      default:
        return undefined;
    }
  }

  private quantifier(
    how: 'everyWord' | 'someWord',
    bounds: readonly ResolvedBound[],
    body: ResolvedExpression,
    scope: Scope,
  ): string | undefined {
    if (bounds.length === 0) return undefined;
    const loop = (i: number, at: Scope): string => {
      const bound = bounds[i];
      if (bound === undefined) return this.test(body, at);
      const { parameter, statement, scope: inner } = this.element(bound, at);
      return `rt.${how}(${this.list(bound.set, scope)}, (${parameter}) => {\n${statement}return ${loop(i + 1, inner)};\n})`;
    };
    return loop(0, scope);
  }

  /** Names for an element of a bound: a parameter for its word, and a statement that makes its value of that. */
  element({ pattern }: ResolvedBound, scope: Scope): { parameter: string; statement: string; scope: Scope } {
    const word = this.emit.fresh('word');
    const bound = this.emit.bind(pattern, scope);
    const names = pattern.kind === 'name' ? [bound.pattern] : pattern.symbols.map((s) => bound.scope.locals.get(s)!);
    if (pattern.kind === 'name') this.reads.bind(bound.pattern, word);
    else for (const name of names) this.reads.bindWithin(name, word);
    if (this.once === undefined)
      return { parameter: word, statement: `const ${bound.pattern} = decode(${word});\n`, scope: bound.scope };
    this.once.push(`let ${[word, ...names].join(', ')};\n`);
    const parameter = this.emit.fresh('of');
    return {
      parameter,
      statement: `${word} = ${parameter};\n${bound.pattern} = decode(${word});\n`,
      scope: bound.scope,
    };
  }

  /** A definition whose arguments are words is looked into. */
  private definition(
    definition: DefinitionSymbol,
    args: readonly ResolvedExpression[],
    scope: Scope,
  ): string | undefined {
    if (!this.isOfModule(definition, scope)) return undefined;
    if (args.some((a) => (a.kind as string) === 'lambda' || (a.kind as string) === 'operator')) return undefined;
    if (args.some(({ level }) => level >= 1) && primesParameter(definition)) return undefined;
    const locals = new Map<LocalSymbol, string>();
    let [statements, begin] = ['', ''];
    for (const [i, parameter] of definition.parameters.entries()) {
      const argument = this.argument(parameter, args[i] as ResolvedExpression, scope);
      statements += argument.statement;
      begin += argument.begin;
      locals.set(parameter, argument.text);
    }
    const test = this.test(definition.body, { ...this.scopeOfModule(scope), locals });
    if (statements === '') return test;
    if (this.once === undefined) return `(() => {\n${statements}return ${test};\n})()`;
    this.once.push(statements);
    return `(${begin}${test})`;
  }

  /** Text of an argument's value in the body of a definition, and the statement that has to stand before. */
  argument(
    parameter: LocalSymbol,
    argument: ResolvedExpression,
    scope: Scope,
  ): { text: string; statement: string; begin: string } {
    const value = this.emit.value(argument, scope);
    const name = this.emit.fresh(parameter.name);
    const text = isCheapText(value) ? value : `${name}()`;
    this.reads.bindTo(text, argument, scope);
    if (text === value) return { text, statement: '', begin: '' };
    const compute = this.ready(argument, scope, value);
    if (isCheap(argument, scope)) return { text, statement: `const ${name} = () => ${compute};\n`, begin: '' };
    if (this.once !== undefined) return { text, ...evaluatedAgain(name, compute) };
    return { text, statement: `const ${name} = rt.lazy(() => ${compute});\n`, begin: '' };
  }

  /**
   * The word of what a module says of a whole state, such as what an INSTANCE substitutes for a variable: the steps of a refinement are few, however many
   * steps of states there are.
   */
  private derived(definition: DefinitionSymbol, scope: Scope): string | undefined {
    const derivation = this.derivations.get(definition) ?? {};
    this.derivations.set(definition, derivation);
    const state = scope.primed ? 'next' : 'current';
    return (derivation[state] ??= this.derivation(definition, derivation, scope)) || undefined;
  }

  /** An empty text, if the value depends on too much. */
  private derivation({ name, body }: DefinitionSymbol, derivation: Derivation, scope: Scope): string {
    const words = this.wordsOf(body, scope);
    if (words === undefined || words.size === 0) return '';
    const memo = (derivation.memo ??= this.memo(words.size));
    const keys = [...words].join(', ');
    const word = this.emit.fresh(`word_${name}`);
    const compute = `rt.part(() => ${this.ready(body, scope, this.emit.value(body, scope))})`;
    this.options.declare(
      `const ${word} = () => (memo = ${memo}.find(${keys})) === 3 ? ${memo}.put(${keys}, ${compute}) : memo;`,
    );
    return `${word}()`;
  }

  /** Text of what is remembered by these words: what `compute` gives, a word or another number that no word `missing` is. */
  remember(words: ReadonlySet<string>, compute: string): string {
    if (words.size === 0) {
      const name = this.emit.fresh('known');
      this.options.declare(`let ${name} = 3;`);
      return `(${name} === 3 ? (${name} = ${compute}) : ${name})`;
    }
    const memo = this.memo(words.size);
    const keys = [...words].join(', ');
    return `((memo = ${memo}.find(${keys})) === 3 ? ${memo}.put(${keys}, ${compute}) : memo)`;
  }

  private memo(words: number): string {
    const name = this.emit.fresh('memo');
    this.options.declare(`const ${name} = rt.memo(${words});`);
    return name;
  }

  private constant(e: ResolvedExpression): string {
    if (e.kind === 'boolean') return e.value ? '6' : '2';
    if (e.kind === 'number' && e.value < small) return String((Number(e.value) << 3) | 1);
    const key = e.kind === 'string' ? `"${e.value}` : e.kind === 'apply' ? e.operator : e;
    let name = this.constants.get(key);
    if (name === undefined) {
      name = this.emit.fresh('word');
      this.constants.set(key, name);
      const compute = `encode(${this.emit.value(e, emptyScope)})`;
      this.options.declare(
        `let ${name}_ = 3;\nconst ${name} = () => ${name}_ === 3 ? (${name}_ = ${compute}) : ${name}_;`,
      );
    }
    return `${name}()`;
  }

  /** Text of a test whether two words are those of equal values; that others are not equal is remembered, for they may be of values that cannot be compared. */
  equal(left: string, right: string): string {
    if (this.sameWords === undefined) {
      this.sameWords = this.emit.fresh('same');
      const equal = this.remembering('equal', 'a, b', 'rt.equalWords(a, b) ? 6 : 2');
      this.options.declare(`const ${this.sameWords} = (a, b) => a === b || (a & b & 3) !== 1 && ${equal}(a, b) === 6;`);
    }
    return `${this.sameWords}(${left}, ${right})`;
  }

  /** The name of a function that remembers what an operator on words gives. */
  private helper(name: 'withElement' | 'replaced' | 'partAt', parameters: string): string {
    return this.remembering(name, parameters, `rt.${name}(${parameters})`);
  }

  /** The name of a function that gives the word of a part by the words of what it is a part of. */
  private partFunction(kind: string, parameters: string): string {
    return kind === 'apply'
      ? this.helper('partAt', parameters)
      : this.remembering(kind, parameters, `rt.partNamed(r, ${kind.slice('field '.length)})`);
  }

  private remembering(kind: string, parameters: string, compute: string): string {
    let name = this.parts.get(kind);
    if (name === undefined) {
      name = this.emit.fresh('part');
      this.parts.set(kind, name);
      const memo = this.memo(parameters.split(', ').length);
      this.options.declare(
        `const ${name} = (${parameters}) => (memo = ${memo}.find(${parameters})) === 3 ? ${memo}.put(${parameters}, ${compute}) : memo;`,
      );
    }
    return name;
  }
}

/** Bound identifiers do not count: most of them have few values. */
const isWide = (words: ReadonlySet<string>): boolean =>
  words.size > mostWords || [...words].filter((text) => !/^word_\d+$/.test(text)).length > fewVariables;

const isFew = (words: Words): words is ReadonlySet<string> => words !== undefined && words.size <= mostWords;

/** A name, or the text of a value that is at hand. */
const isCheapText = (text: string): boolean => /^([\w$]+|"[^"\\]*"|constant_\d+\(\))$/.test(text);
