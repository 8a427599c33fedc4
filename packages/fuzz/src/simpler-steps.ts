/** Plainer variants of single steps: shorter, aligned, private anonymous, read-write. */
import type { Address, Hex, Step, StepOf } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';

/** Variants of a step that a reader understands more easily. */
export function* simplerSteps(step: Step): Generator<Step> {
  switch (step.op) {
    case 'mmap': {
      const { args } = step;
      if (args.fd !== -1) yield { ...step, args: { ...args, fd: -1, flags: 0x32, offset: '0x0' } };
      if (args.offset !== '0x0') yield { ...step, args: { ...args, offset: '0x0' } };
      if (args.prot !== 3) yield { ...step, args: { ...args, prot: 3 } };
      yield* shorter(args.length).map((length): Step => ({ ...step, args: { ...args, length } }));
      return;
    }
    case 'mremap': {
      const { args } = step;
      for (const oldLen of shorter(args.oldLen)) {
        if (args.oldLen === args.newLen) yield { ...step, args: { ...args, oldLen, newLen: oldLen } };
        else yield { ...step, args: { ...args, oldLen } };
      }
      yield* shorter(args.newLen).map((newLen): Step => ({ ...step, args: { ...args, newLen } }));
      if (args.oldLen === args.newLen) yield* laterParts(step);
      const flags = Number(args.flags);
      if ((flags & 4) !== 0) yield { ...step, args: { ...args, flags: flags & ~4 } };
      return;
    }
    case 'munmap':
    case 'mprotect':
    case 'madvise':
    case 'mincore':
    case 'mlock':
    case 'mlock2':
    case 'msync':
    case 'munlock':
    case 'mseal':
    case 'uffdRegister':
    case 'uffdUnregister':
      yield* shorter(step.args.length).map((length) => ({ ...step, args: { ...step.args, length } }) as Step);
      return;
    case 'store':
      if (step.args.value !== '0x1') yield { ...step, args: { ...step.args, value: '0x1' } };
      yield* aligned(step.args.addr).map((addr): Step => ({ ...step, args: { ...step.args, addr } }));
      return;
    default:
  }
}

/** The end of what is moved: its last page, its later half, all but the first page. */
function laterParts(step: StepOf<'mremap'>): Step[] {
  const { oldAddr, newAddr, oldLen } = step.args;
  const pages = Number(parseHex(oldLen) >> 12n);
  if (pages <= 1 || pages > 1024 || [oldAddr, newAddr].some((address) => address.startsWith('r'))) return [];
  const later = (address: Address, skip: number): Hex => toHex(parseHex(address as Hex) + BigInt(skip * 4096));
  return [...new Set([pages - 1, pages >> 1, 1])].map((skip) => {
    const len = toHex((pages - skip) * 4096);
    const args = { oldAddr: later(oldAddr, skip), newAddr: later(newAddr, skip), oldLen: len, newLen: len };
    return { ...step, args: { ...step.args, ...args } };
  });
}

/** Half the length and one page less. */
function shorter(length: `0x${string}`): `0x${string}`[] {
  const pages = Number(parseHex(length) >> 12n);
  if (pages <= 1 || pages > 1024) return [];
  return [...new Set([pages >> 1, pages - 1])].map((count) => toHex(count * 4096));
}

function aligned(address: Address): Address[] {
  if (address.startsWith('r') || parseHex(address as `0x${string}`) % 4096n === 0n) return [];
  return [toHex(parseHex(address as `0x${string}`) & ~0xfffn)];
}
