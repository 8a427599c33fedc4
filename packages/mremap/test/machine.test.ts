import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RawCall, type RawMremap, toResult, uffdRegister } from '@vmacheck/model';
import { begin, type Machine, mremap, perform, step } from '@vmacheck/mremap';
import { at, FIXED, len, map, newSpace, PROT, raw, show, touch } from './helpers.js';

describe('phases', () => {
  test('a move of two mappings goes through them once for each', () => {
    const space = newSpace();
    map(space, 0, 2);
    map(space, 3, 5, { prot: PROT.r });
    const phases: string[] = [];
    let machine = begin(space, raw(0, 5, 5, FIXED, 20));
    while (machine.phase !== 'done') {
      phases.push(machine.phase);
      machine = step(space, machine);
    }
    const piece = ['lookup', 'unmapDest', 'choose', 'charge', 'copy', 'movePages', 'account', 'unmapSource', 'next'];
    expect(phases).toEqual(['params', 'lock', ...piece, ...piece, 'lookup', 'unlock', 'notify']);
    expect(machine.result).toEqual({ ok: true, value: 0x1000 + 20, errno: '' });
    expect(machine.moved.map(({ from, to, len: count }) => [from - 0x1000, to - 0x1000, count])).toEqual([
      [0, 20, 2],
      [3, 23, 2],
    ]);
  });

  test('which of them use the handle, and where there is one', () => {
    const space = newSpace();
    map(space, 0, 2);
    const first = begin(space, raw(0, 2, 2, FIXED, 20));
    const nothing = { lock: 'none', seen: false, iterValid: false, iterUsed: false, inPlace: false, populate: false };
    expect(first).toMatchObject({ ...nothing, phase: 'params', resize: 'none', moved: [] });
    expect(first.result).toEqual({ ok: true, value: 0, errno: '' });
    const used: string[] = [];
    const valid: string[] = [];
    let machine = first;
    while (machine.phase !== 'done') {
      const { phase } = machine;
      machine = step(space, machine);
      if (machine.iterUsed) used.push(phase);
      if (machine.iterValid) valid.push(phase);
    }
    expect(used).toEqual(['choose', 'charge', 'copy', 'movePages', 'account', 'unmapSource']);
    expect(valid).toEqual(['lookup', 'unmapDest', 'choose', 'charge', 'copy', 'movePages', 'account']);
    expect(machine.seen).toBe(true);
    expect(step(space, machine)).toEqual(machine);
  });

  test('arguments that are refused take no lock; a later failure gives it back', () => {
    const space = newSpace();
    expect(step(space, begin(space, raw(0, 1, 1, 8n))).phase).toBe('done');
    map(space, 0, 1);
    map(space, 1, 2);
    uffdRegister(space, at(1), len(1), 1n);
    let machine: Machine = begin(space, raw(0, 2, 2, FIXED, 20));
    const locks = new Set<string>();
    while (machine.phase !== 'done') {
      machine = step(space, machine);
      locks.add(machine.lock);
    }
    expect([machine.lock, machine.result.errno, machine.moved.length]).toEqual(['none', 'EFAULT', 1]);
    expect(locks.has('write')).toBe(true);
  });

  test('the handle is good whenever it is used, though the destination cuts its mapping', () => {
    const space = newSpace();
    map(space, 0, 10);
    touch(space, 0, 10);
    let machine = begin(space, raw(0, 2, 2, FIXED, 4));
    while (machine.phase !== 'done') {
      const next = step(space, machine);
      if (next.iterUsed) expect([machine.phase, machine.iterValid]).toEqual([machine.phase, true]);
      machine = next;
    }
    expect(show(space)).toBe('[2,4)rw-p [4,6)rw-p [6,10)rw-p');
  });

  test('a machine is data: stepping from it again on a branch of the space gives the same', () => {
    const space = newSpace();
    map(space, 0, 4);
    const middle = [1, 2, 3, 4].reduce<Machine>((m) => step(space, m), begin(space, raw(0, 2, 2, FIXED, 8)));
    const branch = space.clone();
    const copy = structuredClone(middle);
    expect(copy).toEqual(middle);
    expect(step(branch, middle)).toEqual(step(space, middle));
    expect(branch.snapshot()).toEqual(space.snapshot());
  });
});

const page = fc.integer({ min: 0, max: 15 });
const count = fc.integer({ min: 0, max: 6 });
const remapCall = fc
  .record({ old: page, oldLen: count, newLen: count, flags: fc.constantFrom(0n, 1n, 3n, 3n, 5n, 7n), to: page })
  .map(({ old, oldLen, newLen, flags, to }): RawMremap => raw(old, oldLen, newLen, flags, to));
const anyCall: fc.Arbitrary<RawCall> = fc.oneof(
  { weight: 3, arbitrary: remapCall },
  fc
    .record({
      start: page,
      pages: count,
      prot: fc.constantFrom(0n, 1n, 3n, 3n),
      flags: fc.constantFrom(0x31n, 0x32n, 0x32n),
    })
    .map(({ start, pages, prot, flags }): RawCall => ({
      op: 'mmap',
      addr: at(start),
      length: len(pages),
      prot,
      flags,
      file: 0,
      offset: 0n,
    })),
  fc
    .record({ start: page, value: fc.bigInt(1n, 99n) })
    .map(({ start, value }): RawCall => ({ op: 'store', addr: at(start), value })),
  fc
    .record({ start: page, pages: count })
    .map(({ start, pages }): RawCall => ({ op: 'mlock', addr: at(start), length: len(pages) })),
  fc
    .record({ start: page, pages: count, mode: fc.constantFrom(1n, 2n) })
    .map(({ start, pages, mode }): RawCall => ({ op: 'uffdRegister', addr: at(start), length: len(pages), mode })),
);

test('step by step gives what running to the end gives, with a good handle at each use', () => {
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 25 }), (calls) => {
      const space = newSpace();
      for (const call of calls) {
        if (call.op !== 'mremap') {
          perform(space, call);
          continue;
        }
        const branch = space.clone();
        let machine = begin(branch, call);
        while (machine.phase !== 'done') {
          const next = step(branch, machine);
          if (next.iterUsed) expect(machine.iterValid).toBe(true);
          machine = next;
        }
        const outcome = mremap(space, call);
        expect(machine.result).toEqual(toResult(outcome, 'mremap'));
        expect(branch.snapshot()).toEqual(space.snapshot());
      }
    }),
    { numRuns: 300 },
  );
});

test('contents are neither lost nor doubled by a move', () => {
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 25 }), remapCall, (calls, last) => {
      const space = newSpace();
      for (const call of calls) perform(space, call);
      const before = [...space.frames.values()];
      const outcome = mremap(space, last);
      const after = [...space.frames.values()];
      expect(new Set(after).size).toBe(after.length);
      const isNew = after.filter((frame) => !before.includes(frame));
      // Only populating locked memory makes pages.
      if (!space.vmas.some((vma) => vma.locked)) expect(isNew).toEqual([]);
      if (!outcome.ok && last.flags === 0n) expect(after).toEqual(before);
    }),
    { numRuns: 300 },
  );
});
