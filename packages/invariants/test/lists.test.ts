import { describe, expect, test } from 'vitest';
import { phaseProperties, type Space, stateGroup, stateInvariants, stepProperties } from '../src/index.js';

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
  anonVma: 0,
};
const space: Space = {
  vmas: [vma],
  frames: new Map(),
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

/** Names of the invariants that a space violates. */
const violated = (s: Space): readonly string[] =>
  stateInvariants.filter(({ holds }) => !holds(s)).map(({ name }) => name);

describe('generated state invariants', () => {
  test('hold for a well-formed space', () => {
    expect(violated(space)).toEqual([]);
  });

  test('name what is wrong with a space', () => {
    expect(violated({ ...space, mapCount: 2 })).toEqual(['MapCountExact']);
    expect(violated({ ...space, totalVm: 3 })).toEqual(['TotalVmExact']);
    expect(violated({ ...space, vmas: [{ ...vma, lockonfault: true }] })).toEqual(['LockOnFaultIsLocked']);
    expect(violated({ ...space, vmas: [vma, vma], mapCount: 2, totalVm: 4, committed: 4 })).toEqual(['NoOverlap']);
    expect(violated({ ...space, guards: new Map([[9, true]]) })).toEqual(['GuardsAreEmpty']);
  });

  test('say when they have something to say', () => {
    const on = stateGroup.subject(space);
    const said = stateInvariants.filter(({ check }) => check(on) !== 0).map(({ name }) => name);
    expect(said).toContain('NonEmpty');
    expect(said).not.toContain('LockOnFaultIsLocked');
  });
});

describe('every generated property', () => {
  const all = [...stateInvariants, ...stepProperties, ...phaseProperties];

  test('has a name of its own, a sentence and a place in the specifications', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { doc, source } of all) {
      expect(doc).not.toBe('');
      expect(source).toMatch(/^specs\/\w+\.tla:\d+$/);
    }
  });
});
