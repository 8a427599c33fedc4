/** Where programs run: on the kernel of this machine, or on another one in a guest. */
import { liveChannel, type OpenChannel } from './channel.js';
import { type Kernel, KernelUnavailable } from './kernel.js';
import { probeLive } from './live.js';

export interface Place {
  /** "live", a release, or the path of an image. */
  readonly name: string;
  readonly kernel: Kernel;
  readonly open: OpenChannel;
  /** So many programs are handed over ahead of the one that is awaited. */
  readonly ahead: number;
  /** The channel does not watch over its runner: somebody must, as long as the time of a program and this many milliseconds. */
  readonly graceMs: number | undefined;
  /** Frees what the place holds. */
  readonly close: () => Promise<void>;
}

/**
 * The kernel of this machine.
 *
 * @throws KernelUnavailable when `probeLive` says that nothing can run here
 */
export async function livePlace(): Promise<Place> {
  const kernel = await probeLive();
  if (!kernel.available) throw new KernelUnavailable(kernel.reason);
  return {
    name: 'live',
    kernel,
    open: liveChannel(kernel.runner),
    ahead: 8,
    graceMs: 10_000,
    close: () => Promise.resolve(),
  };
}
