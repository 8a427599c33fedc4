/** What the text of a specification runs on: values and their table, the operators of the standard modules, and errors with their places. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedExpression,
  ResolvedSpec,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import { variableNames } from './program-text.js';
import { ActionCompiler } from './action-code.js';
import { AssertionError, SpecError } from './values/values.js';
import { ConfigValues } from './config-values.js';
import { dependenciesOf } from './dependencies.js';
import { ExpressionEmitter } from './emit-expressions.js';
import type { EvaluationCode } from '../diagnostics/codes.js';
import type { Failure } from '@vmacheck/checker';
import type { ModelConfig } from '../config/config.js';
import type { Overrides } from './overrides.js';
import { type Scope, emptyScope } from './expressions.js';
import type { Span } from '../syntax/span.js';
import type { NodeTable } from './values/node-table.js';
import { ValueTable } from './values/value-table.js';
import { formatValue } from './values/format.js';
import { orderOfTexts, textsInOrder } from './values/text-order.js';
import { type Library, makeLibrary } from './values/library.js';
import { Memos } from './values/memo.js';
import { wordOperations } from './values/word-operations.js';
import { MemoText } from './memo/memo-text.js';
import { moduleOperators } from './values/modules/index.js';
import type { RunMode, RunState } from './values/modules/tlc.js';
import { emptyWorld, type World } from './values/modules/world.js';

/** What a specification sees of what is around it. */
export interface RuntimeOptions {
  /** Where PrintT and Print write. */
  readonly print?: (text: string) => void;
  /** What TLCGet("config").mode gives; default: a search of all states. */
  readonly mode?: RunMode;
  /** What JsonDeserialize, IOEnv and the like read; nothing by default. */
  readonly world?: World;
  /** Where values are kept; default: a table of its own. */
  readonly nodes?: NodeTable;
}

/** See the head of the file. */
export interface Runtime {
  readonly table: ValueTable;
  readonly format: (value: unknown) => string;
  readonly run: RunState;
  /** What the text calls: `rt.member(...)` and the like. */
  readonly library: object;
  /** The model value with a name. */
  readonly modelValue: (name: string) => unknown;
  /** The part of it that has the operators of the language. */
  readonly operators: Library;
  /** The value of a constant expression that takes nothing from around it; computed once. */
  readonly constantOf: (e: ResolvedExpression) => unknown;
  /** A function that evaluates an expression with these values of names and variables. */
  readonly evaluatorOf: (
    e: ResolvedExpression,
    names: readonly (LocalSymbol | DefinitionSymbol)[],
    variables: readonly VariableSymbol[],
  ) => (...values: unknown[]) => unknown;
  /** Makes text that runs on this. */
  readonly emitter: (located: boolean, points?: ReadonlyMap<ResolvedExpression, number>) => ExpressionEmitter;
  /** Makes text that remembers what was evaluated. */
  readonly memo: (
    emitter: ExpressionEmitter,
    variables: readonly VariableSymbol[],
    readBy: (e: ResolvedExpression) => ReadonlySet<VariableSymbol>,
  ) => MemoText;
  /** Bytes of what is remembered. */
  readonly memoBytes: () => number;
  /** Errors of the text stand where this emitter says. */
  readonly usePlacesOf: (emitter: ExpressionEmitter) => void;
}

export const makeRuntime = (
  spec: ResolvedSpec,
  config: ModelConfig,
  overrides: Overrides,
  options: RuntimeOptions,
): Runtime => {
  const table = new ValueTable(
    undefined,
    options.nodes,
    orderOfTexts(() => textsInOrder(spec, config)),
  );
  const library = makeLibrary(table);
  const memos = new Memos();
  const values = new ConfigValues(table, overrides);
  const spans: Span[] = [];
  const nothing = { distinct: 0, generated: 0, queue: 0, diameter: 0, duration: 0 };
  const run: RunState = {
    mode: options.mode ?? 'bfs',
    level: 1,
    counts: () => nothing,
    path: undefined,
    isOver: false,
  };
  const format = (value: unknown): string => formatValue(value, table);
  const around = {
    print: options.print ?? ((): void => undefined),
    run,
    format,
    modelValue: (name: string) => values.atom(name),
    computed: (value: unknown) => table.decode(table.encode(value)),
  };
  const modules = moduleOperators(library, table, around, options.world ?? emptyWorld);
  const all = {
    ...library,
    ...values.library(),
    modules,
    ...errorLibrary(spans),
    encode: (value: unknown) => table.encode(value),
    decode: (word: number) => table.decode(word),
    lazy,
    none,
    memo: memos.table,
    ...wordOperations(table, library),
  };
  const makeEmitter: Runtime['emitter'] = (located, points) => {
    const emitter: ExpressionEmitter = new ExpressionEmitter({
      names: variableNames,
      variables: spec.variables,
      definitionOf: overrides.definitionOf,
      replacement: (symbol) => values.replacement(symbol),
      enabled: (action, scope) => enabledText(action, scope, emitter, spec.variables, overrides),
      hasOperator: (name) => Object.hasOwn(modules, name),
      located,
      points,
    });
    return emitter;
  };
  const constants = new Map<ResolvedExpression, () => unknown>();
  return {
    table,
    format,
    run,
    library: all,
    operators: library,
    modelValue: (name) => values.atom(name),
    constantOf: (e) => {
      let compute = constants.get(e);
      if (compute === undefined) {
        const emitter = makeEmitter(false);
        const value = emitter.value(e, emptyScope);
        const text = `'use strict';\nconst { encode, decode } = rt;\n${emitter.text.toString()}\nreturn ${value};`;
        compute = lazy(() => (new Function('rt', text) as (rt: object) => unknown)(all));
        constants.set(e, compute);
      }
      return compute();
    },
    evaluatorOf: (e, names, variables) => {
      const emitter = makeEmitter(false);
      const texts = names.map((name) => emitter.fresh(name.name));
      const locals = new Map(names.flatMap((name, i) => (name.kind === 'local' ? [[name, texts[i] as string]] : [])));
      const lets = new Map(
        names.flatMap((name, i) =>
          name.kind === 'local' ? [] : [[name, { text: texts[i] as string, scope: () => emptyScope }]],
        ),
      );
      const value = emitter.value(e, { ...emptyScope, locals, lets });
      const current = variables.map(variableNames.current);
      const assign = current.map((name) => `${name} = new_${name};\n`).join('');
      const parameters = [...texts, ...current.map((name) => `new_${name}`)].join(', ');
      // ENABLED makes next states.
      const states = spec.variables.flatMap((variable) => [
        variableNames.current(variable),
        variableNames.next(variable),
      ]);
      const text = `'use strict';
const { encode, decode } = rt;
${states.length > 0 ? `let ${states.join(', ')};\n` : ''}${emitter.text.toString()}
return (${parameters}) => {
${assign}return ${value};
};`;
      return (new Function('rt', text) as (rt: object) => (...values: unknown[]) => unknown)({
        ...all,
        stop: { name: 'stop' },
      });
    },
    memo: (emitter, variables, readBy) =>
      new MemoText({
        variables,
        readBy,
        emit: emitter,
        replacement: (symbol) => values.replacement(symbol),
        declare: emitter.text.add,
      }),
    memoBytes: () => memos.bytes,
    emitter: makeEmitter,
    usePlacesOf: (emitter) => void spans.splice(0, spans.length, ...emitter.spans),
  };
};

/** No value of a specification. */
const none = { kind: 'none' };

/** A value that is computed when it is used for the first time. */
const lazy = <T>(compute: () => T): (() => T) => {
  let value: T;
  let known = false;
  return () => {
    if (!known) {
      value = compute();
      known = true;
    }
    return value;
  };
};

/** What the text calls to say that something is wrong, and where. */
const errorLibrary = (spans: readonly Span[]) => ({
  unassigned: (name: string): never => {
    throw new SpecError(`the variable ${name} is used in the new state before it has a value there`, 'TLA3105');
  },
  failAt: (place: number, message: string, code?: EvaluationCode): never => {
    const error = new SpecError(message, code);
    error.span = spans[place];
    throw error;
  },
  locate: <T>(place: number, compute: () => T): T => {
    try {
      return compute();
    } catch (error) {
      if (error instanceof SpecError) error.span ??= spans[place];
      throw error;
    }
  },
});

/** What is to be said about an exception; undefined: it is a defect. */
export const failure = (thrown: unknown): Failure | undefined => {
  if (thrown instanceof SpecError) {
    const { code, message, span } = thrown;
    const kind = thrown instanceof AssertionError ? 'assertion' : 'error';
    return span === undefined
      ? { kind, code, message }
      : { kind, code, message, location: `${span.file}:${span.line}:${span.column}` };
  }
  if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
    return {
      kind: 'error',
      code: 'TLA3101',
      message: 'the evaluation is nested too deeply (does a recursive operator end?)',
    };
  }
  return undefined;
};

/** `ENABLED A`: whether there is a way to satisfy A, whatever the next state has been given so far. */
const enabledText = (
  action: ResolvedExpression,
  scope: Scope,
  emitter: ExpressionEmitter,
  declared: readonly VariableSymbol[],
  overrides: Overrides,
): string => {
  const replaced = (symbol: ResolvedSymbol): ResolvedSymbol => overrides.definitionOf(symbol) ?? symbol;
  const variables = [...new Set([...declared, ...dependenciesOf(action, replaced).variables])];
  for (const variable of variables.slice(declared.length)) emitter.text.variable(variableNames.next(variable));
  if (scope.primed) return emitter.raise('ENABLED has no value in a primed expression', action);
  const compiler = new ActionCompiler(emitter, variableNames, variables, 'next');
  const place = {
    scope: { ...scope, assigned: new Map(), shared: false },
    frame: { name: '', args: [], bindings: [] },
    naming: false,
    choices: [],
  };
  const code = compiler.code(action, place, { small: true, code: () => 'throw rt.stop;\n' });
  const names = variables.map(variableNames.next);
  const saved = names.map((name) => `old_${name}`);
  return `(() => {
const [${saved.join(', ')}] = [${names.join(', ')}];
try {
${code}return false;
} catch (thrown) {
if (thrown !== rt.stop) throw thrown;
return true;
} finally {
[${names.join(', ')}] = [${saved.join(', ')}];
}
})()`;
};
