/** The stages of `vmacheck verify`. A stage measures, says what it measured, and whether all of it held. */
import type { Paint } from '@vmacheck/report';
import type { Progress, Terminal } from '../terminal.js';

/** What a stage works with. */
export interface StageContext {
  readonly terminal: Terminal;
  readonly progress: Progress;
  readonly paint: Paint;
  readonly seed: number;
}

/** What a stage found. Skipped and interrupted stages have not passed. */
export interface StageResult {
  readonly result: 'passed' | 'failed' | 'skipped' | 'interrupted';
  /** Why it was skipped, or what failed, in a sentence. */
  readonly why?: string;
  /** What was measured, for people. */
  readonly lines: readonly string[];
  /** The same for programs: fields of the stage's object in JSON. */
  readonly measured: Readonly<Record<string, unknown>>;
}

/** See the head of the file. */
export interface Stage {
  readonly name: 'specs' | 'fuzz' | 'kernel';
  /** One line that says what is done. */
  readonly title: string;
  readonly run: (context: StageContext) => Promise<StageResult>;
}

/** A stage that did not run. */
export function skipped(why: string): StageResult {
  return { result: 'skipped', why, lines: [], measured: {} };
}
