/**
 * The JavaScript text of a whole specification: one closure with the variables, the operators that are used, a function per action, a function per property. It is made twice
 * at most: for the search, and, when there is a trace to be shown, once more with the labels of its steps.
 *
 * Names in the text: `word_x`, `nextWord_x` the words of a variable; `cur_x`, `next_x` its values; `have_x` the word that `cur_x` was made of (`ready()` makes it anew where that is
 * another one); `to`, `at`, `emit` where successors go; `rt` what Program (program.ts) hands in.
 */
import { ActionCompiler, type Continuation, type Place, type VariableNames } from './action-code.js';
import type { Expressions, Scope } from './expressions.js';
import type { ResolvedExpression, VariableSymbol } from '../names/resolved.js';
import { type ActionPath, actionsOf } from './actions.js';
import type { TemporalPart } from './temporal.js';
import { TemporalWriter } from './temporal-text.js';
import { emptyScope } from './expressions.js';
import type { MemoText } from './memo/memo-text.js';

/** A predicate with the name that messages use. */
export interface Named {
  readonly name: string;
  readonly expression: ResolvedExpression;
}

/** A temporal formula with the name that messages use. */
export type NamedPart = Named & TemporalPart;

/** What is to be compiled. */
export interface Selection {
  readonly variables: readonly VariableSymbol[];
  /** Both undefined: there are only assumptions to test. */
  readonly init: Named | undefined;
  readonly next: Named | undefined;
  readonly assumptions: readonly Named[];
  /** True of the whole run, after it. */
  readonly postconditions: readonly Named[];
  readonly invariants: readonly Named[];
  readonly initialProperties: readonly Named[];
  readonly stepProperties: readonly Named[];
  /** What behaviours are assumed to satisfy beside init and next: fairness. */
  readonly fairness: readonly TemporalPart[];
  /** Temporal properties, without their parts that are in the lists above. */
  readonly temporal: readonly NamedPart[];
  readonly sometimes: readonly Named[];
  readonly constraints: readonly Named[];
  readonly stepConstraints: readonly Named[];
  readonly view: ResolvedExpression | undefined;
  readonly symmetry: ResolvedExpression | undefined;
  readonly alias: ResolvedExpression | undefined;
}

/** Names of the variables in the text. */
export const variableNames: VariableNames = {
  current: ({ name }) => `cur_${name}`,
  next: ({ name }) => `next_${name}`,
};

/** Made by `programText`; `text` is the body of a function of `rt`. */
export interface ProgramText {
  readonly text: string;
  readonly actions: readonly ActionPath[];
}

/** What the text needs to know beside the selection. */
export interface TextOptions {
  readonly emitter: Expressions;
  /** Makes text that remembers what was evaluated; undefined: everything is evaluated each time. */
  readonly memo: MemoText | undefined;
  /** Text of all that the emitter was asked for, made after everything else. */
  readonly declarations: () => string;
  readonly variablesOf: (expression: ResolvedExpression) => ReadonlySet<VariableSymbol>;
  /** The conjuncts of a predicate, seen through names. */
  readonly conjuncts: (expression: ResolvedExpression) => readonly ResolvedExpression[];
  readonly labels: boolean;
}

export const programText = (selection: Selection, options: TextOptions): ProgramText => {
  const { variables, next } = selection;
  const { emitter } = options;
  const paths = next === undefined ? [] : actionsOf(next.expression, next.name, emitter.definitionOf);
  const writer = new ProgramWriter(selection, options);
  const actions = paths.map((path) => writer.action(path));
  const constants = (list: readonly Named[]): string =>
    list.map(({ expression }) => `() => ${emitter.test(expression, emptyScope)}`).join(',\n');
  const temporal = new TemporalWriter(emitter, writer);
  const formulas = (list: readonly TemporalPart[]): string => list.map((part) => temporal.part(part)).join(',\n');
  const parts = [
    `const assumptions = [\n${constants(selection.assumptions)}\n];`,
    `const postconditions = [\n${constants(selection.postconditions)}\n];`,
    `const initial = ${writer.initial()};`,
    `const actions = [\n${actions.join(',\n')}\n];`,
    ...(['invariants', 'initialProperties', 'sometimes', 'constraints'] as const).map(
      (kind) => `const ${kind} = [\n${selection[kind].map(({ expression }) => writer.state(expression)).join(',\n')}];`,
    ),
    ...(['stepProperties', 'stepConstraints'] as const).map(
      (kind) => `const ${kind} = [\n${selection[kind].map(({ expression }) => writer.step(expression)).join(',\n')}];`,
    ),
    `const view = ${selection.view === undefined ? 'undefined' : writer.view(selection.view)};`,
    `const symmetry = ${selection.symmetry === undefined ? 'undefined' : `() => ${emitter.value(selection.symmetry, emptyScope)}`};`,
    `const temporal = () => ({\nassumptions: [\n${formulas(selection.fairness)}\n],\nproperties: [\n${formulas(selection.temporal)}\n] });`,
    `const alias = ${selection.alias === undefined ? 'undefined' : writer.stepValue(selection.alias)};`,
  ];
  const names = variables.flatMap(({ name }) => [
    `cur_${name}`,
    `word_${name} = 3`,
    `have_${name} = 3`,
    `next_${name}`,
    `nextWord_${name}`,
  ]);
  const refresh = variables.map(
    ({ name }) => `if (have_${name} !== word_${name}) cur_${name} = decode(have_${name} = word_${name});\n`,
  );
  const text = [
    "'use strict';",
    `let to, at, emit, memo, stale = true${names.map((name) => `, ${name}`).join('')};`,
    'const { encode, decode, stop } = rt;',
    `const refresh = () => {\nstale = false;\n${refresh.join('')}};`,
    'const ready = () => stale && refresh();',
    ...variables.map(
      ({ name }) =>
        `const ready_${name} = () => {\nif (have_${name} !== word_${name}) cur_${name} = decode(have_${name} = word_${name});\n};`,
    ),
    options.declarations(),
    ...parts,
    'return { assumptions, postconditions, initial, actions, invariants, initialProperties, sometimes, constraints, stepProperties, stepConstraints, temporal, view, symmetry, alias };',
  ].join('\n');
  return { text, actions: paths };
};

class ProgramWriter {
  private readonly indices: ReadonlyMap<VariableSymbol, number>;

  constructor(
    private readonly selection: Selection,
    private readonly options: TextOptions,
  ) {
    this.indices = new Map(selection.variables.map((variable, i) => [variable, i]));
  }

  initial(): string {
    const { init, variables } = this.selection;
    if (init === undefined) return '() => undefined';
    const compiler = new ActionCompiler(this.options.emitter, variableNames, variables, 'initial');
    const write = variables.map(({ name }, i) => `to[at + ${i}] = encode(cur_${name});\n`).join('');
    const save = variables.map(({ name }) => `const old_${name} = cur_${name};\n`).join('');
    // Predicates that are asked meanwhile make the values of other states the current ones.
    const restore = variables.map(({ name }) => `cur_${name} = old_${name};\nhave_${name} = 3;\n`).join('');
    const then = this.ending(
      init.expression,
      () => save + write,
      () => restore,
    );
    const { scope, ...place } = this.place(init.name, []);
    const code = compiler.code(init.expression, { ...place, scope: { ...scope, initial: true } }, then);
    const forget = variables.map(({ name }) => `have_${name} = 3;\n`).join('');
    const body = guarded(code, `${forget}stale = true;\n`);
    return `(to_, at_, emit_) => {\nto = to_; at = at_; emit = emit_;\n${body}}`;
  }

  action({ choices }: ActionPath): string {
    const { next, variables } = this.selection;
    if (next === undefined) return '() => undefined';
    const compiler = new ActionCompiler(this.options.emitter, variableNames, variables, 'next', this.options.memo);
    const then = this.ending(next.expression, ({ assigned }) =>
      variables
        .map((variable, i) => {
          const { name } = variable;
          if (assigned.get(variable) === 'same') return `to[at + ${i}] = word_${name};\n`;
          if (this.options.memo !== undefined) return `to[at + ${i}] = nextWord_${name};\n`;
          return `to[at + ${i}] = next_${name} === cur_${name} ? word_${name} : encode(next_${name});\n`;
        })
        .join(''),
    );
    const code = compiler.code(next.expression, this.place(next.name, choices), then);
    const load = this.load(new Set(variables), 'from', 'fromAt');
    return `(from, fromAt, to_, at_, emit_) => {\nto = to_; at = at_; emit = emit_;\n${load}${guarded(code)}}`;
  }

  /** What is done when the predicate is satisfied: the state is written and emitted, if every variable has a value. */
  private ending(
    whole: ResolvedExpression,
    write: (scope: Scope) => string,
    after: () => string = () => '',
  ): Continuation {
    const { variables } = this.selection;
    return {
      small: true,
      code: ({ scope, frame }) => {
        const missing = variables.filter((variable) => !scope.assigned.has(variable)).map(({ name }) => name);
        if (missing.length > 0) {
          const verb = missing.length === 1 ? 'has' : 'have';
          return `${this.options.emitter.raise(`${missing.join(', ')} ${verb} no value in the new state`, whole, 'TLA3105')};\n`;
        }
        const bindings = frame.bindings.map(([name, value]) => `[${JSON.stringify(name)}, ${value}]`);
        const label = this.options.labels
          ? `rt.label(${JSON.stringify(frame.name)}, [${frame.args.join(', ')}], [${bindings.join(', ')}]);\n`
          : '';
        const text = `${write(scope)}${label}if (!emit()) throw stop;\n${after()}`;
        return after() === '' ? text : `{\n${text}}\n`;
      },
    };
  }

  private place(name: string, choices: readonly number[]): Place {
    return { scope: emptyScope, frame: { name, args: [], bindings: [] }, naming: true, choices };
  }

  /** Makes the current state that of `words[at..]`. */
  private load(variables: ReadonlySet<VariableSymbol>, words: string, at: string): string {
    const lines = this.selection.variables.map((variable, i) =>
      variables.has(variable) ? `word_${variable.name} = ${words}[${at} + ${i}] | 0;\n` : '',
    );
    return `${lines.join('')}stale = true;\n${this.options.memo === undefined ? 'refresh();\n' : ''}`;
  }

  /** A predicate of a state. It may be asked in the middle of an action, so it leaves the current state as it was. */
  state(expression: ResolvedExpression): string {
    const parts = this.options.conjuncts(expression).map((part) => this.conjunct(part));
    const tests = parts.map((_, i) => `p${i}(words, at)`);
    const functions = parts.map((part, i) => `const p${i} = ${part};\n`);
    const names = parts.map((_, i) => `p${i}`).join(', ');
    return `(() => {\n${functions.join('')}return Object.assign((words, at) => ${tests.join(' && ') || 'true'}, { parts: [${names}] });\n})()`;
  }

  private conjunct(e: ResolvedExpression): string {
    return this.once(e, emptyScope, (test) => this.inState(this.options.variablesOf(e), test));
  }

  /** A function of a test. */
  private once(e: ResolvedExpression, scope: Scope, made: (test: string) => string): string {
    const { memo } = this.options;
    if (memo === undefined) return made(this.test(e, scope));
    const { test, statements } = memo.testOnce(e, scope);
    return statements === '' ? made(test) : `(() => {\n${statements}return ${made(test)};\n})()`;
  }

  private test(e: ResolvedExpression, scope: Scope): string {
    return this.options.memo?.test(e, scope) ?? this.options.emitter.test(e, scope);
  }

  private inState(variables: ReadonlySet<VariableSymbol>, result: string): string {
    const names = [...variables].map(({ name }) => name);
    const save = names.map((name) => `const old_${name} = word_${name};\n`).join('');
    const restore = names.map((name) => `word_${name} = old_${name};\n`).join('');
    if (names.length === 0) return `(words, at) => ${result}`;
    const body = `${this.load(variables, 'words', 'at')}const result = ${result};\n`;
    return `(words, at) => {\n${save}${body}${restore}stale = true;\n${this.options.memo === undefined ? 'refresh();\n' : ''}return result;\n}`;
  }

  /** The words of a view. Two tuples are equal if their elements are: none is made, and most elements are variables, whose words are at hand. */
  view(e: ResolvedExpression): string {
    const { variablesOf, emitter, memo } = this.options;
    let made = '';
    const elements = elementsOf(e, emitter);
    const words = (elements.length === 0 ? [e] : elements).map((element) => {
      const index = element.kind === 'apply' ? this.indices.get(element.operator as VariableSymbol) : undefined;
      if (index !== undefined) return `words[at + ${index}]`;
      const name = emitter.fresh('view');
      const word = memo?.word(element, emptyScope) ?? `encode(${emitter.value(element, emptyScope)})`;
      made += `const ${name} = ${this.inState(variablesOf(element), word)};\n`;
      return `${name}(words, at)`;
    });
    const write = words.map((word, i) => `to[toAt + ${i}] = ${word};\n`).join('');
    return `(() => {\n${made}return { words: ${words.length}, write: (words, at, to, toAt) => {\n${write}} };\n})()`;
  }

  /** A predicate of a step. */
  step(expression: ResolvedExpression): string {
    return this.once(expression, this.stepScope(), (test) => this.inStep(expression, test));
  }

  /** The value of an expression in a step. */
  stepValue(expression: ResolvedExpression): string {
    const { emitter, memo } = this.options;
    return this.inStep(expression, (memo ?? emitter).value(expression, this.stepScope()));
  }

  /** A predicate of a state for a temporal formula: asked between actions, in the scope of what is bound around it. */
  stateAtom(e: ResolvedExpression, scope: Scope): string {
    const load = this.load(this.variablesIn(e, scope), 'words', 'at');
    return `(words, at) => {\n${load}return ${this.test(e, scope)};\n}`;
  }

  /** The same for a step. */
  stepAtom(e: ResolvedExpression, scope: Scope): string {
    const { assigned } = this.stepScope();
    const test = this.test(e, { ...scope, assigned });
    return this.between(this.variablesIn(e, scope), test);
  }

  private variablesIn(e: ResolvedExpression, scope: Scope): ReadonlySet<VariableSymbol> {
    const isClosed = scope.sources.size === 0 && scope.operators.size === 0;
    return isClosed ? this.options.variablesOf(e) : new Set(this.selection.variables);
  }

  private stepScope(): Scope {
    return { ...emptyScope, assigned: new Map(this.selection.variables.map((v) => [v, 'new'] as const)) };
  }

  /**
   * In the middle of an action the state before is the current one already, and the values that the action gave to the
   * next state are replaced by equal ones.
   */
  private inStep(expression: ResolvedExpression, result: string): string {
    return this.between(this.options.variablesOf(expression), result);
  }

  private between(variables: ReadonlySet<VariableSymbol>, result: string): string {
    const next = [...variables].map((variable) => {
      const word = `nextWord_${variable.name} = to[toAt + ${this.indices.get(variable)}] | 0;\n`;
      return this.options.memo === undefined
        ? `${word}next_${variable.name} = decode(nextWord_${variable.name});\n`
        : word;
    });
    return `(from, at, to, toAt) => {\n${this.load(variables, 'from', 'at')}${next.join('')}return ${result};\n}`;
  }
}

/** The elements of a tuple, and of those that are elements of it. */
const elementsOf = (e: ResolvedExpression, emitter: Expressions): readonly ResolvedExpression[] => {
  const definition = e.kind === 'apply' && e.args.length === 0 ? emitter.definitionOf(e.operator) : undefined;
  const meant = definition?.body.kind === 'tuple' ? definition.body : e;
  return meant.kind === 'tuple' ? meant.items.flatMap((item) => elementsOf(item, emitter)) : [e];
};

const guarded = (code: string, last = ''): string =>
  `try {\n${code}} catch (thrown) {\nif (thrown !== stop) throw thrown;\n}${last === '' ? '' : ` finally {\n${last}}`}\n`;
