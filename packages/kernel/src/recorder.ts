import type { Program } from '@vmacheck/trace';
import type { Channel } from './channel.js';
import { Answer } from './decode.js';
import { encodeProgram } from './encode.js';
import type { Outcome, RecordOptions } from './outcome.js';
import type { Place } from './place.js';

interface Job {
  readonly program: Program;
  readonly text: string;
  readonly resolve: (outcome: Outcome) => void;
  answer: Answer;
}

/**
 * Performs programs one after the other at a place. A runner that dies or hangs costs the program in hand; the others go to a new
 * one.
 */
export class Recorder {
  readonly #place: Place;
  readonly #options: RecordOptions;
  #channel: Channel | undefined;
  #jobs: Job[] = [];
  #partial = '';
  #watchdog: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(place: Place, options: RecordOptions = {}) {
    this.#place = place;
    this.#options = options;
  }

  /** Runs one program. Several may be given at once; they run in the order of the calls. Never rejects. */
  run(program: Program): Promise<Outcome> {
    const encoded = encodeProgram(program, this.#place.kernel, this.#options);
    if (!encoded.ok) return Promise.resolve({ kind: 'skipped', program, reason: encoded.reason });
    if (this.#closed) return Promise.resolve({ kind: 'failed', program, reason: 'the recorder is closed' });
    return new Promise((resolve) => {
      this.#jobs.push({ program, text: encoded.text, resolve, answer: this.#answerTo(program) });
      this.#channel ??= this.#start();
      this.#channel.write(encoded.text);
      if (this.#jobs.length === 1) this.#watch();
    });
  }

  /** Ends the runner. Programs that did not run yet are reported as failed. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#watchdog);
    this.#channel?.kill();
    for (const job of this.#jobs.splice(0)) {
      job.resolve({ kind: 'failed', program: job.program, reason: 'the recorder was closed' });
    }
  }

  #answerTo(program: Program): Answer {
    return new Answer(program, this.#place.kernel, this.#options);
  }

  #start(): Channel {
    this.#partial = '';
    return this.#place.open({
      text: (chunk) => this.#take(chunk),
      ended: (why, hadOne) => this.#lost(why, hadOne),
    });
  }

  #take(chunk: string): void {
    const text = this.#partial + chunk;
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      const job = this.#jobs[0];
      const outcome = job?.answer.line(text.slice(from, at));
      from = at + 1;
      if (job && outcome) {
        this.#jobs.shift();
        job.resolve(outcome);
        this.#watch();
      }
    }
    this.#partial = text.slice(from);
  }

  /** The runner's own time limit ends a program; some time later the runner itself is taken to hang. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    const { graceMs } = this.#place;
    if (this.#jobs.length === 0 || graceMs === undefined) return;
    this.#watchdog = setTimeout(
      () => {
        this.#channel?.kill();
        this.#lost('it hung', true);
      },
      (this.#options.timeoutMs ?? 10_000) + graceMs,
    );
  }

  /** The runner is gone: if it had one program that failed, the rest is given to a new one. */
  #lost(why: string, hadOne: boolean): void {
    this.#channel = undefined;
    if (hadOne) {
      const job = this.#jobs.shift();
      job?.resolve({ kind: 'failed', program: job.program, reason: `the runner ended (${why})` });
    }
    if (this.#jobs.length === 0 || this.#closed) return;
    const next = this.#start();
    this.#channel = next;
    for (const waiting of this.#jobs) {
      waiting.answer = this.#answerTo(waiting.program);
      next.write(waiting.text);
    }
    this.#watch();
  }
}
