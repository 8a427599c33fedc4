/** Replaying whatever a file may hold: it ends with a verdict, and it sees what was tampered with. */
import { profileFor, replayProgram, Session } from '@vmacheck/replay';
import { type Program, type Step, toHex, type VmaRecord } from '@vmacheck/trace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { program as anyProgram } from '../../trace/test/arbitraries.js';
import { generatePrograms, programArbitrary } from '../src/index.js';

const SEED = 20261124;

/** The program with what the model makes of it for a record. */
function recordedByModel(program: Program): Program {
  const session = new Session(program, profileFor('6.18').profile);
  const steps = program.steps.map((step): Step => {
    const performed = session.perform(step);
    return { ...step, ...(performed.kind === 'done' ? { result: performed.result } : {}), after: session.layout() };
  });
  return { ...program, kernel: '6.18.15', steps };
}

const strangeSteps: readonly Step[] = [
  { op: 'brk', args: { addr: '0x10000000000' } },
  { op: 'mlockall', args: { flags: 3 } },
  { op: 'munlockall', args: {} },
  { op: 'mincore', args: { addr: '0x10000000000', length: '0x30000' }, vector: '0' },
  { op: 'madvise', args: { addr: '0x10000000000', length: '0x30000', advice: 14 } },
  { op: 'madvise', args: { addr: '0x10000000000', length: '0xffffffffffffffff', advice: '0xffffffffffffffff' } },
  { op: 'uffdClose', args: { ctx: 'U7' } },
  { op: 'uffdRegister', args: { addr: '0x10000000000', length: '0x30000', mode: 7, ctx: 'U1' } },
  { op: 'faulted', args: { addr: '0x10000004000' } },
  { op: 'fork', args: {}, result: { value: '0x1' } },
  { op: 'munmap', args: { addr: '0x0', length: '0x7ffffffff000' }, proc: 1, result: { value: '0x0' }, after: [] },
  { op: 'setLimit', args: { resource: 'memlock', value: 0 } },
  { op: 'drift', args: { why: 'unseen' }, after: [] },
  { op: 'other', args: { call: 'prctl' }, after: [] },
];

describe(`replay (seed ${SEED})`, () => {
  test('ends with a verdict for every program that the format allows', () => {
    fc.assert(
      fc.property(anyProgram, (program) => ['agrees', 'disagrees'].includes(replayProgram(program).kind)),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('ends with a verdict when anything stands among the steps', () => {
    const inserted = fc.array(fc.tuple(fc.nat(29), fc.constantFrom(...strangeSteps)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(programArbitrary({ min: 30, max: 30 }), inserted, (program, strange) => {
        const steps = [...recordedByModel(program).steps];
        for (const [at, step] of strange) steps.splice(at, 0, step);
        const verdict = replayProgram({ ...program, kernel: '6.18.15', steps });
        return verdict.steps + verdict.skipped === steps.length;
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('agrees with what the model itself recorded', () => {
    for (const program of generatePrograms({ seed: SEED, programs: 50, steps: 30 })) {
      expect(replayProgram(recordedByModel(program))).toMatchObject({ kind: 'agrees', unknown: [], steps: 30 });
    }
  });

  test('leaves a forked process what it shares with another, whose layout was taken over', () => {
    const addr = '0x10000000000';
    const range = { addr, length: '0x2000' } as const;
    const shared: VmaRecord = { start: addr, end: '0x10000002000', perms: 'rw-s', offset: '0x0', file: 'shmem' };
    const steps: readonly Step[] = [
      { op: 'mmap', args: { ...range, prot: 3, flags: 0x31, fd: -1, offset: '0x0' }, result: { value: addr } },
      { op: 'fork', args: {}, result: { value: '0x1' } },
      { op: 'drift', args: { why: 'unseen' }, after: [shared] },
      { op: 'munmap', args: range, result: { value: '0x0' }, after: [] },
      { op: 'load', args: { addr }, proc: 1, result: { value: '0x0' } },
    ];
    const [header] = generatePrograms({ seed: SEED, programs: 1, steps: 1 });
    expect(replayProgram({ ...(header as Program), steps })).toMatchObject({ kind: 'agrees', steps: 5 });
  });

  test('sees every VMA that somebody made longer, took away or gave other flags, and calls it a disagreement', () => {
    const tampered: readonly ((vma: VmaRecord) => readonly VmaRecord[])[] = [
      (vma) => [{ ...vma, end: toHex(BigInt(vma.end) + 0x1000n) }],
      () => [],
      (vma) => [{ ...vma, vmFlags: `${vma.vmFlags ?? ''} sl lo` }],
      (vma) => [{ ...vma, perms: vma.perms[0] === 'r' ? `-${vma.perms.slice(1)}` : `r${vma.perms.slice(1)}` }],
    ];
    const pick = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...tampered));
    fc.assert(
      fc.property(programArbitrary({ min: 20, max: 20 }), pick, (program, [stepDice, vmaDice, tamper]) => {
        const recorded = recordedByModel(program);
        const at = stepDice % recorded.steps.length;
        const layout = recorded.steps[at]?.after as readonly VmaRecord[];
        const vma = layout[vmaDice % Math.max(1, layout.length)];
        const isSealedAlready = vma?.vmFlags?.includes('sl') && vma.vmFlags.includes('lo');
        if (vma === undefined || isSealedAlready) return true;
        const after = layout.flatMap((other) => (other === vma ? tamper(vma) : [other]));
        const steps = recorded.steps.with(at, { ...recorded.steps[at], after } as Step);
        const verdict = replayProgram({ ...recorded, steps });
        return verdict.kind === 'disagrees' && verdict.step === at;
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
