/** A kernel under QEMU as a place for programs. */
import { readFile } from 'node:fs/promises';
import { compileInit, compileRunner } from '../compile.js';
import { kernelOf, KernelUnavailable, probedValues } from '../kernel.js';
import type { Place } from '../place.js';
import { Guest, GuestLost } from './guest.js';
import { guestChannel } from './guest-channel.js';
import { makeInitrd } from './initrd.js';

/** How long a boot may take, in milliseconds; one in some tens hangs when all cores are busy, and is tried again. */
const BOOT_MS = 90_000;
const BOOTS = 3;
/** Many programs go with one message: sending one costs as much as running a few. */
const AHEAD = 200;

async function initrd(): Promise<Buffer> {
  const programs: Record<string, Uint8Array> = {};
  for (const [name, compiled] of [
    ['init', await compileInit()],
    ['runner', await compileRunner()],
  ] as const) {
    if (!compiled.ok) throw new KernelUnavailable(compiled.reason);
    if (!compiled.isStatic) {
      throw new KernelUnavailable('a guest needs a static recorder: the static C library (libc6-dev) is missing');
    }
    programs[name] = await readFile(compiled.path);
  }
  return makeInitrd(programs, ['proc', 'sys', 'dev']);
}

/**
 * Boots a kernel.
 *
 * @param name how reports call it: a release or a path
 * @param image the path of a bzImage
 * @throws KernelUnavailable when it cannot be booted here
 */
export async function guestPlace(name: string, image: string): Promise<Place> {
  const disk = await initrd();
  let text = '';
  const boot = async (): Promise<Guest> => {
    for (let tries = 1; ; tries++) {
      const guest = await Guest.start(image, disk);
      try {
        ({ text } = await guest.ask('probe', '', BOOT_MS));
        return guest;
      } catch (error) {
        await guest.close();
        if (!(error instanceof GuestLost)) throw error;
        if (tries === BOOTS) throw new KernelUnavailable(`${name} does not boot: ${error.message}`);
      }
    }
  };
  let running: Promise<Guest> | undefined = boot();
  await running;
  const lost = async (): Promise<void> => {
    const ended = running;
    running = undefined;
    // One that did not even boot has closed itself.
    await (await ended?.catch(() => undefined))?.close();
  };
  return {
    name,
    kernel: kernelOf(probedValues(text)),
    open: guestChannel({ guest: () => (running ??= boot()), lost }),
    ahead: AHEAD,
    graceMs: undefined,
    close: lost,
  };
}
