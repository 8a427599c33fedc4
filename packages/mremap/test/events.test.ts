import { describe, expect, test } from 'vitest';
import { type AddressSpace, PROFILES, type UffdEvent, uffdRegister } from '@vmacheck/model';
import { at, BASE, DONTUNMAP, FIXED, len, map, MAP, MAYMOVE, newSpace, PROT, remap, show } from './helpers.js';

const contexts = (...features: string[]) => [{ id: 1, features: new Set(['SIGBUS', ...features]) }];
const ALL = contexts('EVENT_REMAP', 'EVENT_UNMAP');

/** "UNMAP [8,10)", "REMAP [0,2) -> 8". */
const told = (space: AddressSpace): readonly string[] =>
  space.takeEvents().map((event: UffdEvent) => {
    if (event.event === 'FORK') return 'FORK';
    const from = event.from - BASE;
    const range = `${event.event} [${from},${from + event.len})`;
    return event.event === 'REMAP' ? `${range} -> ${event.to - BASE}` : range;
  });

/** Registered memory at [0,4) and [8,12). */
const registered = (options = {}): AddressSpace => {
  const space = newSpace({ contexts: ALL, ...options });
  for (const start of [0, 8]) {
    map(space, start, start + 4);
    uffdRegister(space, at(start), len(4), 1n);
  }
  return space;
};

describe('what a userfaultfd is told', () => {
  test('the destination goes, the memory moves, the rest of the source goes', () => {
    const space = registered();
    remap(space, 0, 4, 2, FIXED, 8);
    expect(told(space)).toEqual(['UNMAP [8,10)', 'REMAP [0,2) -> 8', 'UNMAP [2,4)', 'UNMAP [0,2)']);
    expect(show(space)).toBe('[8,12)rw-p+u1');
  });

  test('before 6.15 the length is that before the shrink', () => {
    const space = registered({ profile: PROFILES['6.12'] });
    remap(space, 0, 4, 2, FIXED, 8);
    expect(told(space)[1]).toBe('REMAP [0,4) -> 8');
  });

  test('DONTUNMAP unmaps nothing, and both stay registered', () => {
    const space = registered();
    remap(space, 0, 4, 4, DONTUNMAP, 20);
    expect(told(space)).toEqual(['REMAP [0,4) -> 20']);
    expect(show(space)).toBe('[0,4)rw-p+u1 [8,12)rw-p+u1 [20,24)rw-p+u1');
  });

  test('nothing is told of growth in place', () => {
    const space = registered();
    remap(space, 0, 4, 6, MAYMOVE);
    expect(told(space)).toEqual([]);
    expect(show(space)).toBe('[0,6)rw-p+u1 [8,12)rw-p+u1');
  });

  test('without EVENT_REMAP what moves is not registered any more', () => {
    const space = registered({ contexts: contexts('EVENT_UNMAP') });
    remap(space, 0, 4, 4, FIXED, 20);
    expect(told(space)).toEqual(['UNMAP [0,4)']);
    expect(show(space)).toBe('[8,12)rw-p+u1 [20,24)rw-p');
  });

  test('a second mapping of an object is told of as a move', () => {
    const space = newSpace({ contexts: ALL });
    map(space, 0, 2, { flags: MAP.shared | MAP.anon });
    uffdRegister(space, at(0), len(2), 1n);
    remap(space, 0, 0, 2, FIXED, 20);
    expect(told(space)).toEqual(['REMAP [0,0) -> 20']);
  });

  test('a destination of several mappings is told of mapping by mapping', () => {
    const space = registered();
    map(space, 20, 22);
    map(space, 22, 24, { prot: PROT.r });
    remap(space, 20, 4, 4, FIXED, 8);
    expect(told(space)).toEqual(['UNMAP [8,10)', 'UNMAP [10,12)']);
  });

  test.each(['6.18', '7.3'] as const)('%s: with EVENT_REMAP the copy merges as ever', (release) => {
    const space = registered({ profile: PROFILES[release] });
    remap(space, 0, 4, 4, FIXED, 12);
    expect(show(space)).toBe('[8,16)rw-p+u1');
  });
});
