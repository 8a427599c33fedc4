/**
 * Steps per second of recording, with VMAs and VmFlags read after every step, at 16 VMAs in the window. Build first, then
 * `node bench/record.mjs [PROGRAMS]`. Prints one line per set of options; user and system time of the runner are in the wall time of
 * one core, since it and this process work in turns on two pipes.
 */
import { formatProgram } from '@vmacheck/trace';
import { probeLive, runPrograms } from '../dist/index.js';

const BASE = 0x10000000000;
const page = (number) => `0x${(BASE + number * 4096).toString(16)}`;
const pages = (number) => `0x${(number * 4096).toString(16)}`;

/** 16 mappings with holes between them; then steps that change one of them and nothing about their number. */
function program(id, count) {
  const steps = [];
  for (let i = 0; i < 16; i++) {
    const args = { addr: page(3 * i), length: pages(2), prot: 3, flags: 0x32, fd: -1, offset: '0x0' };
    steps.push({ op: 'mmap', args });
  }
  for (let i = 0; steps.length < count; i++) {
    const addr = page(3 * (i % 16));
    const length = pages(2);
    const kind = i % 5;
    if (kind === 0) steps.push({ op: 'mprotect', args: { addr, length, prot: i % 2 ? 1 : 3 } });
    if (kind === 1) steps.push({ op: 'mlock2', args: { addr, length, flags: 1 } });
    if (kind === 2) steps.push({ op: 'munlock', args: { addr, length } });
    if (kind === 3) steps.push({ op: 'store', args: { addr, value: '0x7' } });
    if (kind === 4) {
      const target = { oldAddr: addr, oldLen: length, newLen: length, flags: 3, newAddr: page(3 * (i % 16) + 48) };
      steps.push(
        { op: 'mremap', args: target },
        { op: 'mremap', args: { ...target, oldAddr: target.newAddr, newAddr: addr } },
      );
    }
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
    steps: steps.slice(0, count),
  };
}

const kernel = await probeLive();
if (!kernel.available) {
  console.log(`skipped: ${kernel.reason}`);
  process.exit(0);
}
const count = Number(process.argv[2] ?? 200);
const programs = Array.from({ length: count }, (_, i) => program(i, 100));
const variants = [
  ['VMAs', { contents: false }],
  ['VMAs, contents', {}],
  ['VMAs, counters', { contents: false, counters: true }],
  ['VMAs, contents, counters', { counters: true }],
];
console.log(`kernel ${kernel.release}, ${count} programs of 100 steps, 16 VMAs`);
for (const [name, options] of variants) {
  for (const write of [false, true]) {
    const start = performance.now();
    let steps = 0;
    let bytes = 0;
    for await (const outcome of runPrograms(programs, options)) {
      if (outcome.kind !== 'recorded') throw new Error(outcome.reason);
      steps += outcome.program.steps.length;
      if (write) for (const line of formatProgram(outcome.program)) bytes += line.length;
    }
    const rate = Math.round(steps / ((performance.now() - start) / 1000));
    console.log(
      `${name}${write ? ', written as text' : ''}: ${rate} steps/s${write ? `, ${Math.round(bytes / steps)} bytes/step` : ''}`,
    );
  }
}
