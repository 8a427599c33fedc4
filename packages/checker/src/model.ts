/**
 * The interface between a model and the explorer. A state is a fixed number of 32-bit words in a buffer that belongs to
 * the explorer; a model reads states at an offset and writes successors at an offset, and keeps none of its own. What
 * the words mean (packed fields, numbers of values in a table, ...) is the model's business.
 */

/** Unsigned 32-bit words; a state is `words[at] .. words[at + wordsPerState - 1]`. */
export type Words = Uint32Array;

/**
 * Hands over the state that was just written to the target buffer. The explorer does not write to that buffer, so words
 * that do not change need to be written only once per call of `initial` or `successors`.
 * @returns false when nothing more is wanted: the model may stop, and what it emits after that is ignored
 */
export type Emit = () => boolean;

/** A place in a source that messages can point to, such as `Counter.tla:12:3`. */
export type Location = string;

/** One disjunct of the next-state relation. */
export interface Action {
  readonly name: string;
  readonly location?: Location;
  /** Writes every successor of the state `from[at..]` to `to[toAt..]`, one after the other, and emits each. */
  readonly successors: (from: Words, at: number, to: Words, toAt: number, emit: Emit) => void;
}

/** A predicate of one state. */
export interface StatePredicate {
  readonly name: string;
  readonly location?: Location;
  readonly holds: (words: Words, at: number) => boolean;
}

/** A predicate of a step from one state to a successor of it. */
export interface StepPredicate {
  readonly name: string;
  readonly location?: Location;
  readonly holds: (from: Words, at: number, to: Words, toAt: number) => boolean;
}

/**
 * States with equal views count as one; the first that is found stands for all. A reduction by symmetry is a view that
 * writes the least of the permuted states.
 */
export interface View {
  readonly words: number;
  readonly write: (state: Words, at: number, to: Words, toAt: number) => void;
}

/** What a model says about an exception that one of its functions threw. */
export interface Failure {
  /** `assertion`: the model's author asked for it; `error`: the model has no meaning here. */
  readonly kind: 'error' | 'assertion';
  /** The model's name for errors of this sort. */
  readonly code?: string;
  readonly message: string;
  readonly location?: Location;
  readonly help?: string;
}

/** Something that a person can read: the name of a variable and its value. */
export interface Field {
  readonly name: string;
  readonly value: string;
}

/** Something beside the states that words depend on, such as a table of values. */
export interface Remembered {
  readonly save: () => Words;
  /** @returns whether words mean afterwards what they meant when it was saved */
  readonly restore: (words: Words) => boolean;
}

/** How far a run has got. */
export interface RunCounts {
  readonly distinct: number;
  /** Successors that were made, those that were known with them. */
  readonly generated: number;
  /** Levels that hold a state; initial states are level 1. */
  readonly depth: number;
  /** States that were found and not yet expanded. */
  readonly queue: number;
  readonly seconds: number;
}

/** A transition system with properties. All functions must be deterministic and, unless `inOrder` is said, must not depend on earlier calls. */
export interface Model {
  readonly name: string;
  readonly wordsPerState: number;
  /** Writes every initial state to `to[toAt..]`, one after the other, and emits each. */
  readonly initial: (to: Words, toAt: number, emit: Emit) => void;
  readonly actions: readonly Action[];
  /** A state without any successor is an error. */
  readonly checkDeadlock: boolean;
  /** What the functions give depends on the order of their calls: each successor is tested before the next one is made. */
  readonly inOrder?: boolean;
  /** Hold in every state that is reached; tested in this order. */
  readonly invariants: readonly StatePredicate[];
  /** Hold in every initial state. */
  readonly initialProperties?: readonly StatePredicate[];
  /** Hold for every step that is taken, also for steps to states seen before. */
  readonly stepProperties?: readonly StepPredicate[];
  /** Each is expected in at least one state; whether it was seen is told in the outcome. */
  readonly sometimes?: readonly StatePredicate[];
  /** States in which it is false are tested, but neither counted nor explored further. */
  readonly constraint?: StatePredicate;
  /** Steps for which it is false are tested, but not taken. */
  readonly stepConstraint?: StepPredicate;
  readonly view?: View;
  /** Explains an exception thrown by a function of the model; undefined: the exception is a defect and is passed on. */
  readonly failure?: (thrown: unknown) => Failure | undefined;
  /** Told before the model's functions are called: the level of the state that they read, or step from; 1 for an initial one. */
  readonly atLevel?: (level: number) => void;
  /**
   * Told before the model's functions are called: what gives the states from an initial one to the one that they read, or step from. A model that asks is `inOrder`, and
   * its states are stored as they are, not as hashes.
   */
  readonly atPath?: (path: (() => readonly Words[]) | undefined) => void;
  /** Told before the run what gives the counts so far. */
  readonly atStart?: (counts: () => RunCounts) => void;
  /** The model wants no more states: the run ends when the state at hand is expanded, with what was found so far. */
  readonly isOver?: () => boolean;
  /** What the model has to remember to understand its words. It goes into snapshots. */
  readonly remembered?: Remembered;
  /** Bytes that the model itself holds, for the bound on memory. */
  readonly memoryInUse?: () => number;
  /** A state as a person reads it. */
  readonly describe?: (words: Words, at: number) => readonly Field[];
  /** What the step was, with its parameters: `Move(p1, 3)`. Default: the name of the action. */
  readonly describeStep?: (action: number, from: Words, at: number, to: Words, toAt: number) => string;
}
