import { describe, expect, test } from 'vitest';
import {
  type Call,
  type Profile,
  relationGroup,
  type Result,
  type Space,
  stepDifference,
  stepRelation,
} from '../src/index.js';

const profile: Profile = {
  dontunmapClearsAccount: false,
  dontunmapCountsLockedTwice: false,
  partialDontunmapUnlocksAll: false,
  fixedShrinkLeaksCommit: false,
  uffdResetHitsMerged: false,
  unlockHitsMerged: false,
  unmergeableDropsHighFlags: false,
  copyLosesAnonVma: false,
  forkedCopyJoins: false,
  dontunmapResetsOffset: false,
  dontunmapJoinsSource: true,
  dontunmapCountsOneMore: false,
  unregisteredCopyJoins: true,
  uffdRegisterKeepsWriteProtect: false,
  privateFilesHaveAnonOffset: false,
  mapsCountedUnderLock: false,
  guardsAreMarked: true,
  msealExists: true,
  guardRegionsExist: true,
  populateSkipsHoles: false,
  mprotectReadOnlyDropsAccount: true,
  newRangeAsksNextFirst: false,
  mmapLimitsBeforeSplit: false,
  faultedJoinsUnfaulted: true,
  uffdMergesByFirstOffset: false,
  uffdUnregistersOwnOnly: true,
  newAddressCheckedBeforeLookup: true,
  targetRangeBeforeLookup: true,
  dontunmapComparesRawLengths: false,
  checksBeforeUnmap: true,
  multiVmaMove: true,
};
const vma = {
  start: 1,
  end: 3,
  pgoff: 1,
  read: true,
  write: true,
  exec: false,
  shared: false,
  file: 0,
  account: true,
  noreserve: false,
  locked: false,
  lockonfault: false,
  sealed: false,
  uffd: 0,
  ctx: 0,
  extra: 0,
  anonVma: 1,
};
const none: Call = {
  op: '',
  addr: 0,
  len: 0,
  newAddr: 0,
  newLen: 0,
  mayMove: false,
  fixed: false,
  dontUnmap: false,
  noReplace: false,
  read: false,
  write: false,
  exec: false,
  shared: false,
  noreserve: false,
  locked: false,
  populate: false,
  file: 0,
  pgoff: 0,
  onFault: false,
  mode: 0,
  ctx: 0,
  advice: '',
  argClass: 'ok',
};
const ok = (value: number): Result => ({ ok: true, value, errno: '' });
const failed = (errno: string): Result => ({ ok: false, value: 0, errno });

/** Two pages, written, move from page 1 to page 9. */
const before: Space = {
  vmas: [vma],
  frames: new Map([
    [1, 7],
    [2, 8],
  ]),
  guards: new Map(),
  mapCount: 1,
  totalVm: 2,
  lockedVm: 0,
  committed: 2,
  forkedBelow: 0,
  lockFuture: false,
  onFaultFuture: false,
  heapStart: 0,
  heapEnd: 0,
  hearsMoves: new Map(),
  limits: { maps: 65530, as: 2 ** 40, data: 2 ** 40, memlock: 2 ** 40, ipcLock: true },
  elsewhere: { maps: 0, total: 0, data: 0, locked: 0 },
};
const move: Call = { ...none, op: 'mremap', addr: 1, len: 2, newAddr: 9, newLen: 2, mayMove: true, fixed: true };
const after: Space = {
  ...before,
  vmas: [{ ...vma, start: 9, end: 11 }],
  frames: new Map([
    [9, 7],
    [10, 8],
  ]),
};

describe('the step relation', () => {
  test('allows what the specification says', () => {
    expect(stepDifference(before, move, ok(9), after, profile)).toBe('');
  });

  const moved = after.vmas.map((v) => v);
  const wrong: readonly (readonly [string, string, Result, Space])[] = [
    ['result', 'another address', ok(8), after],
    ['result', 'an error', failed('EFAULT'), before],
    ['map', 'a VMA too many', ok(9), { ...after, vmas: [...before.vmas, ...moved] }],
    ['map', 'another end', ok(9), { ...after, vmas: moved.map((v) => ({ ...v, end: 12 })) }],
    ['map', 'another page offset', ok(9), { ...after, vmas: moved.map((v) => ({ ...v, pgoff: 9 })) }],
    ['map', 'a lost permission', ok(9), { ...after, vmas: moved.map((v) => ({ ...v, write: false })) }],
    ['map', 'another anon_vma', ok(9), { ...after, vmas: moved.map((v) => ({ ...v, anonVma: 0 })) }],
    ['pages', 'a page that is lost', ok(9), { ...after, frames: new Map([[9, 7]]) }],
    ['pages', 'a page that is doubled', ok(9), { ...after, frames: new Map([...after.frames, [11, 8]]) }],
    [
      'pages',
      'pages in reverse',
      ok(9),
      {
        ...after,
        frames: new Map([
          [9, 8],
          [10, 7],
        ]),
      },
    ],
    ['mapCount', 'map_count', ok(9), { ...after, mapCount: 2 }],
    ['totalVm', 'total_vm', ok(9), { ...after, totalVm: 4 }],
    ['lockedVm', 'locked_vm', ok(9), { ...after, lockedVm: 2 }],
    ['committed', 'the commit charge', ok(9), { ...after, committed: 4 }],
    ['guards', 'a guard page', ok(9), { ...after, guards: new Map([[9, true]]) }],
    ['process', 'what future memory gets', ok(9), { ...after, lockFuture: true }],
    ['process', 'the end of the heap', ok(9), { ...after, heapEnd: 5 }],
  ];
  test.each(wrong)('differs in its %s: %s', (difference, _what, result, seen) => {
    expect(stepDifference(before, move, result, seen, profile)).toBe(difference);
    expect(stepRelation.every(({ holds }) => holds(before, move, result, seen, profile))).toBe(false);
  });

  test('excuses a limit that the functions do not know, and no other error', () => {
    expect(stepDifference(before, move, failed('ENOMEM'), before, profile)).toBe('');
    expect(stepDifference(before, move, failed('EPERM'), before, profile)).toBe('result');
  });

  test('knows the limits of the process', () => {
    const full: Space = { ...before, limits: { ...before.limits, maps: 6 } };
    expect(stepDifference(full, move, ok(9), { ...after, limits: full.limits }, profile)).toBe('result');
    expect(stepDifference(full, move, failed('ENOMEM'), full, profile)).toBe('');
  });

  test('knows what came by fork', () => {
    const written: Space = {
      ...before,
      vmas: [
        { ...vma, end: 2 },
        { ...vma, start: 2, pgoff: 2, read: false, anonVma: 0 },
      ],
    };
    const call: Call = { ...none, op: 'mprotect', addr: 2, len: 1, read: true, write: true };
    const apart = { ...written, mapCount: 2, frames: new Map([[1, 7]]) };
    const two = {
      ...apart,
      vmas: [
        { ...vma, end: 2 },
        { ...vma, start: 2, pgoff: 2, anonVma: 0 },
      ],
    };
    const one = { ...apart, vmas: [vma], mapCount: 1 };
    const byFork = { forkedBelow: 2 };
    expect(stepDifference(apart, call, ok(0), one, profile)).toBe('');
    expect(stepDifference({ ...apart, ...byFork }, call, ok(0), { ...two, ...byFork }, profile)).toBe('');
    expect(stepDifference({ ...apart, ...byFork }, call, ok(0), { ...one, ...byFork }, profile)).toBe('map');
  });

  describe('of a page that is watched for', () => {
    const watched: Space = { ...before, vmas: [{ ...vma, uffd: 1, ctx: 1 }], frames: new Map([[2, 8]]) };
    const written: Space = { ...watched, frames: new Map([...watched.frames, [1, 9]]) };
    const load: Call = { ...none, op: 'load', addr: 1, len: 1 };
    const store: Call = { ...load, op: 'store' };

    test('allows that it is missing', () => {
      expect(stepDifference(watched, load, failed('SIGBUS'), watched, profile)).toBe('');
      expect(stepDifference(watched, store, failed('SIGBUS'), watched, profile)).toBe('');
    });

    test('allows that it was read before, so that it is there', () => {
      expect(stepDifference(watched, load, ok(0), watched, profile)).toBe('');
      expect(stepDifference(watched, store, ok(0), written, profile)).toBe('');
    });

    const wrong: readonly (readonly [string, string, Call, Result, Space, Space])[] = [
      ['result', 'another value', load, ok(1), watched, watched],
      ['pages', 'a page that a load brings in', load, ok(0), watched, written],
      ['pages', 'a store that brings no page in', store, ok(0), watched, watched],
      ['mapCount', 'map_count', load, ok(0), watched, { ...watched, mapCount: 2 }],
      ['result', 'a guard page', load, ok(0), { ...watched, guards: new Map([[1, true]]) }, watched],
      ['result', 'no permission', store, ok(0), { ...watched, vmas: [{ ...vma, uffd: 1, write: false }] }, watched],
    ];
    test.each(wrong)('differs in its %s: %s', (difference, _what, call, result, from, seen) => {
      expect(stepDifference(from, call, result, seen, profile)).toBe(difference);
    });
  });

  test('does not speak of private mappings of files where these have two page offsets', () => {
    const later = { ...profile, privateFilesHaveAnonOffset: true };
    const speaks = (s: Space): boolean => {
      const on = relationGroup.subject(s, move, ok(8), after, later);
      return stepRelation.some(({ check }) => check(on) !== 0);
    };
    expect(speaks(before)).toBe(true);
    expect(speaks({ ...before, vmas: [{ ...vma, file: 1 }] })).toBe(false);
  });
});
