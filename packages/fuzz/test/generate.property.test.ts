import { formatProgram, parseHex, type Program, readPrograms } from '@vmacheck/trace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatePrograms, programArbitrary, runFuzz } from '../src/index.js';

const SEED = 1;
const none = { state: [], step: [], phase: [] };
const programs = (seed: number, count: number, steps: number): Program[] => [
  ...generatePrograms({ seed, programs: count, steps }),
];

describe(`generated programs (seed ${SEED})`, () => {
  test('are the same for the same seed, and others for another', () => {
    expect(programs(SEED, 20, 20)).toEqual(programs(SEED, 20, 20));
    const first = new Set(programs(SEED, 20, 20).map(({ steps }) => JSON.stringify(steps)));
    expect(programs(SEED + 1, 20, 20).filter(({ steps }) => first.has(JSON.stringify(steps)))).toEqual([]);
  });

  test('do not depend on how many are generated', () => {
    expect(programs(SEED, 30, 10).slice(0, 7)).toEqual(programs(SEED, 7, 10));
  });

  test('have exactly the number of steps that was asked for', () => {
    for (const steps of [1, 2, 33, 150]) {
      expect(programs(SEED, 3, steps).map((program) => program.steps.length)).toEqual([steps, steps, steps]);
    }
  });

  test('do something: most calls change the state, many move several VMAs, some fail part-way', async () => {
    const { statistics } = await runFuzz({ seed: SEED, programs: 500, steps: 32, properties: none });
    const { steps, changing, multiMoves, partWay } = statistics;
    expect(changing / steps).toBeGreaterThan(0.6);
    expect(multiMoves / steps).toBeGreaterThan(0.05);
    expect(partWay / steps).toBeGreaterThan(0.01);
  });

  test('meet every call and the errors that matter', async () => {
    const { statistics } = await runFuzz({ seed: SEED, programs: 300, steps: 32, properties: none });
    const calls = ['mmap', 'munmap', 'mprotect', 'mremap', 'mlock2', 'munlock', 'mseal', 'load', 'store'];
    expect(Object.keys(statistics.calls)).toEqual(expect.arrayContaining([...calls, 'uffdRegister', 'uffdUnregister']));
    const errors = ['EINVAL', 'EPERM', 'EFAULT', 'ENOMEM', 'EEXIST', 'SIGSEGV', 'SIGBUS'];
    expect(Object.keys(statistics.errors)).toEqual(expect.arrayContaining(errors));
  });

  test('never move to a fixed address and drop more than 16 pages, which leaks memory of a live machine for good', () => {
    for (const { steps } of programs(SEED, 500, 32)) {
      for (const step of steps) {
        if (step.op !== 'mremap' || (Number(step.args.flags) & 2) === 0) continue;
        const up = (hex: `0x${string}`): bigint => (parseHex(hex) + 0xfffn) >> 12n;
        expect(up(step.args.oldLen) - up(step.args.newLen)).toBeLessThanOrEqual(16n);
      }
    }
  });

  test('can be written and read back', async () => {
    const written = programs(SEED, 5, 20);
    const lines = written.flatMap((program) => [...formatProgram(program)]);
    const read: Program[] = [];
    for await (const program of readPrograms(lines)) read.push(program);
    expect(read).toEqual(written);
  });

  test('of the whole alphabet make every call, each only where the program has what it takes', () => {
    const wide = [...generatePrograms({ seed: SEED, programs: 200, steps: 32, alphabet: 'all' })];
    const calls = new Set(wide.flatMap(({ steps }) => steps.map(({ op }) => op)));
    const others = [
      'madvise',
      'mlock',
      'mlockall',
      'munlockall',
      'msync',
      'mincore',
      'brk',
      'setLimit',
      'setCapability',
    ];
    expect([...calls]).toEqual(expect.arrayContaining([...others, 'mremap', 'uffdRegister', 'uffdClose']));
    for (const { steps, uffd, brk, limits } of wide) {
      const contexts = steps.flatMap((step) =>
        step.op.startsWith('uffd') ? [(step.args as { ctx?: string }).ctx] : [],
      );
      if (uffd === null) expect(contexts).toEqual([]);
      else if (uffd.contexts === undefined) expect(contexts.filter((ctx) => ctx !== undefined)).toEqual([]);
      else expect(Object.keys(uffd.contexts)).toEqual(expect.arrayContaining([...new Set(contexts)]));
      if (brk === undefined) expect(steps.some(({ op }) => op === 'brk')).toBe(false);
      if (limits === undefined) expect(steps.some(({ op }) => op === 'setLimit' || op === 'setCapability')).toBe(false);
    }
  });

  test('come from a fast-check arbitrary too', () => {
    fc.assert(
      fc.property(programArbitrary({ min: 2, max: 9 }), ({ steps }) => steps.length >= 2 && steps.length <= 9),
      { seed: SEED, numRuns: 50 },
    );
  });
});
