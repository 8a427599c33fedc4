import { describe, expect, test } from 'vitest';
import { fork, munmap, store } from '@vmacheck/model';
import { ZERO_PAGE } from '../src/contents.js';
import { SharedObject } from '../src/objects.js';
import { ObjectTable } from '../src/object-table.js';
import { at, len, map, MAP, newSpace } from './helpers.js';

const NORESERVE = 0x4000n;
const shared = MAP.shared | MAP.anon;

describe('what shared memory charges', () => {
  test.each([
    ['the whole size when it is made', shared, [4, 4]],
    ['with MAP_NORESERVE each page when it is written', shared | NORESERVE, [0, 2]],
  ] as const)('%s; all of it is given back with the last mapping', (_, flags, [made, written]) => {
    const space = newSpace();
    map(space, 0, 4, { flags });
    const charged = [space.shmemCommitted];
    store(space, at(1), 1n);
    store(space, at(2), 1n);
    charged.push(space.shmemCommitted);
    munmap(space, at(0), len(2));
    charged.push(space.shmemCommitted);
    munmap(space, at(2), len(2));
    expect([...charged, space.shmemCommitted]).toEqual([made, written, written, 0]);
  });

  test('a file that was there charges nothing, and a page that reclaim took is charged until the object changes', () => {
    const bytes = new SharedObject(1, 8, true, 'blocks');
    expect([bytes.addPage(0, ZERO_PAGE), bytes.addPage(1, ZERO_PAGE), bytes.charged]).toEqual([1, 1, 2]);
    bytes.reclaimPage(0);
    expect([bytes.charged, bytes.addPage(5, ZERO_PAGE), bytes.charged]).toEqual([2, 0, 2]);
    const file = new SharedObject(2, 8, true, 'none');
    expect([file.addPage(0, ZERO_PAGE), file.charged, file.removePages([0]), file.pages.size]).toEqual([0, 0, 0, 0]);
    const whole = new SharedObject(3, 8, false, 'size');
    expect([whole.addPage(0, ZERO_PAGE), whole.charged]).toEqual([0, 8]);
  });
});

describe('a table of objects', () => {
  test('lists the objects, and a branch changes its own', () => {
    const table = new ObjectTable();
    table.set(3, new SharedObject(3, 8, true, 'blocks'));
    table.set(5, new SharedObject(5, 8, true, 'blocks'));
    const branch = table.clone();
    branch.get(3)?.addPage(1, ZERO_PAGE);
    expect([...table.values()].map(({ id, pages }) => [id, pages.size])).toEqual([
      [3, 0],
      [5, 0],
    ]);
    expect(branch.get(3)?.pages.size).toBe(1);
    table.get(5)?.addPage(2, ZERO_PAGE);
    expect(branch.get(5)?.pages.size).toBe(0);
    branch.delete(5);
    expect([branch.has(5), table.has(5)]).toEqual([false, true]);
  });
});

describe('fork', () => {
  test('a child that maps an object keeps it when the parent lets go', () => {
    const space = newSpace();
    map(space, 0, 4, { flags: shared });
    const child = fork(space);
    munmap(space, at(0), len(4));
    expect(space.shmemCommitted).toBe(4);
    munmap(child, at(0), len(4));
    expect(space.shmemCommitted).toBe(0);
  });
});
