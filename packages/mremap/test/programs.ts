/** The programs of facts.ndjson, one for each fact: read and performed. */
import { readFileSync } from 'node:fs';
import { AddressSpace, fork, type Profile, type RawCall, vmFlagCodes, vmaPerms } from '@vmacheck/model';
import { perform } from '@vmacheck/mremap';

/** A step as it stands in a trace; all arguments are numbers, or names of files. */
interface Step {
  readonly op: string;
  readonly args: Readonly<Record<string, string | number>>;
  /** The process that acts: 0, or 1 after a fork. */
  readonly proc?: number;
}

interface FactProgram {
  readonly about: string;
  readonly steps: Step[];
}

type Line =
  { readonly type: 'program'; readonly id: string; readonly about: string } | ({ readonly type: 'step' } & Step);

/** By the name of the fact. */
export function factPrograms(): ReadonlyMap<string, FactProgram> {
  const programs = new Map<string, FactProgram>();
  let current: FactProgram | undefined;
  const text = readFileSync(new URL('./facts.ndjson', import.meta.url), 'utf8');
  for (const line of text
    .trim()
    .split('\n')
    .map((json) => JSON.parse(json) as Line)) {
    if (line.type === 'program') programs.set(line.id, (current = { about: line.about, steps: [] }));
    else current?.steps.push(line);
  }
  return programs;
}

/** What can be seen of a program: after each step its result, the VMAs, the counters. */
export function run(steps: readonly Step[], profile: Profile): readonly unknown[] {
  const contexts = [
    { id: 1, features: new Set(['SIGBUS', 'EVENT_REMAP']) },
    { id: 2, features: new Set(['SIGBUS']) },
  ];
  const withEvents = steps.some(({ args }) => args['ctx'] !== undefined);
  const options = { profile, files: [{ file: 1, pages: 8 }] };
  const spaces = [AddressSpace.create(withEvents ? { ...options, contexts } : options)];
  return steps.map((step) => {
    const space = spaces[step.proc ?? 0] as AddressSpace;
    if (step.op === 'fork') return spaces.push(fork(space));
    const outcome = perform(space, rawCall(step));
    return {
      result: outcome.ok ? String(outcome.value) : { ...outcome, why: '' },
      vmas: space.vmas.map((vma) => [vma.start, vma.end, vmaPerms(vma), vmFlagCodes(vma, profile)]),
      counters: [space.mapCount, space.totalVm, space.lockedVm, space.committed],
      events: space.takeEvents(),
    };
  });
}

function rawCall({ op, args }: Step): RawCall {
  if (op === 'setLimit') return { op, ...args } as unknown as RawCall;
  const entries = Object.entries(args).map(([name, value]) => {
    if (name === 'fd') return ['file', value === 'F0' ? 1 : 0];
    return name === 'ctx' ? [name, value === 'U1' ? 2 : 1] : [name, BigInt(value)];
  });
  return { op, ...Object.fromEntries(entries) } as RawCall;
}
