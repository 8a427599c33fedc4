/** What `bin.ts` and its worker have in common. */

/** Indices of the words that both see. */
export const SHARED = {
  /** Not 0: the user has asked to stop. */
  interrupted: 0,
  /** How the program ends. */
  exitCode: 1,
} as const;

/** What the worker cannot ask for itself. */
export interface WorkerInput {
  readonly args: readonly string[];
  readonly shared: Int32Array;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly folder: string;
}
