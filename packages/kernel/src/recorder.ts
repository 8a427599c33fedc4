import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Program } from '@vmacheck/trace';
import { Answer } from './decode.js';
import { encodeProgram } from './encode.js';
import type { LiveKernel } from './live.js';
import type { Outcome, RecordOptions } from './outcome.js';

interface Job {
  readonly program: Program;
  readonly text: string;
  readonly resolve: (outcome: Outcome) => void;
  answer: Answer;
}

/** The runner's own time limit ends a program; this much later the runner itself is taken to hang. */
const GRACE_MS = 10_000;

/**
 * One runner process that performs programs one after the other. A runner that dies or hangs costs the program in hand; the
 * others go to a new one.
 */
export class Recorder {
  readonly #kernel: LiveKernel;
  readonly #options: RecordOptions;
  #process: ChildProcessWithoutNullStreams | undefined;
  #jobs: Job[] = [];
  #partial = '';
  #watchdog: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param kernel what `probeLive` found */
  constructor(kernel: LiveKernel, options: RecordOptions = {}) {
    this.#kernel = kernel;
    this.#options = options;
  }

  /** Runs one program. Several may be given at once; they run in the order of the calls. Never rejects. */
  run(program: Program): Promise<Outcome> {
    const encoded = encodeProgram(program, this.#kernel, this.#options);
    if (!encoded.ok) return Promise.resolve({ kind: 'skipped', program, reason: encoded.reason });
    if (this.#closed) return Promise.resolve({ kind: 'failed', program, reason: 'the recorder is closed' });
    return new Promise((resolve) => {
      const answer = new Answer(program, this.#kernel, this.#options);
      this.#jobs.push({ program, text: encoded.text, resolve, answer });
      const running = this.#process ?? this.#start();
      running.stdin.write(encoded.text);
      if (this.#jobs.length === 1) this.#watch();
    });
  }

  /** Ends the runner. Programs that did not run yet are reported as failed. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#watchdog);
    this.#process?.kill('SIGKILL');
    for (const job of this.#jobs.splice(0)) {
      job.resolve({ kind: 'failed', program: job.program, reason: 'the recorder was closed' });
    }
  }

  #start(): ChildProcessWithoutNullStreams {
    const running = spawn(this.#kernel.runner, [], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = running;
    this.#partial = '';
    running.stdout.setEncoding('latin1');
    running.stdout.on('data', (chunk: string) => this.#take(chunk));
    running.stderr.resume();
    // The end of the process is told by 'close'; a broken pipe is only its echo.
    running.stdin.on('error', () => undefined);
    running.on('error', (error) => this.#lost(running, error.message));
    running.on('close', (code, signal) => this.#lost(running, signal ?? `exit code ${code}`));
    return running;
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

  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#jobs.length === 0) return;
    const limit = (this.#options.timeoutMs ?? 10_000) + GRACE_MS;
    this.#watchdog = setTimeout(() => this.#process?.kill('SIGKILL'), limit);
  }

  /** The runner is gone: its program failed, the rest is given to a new one. */
  #lost(running: ChildProcessWithoutNullStreams, why: string): void {
    if (this.#process !== running) return;
    this.#process = undefined;
    const job = this.#jobs.shift();
    job?.resolve({ kind: 'failed', program: job.program, reason: `the runner ended (${why})` });
    if (this.#jobs.length === 0 || this.#closed) return;
    const next = this.#start();
    for (const waiting of this.#jobs) {
      waiting.answer = new Answer(waiting.program, this.#kernel, this.#options);
      next.stdin.write(waiting.text);
    }
    this.#watch();
  }
}
