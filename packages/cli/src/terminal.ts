/** Where a command's text goes: results to stdout, progress and errors to stderr. Tests hand in one of their own. */
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Paint, paintFor, PLAIN } from '@vmacheck/report';

/** One of the two streams. `write` gives false when the reader is slower; `drained` waits for it. */
export interface Output {
  readonly isTerminal: boolean;
  readonly write: (text: string) => boolean;
  readonly drained: () => Promise<void>;
}

/** See the head of the file. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly folder: string;
  /** Has the user asked to stop? Commands look at it between two pieces of work. */
  readonly interrupted: () => boolean;
}

/** Lines to stdout. */
export function print(terminal: Terminal, lines: string | readonly string[]): void {
  const text = typeof lines === 'string' ? lines : lines.join('\n');
  terminal.out.write(`${text}\n`);
}

/** The object of `--json`, on one line. */
export function printJson(terminal: Terminal, value: object): void {
  print(terminal, JSON.stringify(value));
}

/** A remark beside the result, to stderr. */
export function note(terminal: Terminal, text: string): void {
  terminal.err.write(`${text}\n`);
}

/** Colours for stdout, where they are wanted. */
export function paint(terminal: Terminal): Paint {
  return paintFor(terminal.out.isTerminal, terminal.environment);
}

/** Whether what goes to one of the streams has colour. */
export function mayColor(terminal: Terminal, stream: 'out' | 'err'): boolean {
  return paintFor(terminal[stream].isTerminal, terminal.environment) !== PLAIN;
}

/** A path as the user wrote it, made absolute; "-" stays. */
export function userPath(terminal: Terminal, path: string): string {
  return path === '-' ? path : resolve(terminal.folder, path);
}

/** The name of a kernel as the user wrote it: "live" and releases stay, a path is made absolute. */
export function placeName(terminal: Terminal, name: string): string {
  return name === 'live' || /^\d+\.\d+$/.test(name) ? name : userPath(terminal, name);
}

/** Milliseconds of work between two looks at the keyboard. */
const TURN = 40;
const REDRAW = 200;

/**
 * A line of progress that is rewritten in place; nothing where stderr is not a terminal. Work that never waits must call `tick` and
 * await it now and then, or signals would not be seen.
 */
export class Progress {
  readonly #terminal: Terminal;
  #turn = performance.now();
  #drawn = 0;
  #shown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** @returns false when the user has asked to stop */
  async tick(text: () => string): Promise<boolean> {
    const now = performance.now();
    if (now - this.#turn >= TURN) {
      await setImmediate();
      this.#turn = performance.now();
    }
    return this.show(text);
  }

  /** Draws the line where work cannot wait. @returns false when the user has asked to stop */
  show(text: () => string): boolean {
    const now = performance.now();
    if (this.#terminal.err.isTerminal && now - this.#drawn >= REDRAW) {
      this.#terminal.err.write(`\r\u001b[K${text()}`);
      this.#drawn = now;
      this.#shown = true;
    }
    return !this.#terminal.interrupted();
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#shown) this.#terminal.err.write('\r\u001b[K');
    this.#shown = false;
  }
}
