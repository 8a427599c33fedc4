import type { Program, Step, VmaRecord } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { replayProgram, type Verdict } from '../src/index.js';
import { at, call, done, load, map, mapAnywhere, move, type Observed, program, store, vma } from './build.js';

function differenceOf(found: Program): string {
  const verdict: Verdict = replayProgram(found);
  return verdict.kind === 'disagrees' ? `${verdict.step}: ${verdict.difference}` : verdict.kind;
}

describe('a record that the model confirms', () => {
  test('agrees in results, VMAs, contents and counters', () => {
    const steps = [
      map(2, 3, {
        result: { value: at(2) },
        after: [vma(2, 5)],
        counters: { mapCount: 40, totalVm: 900, lockedVm: 7 },
      }),
      store(3, '0x7', { result: done, after: 'unchanged', contents: { [at(3)]: '0x7' } }),
      move(3, 2, 9, { result: { value: at(9) }, after: [vma(2, 3), vma(9, 11)], contents: { [at(9)]: '0x7' } }),
      load(9, { result: { value: '0x7' }, counters: { mapCount: 41, totalVm: 900, lockedVm: 7, committed: 12345 } }),
      load(3, { result: { signal: 'SIGSEGV' } }),
    ];
    expect(replayProgram(program(steps))).toMatchObject({ kind: 'agrees', steps: 5, unknown: [], skipped: 0 });
  });

  test('may leave out what nobody looked at', () => {
    const { vmFlags: _, ...bare } = vma(2, 5);
    const steps = [
      map(2, 3, { after: [bare] }),
      call('mlock', 2, 3),
      call('munmap', 2, 3, { result: done, after: [] }),
    ];
    expect(replayProgram(program(steps)).kind).toBe('agrees');
  });

  test('may print flags in any order, with sd or without, and ?? for a flag without a name', () => {
    const lock: Step = {
      op: 'mlock2',
      args: { addr: at(2), length: '0x3000', flags: 1 },
      result: done,
      after: [vma(2, 5, { vmFlags: 'ac me mw mr wr rd lo ??' })],
    };
    expect(replayProgram(program([map(2, 3), lock])).kind).toBe('agrees');
  });

  test('does not compare the offset of anonymous memory', () => {
    expect(replayProgram(program([map(2, 3, { after: [vma(2, 5, { offset: '0x5000' })] })])).kind).toBe('agrees');
  });

  test('names addresses by the results of earlier steps', () => {
    const chosen = '0x7f0000000000';
    const steps: Step[] = [
      mapAnywhere(4, { result: { value: chosen } }),
      { op: 'store', args: { addr: 'r0+0x1000', value: '0x9' }, result: done },
      { op: 'load', args: { addr: '0x7f0000001000' }, result: { value: '0x9' } },
    ];
    expect(replayProgram(program(steps)).kind).toBe('agrees');
  });

  test('says so when there was nothing to compare with', () => {
    expect(replayProgram(program([map(2, 3)]))).toMatchObject({ kind: 'agrees', compared: false });
    expect(replayProgram(program([map(2, 3, { result: { value: at(2) } })])).compared).toBe(true);
  });
});

describe('a record that the model contradicts', () => {
  const after = (...vmas: VmaRecord[]): Program => program([map(2, 3, { after: vmas })]);

  test.for<[string, Program, string]>([
    [
      'a result',
      program([map(2, 3, { result: { errno: 'ENOMEM' } })]),
      `0: the model says ${at(2)}, the record ENOMEM`,
    ],
    ['a signal', program([store(2, '0x1', { result: done })]), '0: the model says SIGSEGV, the record 0x0'],
    ['bounds', after(vma(2, 6)), `the model has ${at(2)}-${at(5)}, the record ${at(2)}-${at(6)}`],
    ['permissions', after(vma(2, 5, { perms: 'r--p' })), 'perms rw-p, recorded r--p'],
    ['a file', after(vma(2, 5, { file: 'F0' })), 'file null, recorded F0'],
    [
      'flags',
      after(vma(2, 5, { vmFlags: 'rd wr mr mw me ac sl' })),
      '"ac me mr mw rd wr", recorded "ac me mr mw rd sl wr"',
    ],
    ['a VMA that is missing', after(), `only the model has a VMA at ${at(2)}-${at(5)}`],
    ['a VMA too many', after(vma(2, 5), vma(7, 8)), `only the record has a VMA at ${at(7)}-${at(8)}`],
    ['"unchanged"', program([map(2, 3, { after: 'unchanged' })]), 'only the model has a VMA'],
    [
      'an offset',
      program([map(2, 3, { after: [vma(2, 5, { perms: 'rw-s', file: 'F0', offset: '0x1000', vmFlags: '' })] }, 'F0')]),
      'offset 0x0, recorded 0x1000',
    ],
    ['contents', program([map(2, 3), store(2, '0x5', { contents: { [at(2)]: '0x6' } })]), '1: contents of'],
    ['contents of nothing', program([map(2, 3, { contents: { [at(9)]: '0x0' } })]), 'nothing is mapped there'],
  ])('is reported for %s', ([, found, difference]) => expect(differenceOf(found)).toContain(difference));

  test.for(['mapCount', 'totalVm', 'lockedVm', 'dataVm'] as const)('is reported for the counter %s', (name) => {
    const base = { mapCount: 10, totalVm: 100, lockedVm: 0, dataVm: 50 };
    const steps = [map(2, 3, { counters: base }), load(2, { counters: { ...base, [name]: base[name] + 1 } })];
    expect(differenceOf(program(steps))).toBe(`1: ${name}: ${base[name]} in the model, ${base[name] + 1} recorded`);
  });

  test('is none where memory outside of the window became one with what nobody sees', () => {
    const seen = (mapCount: number): Observed => ({ counters: { mapCount, totalVm: 100 + mapCount } });
    const far = { value: '0x7f0000000000' } as const;
    const counted = (counts: readonly number[]): Step[] => [
      map(2, 1, seen(counts[0] ?? 0)),
      mapAnywhere(1, { result: far, ...seen(counts[1] ?? 0), counters: { mapCount: counts[1] ?? 0 } }),
      map(4, 1, { counters: { mapCount: counts[2] ?? 0 } }),
    ];
    expect(differenceOf(program(counted([10, 11, 12])))).toBe('agrees');
    expect(differenceOf(program(counted([10, 10, 11])))).toBe('agrees');
    expect(differenceOf(program(counted([10, 10, 12])))).toBe('2: mapCount: 11 in the model, 12 recorded');
    const limits = { maxMapCount: 13 };
    const full = (errno: object): Step[] => [...counted([10, 10, 11]), map(6, 1), map(8, 1), map(10, 1, errno)];
    const baseline = { mapCount: 9 };
    expect(differenceOf(program(full({ result: { value: at(10) } }), { limits, baseline }))).toBe('agrees');
  });

  test.for([
    ['that is not free', at(3), 'not free'],
    ['that is not aligned', '0x7f0000000800', 'not page aligned'],
  ] as const)('is reported for a chosen address %s', ([, value, reason]) => {
    const found = program([map(2, 3), mapAnywhere(2, { result: { value } })]);
    expect(differenceOf(found)).toBe(`1: the kernel cannot have chosen this address: ${reason}`);
  });

  test('ends the program there, with both sides', () => {
    const wrong = { errno: 'EFAULT' } as const;
    const verdict = replayProgram(program([map(2, 3), move(2, 3, 9, { result: wrong, after: [] }), load(9), load(9)]));
    expect(verdict).toMatchObject({ kind: 'disagrees', step: 1, steps: 2, skipped: 2 });
    if (verdict.kind !== 'disagrees') return;
    expect(verdict.before.map(({ start }) => start)).toEqual([at(2)]);
    expect(verdict.model).toMatchObject({ result: { value: at(9) }, after: [{ start: at(9), end: at(12) }] });
    expect(verdict.recorded).toEqual({ result: wrong, after: [] });
  });

  test('of a new process is with what it began with, where its first step leaves that unchanged', () => {
    const fork: Step = { op: 'fork', args: {}, result: { value: '0x1' } };
    const child = (step: Step): Step => ({ ...step, proc: 1, after: 'unchanged' });
    expect(replayProgram(program([map(2, 3), fork, child(load(2))])).kind).toBe('agrees');
    expect(differenceOf(program([map(2, 3), fork, child(map(7, 2))]))).toContain('only the model has a VMA');
  });

  test('is not met when the replay stops before it', () => {
    const found = program([map(2, 3), load(9, { result: { value: '0x0' } })]);
    expect(replayProgram(found, { until: 1 })).toMatchObject({ kind: 'agrees', steps: 1 });
  });
});

test('the flags of what a driver maps are known, one by one', () => {
  const mapped = vma(2, 5, { vmFlags: 'rd mr mw me de dd io pf mm' });
  const unmap = call('munmap', 3, 1, { result: done });
  const left = (codes: string) => [2, 4].map((page) => vma(page, page + 1, { vmFlags: codes }));
  const unknown = (codes: string): number => {
    const after = left(codes).map((each) => ({ ...each, perms: 'r--p' }));
    const mappings = [{ ...mapped, perms: 'r--p' }];
    return replayProgram(program([{ ...unmap, after }], { mappings })).unknown.length;
  };
  const driver = ['io', 'pf', 'mm'];
  expect(unknown(`rd mr mw me de dd ${driver.join(' ')}`)).toBe(0);
  for (const code of driver) {
    expect(unknown(`rd mr mw me de dd ${driver.filter((each) => each !== code).join(' ')}`)).toBe(1);
  }
});
