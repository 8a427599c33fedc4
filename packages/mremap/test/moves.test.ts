import { describe, expect, test } from 'vitest';
import {
  type AddressSpace,
  intended,
  mlock,
  mlock2,
  mprotect,
  mseal,
  munmap,
  PROFILES,
  uffdRegister,
} from '@vmacheck/model';
import {
  at,
  BASE,
  cameFrom,
  DONTUNMAP,
  FIXED,
  FIXED_DONTUNMAP,
  len,
  map,
  MAP,
  MAYMOVE,
  newSpace,
  PROT,
  remap,
  show,
  touch,
} from './helpers.js';

describe('moving one mapping', () => {
  test('memory that was never written gets the offset of its new place, and merges with its own source', () => {
    //  before  |AAAA|       0,2 -> 4
    //  after   ..|AAAA|
    const space = newSpace();
    map(space, 0, 4);
    expect(remap(space, 0, 2, 2, FIXED, 4)).toBe(4);
    expect(show(space)).toBe('[2,6)rw-p');
    expect([space.committed, space.totalVm, space.mapCount]).toEqual([4, 4, 1]);
  });

  test('memory that was written keeps its offset: moved away it stays apart, moved back it is whole', () => {
    //  before  |AAAA|  after  ..|AA|AA|  and back  |AAAA|
    const space = newSpace();
    map(space, 0, 4);
    touch(space, 0, 1);
    remap(space, 0, 2, 2, FIXED, 4);
    expect(show(space)).toBe('[2,4)rw-p [4,6)rw-p');
    expect(cameFrom(space, 4)).toBe(0);
    remap(space, 4, 2, 2, FIXED, 0);
    expect(show(space)).toBe('[0,4)rw-p');
  });

  test('unwritten memory between two written ones joins the left only, if they differ', () => {
    const space = newSpace();
    map(space, 0, 2);
    touch(space, 0, 1);
    map(space, 4, 6);
    touch(space, 4, 5);
    map(space, 20, 22);
    remap(space, 20, 2, 2, FIXED, 2);
    expect(show(space)).toBe('[0,4)rw-p [4,6)rw-p');
  });

  test('written memory that comes back gives its anon_vma to unwritten neighbours', () => {
    const space = newSpace();
    map(space, 2, 4);
    touch(space, 2, 3);
    remap(space, 2, 2, 2, FIXED, 20);
    map(space, 0, 2);
    map(space, 4, 6);
    remap(space, 20, 2, 2, FIXED, 2);
    expect(show(space)).toBe('[0,6)rw-p');
    expect(space.vmas[0]?.anonVma).toBe(1);
  });

  test('the destination may cut the source and lie in it', () => {
    //  before  |AAAAAAAAAA|   0,2 -> 4   after  ..|AA|AA|AAAA|
    const space = newSpace();
    map(space, 0, 10);
    touch(space, 0, 10);
    remap(space, 0, 2, 2, FIXED, 4);
    expect(show(space)).toBe('[2,4)rw-p [4,6)rw-p [6,10)rw-p');
    expect([cameFrom(space, 4), cameFrom(space, 5), cameFrom(space, 6)]).toEqual([0, 1, 6]);
    expect(space.vmas[1]?.pgoff).toBe(BASE);
  });

  test('a sealed destination or source refuses, and a sealed no-op too', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 4, 6);
    mseal(space, at(4), len(2), 0n);
    expect(remap(space, 0, 2, 2, FIXED, 4)).toBe('EPERM');
    expect(remap(space, 4, 2, 2, 0n)).toBe('EPERM');
    expect(show(space)).toBe('[0,2)rw-p [4,6)rw-p+sl');
  });

  test('a fixed destination that is refused for the source is not touched', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 10, 14);
    expect(remap(space, 0, 3, 4, FIXED, 10)).toBe('EFAULT');
    expect(show(space)).toBe('[0,2)rw-p [10,14)rw-p');
  });
});

describe('growing and shrinking', () => {
  test('grows in place and swallows the next mapping', () => {
    //  |AA|....|AA|  ->  |AAAAAAAA|
    const space = newSpace();
    map(space, 0, 2);
    map(space, 6, 8);
    expect(remap(space, 1, 1, 5, 0n)).toBe(1);
    expect(show(space)).toBe('[0,8)rw-p');
    expect([space.mapCount, space.totalVm, space.committed]).toEqual([1, 8, 8]);
  });

  test('moves when there is no room, or says so', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 4, { prot: PROT.r });
    touch(space, 0, 2);
    expect(remap(space, 0, 2, 3, 0n)).toBe(0);
    expect(remap(space, 0, 3, 4, 0n)).toBe('ENOMEM');
    expect(remap(space, 0, 3, 4, MAYMOVE)).toBe(96);
    expect(show(space)).toBe('[3,4)r--p [96,100)rw-p');
    expect(cameFrom(space, 97)).toBe(1);
  });

  test('part of a mapping moves when it is not its end', () => {
    const space = newSpace();
    map(space, 0, 4);
    expect(remap(space, 0, 2, 3, MAYMOVE)).toBe(97);
    expect(show(space)).toBe('[2,4)rw-p [97,100)rw-p');
    expect(space.committed).toBe(5);
  });

  test('locked memory that grew is populated, in place and elsewhere', () => {
    const space = newSpace();
    map(space, 0, 2);
    mlock(space, at(0), len(2));
    remap(space, 0, 2, 4, 0n);
    expect([space.frames.size, space.lockedVm]).toEqual([4, 4]);
    map(space, 4, 5);
    remap(space, 0, 4, 6, MAYMOVE);
    expect([space.frames.size, space.lockedVm]).toEqual([6, 6]);
  });

  test('shrinks over several mappings and holes', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 5, { prot: PROT.r });
    map(space, 7, 9);
    expect(remap(space, 0, 8, 1, 0n)).toBe(0);
    expect(show(space)).toBe('[0,1)rw-p [8,9)rw-p');
  });

  test('a shrink that meets a sealed mapping changes nothing but splits', () => {
    const space = newSpace();
    map(space, 0, 4);
    mseal(space, at(3), len(1), 0n);
    expect(remap(space, 0, 4, 1, 0n)).toBe('EPERM');
    expect(show(space)).toBe('[0,1)rw-p [1,3)rw-p [3,4)rw-p+sl');
  });

  test('old length 0 maps a shared object once more, and is nothing for private memory', () => {
    const space = newSpace();
    map(space, 0, 4, { file: 1, flags: MAP.shared, pgoff: 3 });
    touch(space, 1, 2);
    expect(remap(space, 1, 0, 2, 0n)).toBe('ENOMEM');
    expect(remap(space, 1, 0, 2, FIXED, 20)).toBe(20);
    expect(show(space)).toBe('[0,4)rw-s [20,22)rw-s');
    expect(space.vmas[1]?.pgoff).toBe(4);
    expect(cameFrom(space, 20)).toBe(1);
    expect(remap(space, 1, 0, 2, FIXED, 1)).toBe('EFAULT');
    expect(show(space)).toBe('[0,1)rw-s [3,4)rw-s [20,22)rw-s');
    map(space, 30, 31);
    expect(remap(space, 30, 0, 2, MAYMOVE)).toBe('EINVAL');
  });
});

describe('moving several mappings', () => {
  //  |AA|.|BB|..|C|
  const three = (): AddressSpace => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 5, { prot: PROT.r });
    map(space, 7, 8);
    touch(space, 0, 2);
    touch(space, 7, 8);
    return space;
  };

  test('keeps holes, and what lies in the destination under them', () => {
    const space = three();
    map(space, 20, 32, { prot: PROT.none });
    expect(remap(space, 0, 8, 8, FIXED, 20)).toBe(20);
    expect(show(space)).toBe('[20,22)rw-p [22,23)---p [23,25)r--p [25,27)---p [27,28)rw-p [28,32)---p');
    expect([cameFrom(space, 20), cameFrom(space, 27)]).toEqual([0, 7]);
  });

  test('takes first and last mapping in part', () => {
    const space = newSpace();
    map(space, 0, 4);
    map(space, 4, 8, { prot: PROT.r });
    remap(space, 2, 4, 4, FIXED, 20);
    expect(show(space)).toBe('[0,2)rw-p [6,8)r--p [20,22)rw-p [22,24)r--p');
  });

  test('a hole at the end is fine, one at the start is not, nor is nothing', () => {
    const space = three();
    expect(remap(space, 2, 6, 6, FIXED, 20)).toBe('EFAULT');
    expect(remap(space, 50, 6, 6, FIXED, 20)).toBe('EFAULT');
    expect(remap(space, 7, 5, 5, FIXED, 20)).toBe(20);
  });

  test('a later registered mapping stops it: what was before has moved, its destination is untouched', () => {
    const space = three();
    uffdRegister(space, at(3), len(2), 1n);
    map(space, 20, 32, { prot: PROT.none });
    expect(remap(space, 0, 8, 8, FIXED, 20)).toBe('EFAULT');
    expect(show(space)).toBe('[3,5)r--p+u1 [7,8)rw-p [20,22)rw-p [22,32)---p');
  });

  test('a registered mapping moves alone only, and a hole behind it is company', () => {
    const space = three();
    uffdRegister(space, at(0), len(2), 1n);
    expect(remap(space, 0, 8, 8, FIXED, 20)).toBe('EFAULT');
    expect(remap(space, 0, 3, 3, FIXED, 20)).toBe('EFAULT');
    expect(remap(space, 0, 2, 2, FIXED, 20)).toBe(20);
    expect(show(space)).toBe('[3,5)r--p [7,8)rw-p [20,22)rw-p');
  });

  test('a sealed source stops before its destination, a sealed destination after the pieces before', () => {
    const source = three();
    mseal(source, at(3), len(2), 0n);
    map(source, 20, 32, { prot: PROT.none });
    expect(remap(source, 0, 8, 8, FIXED, 20)).toBe('EPERM');
    expect(show(source)).toBe('[3,5)r--p+sl [7,8)rw-p [20,22)rw-p [22,32)---p');

    const destination = three();
    map(destination, 20, 32, { prot: PROT.none });
    mseal(destination, at(24), len(1), 0n);
    expect(remap(destination, 0, 8, 8, FIXED, 20)).toBe('EPERM');
    expect(show(destination)).toBe(
      '[3,5)r--p [7,8)rw-p [20,22)rw-p [22,23)---p [23,24)---p [24,25)---p+sl [25,32)---p',
    );
  });

  test('the destination may lie behind the range in its last mapping', () => {
    //  before  |RR|WWWWWWWW|     0,4 -> 6
    //  after   ....|WW|RR|WW|
    const space = newSpace();
    map(space, 0, 2, { prot: PROT.r });
    map(space, 2, 10);
    expect(remap(space, 0, 4, 4, FIXED, 6)).toBe(6);
    expect(show(space)).toBe('[4,6)rw-p [6,8)r--p [8,10)rw-p');
  });

  test('ends at its end when the last piece grew the mapping that it came from', () => {
    //  before  ..|AAAAAA|     8,10 -> 12 DONTUNMAP, never written
    //  after   ..|AAAAAAAA|
    const space = newSpace();
    map(space, 6, 12);
    expect(remap(space, 8, 2, 2, FIXED_DONTUNMAP, 12)).toBe(12);
    expect(show(space)).toBe('[6,14)rw-p');
  });
});

describe('MREMAP_DONTUNMAP', () => {
  test('leaves the old mapping empty and as if never written, with its offset and its charge', () => {
    const space = newSpace();
    map(space, 0, 2);
    touch(space, 0, 2);
    expect(remap(space, 0, 2, 2, DONTUNMAP, 20)).toBe(20);
    expect(show(space)).toBe('[0,2)rw-p [20,22)rw-p');
    expect([cameFrom(space, 0), cameFrom(space, 20), space.committed]).toEqual([undefined, 0, 4]);
    expect(space.vmas.map((v) => [v.pgoff - BASE, v.anonVma])).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test('a part leaves the rest written', () => {
    const space = newSpace();
    map(space, 0, 4);
    touch(space, 0, 4);
    remap(space, 0, 2, 2, FIXED_DONTUNMAP, 20);
    expect(show(space)).toBe('[0,4)rw-p [20,22)rw-p');
    expect(space.vmas[0]?.anonVma).toBe(1);
    expect([cameFrom(space, 0), cameFrom(space, 2), cameFrom(space, 21)]).toEqual([undefined, 2, 1]);
  });

  test('over two mappings needs FIXED', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 2, 4, { prot: PROT.r });
    expect(remap(space, 0, 4, 4, DONTUNMAP, 20)).toBe('EFAULT');
    expect(remap(space, 0, 4, 4, FIXED_DONTUNMAP, 20)).toBe(20);
    expect(show(space)).toBe('[0,2)rw-p [2,4)r--p [20,22)rw-p [22,24)r--p');
  });

  test('a hint that is not free leads elsewhere', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 21, 22);
    expect(remap(space, 0, 2, 2, DONTUNMAP, 20)).toBe(98);
  });
});

describe('defects of the kernel, and what was intended', () => {
  const kernel = PROFILES['6.18'];
  const lockedVm = (old: number, count: number, profile = kernel): [string, number] => {
    const space = newSpace({ profile });
    map(space, 0, 4);
    mlock2(space, at(0), len(4), 0n);
    remap(space, old, count, count, FIXED_DONTUNMAP, 20);
    const after = show(space);
    munmap(space, at(0), len(40));
    return [after, space.lockedVm];
  };

  test('K1a: DONTUNMAP of locked memory counts it twice', () => {
    expect(lockedVm(0, 4)).toEqual(['[0,4)rw-p [20,24)rw-p+lo', 4]);
    expect(lockedVm(0, 4, intended(kernel, 'dontunmapCountsLockedTwice'))[1]).toBe(0);
  });

  test('K1b: DONTUNMAP of a part unlocks the rest, which stays counted', () => {
    const once = intended(kernel, 'dontunmapCountsLockedTwice');
    expect(lockedVm(0, 2, once)).toEqual(['[0,4)rw-p [20,22)rw-p+lo', 2]);
    expect(lockedVm(0, 2, intended(kernel))).toEqual(['[0,2)rw-p [2,4)rw-p+lo [20,22)rw-p+lo', 0]);
  });

  test('K2: a shrinking move to a fixed address charges what it drops', () => {
    const committed = (profile = kernel): number => {
      const space = newSpace({ profile });
      map(space, 0, 8);
      remap(space, 0, 8, 2, FIXED, 20);
      munmap(space, at(0), len(40));
      return space.committed;
    };
    expect([committed(), committed(intended(kernel))]).toEqual([6, 0]);
  });

  test('K3: a registered mapping that moves next to another one takes away its registration', () => {
    const after = (profile = kernel): string => {
      const space = newSpace({ profile });
      map(space, 0, 2);
      map(space, 20, 22);
      uffdRegister(space, at(0), len(2), 1n);
      uffdRegister(space, at(20), len(2), 1n);
      remap(space, 0, 2, 2, FIXED, 22);
      return show(space);
    };
    expect([after(), after(intended(kernel))]).toEqual(['[20,24)rw-p', '[20,22)rw-p+u1 [22,24)rw-p']);
  });

  test('K4: DONTUNMAP of unwritten locked memory onto the range beside it unlocks both', () => {
    const after = (profile = kernel): string => {
      const space = newSpace({ profile });
      map(space, 0, 2, { flags: MAP.private | MAP.anon });
      mlock2(space, at(0), len(2), 1n);
      remap(space, 0, 2, 2, FIXED_DONTUNMAP, 2);
      return show(space);
    };
    expect([after(), after(intended(kernel))]).toEqual(['[0,4)rw-p', '[0,2)rw-p [2,4)rw-p+lf']);
  });

  test('before 6.17.8: DONTUNMAP takes the old mapping off the books', () => {
    const space = newSpace({ profile: { ...kernel, dontunmapClearsAccount: true } });
    map(space, 0, 2);
    remap(space, 0, 2, 2, FIXED_DONTUNMAP, 20);
    munmap(space, at(0), len(40));
    expect(space.committed).toBe(2);
  });
});

test('what mprotect and DONTUNMAP leave can be told apart only by the hidden state', () => {
  const space = newSpace();
  map(space, 0, 2);
  touch(space, 0, 2);
  mprotect(space, at(0), len(2), PROT.r);
  remap(space, 0, 2, 2, FIXED_DONTUNMAP, 20);
  mprotect(space, at(0), len(2), PROT.rw);
  mprotect(space, at(0), len(2), PROT.r);
  expect(space.vmas.map((v) => v.account)).toEqual([false, true]);
});
