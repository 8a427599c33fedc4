/** Steps per second of recording on real kernels: the live one, and a guest under QEMU where an image is at hand. */
import { cachedImages, openPlace, probeLive, runPrograms } from '../../packages/kernel/dist/index.js';
import { whole } from './lib/measure.mjs';

export const description = 'steps per second of recording, layout after every step, 16 VMAs';

const PROGRAMS = 200;
const STEPS = 100;
const ROUNDS = 5;
const BASE = 0x10000000000;

const page = (number) => `0x${(BASE + number * 4096).toString(16)}`;
const pages = (number) => `0x${(number * 4096).toString(16)}`;

/** 16 mappings with holes between them; then steps that change one of them and nothing about their number. */
function program(id) {
  const steps = [];
  for (let i = 0; i < 16; i++) {
    const args = { addr: page(3 * i), length: pages(2), prot: 3, flags: 0x32, fd: -1, offset: '0x0' };
    steps.push({ op: 'mmap', args });
  }
  for (let i = 0; steps.length < STEPS; i++) {
    const addr = page(3 * (i % 16));
    const length = pages(2);
    const away = page(3 * (i % 16) + 48);
    const move = { oldLen: length, newLen: length, flags: 3 };
    steps.push(
      { op: 'mprotect', args: { addr, length, prot: i % 2 === 1 ? 1 : 3 } },
      { op: 'mlock2', args: { addr, length, flags: 1 } },
      { op: 'munlock', args: { addr, length } },
      { op: 'store', args: { addr, value: '0x7' } },
      { op: 'mremap', args: { ...move, oldAddr: addr, newAddr: away } },
      { op: 'mremap', args: { ...move, oldAddr: away, newAddr: addr } },
    );
  }
  return {
    id: `bench/${id}`,
    kernel: null,
    arch: 'x86_64',
    pageSize: 4096,
    window: { start: page(0), end: page(96) },
    files: {},
    capIpcLock: true,
    rlimitMemlock: 'unlimited',
    uffd: null,
    mappings: [],
    steps: steps.slice(0, STEPS),
  };
}

const variants = {
  layout: { contents: false, vmFlags: false },
  'layout, VmFlags': { contents: false },
  'layout, VmFlags, contents': {},
  'layout, VmFlags, contents, counters': { counters: true },
};

async function rate(place, options) {
  const programs = Array.from({ length: PROGRAMS }, (_, i) => program(i));
  const start = performance.now();
  let steps = 0;
  for await (const outcome of runPrograms(programs, options, place)) {
    if (outcome.kind !== 'recorded') throw new Error(`${outcome.kind}: ${outcome.reason}`);
    steps += outcome.program.steps.length;
  }
  return (steps / (performance.now() - start)) * 1000;
}

async function measured(place) {
  const best = Object.fromEntries(Object.keys(variants).map((name) => [name, 0]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, options] of Object.entries(variants)) {
      best[name] = Math.max(best[name], await rate(place, options));
    }
  }
  return best;
}

export async function run() {
  const live = await probeLive();
  const [image] = await cachedImages();
  const names = [...(live.available ? ['live'] : []), ...(image === undefined ? [] : [image.release])];
  if (names.length === 0) {
    return { skipped: `${live.reason}; and no image of a kernel is cached (vmacheck kernels --fetch)` };
  }
  const columns = [{ head: 'what is recorded' }];
  const notes = [`${PROGRAMS} programs of ${STEPS} steps, by turns, the quickest of ${ROUNDS} rounds`];
  const rates = [];
  for (const name of names) {
    try {
      const place = await openPlace(name);
      columns.push({ head: name === 'live' ? `live ${place.kernel.release}` : `guest ${name}`, align: 'right' });
      rates.push(await measured(place));
      await place.close();
    } catch (error) {
      notes.push(`${name}: skipped: ${error.message}`);
    }
  }
  const rows = Object.keys(variants).map((name) => [name, ...rates.map((best) => whole(best[name]))]);
  return { columns, rows, notes };
}
