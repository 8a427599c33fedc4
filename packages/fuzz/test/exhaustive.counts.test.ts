import { parseHex, type Program } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { alphabetSize, exhaustivePrograms } from '../src/index.js';

const START = 0x10000000n;

/** The lowest page that a program names. */
function lowest({ steps }: Program): number {
  const pages = steps.flatMap(({ op, args }) => {
    const named = Object.entries(args).filter(([name]) => /addr/i.test(name));
    return named
      .filter(([name]) => op !== 'mremap' || name === 'oldAddr' || (Number(args.flags) & 2) !== 0)
      .map(([, value]) => Number(parseHex(value as `0x${string}`) / 4096n - START));
  });
  return Math.min(...pages);
}

describe('exhaustive programs', () => {
  test.each([
    [1, 25, 5_315],
    [2, 82, 141_166],
  ])('over %i pages: %i calls, %i programs, each once', (pages, calls, programs) => {
    expect(alphabetSize(pages)).toBe(calls);
    const texts = new Set<string>();
    let count = 0;
    for (const { steps } of exhaustivePrograms(pages)) {
      count += 1;
      texts.add(JSON.stringify(steps));
    }
    expect(count).toBe(programs);
    expect(texts.size).toBe(programs);
  });

  test('begin with a mapping and name the first page', () => {
    const fits = (program: Program): boolean =>
      program.steps[0]?.op === 'mmap' && lowest(program) === 0 && program.steps.length <= 3;
    expect([...exhaustivePrograms(2)].filter((program) => !fits(program))).toEqual([]);
  });

  test('go on where a run was interrupted', () => {
    const all = [...exhaustivePrograms(1)];
    expect([...exhaustivePrograms(1, 5000)]).toEqual(all.slice(5000));
  });
});
