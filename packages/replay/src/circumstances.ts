/** What a program record says of the circumstances, as the model takes it. */
import { type AddressSpace, pageOf, type Profile, type SpaceOptions, type UffdContext } from '@vmacheck/model';
import type { Counters, ProgramHeader } from '@vmacheck/trace';
import type { FileNames } from './file-names.js';
import type { Window } from './layout.js';
import { limitOf } from './raw-call.js';

/** The name of a program's userfaultfd where it has only one. */
const ONLY = 'U0';

/** Names of userfaultfds and their numbers in the model, from 1. */
export function contextNumbers({ uffd }: ProgramHeader): ReadonlyMap<string, number> {
  const names = uffd?.contexts === undefined ? [ONLY] : Object.keys(uffd.contexts);
  return new Map(names.map((name, i) => [name, i + 1]));
}

/** The options of the address space in which a program begins, before its mappings. */
export function optionsOf(program: ProgramHeader, profile: Profile, window: Window, files: FileNames): SpaceOptions {
  const { config, limits } = program;
  const { mmapMinAddr, mmapBase, overcommit, thp } = config ?? {};
  return {
    profile,
    hasUffd: program.uffd !== null,
    contexts: contextsOf(program),
    known: window,
    files: files.specs(),
    capIpcLock: program.capIpcLock,
    limits: {
      memlock: limitOf(program.rlimitMemlock),
      as: limitOf(limits?.rlimitAs ?? 'unlimited'),
      data: limitOf(limits?.rlimitData ?? 'unlimited'),
      ...(limits?.maxMapCount === undefined ? {} : { maxMapCount: limits.maxMapCount }),
    },
    forked: program.origin === 'fork',
    ...(mmapMinAddr === undefined ? {} : { mmapMin: pageOf(BigInt(mmapMinAddr)) }),
    ...(mmapBase === undefined ? {} : { mmapBase: pageOf(BigInt(mmapBase)), predicts: window === undefined }),
    ...(overcommit === undefined ? {} : { overcommit }),
    ...(thp === undefined ? {} : { hugePages: thp }),
    ...(program.brk === undefined ? {} : { brk: BigInt(program.brk) }),
  };
}

function contextsOf(program: ProgramHeader): readonly UffdContext[] {
  const { uffd } = program;
  if (uffd === null) return [];
  const records = uffd.contexts === undefined ? { [ONLY]: { features: uffd.features } } : uffd.contexts;
  const numbers = contextNumbers(program);
  return Object.entries(records).map(([name, { features }]) => ({
    id: numbers.get(name) as number,
    features: new Set(features ?? ['SIGBUS']),
  }));
}

/** Counts the mappings that are not in the window as the rest of the process. */
export function setBaseline(space: AddressSpace, whole: Counters | undefined): void {
  if (whole === undefined) return;
  const { mapCount, totalVm, lockedVm, vmas } = space;
  const data = vmas.filter(({ write, shared }) => write && !shared);
  const dataVm = data.reduce((sum, { start, end }) => sum + end - start, 0);
  const rest = (all: number | undefined, seen: number): number => Math.max(0, (all ?? 0) - seen);
  space.baseline = {
    mapCount: rest(whole.mapCount, mapCount),
    totalVm: rest(whole.totalVm, totalVm),
    lockedVm: rest(whole.lockedVm, lockedVm),
    dataVm: rest(whole.dataVm, dataVm),
  };
}
