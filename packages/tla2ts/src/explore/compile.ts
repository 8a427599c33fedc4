/** Compiles a resolved specification and a configuration into a program for the checker. */
import { type Program, makeProgram } from './program.js';
import type { ResolvedExpression, ResolvedSpec } from '../names/resolved.js';
import { conjunctsOf, select } from './select.js';
import { sequenceOperators } from './values/sequence-operators.js';
import { programText, variableNames, type ProgramText, type Selection } from './program-text.js';
import { ActionCompiler } from './action-code.js';
import { AssertionError, SpecError } from './values/values.js';
import { ConfigValues } from './config-values.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { ExpressionEmitter } from './emit-expressions.js';
import type { Failure } from '@vmacheck/checker';
import type { ModelConfig } from '../config/config.js';
import type { Scope } from './expressions.js';
import type { Span } from '../syntax/span.js';
import { ValueTable } from './values/value-table.js';
import { dependenciesOf } from './dependencies.js';
import { formatValue } from './values/format.js';
import { graphOperators } from './values/graph-operators.js';
import { makeLibrary } from './values/library.js';
import { emptyWorld, type World, worldOperators } from './values/world.js';
import { moduleOperators, type RunMode, type RunState } from './values/modules.js';
import { overridesOf } from './overrides.js';

/** What a caller may add to a configuration. */
export interface CompileOptions {
  /** Names of state predicates each of which should be true in some state. */
  readonly sometimes?: readonly string[];
  /** Where PrintT and Print write. */
  readonly print?: (text: string) => void;
  /** What TLCGet("config").mode gives; default: a search of all states. */
  readonly mode?: RunMode;
  /** What JsonDeserialize, IOEnv and the like read; nothing by default. */
  readonly world?: World;
}

/** A compiled specification. */
export interface CompiledSpec {
  readonly program: Program;
  readonly selection: Selection;
  readonly table: ValueTable;
  readonly format: (value: unknown) => string;
  readonly warnings: readonly Diagnostic[];
}

/** @returns the program, or what is wrong with specification and configuration */
export const compileForChecker = (
  spec: ResolvedSpec,
  config: ModelConfig,
  options: CompileOptions = {},
): CompiledSpec | readonly Diagnostic[] => {
  const overrides = overridesOf(spec, config);
  const { selection, diagnostics } = select(spec, config, overrides, options.sometimes ?? []);
  const errors = [...overrides.diagnostics, ...(selection === undefined ? diagnostics : [])];
  if (selection === undefined || errors.length > 0) return errors;

  const table = new ValueTable();
  const library = makeLibrary(table);
  const values = new ConfigValues(table, overrides);
  const format = (value: unknown): string => formatValue(value, table);
  const spans: Span[] = [];
  const nothing = { distinct: 0, generated: 0, queue: 0, diameter: 0, duration: 0 };
  const run: RunState = { mode: options.mode ?? 'bfs', level: 1, counts: () => nothing };
  const modules = {
    ...moduleOperators(library, table, options.print ?? (() => undefined), run),
    ...sequenceOperators(library),
    ...graphOperators(library),
    ...worldOperators(library, table, options.world ?? emptyWorld),
  };
  const rt = {
    ...library,
    ...values.library(),
    modules,
    ...errorLibrary(spans),
  };
  const variablesOf = (e: ResolvedExpression): ReadonlySet<(typeof spec.variables)[number]> =>
    dependenciesOf(e, (symbol) => {
      const by = overrides.of(symbol);
      return by === undefined ? symbol : by.kind === 'definition' ? by.definition : undefined;
    }).variables;
  const text = (traced: boolean): ProgramText => {
    const emitter: ExpressionEmitter = new ExpressionEmitter({
      names: variableNames,
      variables: spec.variables,
      definitionOf: overrides.definitionOf,
      replacement: (symbol) => values.replacement(symbol),
      enabled: (action, scope) => enabledText(action, scope, emitter, spec),
      hasOperator: (name) => Object.hasOwn(modules, name),
      located: traced,
    });
    const made = programText(selection, {
      emitter,
      declarations: () => emitter.declarations(),
      variablesOf,
      conjuncts: (e) => conjunctsOf(e, overrides.definitionOf),
      labels: traced,
    });
    spans.splice(0, spans.length, ...emitter.spans);
    return made;
  };
  const program = makeProgram({
    name: spec.root.name,
    selection,
    table,
    text,
    library: rt,
    format,
    failure,
    checkDeadlock: config.checkDeadlock ?? true,
    run,
  });
  return { program, selection, table, format, warnings: diagnostics };
};

/** What the text calls to say that something is wrong, and where. */
const errorLibrary = (spans: readonly Span[]) => ({
  unassigned: (name: string): never => {
    throw new SpecError(`the variable ${name} is used in the new state before it has a value there`);
  },
  failAt: (place: number, message: string): never => {
    const error = new SpecError(message);
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

const failure = (thrown: unknown): Failure | undefined => {
  if (thrown instanceof SpecError) {
    const { message, span } = thrown;
    const kind = thrown instanceof AssertionError ? 'assertion' : 'error';
    return span === undefined
      ? { kind, message }
      : { kind, message, location: `${span.file}:${span.line}:${span.column}` };
  }
  if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
    return { kind: 'error', message: 'the evaluation is nested too deeply (does a recursive operator end?)' };
  }
  return undefined;
};

/** `ENABLED A`: whether there is a way to satisfy A, whatever the next state has been given so far. */
const enabledText = (
  action: ResolvedExpression,
  scope: Scope,
  emitter: ExpressionEmitter,
  { variables }: ResolvedSpec,
): string => {
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
