/**
 * Searches the states of a compiled specification: the first ones with the program on values, which shows what values the variables have; the rest, from the beginning
 * again, on packed states where there is such a program. A layout that turns out to be too small is made anew with what was seen so far.
 */
import {
  type Crew,
  Exploration,
  type ExploreOptions,
  type Outcome,
  type SavedSnapshot,
  type Snapshot,
  SnapshotError,
} from '@vmacheck/checker';
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

export interface SearchOptions extends Omit<ExploreOptions, 'save' | 'resume' | 'crew'> {
  /** false: states are words of values only. */
  readonly packed?: boolean;
  /** States that are searched on values at first; default: few, and more where they show too little. */
  readonly trialStates?: number;
  /** Makes threads that help to run a program. */
  readonly crewFor?: (recipe: Recipe, table: ValueTable) => Crew;
  /** See ExploreOptions; states mean something to the program of the recipe. */
  readonly save?: (snapshot: Snapshot, recipe: SavedSearch['recipe']) => void;
  readonly resume?: SavedSearch;
}

/** A search to go on with. */
export interface SavedSearch {
  /** `trial`: it was stopped before it was known how its states are best kept, and begins anew. */
  readonly recipe: Recipe | 'trial';
  readonly snapshot: SavedSnapshot;
}

/** A search whose states are kept in a way that is known. */
interface Resumed {
  readonly recipe: Recipe;
  readonly snapshot: SavedSnapshot;
}

/**
 * How another thread makes the program of a search: undefined for the one on values; otherwise what was seen of each variable, as words of the table of values, and
 * how much room the layout has for others.
 */
export type Recipe = { readonly samples: readonly (readonly number[])[]; readonly room: number } | undefined;

/** Makes the program of a recipe. */
export const programOf = (compiled: CompiledSpec, recipe: Recipe): Program | undefined => {
  if (recipe === undefined) return compiled.program;
  const { samples, room } = recipe;
  return compiled.packed({ samples: samples.map((words) => words.map(compiled.table.decode)), room });
};

/** Layouts that are tried before all is done on values. */
const mostLayouts = 5;

/** What the generaliser makes the most room for. */
const mostRoom = 2;

/** Seconds for which a thread explores alone, at least. */
const leastAlone = 1;

/** States that are looked at for values. */
const mostSamples = 4000;

/** Few states show enough of most specifications. */
const trials: readonly number[] = [500, 2000];

/** The more permutations there are, the longer it takes to make a packed program: small searches do without. */
const trialsWithSymmetry: readonly number[] = [2000];

/** The layout was too small before the search went farther than a trial does. */
const tooSoon = Symbol('too soon');

export const search = (compiled: CompiledSpec, options: SearchOptions): Search => {
  const { program } = compiled;
  const { packed = true, trialStates, crewFor, save, resume: saved, ...others } = options;
  const resume: Resumed | undefined =
    saved === undefined || saved.recipe === 'trial' ? undefined : { recipe: saved.recipe, snapshot: saved.snapshot };
  const clock = options.clock ?? ((): number => performance.now() / 1000);
  const started = clock();
  const explorationOf = (by: Program, recipe: Recipe, from?: SavedSnapshot): Exploration => {
    const crew = crewFor?.(recipe, compiled.table);
    const spent = clock() - started;
    return new Exploration(by.model, {
      // The other threads will take as long as this one to come so far.
      secondsAlone: Math.max(leastAlone, spent),
      ...remaining(others, spent),
      ...(crew && { crew }),
      ...(save && { save: (snapshot: Snapshot) => save(snapshot, recipe) }),
      ...(from && { resume: from }),
    });
  };
  const ended = (by: Program, exploration: Exploration): Search => ({
    program: by,
    exploration,
    outcome: exploration.advance() ?? exploration.interrupt(),
  });
  const run = (by: Program, recipe: Recipe, from?: SavedSnapshot): Search => ended(by, explorationOf(by, recipe, from));
  const whole = (found: Search): Search => {
    const before = resume?.snapshot.head.seconds ?? 0;
    return { ...found, outcome: { ...found.outcome, seconds: before + clock() - started } };
  };
  const searched = (found: Search | typeof tooSoon | undefined): Search =>
    whole(found === undefined || found === tooSoon ? run(program, undefined) : found);
  /** A layout with as much room for other values as there may be: the more, the more often there was too little. */
  const layout = (
    samples: readonly Set<unknown>[],
    attempt: number,
  ): { recipe: Recipe; better: Program } | undefined => {
    const seen = samples.map((values) => [...values].map(compiled.table.encode));
    for (let room = Math.min(attempt, mostRoom); room >= 0; room--) {
      const recipe = { samples: seen, room };
      const better = programOf(compiled, recipe);
      if (better !== undefined) return { recipe, better };
    }
    return undefined;
  };
  /**
   * Layouts that are too small are made anew, after all that was seen until then.
   * @param longer how many states a longer trial would show: what went less far is not worth it
   */
  const onBits = (
    samples: readonly Set<unknown>[],
    { first = 0, from, longer = 0 }: { readonly first?: number; readonly from?: Resumed; readonly longer?: number },
  ): Search | typeof tooSoon | undefined => {
    for (let attempt = first; attempt < mostLayouts; attempt++) {
      const made =
        attempt === first && from !== undefined
          ? { recipe: from.recipe, better: programOf(compiled, from.recipe) }
          : layout(samples, attempt);
      if (made?.better === undefined) return undefined;
      const { recipe, better } = made;
      const exploration = explorationOf(better, recipe, attempt === first ? from?.snapshot : undefined);
      try {
        return ended(better, exploration);
      } catch (error) {
        if (!(error instanceof LayoutOverflow)) throw error;
        if (exploration.stored().size < longer) return tooSoon;
        samples[error.variable]?.add(error.value);
        const more = others.compact === true ? [] : samplesOf(exploration.stored(), better);
        more.forEach((values, i) => values.forEach((value) => samples[i]?.add(value)));
      }
    }
    return undefined;
  };
  if (resume?.recipe !== undefined) {
    const snapshot = understood(resume.snapshot, program);
    const { samples, room } = resume.recipe;
    const seen = samples.map((words) => new Set(words.map(compiled.table.decode)));
    return searched(onBits(seen, { first: room, from: { recipe: resume.recipe, snapshot } }));
  }
  const sizes = trialStates === undefined ? trialsOf(compiled) : [trialStates];
  const worthwhile = sizes.filter((states) => states < (options.maxStates ?? Infinity));
  if (!packed || !compiled.packable || resume !== undefined || worthwhile.length === 0) {
    return run(program, undefined, resume?.snapshot);
  }
  for (const [i, maxStates] of worthwhile.entries()) {
    const trial = new Exploration(program.model, {
      ...forTrial(remaining(others, clock() - started)),
      maxStates,
      ...(save && { save: (snapshot: Snapshot) => save(snapshot, 'trial') }),
    });
    const outcome = trial.advance() ?? trial.interrupt();
    if (outcome.bound?.kind !== 'states') return whole({ program, exploration: trial, outcome });
    const found = onBits(samplesOf(trial.stored(), program), { longer: worthwhile[i + 1] ?? 0 });
    if (found !== tooSoon) return searched(found);
  }
  return searched(undefined);
};

const trialsOf = ({ selection }: CompiledSpec): readonly number[] =>
  selection.symmetry === undefined ? trials : trialsWithSymmetry;

/** The values that a snapshot is about are in the table from now on; the snapshot can still be read from its beginning. */
const understood = ({ head, read }: SavedSnapshot, { model }: Program): SavedSnapshot => {
  const remembered = read(head.modelWords);
  if (model.remembered?.restore(remembered) === false) {
    throw new SnapshotError('its values are not those of this version of the checker');
  }
  let isFirst = true;
  return {
    head,
    read: (words) => {
      if (!isFirst) return read(words);
      isFirst = false;
      return remembered;
    },
  };
};

/** The trial is short, and its states are looked at. */
const forTrial = ({ compact: _compact, saveSeconds: _seconds, ...options }: ExploreOptions): ExploreOptions => options;

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
