/**
 * Which steps the specifications speak of. A program that does anything else to its memory has left their domain for good:
 * their mappings have no such flags, so that step properties would judge what they cannot see.
 */
import type { RawCall } from '@vmacheck/model';
import type { ProgramHeader } from '@vmacheck/trace';

const MADV_DONTNEED = 4n;
/** MAP_GROWSDOWN and MAP_STACK. */
const STACK_FLAGS = 0x20100n;

const MAP_POPULATE = 0x8000n;

const CALLS: ReadonlySet<RawCall['op']> = new Set([
  'mmap',
  'munmap',
  'mprotect',
  'mremap',
  'mlock',
  'mlock2',
  'munlock',
  'mseal',
  'uffdRegister',
  'uffdUnregister',
  'load',
  'store',
]);

/** Whether the step properties speak of the call. Memory that is there from the start (MAP_POPULATE) is unknown to them. */
export function isSpecified(raw: RawCall): boolean {
  return CALLS.has(raw.op) && !(raw.op === 'mmap' && (raw.flags & MAP_POPULATE) !== 0n);
}

/** Whether the call may give memory what the specifications have no name for. */
export function leavesSpecs(raw: RawCall): boolean {
  switch (raw.op) {
    case 'madvise':
      return BigInt.asUintN(32, raw.advice) !== MADV_DONTNEED;
    case 'mmap':
      return (raw.flags & STACK_FLAGS) !== 0n;
    case 'uffdRegister':
      return (raw.ctx ?? 1) !== 1;
    case 'mlockall':
    case 'setLimit':
    case 'setCapability':
      return true;
    default:
      return false;
  }
}

/** Whether limits, or several processes before the first step, may decide results. */
export function isLimited({ limits, rlimitMemlock, capIpcLock, uffd, origin }: ProgramHeader): boolean {
  const { rlimitAs = 'unlimited', rlimitData = 'unlimited' } = limits ?? {};
  const sized = rlimitAs !== 'unlimited' || rlimitData !== 'unlimited';
  const features =
    uffd?.contexts === undefined
      ? (uffd?.features ?? [])
      : Object.values(uffd.contexts).flatMap((c) => c.features ?? []);
  const hasEvents = features.some((name) => name.startsWith('EVENT_'));
  return sized || hasEvents || origin === 'fork' || (!capIpcLock && rlimitMemlock !== 'unlimited');
}
