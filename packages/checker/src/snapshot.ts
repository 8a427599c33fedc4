/** All that is needed to go on with an exploration later: some numbers, and words. */
import type { Words } from './model.js';

/** The numbers of a snapshot, as JSON has them. */
export interface SnapshotHead {
  /** Form of the snapshot; another version of the checker may not understand it. */
  readonly form: 2;
  readonly compact: boolean;
  readonly size: number;
  /** Levels, of which the last is being expanded. */
  readonly level: number;
  /** The first state of each level, from level 1 on. */
  readonly levels: readonly number[];
  /** The first state of the next level, and the state to be expanded next. */
  readonly foundFrom: number;
  readonly cursor: number;
  /** See `Tallies`. */
  readonly tallies: readonly number[];
  readonly seconds: number;
  /** Words of what the model remembers, which come first, and of the states. */
  readonly modelWords: number;
  readonly stateWords: number;
}

/** A snapshot that is taken. */
export interface Snapshot {
  readonly head: SnapshotHead;
  /** To be used before the exploration goes on. */
  readonly words: Iterable<Words>;
}

/** A snapshot that comes back. */
export interface SavedSnapshot {
  readonly head: SnapshotHead;
  /** The next so many words. */
  readonly read: (words: number) => Words;
}

/** A snapshot that does not belong to the model, or to this version of the checker. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}
