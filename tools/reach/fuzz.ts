/**
 * What `npm run coverage` measures: generated programs of both alphabets in the model, as each release and as kernels that are not
 * known, with and without their defects. Each program goes the ways that programs go: it is generated against the model, recorded
 * by it, replayed, replayed with an address that nobody chose, and its last step is explained.
 */
import { NEAR, PROPERTIES } from '../../packages/cli/src/properties.js';
import { AddressSpace } from '../../packages/model/src/index.js';
import { type GenerateOptions, generatePrograms, runFuzz } from '../../packages/fuzz/src/index.js';
import {
  explainStep,
  intended,
  type Profile,
  profileFor,
  RELEASES,
  replayProgram,
  Session,
} from '../../packages/replay/src/index.js';
import type { KernelConfig, Program, Step } from '../../packages/trace/src/index.js';
import { expect, test } from 'vitest';

const seed = Number(process.env.COVERAGE_SEED ?? 1);
const programs = Number(process.env.COVERAGE_PROGRAMS ?? 100);
const steps = Number(process.env.COVERAGE_STEPS ?? 40);

/** As a kernel names itself: `uname -r`, and `uname -v` where that alone has the patch level. */
interface Named {
  readonly kernel: string | null;
  readonly version?: string;
  readonly programs: number;
}

const few = Math.ceil(programs / 20);
const KERNELS: readonly Named[] = [
  ...RELEASES.map((kernel) => ({ kernel, programs })),
  { kernel: '6.1.0-50-cloud-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)', programs: few },
  { kernel: '6.18.5', version: '#1 SMP', programs: few },
  { kernel: '6.12.115+deb13-amd64', programs: few },
  { kernel: '6.14', programs: few },
  { kernel: '5.10.0-30-amd64', programs: few },
  { kernel: '99.1.0', programs: few },
  { kernel: 'somebody built this', programs: few },
  { kernel: null, programs: few },
];

/** What a kernel may be configured to. */
const CONFIGS: readonly (KernelConfig | undefined)[] = [
  { thp: 'always', mmapBase: '0x7ffff7fff000', mmapMinAddr: '0x10000' },
  undefined,
  { thp: 'madvise', mmapBase: '0x7ffff7fff000', overcommit: 2 },
  // Below this there is hardly any room.
  { thp: 'never', mmapBase: '0x20000', mmapMinAddr: '0x10000', overcommit: 1 },
];

/** Steps that stand outside of what is modelled. */
const STRANGE: readonly Step[] = [
  { op: 'mmap', args: { addr: '0x0', length: '0x1000', prot: 3, flags: 0x40022, fd: -1, offset: '0x0' } },
  { op: 'madvise', args: { addr: '0x10000000000', length: '0x1000', advice: 100 } },
  { op: 'uffdClose', args: { ctx: 'U9' } },
];

KERNELS.forEach(({ kernel, version, programs }, i) => {
  for (const alphabet of ['mremap', 'all'] as const) {
    test(`${kernel}, ${alphabet}`, async () => {
      const { profile } = profileFor(kernel, version);
      const properties = { state: [], step: [], phase: [] };
      const count = alphabet === 'all' ? programs * 2 : Math.ceil(programs / 3);
      // Other programs for each kernel.
      const options = { seed: seed * 1000 + i, programs: count, steps, alphabet, profile, machineWide: true };
      let n = 0;
      for (const program of mixed(options)) {
        const config = CONFIGS[n++ % CONFIGS.length];
        const named = { ...program, kernel, ...(version === undefined ? {} : { kernelVersion: version }) };
        const header = config === undefined ? named : { ...named, config };
        const recorded = record(header, profile);
        expect(replayProgram(recorded)).toMatchObject({ kind: 'agrees' });
        replayProgram(program, { profile: intended(profile) });
        tamper(recorded, n);
        explainStep(recorded, recorded.steps.length - 1);
        replayProgram(program, { profile: intended(profile, 'uffdResetHitsMerged') });
        expect(branches(header, profile)).toBe(true);
        expect(remade(header, profile, n % 2 === 0)).toBe(true);
      }
      await runFuzz({ ...options, about: 'manyMappings', programs: 1, steps: 5000, profile, properties });
      await runFuzz({ ...options, programs: Math.ceil(count / 10), profile, properties });
      for (const near of [{}, { near: NEAR }]) {
        const judged = { ...options, programs: Math.ceil(count / 20), profile, properties: PROPERTIES, ...near };
        expect((await runFuzz(judged)).failure).toBeUndefined();
      }
    });
  }
});

/** Programs as they are drawn, and more of what is rare among them. */
function* mixed(options: GenerateOptions): Generator<Program> {
  yield* generatePrograms(options);
  if (options.alphabet !== 'all') return;
  const programs = Math.ceil(options.programs / 4);
  yield* generatePrograms({ ...options, about: 'hugePages', programs });
  yield* generatePrograms({ ...options, about: 'wholeSpace', programs });
}

/** What a recorder would write if the kernel was the model. */
function record(program: Program, profile: Profile): Program {
  const session = new Session(program, profile);
  const made = program.steps.map((step): Step => {
    const performed = session.perform(step);
    const after = session.layout();
    return performed.kind === 'done' ? { ...step, result: performed.result, after } : { ...step, after };
  });
  return { ...program, steps: made };
}

/** An address that the kernel chose becomes another, and a step that nobody knows comes first. */
function tamper(program: Program, n: number): void {
  const chosen = ['0x7fffffffe000', '0x10000000000', '0x7ffff0000800', '0x7fff00000000', undefined] as const;
  const isFree = (step: Step): boolean =>
    (step.op === 'mmap' && (Number(step.args.flags) & 0x100010) === 0) ||
    (step.op === 'mremap' && (Number(step.args.flags) & 2) === 0);
  program.steps.forEach((step, i) => {
    if (!isFree(step) || step.result?.value === undefined) return;
    const value = chosen[(n + i) % chosen.length];
    const result = value === undefined ? { errno: 'ENOMEM' } : { value };
    replayProgram({ ...program, steps: program.steps.with(i, { ...step, result }) });
  });
  replayProgram({ ...program, steps: [STRANGE[n % STRANGE.length] as Step, ...program.steps.slice(0, 3)] });
}

/** A state that is kept is not touched by what goes on from it. */
function branches(program: Program, profile: Profile): boolean {
  const session = new Session(program, profile);
  const half = Math.floor(program.steps.length / 2);
  for (const step of program.steps.slice(0, half)) session.perform(step);
  const kept = session.space.clone();
  const pages = kept.vmas.map(({ start }) => start);
  const before = JSON.stringify([kept.vmas, pages.map((page) => String(kept.peek(page)))]);
  for (const step of program.steps.slice(half)) session.perform(step);
  return JSON.stringify([kept.vmas, pages.map((page) => String(kept.peek(page)))]) === before;
}

/** A space that is made from the mappings of another counts the same. */
function remade(program: Program, profile: Profile, forked: boolean): boolean {
  const session = new Session(program, profile);
  for (const step of program.steps) session.perform(step);
  const { vmas, totalVm, mapCount } = session.space;
  const files = forked ? { files: [{ file: 1, pages: 96 }] } : {};
  const made = AddressSpace.create({ vmas, ...files, ...(forked ? { forked, hasUffd: false } : {}) });
  const isEmpty = made.peek(0x7ffffffff) === undefined;
  return isEmpty && made.totalVm === totalVm && made.mapCount === mapCount && made.tree.size === vmas.length;
}
