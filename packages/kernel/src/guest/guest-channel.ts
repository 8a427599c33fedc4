/** Programs to a guest: all that are waiting go with one message, and their answers come back together. */
import type { Channel, OpenChannel } from '../channel.js';
import { KernelUnavailable } from '../kernel.js';
import { type Guest, GuestLost } from './guest.js';
import { MOST_REQUEST } from './mailbox.js';

/** Where the guest comes from, and who is told that it is lost. */
export interface GuestSource {
  readonly guest: () => Promise<Guest>;
  readonly lost: () => Promise<void>;
}

/** Time for one message in milliseconds: a program that hangs is ended by the runner, but the emulator is slow. */
const timeFor = (programs: number): number => 60_000 + 2000 * programs;

export const guestChannel = ({ guest, lost }: GuestSource): OpenChannel => {
  /** After a message with several programs ended its guest, so many go alone, so that the one that did it is found. */
  let alone = 0;
  return ({ text, ended }): Channel => {
    let waiting: string[] = [];
    let busy = false;
    let over = false;
    const isOver = (): boolean => over;

    const next = (): string[] => {
      let length = 0;
      const fits = alone > 0 ? 1 : waiting.findIndex((program) => (length += program.length) > MOST_REQUEST);
      const count = fits < 0 ? waiting.length : Math.max(1, fits);
      alone = Math.max(0, alone - 1);
      return waiting.splice(0, count);
    };

    const pump = async (): Promise<void> => {
      if (busy || over || waiting.length === 0) return;
      busy = true;
      // Whoever hands over several programs at once does it before this goes on.
      await Promise.resolve();
      const programs = next();
      try {
        const machine = await guest();
        const reply = await machine.ask('run', programs.join(''), timeFor(programs.length));
        busy = false;
        if (!over) text(reply.text);
        void pump();
      } catch (error) {
        // Killed while it was busy: the guest is gone, in whatever way that shows.
        if (isOver()) return;
        if (!(error instanceof GuestLost || error instanceof KernelUnavailable)) throw error;
        await lost();
        if (isOver()) return;
        over = true;
        if (programs.length > 1) alone = programs.length;
        ended(error.message, programs.length === 1);
      }
    };

    return {
      write: (program) => {
        waiting.push(program);
        void pump();
      },
      kill: () => {
        over = true;
        waiting = [];
        // Nobody waits for what it is doing: a guest that is busy is of no use to whoever comes next.
        if (busy) void lost();
      },
    };
  };
};
