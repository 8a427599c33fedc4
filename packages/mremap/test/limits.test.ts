import { describe, expect, test } from 'vitest';
import { type Limits, mlock2, PROFILES, type Release, setCapability, type SpaceOptions } from '@vmacheck/model';
import {
  at,
  BASE,
  DONTUNMAP,
  FIXED,
  FIXED_DONTUNMAP,
  len,
  map,
  MAYMOVE,
  newSpace,
  PROT,
  remap,
  show,
} from './helpers.js';

const PAGE = 4096;

/** The result and the layout of a call on [0,4) locked, with [20,24) in the way. */
const locked = (call: readonly [number, number, number, bigint, number?], options: SpaceOptions) => {
  const space = newSpace({ capIpcLock: false, ...options });
  map(space, 20, 24, { prot: PROT.r });
  map(space, 0, 4);
  mlock2(space, at(0), len(4), 1n);
  return [remap(space, ...call), show(space)];
};

describe('RLIMIT_MEMLOCK', () => {
  const limits = { memlock: 5 * PAGE };

  test('refuses growth beyond it, before the destination is unmapped', () => {
    expect(locked([0, 4, 5, 0n], { limits })).toEqual([0, '[0,5)rw-p+lf [20,24)r--p']);
    expect(locked([0, 4, 6, FIXED, 20], { limits })).toEqual(['EAGAIN', '[0,4)rw-p+lf [20,24)r--p']);
  });

  test('refuses after the destination is gone in old releases', () => {
    const options = { limits, profile: PROFILES['6.16'] };
    expect(locked([0, 4, 6, FIXED, 20], options)).toEqual(['EAGAIN', '[0,4)rw-p+lf']);
  });

  test('is nothing to who holds CAP_IPC_LOCK, and nothing that DONTUNMAP asks', () => {
    expect(locked([0, 4, 6, 0n], { limits, capIpcLock: true })[0]).toBe(0);
    expect(locked([0, 4, 4, DONTUNMAP, 40], { limits })[0]).toBe(40);
  });
});

describe('RLIMIT_AS and RLIMIT_DATA', () => {
  const grown = (limits: Partial<Limits>, prot: bigint = PROT.rw): number | string => {
    const space = newSpace({ limits });
    map(space, 0, 4, { prot });
    return remap(space, 0, 4, 6, MAYMOVE);
  };

  test('count what is added', () => {
    expect([grown({ as: 5 * PAGE }), grown({ as: 6 * PAGE })]).toEqual(['ENOMEM', 0]);
    expect([grown({ data: 5 * PAGE }), grown({ data: 5 * PAGE }, PROT.r)]).toEqual(['ENOMEM', 0]);
  });

  test('refuse DONTUNMAP after its destination is gone', () => {
    const space = newSpace({ limits: { as: 8 * PAGE } });
    map(space, 0, 4);
    map(space, 20, 24, { prot: PROT.r });
    expect(remap(space, 0, 4, 4, FIXED_DONTUNMAP, 22)).toBe('ENOMEM');
    expect(show(space)).toBe('[0,4)rw-p [20,22)r--p');
    expect(remap(space, 0, 4, 4, FIXED, 22)).toBe(22);
  });
});

describe('vm.max_map_count', () => {
  /** The least number of mappings that must still be possible; [0,4) and [6,7) are there. */
  const needs = (release: Release, call: readonly [number, number, number, bigint, number?]): number => {
    for (let spare = 0; spare < 20; spare += 1) {
      const space = newSpace({ profile: PROFILES[release], limits: { maxMapCount: 2 + spare } });
      map(space, 0, 4);
      map(space, 6, 7, { prot: PROT.r });
      if (remap(space, ...call) !== 'ENOMEM') return spare;
    }
    return NaN;
  };

  // As seen on the kernels, booted with few mappings allowed.
  test.each<[Release, number, number, number, number, number]>([
    ['6.1', 0, 4, 6, 6, 0],
    ['6.16', 0, 4, 6, 6, 0],
    ['6.18', 0, 4, 6, 6, 0],
    ['7.0', 0, 4, 6, 6, 0],
    ['7.1', 4, 4, 4, 4, 4],
    ['7.2', 4, 4, 4, 5, 4],
    ['7.3', 4, 4, 4, 5, 4],
  ])('%s', (release, noOp, growingMove, fixed, dontUnmap, nothingThere) => {
    expect(needs(release, [0, 4, 4, 0n])).toBe(noOp);
    expect(needs(release, [0, 4, 8, MAYMOVE])).toBe(growingMove);
    expect(needs(release, [0, 4, 4, FIXED, 20])).toBe(fixed);
    expect(needs(release, [0, 4, 4, DONTUNMAP, 20])).toBe(dontUnmap);
    expect(needs(release, [40, 1, 1, 0n])).toBe(nothingThere);
  });

  test.each<[Release, string, string]>([
    ['6.12', 'EFAULT', 'EINVAL'],
    ['6.16', 'ENOMEM', 'ENOMEM'],
    ['6.18', 'ENOMEM', 'EINVAL'],
    ['7.3', 'ENOMEM', 'EINVAL'],
  ])('%s: what comes first where there is no room', (release, nothingThere, overlap) => {
    const space = newSpace({ profile: PROFILES[release], limits: { maxMapCount: 1 } });
    map(space, 0, 4);
    expect(remap(space, 40, 1, 1, FIXED, 20)).toBe(nothingThere);
    expect(remap(space, 0, 4, 4, FIXED, 1)).toBe(overlap);
  });

  test.each<[Release, number, number]>([
    ['6.18', 6, 3],
    ['6.18', 10, 7],
    ['7.1', 4, 3],
    ['7.3', 8, 7],
  ])('%s, room for %i: DONTUNMAP of 8 mappings leaves %i copies behind', (release, spare, copies) => {
    const space = newSpace({ profile: PROFILES[release], limits: { maxMapCount: 8 + spare } });
    for (let page = 0; page < 8; page += 1) map(space, page, page + 1, { prot: page % 2 === 0 ? PROT.r : PROT.rw });
    expect(remap(space, 0, 8, 8, FIXED_DONTUNMAP, 20)).toBe('ENOMEM');
    expect(space.vmas.length).toBe(8 + copies);
  });
});

describe('vm.mmap_min_addr without CAP_SYS_RAWIO', () => {
  const poor = (start: number) => {
    const space = newSpace({ mmapMin: BASE + 2 });
    map(space, start, start + 4);
    setCapability(space, 'CAP_SYS_RAWIO', false);
    return space;
  };

  test('refuses a low destination once what lay there is gone, and the tail of the source', () => {
    const space = poor(8);
    expect(remap(space, 8, 4, 2, FIXED, 0)).toBe('EPERM');
    expect(show(space)).toBe('[8,10)rw-p');
    expect(remap(space, 8, 2, 2, DONTUNMAP, 1)).toBe('EPERM');
    expect(remap(space, 8, 2, 2, FIXED, 2)).toBe(2);
  });

  test('low memory may not grow where it is', () => {
    expect(remap(poor(1), 1, 4, 5, 0n)).toBe('ENOMEM');
    expect(remap(poor(1), 1, 4, 5, MAYMOVE)).toBe(95);
  });
});
