/** What one operation costs in a process with very many VMAs, as a multiple of what it costs with 100. */
import { AddressSpace } from '../../packages/model/dist/index.js';
import { perform } from '../../packages/mremap/dist/index.js';
import { dice, ratio, timed } from './lib/measure.mjs';

export const description = 'cost of one operation by the number of VMAs, as multiples of that at 100';

const SIZES = [100, 1_000, 10_000, 65_000];
const ROUNDS = 15;
/** So many places are operated on, spread evenly, so that as many pages are written whatever the size. */
const PLACES = 96;
/** Operations of a round, on every address space in turn. */
const OPERATIONS = 400;
const FIRST = 0x100000;
/** A VMA of two pages, of which the first is written, then two pages of nothing. */
const STRIDE = 4;

const bytes = (pages) => BigInt(pages) << 12n;
const at = (slot, page = 0) => bytes(FIRST + slot * STRIDE + page);

function space(vmas) {
  const made = AddressSpace.create({ limits: { maxMapCount: 1_000_000 } });
  for (let slot = 0; slot < vmas; slot++) {
    const call = { op: 'mmap', addr: at(slot), length: bytes(2), prot: 3n, flags: 0x32n, file: 0, offset: 0n };
    if (!perform(made, call).ok) throw new Error(`VMA ${slot} cannot be mapped`);
    perform(made, { op: 'store', addr: at(slot), value: 1n });
  }
  return made;
}

/** Each leaves the space as it was, so that the number of VMAs stays. */
const operations = {
  'mmap, munmap': (s, slot) => {
    perform(s, { op: 'mmap', addr: at(slot, 3), length: bytes(1), prot: 1n, flags: 0x32n, file: 0, offset: 0n });
    perform(s, { op: 'munmap', addr: at(slot, 3), length: bytes(1) });
  },
  'mmap where the kernel chooses, munmap': (s) => {
    const { value } = perform(s, {
      op: 'mmap',
      addr: 0n,
      length: bytes(3),
      prot: 1n,
      flags: 0x22n,
      file: 0,
      offset: 0n,
    });
    perform(s, { op: 'munmap', addr: value, length: bytes(3) });
  },
  'mprotect of a part, and back': (s, slot) => {
    perform(s, { op: 'mprotect', addr: at(slot), length: bytes(1), prot: 1n });
    perform(s, { op: 'mprotect', addr: at(slot), length: bytes(1), prot: 3n });
  },
  store: (s, slot) => perform(s, { op: 'store', addr: at(slot), value: 1n }),
  'madvise DONTNEED': (s, slot) => perform(s, { op: 'madvise', addr: at(slot), length: bytes(2), advice: 4n }),
  'mremap of 4 VMAs, and back': (s, slot) => {
    const length = bytes(4 * STRIDE);
    const far = bytes(0x40000000);
    const move = { op: 'mremap', oldLen: length, newLen: length, flags: 3n };
    perform(s, { ...move, oldAddr: at(slot), newAddr: far });
    perform(s, { ...move, oldAddr: far, newAddr: at(slot) });
  },
  'a branch of the state, and a store in it': (s, slot) => {
    perform(s.clone(), { op: 'store', addr: at(slot, 1), value: 1n });
  },
  'a branch of the state, and munmap in it': (s, slot) => {
    perform(s.clone(), { op: 'munmap', addr: at(slot), length: bytes(1) });
  },
};

export function run() {
  const spaces = SIZES.map(space);
  const columns = [{ head: 'operation' }, { head: 'at 100', align: 'right' }];
  for (const size of SIZES.slice(1)) columns.push({ head: size.toLocaleString('en-US'), align: 'right' });
  const rows = Object.entries(operations).map(([name, operation]) => {
    const costs = SIZES.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      SIZES.forEach((size, i) => {
        const die = dice(round);
        const ms = timed(() => {
          for (let n = 0; n < OPERATIONS; n++) operation(spaces[i], Math.floor((die(PLACES) / PLACES) * (size - 4)));
        });
        costs[i].push((ms * 1000) / OPERATIONS);
      });
    }
    const [base, ...others] = costs.map((all) => Math.min(...all));
    return [name, `${base.toFixed(1)} µs`, ...others.map((cost) => ratio(cost, base))];
  });
  return { columns, rows, notes: [`${OPERATIONS} operations a round, by turns, the quickest of ${ROUNDS} rounds`] };
}
