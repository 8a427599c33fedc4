import type { Program, Step, VmaRecord } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { replayProgram } from '../src/index.js';
import { at, call, done, load, map, mapAnywhere, move, program, store, vma } from './build.js';

/** Kind, hidden facts by step, and how many steps were left out. */
function judge(found: Program): string {
  const verdict = replayProgram(found);
  const unknown = verdict.unknown.map(({ step, why }) => `${step} ${why}`);
  return [verdict.kind, ...unknown, ...(verdict.skipped > 0 ? [`${verdict.skipped} skipped`] : [])].join('; ');
}

const range = (page: number, count: number) => ({ addr: at(page), length: `0x${count}000` as const });

describe('a step that the model cannot perform', () => {
  const dump: Step = {
    op: 'madvise',
    args: { ...range(2, 3), advice: 100 },
    result: done,
    after: [vma(2, 5)],
  };
  const notModelled = 'poisoned memory is not modelled';

  test('is unknown, and the recorded layout is taken over', () => {
    expect(judge(program([map(2, 3), dump, store(2, '0x1', { result: done, after: 'unchanged' })]))).toMatch(
      /^agrees; 1 poisoned memory is not modelled/,
    );
  });

  test('ends the program where nobody looked at the layout', () => {
    const { after: _, ...unseen } = dump;
    expect(judge(program([map(2, 3), unseen as Step, load(2), load(3)]))).toBe(`agrees; 1 ${notModelled}; 2 skipped`);
  });

  test('leaves later disagreements elsewhere to be found', () => {
    const steps = [map(2, 3), map(20, 2), dump, load(21, { result: { signal: 'SIGBUS' } })];
    const seen = { ...dump, after: [vma(2, 5), vma(20, 22)] } as Step;
    expect(judge(program(steps.with(2, seen)))).toBe(`disagrees; 2 ${notModelled}`);
  });

  test.for<[string, Step]>([
    ['another call', { op: 'other', args: { call: 'prctl' }, after: [vma(2, 5)] }],
    ['drift', { op: 'drift', args: { why: 'a stack grew' }, after: [vma(2, 5)] }],
    ['brk', { op: 'brk', args: { addr: '0x0' }, result: { value: at(40) }, after: [vma(2, 5)] }],
    ['another process', { op: 'munmap', args: range(2, 3), result: done, after: [], proc: 1 }],
    ['a file without a name', { ...map(9, 1, { after: [vma(2, 5)] }, 'unknown') }],
  ])('is named: %s', ([, step]) => {
    const verdict = replayProgram(program([map(2, 3), step, load(2)]));
    expect(verdict).toMatchObject({ kind: 'agrees', steps: 3, skipped: 0 });
    expect(verdict.unknown).toHaveLength(1);
    expect(verdict.unknown[0]).toMatchObject({ step: 1, op: step.op });
  });

  test('is none where an observer only saw that memory was touched', () => {
    // Both parts have one anon_vma afterwards, so that they merge again.
    const faulted = (page: number): Step => ({ op: 'faulted', args: { addr: at(page) }, after: 'unchanged' });
    const protect = (prot: number, after: VmaRecord[]): Step => ({
      op: 'mprotect',
      args: { ...range(2, 2), prot },
      result: done,
      after,
    });
    const parts = [vma(2, 4, { perms: 'rwxp', vmFlags: 'rd wr ex mr mw me ac' }), vma(4, 6)];
    const steps = [map(2, 4), protect(7, parts), faulted(4), faulted(2), protect(3, [vma(2, 6)])];
    expect(judge(program(steps))).toBe('agrees');
  });

  test('takes over drift as it is', () => {
    const drift: Step = { op: 'drift', args: { why: 'closed' }, after: [vma(2, 3), vma(8, 9)] };
    const unmap = call('munmap', 2, 1, { result: done, after: [vma(8, 9)] });
    expect(judge(program([map(2, 3), drift, unmap]))).toBe('agrees; 1 something unobserved changed the layout: closed');
  });
});

describe('a difference that a hidden fact can explain', () => {
  const limited = { capIpcLock: false, rlimitMemlock: 4 * 4096 } as const;
  const lock = call('mlock', 2, 3, { result: { errno: 'ENOMEM' }, after: 'unchanged' });

  test('is unknown for RLIMIT_MEMLOCK without CAP_IPC_LOCK', () => {
    const why = 'RLIMIT_MEMLOCK and how much the process has locked';
    expect(judge(program([map(2, 3), lock], limited))).toBe(`agrees; 1 ${why}`);
  });

  test('is a disagreement where the limit is known to be far', () => {
    const baseline = { lockedVm: 0, mapCount: 30 };
    const far = { ...limited, rlimitMemlock: 1 << 20, baseline, limits: { maxMapCount: 65530 } };
    expect(judge(program([map(2, 3), lock], far))).toBe('disagrees');
    expect(judge(program([map(2, 3), lock], { ...limited, baseline: { lockedVm: 2 } }))).toBe('agrees');
  });

  test('is unknown for vm.max_map_count where the process has nearly as many mappings', () => {
    const unmap = call('munmap', 3, 1, { result: { errno: 'ENOMEM' }, after: 'unchanged' });
    const limits = { maxMapCount: 200 };
    const why = '1 vm.max_map_count and how many mappings the process has';
    expect(judge(program([map(2, 3), unmap], { limits }))).toBe(`agrees; ${why}`);
    expect(judge(program([map(2, 3), unmap], { limits, baseline: { mapCount: 30 } }))).toBe('disagrees');
  });

  test('is a disagreement with the capability', () => {
    expect(judge(program([map(2, 3), lock]))).toBe('disagrees');
  });

  test('is no difference where the limit does not matter', () => {
    const locked = [vma(2, 5, { vmFlags: 'rd wr mr mw me lo ac' })];
    expect(judge(program([map(2, 3), call('mlock', 2, 3, { result: done, after: locked })], limited))).toBe('agrees');
  });

  test('is unknown for a low address that is refused', () => {
    const args = { addr: '0x1000', length: '0x1000', prot: 3, flags: 0x32, fd: -1, offset: '0x0' } as const;
    const low: Step = { op: 'mmap', args, result: { errno: 'EPERM' }, after: [] };
    expect(judge(program([low], { config: { mmapMinAddr: '0x10000' } }))).toBe('agrees; 0 CAP_SYS_RAWIO');
  });

  test('is unknown for a low address that is had, except the lowest', () => {
    const rights: Step = { op: 'setCapability', args: { name: 'CAP_SYS_RAWIO', on: false }, result: done, after: [] };
    const low = (addr: `0x${string}`): Step => {
      const args = { addr, length: '0x1000', prot: 3, flags: 0x32, fd: -1, offset: '0x0' } as const;
      return { op: 'mmap', args, result: { value: addr }, after: [] };
    };
    const config = { mmapMinAddr: '0x10000' } as const;
    expect(judge(program([rights, low('0x1000')], { config }))).toBe('agrees; 1 vm.mmap_min_addr');
    expect(judge(program([rights, low('0x0')], { config }))).toBe('disagrees');
  });

  test('is unknown for a huge page that came or stayed away by itself', () => {
    const length = '0x200000' as const;
    const huge = (2 << 20) / 4096;
    const window = { start: at(0), end: at(2 * huge) };
    const all = vma(0, huge, { vmFlags: 'rd wr mr mw me ac hg' });
    const first: Step = { op: 'mmap', args: { addr: at(0), length, prot: 3, flags: 0x32, fd: -1, offset: '0x0' } };
    const advise: Step = { op: 'madvise', args: { addr: at(0), length, advice: 14 }, result: done, after: [all] };
    const look = (vector: string): Step => ({ op: 'mincore', args: { addr: at(0), length }, result: done, vector });
    const why = 'when the kernel makes a huge page of small ones, and whether it has one';
    const one = `1${'0'.repeat(huge - 1)}`;
    const whole = '1'.repeat(huge);
    const verdict = (steps: Step[]): string => judge(program(steps, { window, config: { thp: 'madvise' } }));
    expect(verdict([first, store(0, '0x7'), advise, look(one)])).toBe('agrees');
    expect(verdict([first, store(0, '0x7'), advise, look(whole)])).toBe(`agrees; 3 ${why}`);
    expect(verdict([first, store(0, '0x7'), advise, look(`11${one.slice(2)}`)])).toBe('disagrees');
    expect(verdict([first, store(0, '0x7'), look(whole)])).toBe('disagrees');
    expect(verdict([first, advise, store(0, '0x7'), look(whole)])).toBe('agrees');
    expect(verdict([first, advise, store(0, '0x7'), look(one)])).toBe(`agrees; 3 ${why}`);

    const register: Step = { op: 'uffdRegister', args: { addr: at(0), length, mode: 1 }, result: done };
    const missing = { result: { signal: 'SIGBUS' } } as const;
    const made = { result: { value: '0x0' } } as const;
    expect(verdict([first, store(0, '0x7'), advise, register, load(3, missing)])).toBe('agrees');
    expect(verdict([first, store(0, '0x7'), advise, register, load(3, { ...made, after: [all] })])).toBe(
      `agrees; 4 ${why}`,
    );
    expect(verdict([first, store(0, '0x7'), register, load(3, made)])).toBe('disagrees');
    expect(verdict([first, advise, store(0, '0x7'), register, load(3, made)])).toBe('agrees');
    expect(verdict([first, advise, store(0, '0x7'), register, load(3, { ...missing, after: [all] })])).toBe(
      `agrees; 4 ${why}`,
    );
    expect(verdict([first, store(0, '0x7'), advise, load(3, missing)])).toBe('disagrees');
  });

  test('is unknown for a break beyond the window', () => {
    const brk = (page: number): Step => ({ op: 'brk', args: { addr: at(page) }, result: { value: at(40) }, after: [] });
    expect(judge(program([brk(60)], { brk: at(40) }))).toBe('agrees; 0 what is mapped outside of the window');
    expect(judge(program([brk(44)], { brk: at(40) }))).toBe('disagrees');
  });

  test('what lies outside of the window may be in the way of what is to be put there, and refuse what nobody expects', () => {
    const refused = (errno: string, step: Step): Step => ({ ...step, result: { errno }, after: [] });
    const all = { addr: '0x0', length: '0x7ffffffff000' } as const;
    const noReplace: Step = { op: 'mmap', args: { ...all, prot: 0, flags: 0x100022, fd: -1, offset: '0x0' } };
    const fact = 'agrees; 0 what is mapped outside of the window';
    const config = { mmapMinAddr: '0x0' } as const;
    expect(judge(program([refused('EEXIST', noReplace)], { config }))).toBe(fact);
    const unregister: Step = { op: 'uffdUnregister', args: all, result: { errno: 'EINVAL' }, after: 'unchanged' };
    expect(judge(program([map(2, 3), unregister], { config }))).toBe(fact.replace('0', '1'));
    const inside: Step = { op: 'mmap', args: { ...range(2, 3), prot: 0, flags: 0x100022, fd: -1, offset: '0x0' } };
    expect(judge(program([refused('EEXIST', inside)]))).toBe('disagrees');
    expect(judge(program([refused('EEXIST', mapAnywhere(2))]))).toBe('disagrees');
  });

  test('what a refused break would have mapped outside of the window is not there', () => {
    const brk = (page: number, now: number, after: VmaRecord[]): Step => ({
      op: 'brk',
      args: { addr: at(page) },
      result: { value: at(now) },
      after,
    });
    const steps = [
      brk(50, 50, [vma(40, 50)]),
      call('munmap', 40, 8, { result: done, after: [] }),
      brk(70, 50, []),
      mapAnywhere(1, { result: { value: at(60) }, after: [] }),
    ];
    expect(judge(program(steps, { brk: at(40) }))).toBe('agrees; 2 what is mapped outside of the window');
  });

  test('is unknown for a refusal that depends on the size of the memory', () => {
    const huge: Step = {
      op: 'mmap',
      args: { addr: '0x0', length: '0x100000000000', prot: 3, flags: 0x22, fd: -1, offset: '0x0' },
      result: { errno: 'ENOMEM' },
      after: [],
    };
    const grow: Step = {
      op: 'mremap',
      args: { oldAddr: at(2), oldLen: '0x1000', newLen: '0x40000000', flags: 0, newAddr: '0x0' },
      result: { errno: 'ENOMEM' },
      after: [vma(2, 3)],
    };
    expect(judge(program([huge]))).toBe('agrees');
    expect(judge(program([map(2, 1), grow], { window: null }))).toBe('agrees; 1 how much memory the machine has');
  });

  test('is unknown for a userfaultfd with unknown features', () => {
    const arm: Step = { op: 'uffdRegister', args: { ...range(2, 3), mode: 1 }, result: done };
    const kept: VmaRecord = vma(9, 12, { vmFlags: 'rd wr mr mw me um ac' });
    const steps = [map(2, 3), arm, move(2, 3, 9, { result: { value: at(9) }, after: [kept] })];
    const why = '2 what the features of the userfaultfd change';
    expect(judge(program(steps, { uffd: { features: null } }))).toBe(`agrees; ${why}`);
    expect(judge(program(steps, { uffd: { contexts: { U0: { features: null } } } }))).toBe(`agrees; ${why}`);
    expect(judge(program(steps))).toBe('disagrees');
  });

  test('is unknown for what a file holds', () => {
    const files = { F0: { kind: 'file', path: '/etc/hosts', pages: null } } as const;
    const steps = [map(2, 3, {}, 'F0'), load(2, { result: { value: '0x7' }, after: 'unchanged' })];
    expect(judge(program(steps, { files }))).toBe('agrees; 1 the contents, the size and the kind of a file');
  });

  test('is unknown for memory from before the first step', () => {
    const mappings = [vma(2, 4), vma(4, 6, { perms: 'r--p', vmFlags: 'rd mr mw me ac' })];
    const protect = (after: readonly VmaRecord[]): Step => ({
      op: 'mprotect',
      args: { ...range(4, 2), prot: 3 },
      result: done,
      after,
    });
    const why = '0 page offset, anon_vma and contents of memory that was mapped before anybody looked';
    expect(judge(program([protect([vma(2, 6)])], { mappings }))).toBe('agrees');
    expect(judge(program([protect([vma(2, 4), vma(4, 6)])], { mappings }))).toBe(`agrees; ${why}`);
  });

  test('is not looked for in memory that the program mapped itself since', () => {
    const steps = [map(2, 3, { after: [vma(2, 5)] }), load(3, { result: { value: '0x5' }, after: 'unchanged' })];
    expect(judge(program(steps, { mappings: [vma(2, 5)] }))).toBe('disagrees');
  });

  test('is none for flags that mappings had before the first step', () => {
    const special = vma(30, 34, { perms: 'r--p', vmFlags: 'rd mr pf io de dd' });
    const steps = [map(2, 3, { after: [vma(2, 5), special] }), call('munmap', 2, 3, { after: [special] })];
    expect(judge(program(steps, { mappings: [special] }))).toBe('agrees');
  });

  test('is unknown for flags that are not modelled', () => {
    const merged = map(2, 3, { result: { value: at(2) }, after: [vma(2, 5, { vmFlags: 'rd wr mr mw me ac ss' })] });
    expect(judge(program([merged]))).toBe('agrees; 0 the VmFlags code ss, which is not modelled');
  });
});
