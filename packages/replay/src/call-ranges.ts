/** The pages that a call names. */
import { type Outcome, pageOf, pagesOf, type RawCall } from '@vmacheck/model';
import type { StepResult } from '@vmacheck/trace';
import type { PageRange } from './page-set.js';

/** Source and destination; a load or store names the pages of its 8 bytes. Ranges that wrap are cut off at the end. */
export function rangesOf(raw: RawCall): readonly PageRange[] {
  switch (raw.op) {
    case 'load':
    case 'store':
      return [{ start: pageOf(raw.addr), end: pageOf(raw.addr + 7n) + 1 }];
    case 'mremap': {
      const implied = (raw.flags & 6n) !== 0n;
      const source = range(raw.oldAddr, raw.oldLen);
      return implied ? [source, range(raw.newAddr, raw.newLen)] : [source];
    }
    case 'mmap':
      // Without MAP_FIXED or MAP_FIXED_NOREPLACE the address is a hint.
      return (raw.flags & 0x100010n) === 0n ? [] : [range(raw.addr, raw.length)];
    case 'mlockall':
    case 'munlockall':
    case 'uffdClose':
    case 'setLimit':
    case 'setCapability':
    case 'brk':
      return [];
    default:
      return [range(raw.addr, raw.length)];
  }
}

/** Whether a recorded result says that a call did nothing, as far as the result can say. brk(2) returns where the heap ends. */
export function isRefused(raw: RawCall, { errno, value }: StepResult): boolean {
  return errno !== undefined || (raw.op === 'brk' && value !== undefined && BigInt(value) !== raw.addr);
}

/** Where a call put memory, and where it took it from; undefined when it moved or made none. */
export function movedBy(
  raw: RawCall,
  outcome: Outcome,
): { readonly from: PageRange | undefined; readonly to: PageRange } | undefined {
  if (!outcome.ok) return undefined;
  if (raw.op === 'mmap') return { from: undefined, to: range(outcome.value, raw.length) };
  if (raw.op !== 'mremap') return undefined;
  const len = raw.oldLen < raw.newLen && raw.oldLen !== 0n ? raw.oldLen : raw.newLen;
  return { from: range(raw.oldAddr, len), to: range(outcome.value, raw.newLen) };
}

function range(addr: bigint, length: bigint): PageRange {
  const start = pageOf(addr);
  return { start, end: start + pagesOf(length) };
}
