/** Compiles a resolved specification and a configuration into a program for the checker. */
import { type Program, makeProgram } from './program.js';
import type { ResolvedExpression, ResolvedSpec, ResolvedSymbol } from '../names/resolved.js';
import { conjunctsOf, select } from './select.js';
import { programText, type ProgramText, type Selection } from './program-text.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { ModelConfig } from '../config/config.js';
import { type Experience, type PackOptions, isPackable, pack } from './packed/pack.js';
import { modelSetsOf, modelValuesOf, stringsOf } from './packed/atoms.js';
import type { ValueTable } from './values/value-table.js';
import { type Dependencies, dependenciesOf } from './dependencies.js';
import { makeRuntime, failure, type RuntimeOptions } from './runtime.js';
import { overridesOf } from './overrides.js';
import { Counters, type ExpressionCount, pointsOfSelection } from './counting/counters.js';

/** What a caller may add to a configuration. */
export interface CompileOptions extends RuntimeOptions {
  /** Names of state predicates each of which should be true in some state. */
  readonly sometimes?: readonly string[];
  /** false: nothing that was evaluated is remembered. The results are the same, later. */
  readonly remember?: boolean;
  /**
   * Counts how often each expression is evaluated. All is done on values then, and nothing that was evaluated is remembered: that takes several times as
   * long.
   */
  readonly coverage?: boolean;
  /** Told which actions and predicates have no packed form, and why. */
  readonly onUnpacked?: (what: string, why: string) => void;
  /** States are packed also where those of values are thought to be quicker. */
  readonly packAlways?: boolean;
}

/** A compiled specification. */
export interface CompiledSpec {
  readonly program: Program;
  readonly selection: Selection;
  readonly table: ValueTable;
  readonly format: (value: unknown) => string;
  readonly warnings: readonly Diagnostic[];
  readonly packable: boolean;
  /** How often each expression was evaluated so far, if that is counted. */
  readonly expressions: (() => readonly ExpressionCount[]) | undefined;
  /** Makes the same program on packed states; undefined where the program on values does better. */
  readonly packed: (experience: Experience) => Program | undefined;
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

  const runtime = makeRuntime(spec, config, overrides, options);
  const { table, format, run } = runtime;
  const readBy = (e: ResolvedExpression, given?: ReadonlySet<ResolvedSymbol>): Dependencies =>
    dependenciesOf(e, (symbol) => {
      if (given?.has(symbol) === true) return undefined;
      const by = overrides.of(symbol);
      return by === undefined ? symbol : by.kind === 'definition' ? by.definition : undefined;
    });
  const { next } = selection;
  const counters =
    options.coverage === true ? new Counters(pointsOfSelection(spec, selection, overrides.definitionOf)) : undefined;
  /** Between two actions that are one step there is a state that has no words. */
  const remember =
    options.remember !== false && counters === undefined && (next === undefined || !readBy(next.expression).composed);
  const text = (traced: boolean): ProgramText => {
    // What is done again for a trace is not counted again.
    const emitter = runtime.emitter(traced, traced ? undefined : counters?.points.of);
    const memo =
      traced || !remember ? undefined : runtime.memo(emitter, selection.variables, (e) => readBy(e).variables);
    const made = programText(selection, {
      emitter,
      memo,
      declarations: () => emitter.text.toString(),
      variablesOf: (e) => readBy(e).variables,
      conjuncts: (e) => (counters === undefined ? conjunctsOf(e, overrides.definitionOf) : [e]),
      labels: traced,
    });
    runtime.usePlacesOf(emitter);
    return made;
  };
  const program = makeProgram({
    name: spec.root.name,
    selection,
    table,
    text,
    library: counters === undefined ? runtime.library : { ...runtime.library, hit: counters.hit },
    format,
    failure,
    checkDeadlock: config.checkDeadlock ?? true,
    run,
    memoryInUse: () => table.bytes + runtime.memoBytes(),
  });
  const packing: PackOptions = {
    program,
    selection,
    table,
    library: runtime.operators,
    definitionOf: overrides.definitionOf,
    constantOf: runtime.constantOf,
    readBy: (e, given) => readBy(e, given).variables,
    evaluatorOf: runtime.evaluatorOf,
    conjuncts: (e) => conjunctsOf(e, overrides.definitionOf),
    atoms: () => [...stringsOf(spec), ...modelValuesOf(config).map(runtime.modelValue)],
    modelSets: () => modelSetsOf(spec, config).map((names) => names.map(runtime.modelValue)),
    ...(options.onUnpacked && { onUnpacked: options.onUnpacked }),
    ...(options.packAlways !== undefined && { packAlways: options.packAlways }),
  };
  return {
    program,
    selection,
    table,
    format,
    warnings: diagnostics,
    packable: counters === undefined && isPackable(selection),
    expressions: counters && (() => counters.counted()),
    packed: (experience) => pack(packing, experience),
  };
};
