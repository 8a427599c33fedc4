import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_VMA, type Vma } from '@vmacheck/model';
import { Chunk } from '../src/chunk.js';

/** VMAs of at most 3 pages with holes of at most 3 between them, some of files. */
const lists = fc
  .array(fc.record({ hole: fc.nat(3), pages: fc.integer({ min: 1, max: 3 }), file: fc.nat(3), pgoff: fc.nat(9) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((parts) => {
    const list: Vma[] = [];
    for (const { hole, pages, file, pgoff } of parts) {
      const start = (list.at(-1)?.end ?? 0) + hole;
      list.push({ ...NO_VMA, start, end: start + pages, file, pgoff });
    }
    return list;
  });

const ofFile = (list: readonly Vma[], file: number, from: number, to: number) =>
  list.filter((vma) => vma.file === file && vma.pgoff < to && from < vma.pgoff + vma.end - vma.start);

const widest = (list: readonly Vma[]) =>
  list.reduce((most, vma, i) => Math.max(most, vma.start - (list[i - 1]?.end ?? vma.start)), 0);

describe('a chunk', () => {
  test('finds who maps pages of a file, and its widest hole, also after a change', () => {
    const asked = fc.record({ file: fc.integer({ min: 1, max: 3 }), from: fc.nat(12), count: fc.nat(4) });
    fc.assert(
      fc.property(lists, lists, asked, fc.nat(8), (list, fresh, { file, from, count }, at) => {
        const chunk = new Chunk(list.slice(), {});
        const check = (expected: readonly Vma[]): void => {
          expect(chunk.ofFile(file, from, from + count)).toEqual(ofFile(expected, file, from, from + count));
          expect(chunk.widestHole).toBe(widest(expected));
        };
        check(list);
        const gone = list[Math.min(at, list.length - 1)] as Vma;
        const [first] = fresh as [Vma];
        const instead = { ...first, start: gone.start, end: gone.end };
        chunk.splice(list.indexOf(gone), gone.end, [instead]);
        check(list.map((vma) => (vma === gone ? instead : vma)));
      }),
      { numRuns: 300 },
    );
  });

  test('looks at the borders of what is asked', () => {
    const vma = { ...NO_VMA, start: 10, end: 13, file: 1, pgoff: 5 };
    const chunk = new Chunk([vma], {});
    const asked = [
      [0, 5],
      [0, 6],
      [7, 9],
      [8, 9],
    ] as const;
    expect(asked.map(([from, to]) => chunk.ofFile(1, from, to).length)).toEqual([0, 1, 1, 0]);
    expect(chunk.ofFile(2, 0, 99)).toEqual([]);
  });
});
