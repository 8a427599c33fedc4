/** The processes of a program that forks: who acts next, who is there. */
import type { Performed } from '@vmacheck/replay';
import type { Step } from '@vmacheck/trace';
import { Dice } from './dice.js';
import type { Intent } from './intent.js';

/** Forks of one program. */
const MOST_FORKS = 6;

export class Processes {
  readonly #mayFork: boolean;
  readonly #alive = [0];
  #forks = 0;

  /** @param mayFork false for programs with one process */
  constructor(mayFork: boolean) {
    this.#mayFork = mayFork;
  }

  /** The process that performs an intent. */
  next({ dice }: Intent): number {
    // The last of the dice: the first decide what the step does.
    return new Dice(dice.slice(-1)).pick(this.#alive) ?? 0;
  }

  /** The step of an intent that makes or ends a process; undefined for any other, and where there is none to make or end. */
  step({ kind }: Intent, proc: number): Step | undefined {
    if (kind === 'fork' && this.#mayFork && this.#forks < MOST_FORKS) return { op: 'fork', args: {} };
    return kind === 'exit' && proc !== 0 ? { op: 'exit', args: {} } : undefined;
  }

  /** Takes note of a step. Processes are numbered by the forks that were tried. */
  made({ op }: Step, proc: number, performed: Performed): void {
    if (op === 'exit') this.#alive.splice(this.#alive.indexOf(proc), 1);
    if (op !== 'fork') return;
    this.#forks += 1;
    if (performed.kind === 'done' && performed.outcome.ok) this.#alive.push(this.#forks);
  }
}
