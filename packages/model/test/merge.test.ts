import { describe, expect, test } from 'vitest';
import {
  AddressSpace,
  type MergeDecision,
  mlock2,
  mprotect,
  mseal,
  munmap,
  NO_VMA,
  uffdRegister,
  type Vma,
} from '@vmacheck/model';
import { mergeNewRange } from '../src/merge-new.js';
import { modifyVma } from '../src/modify.js';
import { at, BASE, hidden, len, map, MAP, newSpace, PROT, show, touch } from './helpers.js';

const rw: Vma = { ...NO_VMA, read: true, write: true, account: true };
const vma = (start: number, end: number, rest: Partial<Vma> = {}): Vma => ({
  ...rw,
  start,
  end,
  pgoff: start,
  ...rest,
});

describe('a new range', () => {
  const grown = (left: Partial<Vma> | null, right: Partial<Vma> | null, x: Partial<Vma> = {}): string => {
    const vmas = [...(left ? [vma(0, 2, left)] : []), ...(right ? [vma(4, 6, right)] : [])];
    const space = AddressSpace.create({ vmas });
    const { start, end, pgoff, anonVma, ...attributes } = vma(2, 4, x);
    const next = space.tree.find(end);
    mergeNewRange(space, {
      site: 'copy',
      start,
      end,
      pgoff,
      attributes,
      anonVma,
      prev: space.tree.findBefore(start),
      next,
    });
    return space.vmas.map((v) => `[${v.start},${v.end})a${v.anonVma}p${v.pgoff}`).join(' ');
  };

  //   |PP|xx|NN|
  test('grows the previous VMA', () => expect(grown({}, null)).toBe('[0,4)a0p0'));
  test('grows the next VMA down, with the page offset of the range', () => expect(grown(null, {})).toBe('[2,6)a0p2'));
  test('joins both', () => expect(grown({}, {})).toBe('[0,6)a0p0'));

  //   A of the range, T of the neighbour -> what the merged VMA has
  test.each([
    [0, 0, '[0,4)a0p0'],
    [5, 0, '[0,4)a5p0'],
    [0, 5, '[0,4)a5p0'],
    [5, 5, '[0,4)a5p0'],
    [5, 6, '[0,2)a6p0'],
  ])('with anon_vma %i beside a VMA with %i gives %s', (a, t, expected) => {
    expect(grown({ anonVma: t }, null, { anonVma: a })).toBe(expected);
  });

  test.each([
    [1, 0, 2, '[0,4)a1p0 [4,6)a2p4'],
    [1, 0, 1, '[0,6)a1p0'],
    [0, 0, 2, '[0,6)a2p0'],
    [1, 1, 0, '[0,6)a1p0'],
    [0, 3, 0, '[0,6)a3p0'],
  ])('between anon_vmas: prev %i, range %i, next %i give %s', (prev, x, next, expected) => {
    expect(grown({ anonVma: prev }, { anonVma: next }, { anonVma: x })).toBe(expected);
  });

  test.each([
    ['read', { read: false }],
    ['write', { write: false }],
    ['exec', { exec: true }],
    ['account', { account: false }],
    ['noreserve', { noreserve: true }],
    ['shared', { shared: true }],
    ['file', { file: 9 }],
    ['locked', { locked: true }],
    ['lockonfault', { lockonfault: true }],
    ['sealed', { sealed: true }],
    ['uffd', { uffd: 1 }],
    ['page offset', { pgoff: 1 }],
  ])('does not merge when %s differs', (_name, other) => {
    expect(grown(other, null)).toBe(`[0,2)a0p${'pgoff' in other ? 1 : 0}`);
  });
});

describe('a part of a VMA that gets other attributes', () => {
  const rest = (x: Partial<Vma>): Partial<Vma> => ({ ...x, write: true, account: true });
  const changed = (start: number, end: number, left: boolean, right: boolean): string => {
    const vmas = [vma(0, 2, rest({ exec: left })), vma(2, 6), vma(6, 8, rest({ exec: right }))];
    const space = AddressSpace.create({ vmas });
    modifyVma(space, vmas[1] as Vma, start, end, { ...vma(2, 6), exec: true });
    expect(space.mapCount).toBe(space.vmas.length);
    for (const v of space.vmas) expect(v.pgoff).toBe(v.start);
    return space.vmas.map((v) => `[${v.start},${v.end})${v.exec ? 'x' : '-'}`).join(' ');
  };

  test.each([
    //          |PP|mmmm|NN|
    ['both', 2, 6, true, true, '[0,8)x'],
    ['left, all of it', 2, 6, true, false, '[0,6)x [6,8)-'],
    ['left, a part', 2, 4, true, true, '[0,4)x [4,6)- [6,8)x'],
    ['right, all of it', 2, 6, false, true, '[0,2)- [2,8)x'],
    ['right, a part', 4, 6, true, true, '[0,2)x [2,4)- [4,8)x'],
    ['nothing, in the middle', 3, 5, true, true, '[0,2)x [2,3)- [3,5)x [5,6)- [6,8)x'],
    ['nothing, split at the end', 2, 4, false, true, '[0,2)- [2,4)x [4,6)- [6,8)x'],
  ])('merges %s', (_shape, start, end, left, right, expected) => {
    expect(changed(start, end, left, right)).toBe(expected);
  });

  test('takes the anon_vma that one of three has', () => {
    for (const owner of [0, 1, 2]) {
      const vmas = [vma(0, 2, { exec: true }), vma(2, 4), vma(4, 6, { exec: true })].map((v, i) => ({
        ...v,
        anonVma: i === owner ? 3 : 0,
      }));
      const space = AddressSpace.create({ vmas });
      modifyVma(space, vmas[1] as Vma, 2, 4, { ...rw, exec: true });
      expect(space.vmas.map((v) => [v.start, v.end, v.anonVma])).toEqual([[0, 6, 3]]);
    }
  });
});

describe('merging through calls', () => {
  test('a hole in written memory that is mapped again becomes one VMA with both sides', () => {
    //  before  |AA|..|AA|     after  |AAAAAA|
    const space = newSpace();
    map(space, 0, 6);
    touch(space, 0, 6);
    munmap(space, at(2), len(2));
    expect(show(space)).toBe('[0,2)rw-p [4,6)rw-p');
    map(space, 2, 4);
    expect(show(space)).toBe('[0,6)rw-p');
  });

  test('read-only memory that was writable and written keeps its charge and merges with no fresh read-only mapping', () => {
    const space = newSpace();
    map(space, 0, 2);
    touch(space, 0, 2);
    mprotect(space, at(0), len(2), PROT.r);
    map(space, 2, 4, { prot: PROT.r });
    expect(space.vmas.map((v) => v.account)).toEqual([true, false]);
  });

  test('splitting and setting back gives one VMA again', () => {
    const space = newSpace();
    map(space, 0, 6);
    const before = space.snapshot();
    mprotect(space, at(2), len(2), PROT.rwx);
    expect(show(space)).toBe('[0,2)rw-p [2,4)rwxp [4,6)rw-p');
    mprotect(space, at(2), len(2), PROT.rw);
    expect(space.snapshot()).toEqual(before);
  });

  test('locks, seals and registrations merge when they are equal', () => {
    const space = newSpace();
    map(space, 0, 6);
    mlock2(space, at(0), len(3), 1n);
    mlock2(space, at(3), len(3), 1n);
    uffdRegister(space, at(0), len(2), 1n);
    uffdRegister(space, at(2), len(4), 1n);
    mseal(space, at(3), len(3), 0n);
    mseal(space, at(0), len(3), 0n);
    expect(show(space)).toBe('[0,6)rw-p+lf+sl+u1');
  });

  test('says which rule refused a merge, with the values', () => {
    const space = newSpace();
    map(space, 0, 2);
    touch(space, 0, 2);
    map(space, 4, 6);
    touch(space, 4, 6);
    const decisions: MergeDecision[] = [];
    space.explain = (decision) => decisions.push(decision);
    map(space, 2, 4);
    expect(decisions.map((d) => [d.side, d.merged, d.rule])).toEqual([
      ['left', true, ''],
      ['right', true, ''],
      ['both', false, 'anon_vma differs: the VMAs on the two sides have 1 and 2'],
    ]);
    map(space, 6, 8, { prot: PROT.r });
    expect(decisions.at(-2)?.rule).toBe('attributes differ: write is true there and false here');
    expect(decisions.at(-1)?.rule).toBe('nothing there');
    map(space, 9, 10, { file: 1, pgoff: 10 });
    expect(decisions.at(-2)?.rule).toBe('not adjacent');
    const rules = (): (string | undefined)[] => decisions.slice(-2).map(({ rule }) => rule);
    map(space, 10, 11, { file: 1, pgoff: 20 });
    expect(rules()).toEqual(['pgoff not contiguous: 20, expected 11', 'nothing there']);
    map(space, 12, 14, { file: 2, pgoff: 5 });
    map(space, 11, 12, { file: 2, pgoff: 1 });
    expect(rules()).toEqual(['attributes differ: file is 1 there and 2 here', 'pgoff not contiguous: 1, expected 4']);
    mprotect(space, at(13), len(1), PROT.r);
    expect(decisions.at(-1)).toMatchObject({ site: 'modify', side: 'right', rule: 'nothing there' });
  });
});

test('private mappings of one file merge only where their offsets go on', () => {
  const space = newSpace();
  map(space, 0, 2, { file: 1, pgoff: 10 });
  map(space, 2, 4, { file: 1, pgoff: 12 });
  map(space, 4, 6, { file: 1, pgoff: 20 });
  map(space, 6, 8, { file: 2, pgoff: 22 });
  expect(show(space)).toBe('[0,4)rw-p [4,6)rw-p [6,8)rw-p');
  expect(hidden(space)[1]).toEqual([20, 0]);
  expect(BASE).toBeGreaterThan(0);
});

test('each shared anonymous mapping has an object of its own and never merges with another', () => {
  const space = newSpace();
  map(space, 0, 2, { flags: MAP.shared | MAP.anon });
  map(space, 2, 4, { flags: MAP.shared | MAP.anon });
  expect(show(space)).toBe('[0,2)rw-s [2,4)rw-s');
});
