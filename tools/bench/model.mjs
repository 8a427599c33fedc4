/** Calls of the model per second, one after the other in one address space of about 16 VMAs, without properties. */
import { AddressSpace } from '../../packages/model/dist/index.js';
import { perform } from '../../packages/mremap/dist/index.js';
import { dice, timed, whole } from './lib/measure.mjs';

export const description = 'steps per second of the model on one core, about 16 VMAs, no properties';

const SEED = 1;
const CALLS = 200_000;
const ROUNDS = 15;
const FIRST = 0x10000;
const PAGES = 64;

const bytes = (pages) => BigInt(pages) << 12n;

/** Calls that keep the window half full: each kind with ranges that were drawn. */
const kinds = {
  mmap: (addr, length) => ({ op: 'mmap', addr, length, prot: 3n, flags: 0x32n, file: 0, offset: 0n }),
  munmap: (addr, length) => ({ op: 'munmap', addr, length }),
  mprotect: (addr, length, die) => ({ op: 'mprotect', addr, length, prot: die(2) === 0 ? 1n : 3n }),
  store: (addr) => ({ op: 'store', addr, value: 7n }),
  mlock2: (addr, length) => ({ op: 'mlock2', addr, length, flags: 1n }),
  munlock: (addr, length) => ({ op: 'munlock', addr, length }),
  mremap: (oldAddr, length, die) => ({
    op: 'mremap',
    oldAddr,
    oldLen: length,
    newLen: length,
    flags: 3n,
    newAddr: bytes(FIRST + die(PAGES)),
  }),
};
const mix = ['mmap', 'mmap', 'mmap', 'munmap', 'mprotect', 'store', 'store', 'mlock2', 'munlock', 'mremap', 'mremap'];

function calls(names, count) {
  const die = dice(SEED);
  return Array.from({ length: count }, () => {
    const kind = kinds[names[die(names.length)]];
    return kind(bytes(FIRST + die(PAGES)), bytes(1 + die(6)), die);
  });
}

export function run() {
  const columns = [
    { head: 'steps/s', align: 'right' },
    { head: 'succeeded', align: 'right' },
    { head: 'VMAs in the mean', align: 'right' },
  ];
  const program = calls(mix, CALLS);
  const rates = [];
  let vmas = 0;
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const space = AddressSpace.create();
    done = 0;
    vmas = 0;
    const ms = timed(() => {
      for (const call of program) {
        if (perform(space, call).ok) done++;
        vmas += space.mapCount;
      }
    });
    rates.push((CALLS / ms) * 1000);
  }
  const row = [whole(Math.max(...rates)), `${((100 * done) / CALLS).toFixed(0)} %`, (vmas / CALLS).toFixed(1)];
  return { columns, rows: [row], notes: [`seed ${SEED}, ${whole(CALLS)} calls, the quickest of ${ROUNDS} rounds`] };
}
