/** Steps and results in one line each, with the names of flags and with pages counted from the start of the window. */
import {
  adviceName,
  bitNames,
  MAP,
  mmapFlagNames,
  MREMAP,
  PAGE_SIZE,
  parseAddress,
  parseHex,
  PROT,
  type RawNumber,
  type Step,
  type StepResult,
  toBits,
  UFFD_MODE,
} from '@vmacheck/trace';

/** Page numbers count from here; undefined: addresses are printed in hexadecimal. */
export type Base = number | undefined;

/** Pages further away than this from the base are printed as addresses. */
const FAR = 1 << 20;

/** "2" for the third page after the base; "0x..." for what is unaligned or elsewhere. */
export function addressText(address: string, base: Base): string {
  const parsed = parseAddress(address);
  if (parsed === undefined || parsed.kind === 'reference') return address;
  return valueText(parsed.value, base);
}

function valueText(value: bigint, base: Base): string {
  const hex = `0x${value.toString(16)}`;
  if (base === undefined || value % BigInt(PAGE_SIZE) !== 0n) return hex;
  const page = Number(value / BigInt(PAGE_SIZE)) - base;
  return page >= 0 && page < FAR ? String(page) : hex;
}

/** Pages where a length is a whole number of them, else bytes in hexadecimal. */
export function lengthText(length: `0x${string}`): string {
  const value = parseHex(length);
  const pages = value / BigInt(PAGE_SIZE);
  return value % BigInt(PAGE_SIZE) === 0n && pages < BigInt(FAR) ? String(pages) : length;
}

const bits = (value: RawNumber): number => Number(BigInt.asUintN(32, toBits(value)));

function protText(prot: RawNumber): string {
  const value = bits(prot);
  return value === 0 ? 'PROT_NONE' : bitNames(PROT, value).replaceAll(/(^|\|)(?!0x)/g, '$1PROT_');
}

function named(table: Readonly<Record<string, number>>, value: RawNumber, prefix: string): string {
  return bitNames(table, bits(value)).replaceAll(/(^|\|)(?=[A-Z])/g, `$1${prefix}`);
}

/** A step as a call: "mremap(old=2, oldLen=3, newLen=5, MREMAP_MAYMOVE)". */
export function stepText(step: Step, base: Base): string {
  return `${step.op}(${argumentTexts(step, base).join(', ')})`;
}

function argumentTexts(step: Step, base: Base): readonly string[] {
  const range = (args: { readonly addr: string; readonly length: `0x${string}` }): string[] => [
    `addr=${addressText(args.addr, base)}`,
    `len=${lengthText(args.length)}`,
  ];
  switch (step.op) {
    case 'mmap': {
      const { fd, offset, prot, flags } = step.args;
      const file = fd === -1 && (bits(flags) & MAP.ANONYMOUS) !== 0 ? [] : [`fd=${fd}`, `offset=${lengthText(offset)}`];
      return [...range(step.args), protText(prot), mmapFlagNames(bits(flags)), ...file];
    }
    case 'mremap': {
      const { oldAddr, oldLen, newLen, flags, newAddr } = step.args;
      const target =
        (bits(flags) & (MREMAP.FIXED | MREMAP.DONTUNMAP)) === 0 ? [] : [`new=${addressText(newAddr, base)}`];
      return [
        `old=${addressText(oldAddr, base)}`,
        `oldLen=${lengthText(oldLen)}`,
        `newLen=${lengthText(newLen)}`,
        named(MREMAP, flags, 'MREMAP_'),
        ...target,
      ];
    }
    case 'mprotect':
      return [...range(step.args), protText(step.args.prot)];
    case 'mlock2':
      return [...range(step.args), bits(step.args.flags) === 1 ? 'MLOCK_ONFAULT' : String(step.args.flags)];
    case 'mseal':
      return [...range(step.args), String(step.args.flags)];
    case 'madvise':
      return [...range(step.args), adviceName(bits(step.args.advice))];
    case 'uffdRegister':
      return [...range(step.args), named(UFFD_MODE, step.args.mode, '')];
    case 'munmap':
    case 'mlock':
    case 'munlock':
    case 'uffdUnregister':
    case 'mincore':
      return range(step.args);
    case 'store':
      return [`addr=${addressText(step.args.addr, base)}`, `value=${step.args.value}`];
    case 'load':
      return [`addr=${addressText(step.args.addr, base)}`];
    default:
      return Object.entries(step.args).map(([name, value]) => `${name}=${String(value)}`);
  }
}

/** What a step gave, in words: "EFAULT", "moved to 9", "read 0x5", "ok". */
export function resultText(step: Step, result: StepResult | undefined, base: Base): string {
  if (result === undefined) return 'not run';
  if (result.errno !== undefined) return result.errno;
  if (result.signal !== undefined) return result.signal;
  const { value } = result;
  switch (step.op) {
    case 'mmap':
      return `mapped at ${addressText(value, base)}`;
    case 'mremap': {
      const stays = value === step.args.oldAddr;
      return `${stays ? 'stays at' : 'moved to'} ${addressText(value, base)}`;
    }
    case 'load':
      return `read ${value}`;
    default:
      return parseHex(value) === 0n ? 'ok' : value;
  }
}
