/**
 * Which steps the specifications speak of. A program that does anything else to its memory has left their domain for good:
 * their mappings have no such flags, so that step properties would judge what they cannot see.
 */
import { adviceName, type RawCall } from '@vmacheck/model';
import type { ProgramHeader } from '@vmacheck/trace';

/** PROT_GROWSDOWN, PROT_GROWSUP. */
const GROWS = 0x03000000n;

/** MAP_GROWSDOWN and MAP_STACK. */
const STACK_FLAGS = 0x20100n;

const MAP_POPULATE = 0x8000n;

/** These write pages to swap, or poison them. */
const UNSPECIFIED_ADVICE: ReadonlySet<string | undefined> = new Set(['PAGEOUT', 'HWPOISON', 'SOFT_OFFLINE']);

/** The specifications know pages of one size. */
const HUGE_ADVICE: ReadonlySet<string | undefined> = new Set(['HUGEPAGE', 'COLLAPSE']);

const UNSPECIFIED_CALLS: ReadonlySet<RawCall['op']> = new Set(['setLimit', 'setCapability']);

/** Whether the step properties speak of the call. Memory that grows they do not know, nor who asks for it. */
export function isSpecified(raw: RawCall): boolean {
  if (raw.op === 'mprotect') return (raw.prot & GROWS) === 0n;
  if (raw.op === 'madvise') return !UNSPECIFIED_ADVICE.has(adviceName(raw.advice));
  return !UNSPECIFIED_CALLS.has(raw.op);
}

/** Whether the call may give memory what the specifications have no name for. */
export function leavesSpecs(raw: RawCall): boolean {
  if (raw.op === 'madvise') return HUGE_ADVICE.has(adviceName(raw.advice));
  return raw.op === 'mmap' && (raw.flags & STACK_FLAGS) !== 0n;
}

/**
 * Whether what a kernel shows of the step is too little to judge it by: pages that were there from the start (MAP_POPULATE), what
 * future memory gets, limits.
 */
export function hidesState(raw: RawCall): boolean {
  switch (raw.op) {
    case 'mmap':
      return (raw.flags & MAP_POPULATE) !== 0n;
    case 'madvise':
      return adviceName(raw.advice)?.startsWith('POPULATE') === true;
    case 'uffdRegister':
      return (raw.ctx ?? 1) !== 1;
    case 'mlockall':
    case 'brk':
    case 'setLimit':
    case 'setCapability':
      return true;
    default:
      return false;
  }
}

/** Whether limits, or several processes before the first step, may decide results. */
export function isLimited(program: ProgramHeader): boolean {
  const { limits, rlimitMemlock, capIpcLock, origin } = program;
  const { rlimitAs = 'unlimited', rlimitData = 'unlimited' } = limits ?? {};
  const sized = rlimitAs !== 'unlimited' || rlimitData !== 'unlimited';
  const hasEvents = featuresOf(program).some((name) => name.startsWith('EVENT_'));
  return sized || hasEvents || origin === 'fork' || (!capIpcLock && rlimitMemlock !== 'unlimited');
}

function featuresOf({ uffd }: ProgramHeader): readonly string[] {
  if (uffd?.contexts === undefined) return uffd?.features ?? [];
  return Object.values(uffd.contexts).flatMap((context) => context.features ?? []);
}
