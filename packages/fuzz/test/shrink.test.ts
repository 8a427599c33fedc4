import { groupOf, type Properties, PROFILES, type Space } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { generatePrograms, headerOf, runFuzz, shrinkProgram, shrinkTogether, violationOf } from '../src/index.js';

const about = (name: string) => ({ name, doc: '', source: 'specs/X.tla:1' });

/** Fails as soon as `holds` is false of a state. */
const stateProperty = (name: string, holds: (s: Space) => boolean): Properties => ({
  state: [groupOf({ ...about(name), check: (s: Space) => (holds(s) ? 1 : -1) })],
  step: [],
  phase: [],
});

async function shrunkFor(properties: Properties): Promise<Program | undefined> {
  const outcome = await runFuzz({ seed: 3, programs: 2000, steps: 32, properties });
  return outcome.failure?.program;
}

describe('shrinking', () => {
  test.for<[string, Properties, number]>([
    ['three VMAs', stateProperty('FewVmas', (s) => s.vmas.length < 3), 3],
    ['a sealed VMA', stateProperty('NoSeal', (s) => !s.vmas.some((vma) => vma.sealed)), 2],
    ['memory that was written and moved', stateProperty('NotMoved', (s) => !s.vmas.some(movedFaulted)), 3],
    ['two anon_vmas', stateProperty('OneAnonVma', (s) => new Set(s.vmas.map((vma) => vma.anonVma)).size < 3), 4],
  ])('leaves no more steps than it takes to make %s', async ([, properties, most]) => {
    const program = await shrunkFor(properties);
    expect(program?.steps.length).toBeLessThanOrEqual(most);
    expect(program && violationOf(program, properties, PROFILES['6.18'])?.step).toBe((program?.steps.length ?? 0) - 1);
  });

  test('keeps the property that failed first, not just any', async () => {
    const properties: Properties = {
      ...stateProperty('Few', (s) => s.vmas.length < 4),
      step: [groupOf({ ...about('NoStore'), check: (_s, c) => (c.op !== 'store' || c.addr > 0 ? 1 : -1) })],
    };
    const program = await shrunkFor(properties);
    expect(program && violationOf(program, properties, PROFILES['6.18'])?.violation.name).toBe('Few');
  });

  test('drops steps that refer to a step that is gone, and counts the other references anew', async () => {
    const map: Step = {
      op: 'mmap',
      args: { addr: '0x0', length: '0x2000', prot: 3, flags: 0x22, fd: -1, offset: '0x0' },
    };
    const steps: Step[] = [
      map,
      map,
      { op: 'load', args: { addr: 'r0+0x0' } },
      { op: 'load', args: { addr: 'r1+0x1000' } },
    ];
    const fails = ({ steps: left }: Program): boolean =>
      left.some(({ op, args }, i) => i > 0 && op === 'load' && args.addr.endsWith('1000'));
    const { program } = await shrinkProgram({ ...headerOf('x'), steps }, fails);
    expect(program.steps.map(({ op }) => op)).toEqual(['mmap', 'load']);
    expect(program.steps[1]?.args).toEqual({ addr: 'r0+0x1000' });
  });

  test('prefers plain arguments', async () => {
    const [program] = [...generatePrograms({ seed: 8, programs: 1, steps: 30 })];
    const fails = ({ steps }: Program): boolean => steps.some(({ op }) => op === 'mmap');
    const shrunk = await shrinkProgram(program as Program, fails);
    expect(shrunk.program.steps).toHaveLength(1);
    expect(shrunk.program.steps[0]?.args).toMatchObject({ length: '0x1000', prot: 3, fd: -1, offset: '0x0' });
  });

  test.each([1, 7, 64])('takes as few steps with %i candidates at a time', async (width) => {
    const [program] = [...generatePrograms({ seed: 8, programs: 1, steps: 30 })];
    const fails = ({ steps }: Program): boolean =>
      steps.filter(({ op }) => op === 'mmap').length >= 2 && steps.some(({ op }) => op === 'mremap');
    const sizes: number[] = [];
    const failsEach = (programs: readonly Program[]): boolean[] => {
      sizes.push(programs.length);
      return programs.map(fails);
    };
    const { program: shrunk, tried } = await shrinkTogether(program as Program, failsEach, { width });
    expect(shrunk.steps.map(({ op }) => op).sort()).toEqual(['mmap', 'mmap', 'mremap']);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(width);
    expect(tried).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  test('gives up after its budget with the smallest that it found', async () => {
    const [program] = [...generatePrograms({ seed: 8, programs: 1, steps: 30 })];
    const shrunk = await shrinkProgram(program as Program, () => true, 2);
    expect(shrunk.tried).toBe(2);
    expect(shrunk.program.steps.length).toBeLessThan(30);
  });
});

function movedFaulted(vma: Space['vmas'][number]): boolean {
  return vma.anonVma !== 0 && vma.file === 0 && vma.pgoff !== vma.start;
}
