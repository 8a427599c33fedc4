/**
 * Searches the states of a compiled specification: the first ones with the program on values, which shows what values the variables have; the rest, from the beginning
 * again, on packed states where there is such a program. A layout that turns out to be too small is made anew with what was seen so far.
 */
import { type Crew, Exploration, type ExploreOptions, type Outcome } from '@vmacheck/checker';
import type { CompiledSpec } from './compile.js';
import { LayoutOverflow } from './packed/layout.js';
import type { Program } from './program.js';
import type { ValueTable } from './values/value-table.js';

/** What a search ended with. */
export interface Search {
  readonly program: Program;
  readonly exploration: Exploration;
  readonly outcome: Outcome;
}

export interface SearchOptions extends ExploreOptions {
  /** false: states are words of values only. */
  readonly packed?: boolean;
  /** States that are searched on values at first; default 2000. */
  readonly trialStates?: number;
  /** Makes threads that help to run a program. */
  readonly crewFor?: (recipe: Recipe, table: ValueTable) => Crew;
}

/**
 * How another thread makes the program of a search: undefined for the one on values; otherwise what was seen of each variable, as words of the table of values, and
 * which of the attempts at a layout it is.
 */
export type Recipe = { readonly samples: readonly (readonly number[])[]; readonly attempt: number } | undefined;

/** Makes the program of a recipe. */
export const programOf = (compiled: CompiledSpec, recipe: Recipe): Program | undefined => {
  if (recipe === undefined) return compiled.program;
  const { samples, attempt } = recipe;
  return compiled.packed({ samples: samples.map((words) => words.map(compiled.table.decode)), attempt });
};

/** Layouts that are tried before all is done on values. */
const mostLayouts = 3;

/** States that are looked at for values. */
const mostSamples = 4000;

export const search = (compiled: CompiledSpec, options: SearchOptions): Search => {
  const { program } = compiled;
  const { packed = true, trialStates = 2000, crewFor, ...others } = options;
  const clock = options.clock ?? ((): number => performance.now() / 1000);
  const started = clock();
  const run = (
    by: Program,
    limits: ExploreOptions,
    recipe: Recipe,
    helped: SearchOptions['crewFor'] | typeof noCrew = crewFor,
  ): Search => {
    const crew = helped?.(recipe, compiled.table);
    const exploration = new Exploration(by.model, { ...limits, ...(crew && { crew }) });
    return { program: by, exploration, outcome: exploration.advance() ?? exploration.interrupt() };
  };
  if (!packed || !compiled.packable || (options.maxStates ?? Infinity) <= trialStates) {
    return run(program, others, undefined);
  }
  const trial = run(program, { ...forTrial(others), maxStates: trialStates }, undefined, noCrew);
  const { bound } = trial.outcome;
  if (bound?.kind !== 'states') return trial;

  const samples = samplesOf(trial.exploration.stored(), program);
  for (let attempt = 0; attempt < mostLayouts; attempt++) {
    const recipe = { samples: samples.map((values) => [...values].map(compiled.table.encode)), attempt };
    const better = programOf(compiled, recipe);
    if (better === undefined) break;
    try {
      const found = run(better, remaining(others, clock() - started), recipe);
      return { ...found, outcome: { ...found.outcome, seconds: clock() - started } };
    } catch (error) {
      if (!(error instanceof LayoutOverflow)) throw error;
      samples[error.variable]?.add(error.value);
    }
  }
  const found = run(program, remaining(others, clock() - started), undefined);
  return { ...found, outcome: { ...found.outcome, seconds: clock() - started } };
};

/** The trial is short, and its states are looked at. */
const noCrew = (): undefined => undefined;

const forTrial = ({ save: _save, compact: _compact, ...options }: ExploreOptions): ExploreOptions => options;

/** The time that is left of a bound. */
const remaining = (options: ExploreOptions, spent: number): ExploreOptions =>
  options.maxSeconds === undefined ? options : { ...options, maxSeconds: Math.max(0, options.maxSeconds - spent) };

/** The values of each variable in some of the states. */
const samplesOf = ({ size, read }: ReturnType<Exploration['stored']>, { model, valuesOf }: Program): Set<unknown>[] => {
  const words = new Uint32Array(model.wordsPerState + (model.view?.words ?? 0));
  const seen = new Map<string, Set<unknown>>();
  const step = Math.max(1, Math.floor(size / mostSamples));
  for (let i = 0; i < size; i += step) {
    read(i, words);
    for (const [name, value] of Object.entries(valuesOf(words, 0))) {
      let values = seen.get(name);
      if (values === undefined) seen.set(name, (values = new Set()));
      values.add(value);
    }
  }
  return [...seen.values()];
};
