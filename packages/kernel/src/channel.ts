/** A way to a runner: text goes in, answers come out, and at some point it ends. */
import { spawn } from 'node:child_process';

export interface Channel {
  /** Hands one whole program to the runner. */
  readonly write: (program: string) => void;
  /** Ends the runner; `ended` is not called any more. */
  readonly kill: () => void;
}

/** What a channel tells. */
export interface ChannelEvents {
  readonly text: (chunk: string) => void;
  /**
   * The runner is gone. `hadOne`: it had one program in hand, which is the one that ended it; otherwise all that are not answered
   * are to be given to a new runner.
   */
  readonly ended: (why: string, hadOne: boolean) => void;
}

export type OpenChannel = (events: ChannelEvents) => Channel;

/** A runner in a process of this machine. It takes programs in order, so that the first without an answer is the one in hand. */
export const liveChannel =
  (runner: string): OpenChannel =>
  ({ text, ended }) => {
    let over = false;
    const end = (why: string): void => {
      if (!over) ended(why, true);
      over = true;
    };
    const running = spawn(runner, [], { stdio: ['pipe', 'pipe', 'pipe'] });
    running.stdout.setEncoding('latin1').on('data', text);
    running.stderr.resume();
    // The end of the process is told by 'close'; a broken pipe is only its echo.
    running.stdin.on('error', () => undefined);
    running.on('error', (error) => end(error.message));
    running.on('close', (code, signal) => end(signal ?? `exit code ${code}`));
    return {
      write: (program) => void running.stdin.write(program),
      kill: () => {
        over = true;
        running.kill('SIGKILL');
      },
    };
  };
