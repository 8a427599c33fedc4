import type { Program, Step } from '@vmacheck/trace';
import { toHex } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { explainStep } from '../src/index.js';

const BASE = 0x10000000;
const at = (page: number): `0x${string}` => toHex((BASE + page) * 4096);
const bytes = (pages: number): `0x${string}` => toHex(pages * 4096);
const mmap = (page: number, pages: number, prot = 3): Step => ({
  op: 'mmap',
  args: { addr: at(page), length: bytes(pages), prot, flags: 0x32, fd: -1, offset: '0x0' },
});
const store = (page: number): Step => ({ op: 'store', args: { addr: at(page), value: '0x1' } });
const move = (from: number, to: number, pages: number): Step => ({
  op: 'mremap',
  args: { oldAddr: at(from), oldLen: bytes(pages), newLen: bytes(pages), flags: 3, newAddr: at(to) },
});
const program = (steps: readonly Step[]): Program => ({
  id: 'explained',
  kernel: '6.18.44',
  arch: 'x86_64',
  pageSize: 4096,
  window: { start: at(0), end: at(48) },
  files: {},
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
  steps,
});

describe('explainStep', () => {
  test('names the check that refuses', () => {
    const { result, why, merges } = explainStep(program([move(0, 8, 2)]), 0);
    expect(result).toEqual({ errno: 'EFAULT' });
    expect(why).toMatch(/^mremap: /);
    expect(merges).toEqual([]);
  });

  test('names the attribute that keeps two mappings apart', () => {
    const { merges } = explainStep(program([mmap(0, 2, 1), mmap(2, 2)]), 1);
    const [left] = merges;
    expect(left).toMatchObject({ side: 'left', merged: false, site: 'newRange', start: BASE + 2, end: BASE + 4 });
    expect(left?.rule).toMatch(/^attributes differ: write is false there and true here$/);
  });

  test('says of page offsets that do not meet which move made them so', () => {
    const { merges } = explainStep(program([mmap(0, 2), store(0), move(0, 2, 2), mmap(4, 2)]), 3);
    expect(merges[0]).toMatchObject({
      side: 'left',
      merged: false,
      rule: `pgoff not contiguous: ${BASE + 4}, expected ${BASE + 2}`,
      because: [{ step: 2, from: BASE, to: BASE + 2, len: 2, written: true }],
    });
  });

  test('tells of a merge that it was made', () => {
    const { merges, before, after } = explainStep(program([mmap(0, 2), mmap(2, 2)]), 1);
    expect(merges.filter(({ merged }) => merged)).toMatchObject([{ side: 'left', rule: '' }]);
    expect([before.length, after.length]).toEqual([1, 1]);
  });

  test('names the two anon_vmas that keep one VMA on each side from becoming one', () => {
    const { merges } = explainStep(program([mmap(0, 2), store(0), mmap(4, 2), store(4), mmap(2, 2)]), 4);
    const both = merges.find(({ side }) => side === 'both');
    expect(both).toMatchObject({
      merged: false,
      rule: expect.stringMatching(/^anon_vma differs: the VMAs on the two sides have (\d+) and (\d+)$/),
    });
    expect(new Set(both?.rule.match(/\d+/g)).size).toBe(2);
  });

  test('names the anon_vma of what came by fork, on either side', () => {
    const steps: Step[] = [mmap(0, 2), store(0), { op: 'fork', args: {} }, { ...mmap(2, 2), proc: 1 }];
    expect(explainStep(program(steps), 3).merges[0]).toMatchObject({
      side: 'left',
      rule: expect.stringMatching(/^anon_vma differs: [1-9]\d* there and 0 here$/),
    });
  });

  test('names flags that differ by their codes', () => {
    const advise: Step = { op: 'madvise', args: { addr: at(0), length: bytes(2), advice: 10 } };
    const { merges } = explainStep(program([mmap(0, 2), advise, mmap(2, 2)]), 2);
    expect(merges[0]?.rule).toBe('attributes differ: flags "dc" there and "" here');
  });

  test('says what was expected of the page offset on the right, too', () => {
    const { merges } = explainStep(program([mmap(4, 2), store(4), move(4, 2, 2), mmap(0, 2)]), 3);
    expect(merges.find(({ side }) => side === 'right')).toMatchObject({
      merged: false,
      rule: `pgoff not contiguous: ${BASE}, expected ${BASE + 2}`,
    });
  });

  test('has nothing to say of a step that is not there', () => {
    expect(() => explainStep(program([]), 0)).toThrow('the program has no step 0');
  });
});
