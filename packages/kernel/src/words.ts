import { type Op, type RawNumber, type Step, parseAddress, parseHex, toBits } from '@vmacheck/trace';

/** A hexadecimal number of the trace format in the runner's form: without 0x, without leading zeros. */
export const hex = (text: string): string => parseHex(text as `0x${string}`).toString(16);
const bits = (value: RawNumber): string => toBits(value).toString(16);

/** No limit: what RLIM_INFINITY is. */
const UNLIMITED = 'f'.repeat(16);

/** A limit in bytes or mappings; "-" is: as it is. */
export const limitWord = (limit: number | string | undefined): string =>
  limit === undefined
    ? '-'
    : limit === 'unlimited'
      ? UNLIMITED
      : typeof limit === 'number'
        ? limit.toString(16)
        : hex(limit);

/** "10000005000", or "r3+1000" with both numbers in hexadecimal. */
function address(text: string): string {
  const parsed = parseAddress(text);
  if (parsed === undefined) return '?';
  return parsed.kind === 'absolute'
    ? parsed.value.toString(16)
    : `r${parsed.step.toString(16)}+${parsed.offset.toString(16)}`;
}

/** The runner's numbers of setLimit's resources. */
const RESOURCES = ['memlock', 'as', 'data', 'maxMapCount'] as const;

/** Capabilities that decide results of memory calls, by capability.h's numbers. */
export const CAPABILITIES: Readonly<Record<string, number>> = {
  CAP_IPC_LOCK: 14,
  CAP_SYS_RAWIO: 17,
  CAP_SYS_PTRACE: 19,
  CAP_SYS_ADMIN: 21,
  CAP_SYS_RESOURCE: 24,
};

/** The names that steps use, in the order of the runner's numbers. */
export interface Names {
  readonly files: readonly string[];
  readonly contexts: readonly string[];
}

/**
 * The arguments of a step in the order of the trace format; undefined for an operation that the runner does not have. The only
 * context need not be named.
 */
export function stepWords(step: Step, { files, contexts }: Names): readonly string[] | undefined {
  const context = (ctx?: string): string => (ctx === undefined ? 0 : contexts.indexOf(ctx)).toString(16);
  switch (step.op) {
    case 'mmap': {
      const { addr, length, prot, flags, fd, offset } = step.args;
      const file = fd === -1 ? '-1' : `@${files.indexOf(fd).toString(16)}`;
      return [address(addr), hex(length), bits(prot), bits(flags), file, hex(offset)];
    }
    case 'mremap': {
      const { oldAddr, oldLen, newLen, flags, newAddr } = step.args;
      return [address(oldAddr), hex(oldLen), hex(newLen), bits(flags), address(newAddr)];
    }
    case 'munmap':
    case 'mlock':
    case 'munlock':
    case 'mincore':
      return [address(step.args.addr), hex(step.args.length)];
    case 'mprotect':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.prot)];
    case 'madvise':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.advice)];
    case 'mlock2':
    case 'mseal':
    case 'msync':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.flags)];
    case 'uffdRegister':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.mode), context(step.args.ctx)];
    case 'uffdUnregister':
      return [address(step.args.addr), hex(step.args.length), context(step.args.ctx)];
    case 'uffdClose':
      return [context(step.args?.ctx)];
    case 'mlockall':
      return [bits(step.args.flags)];
    case 'munlockall':
    case 'exit':
      return [];
    case 'load':
    case 'brk':
      return [address(step.args.addr)];
    case 'store':
      return [address(step.args.addr), hex(step.args.value)];
    case 'setLimit':
      return [RESOURCES.indexOf(step.args.resource).toString(16), limitWord(step.args.value)];
    case 'setCapability':
      return [(CAPABILITIES[step.args.name] ?? 0).toString(16), step.args.on ? '1' : '0'];
    default:
      return undefined;
  }
}

/** The operations that this recorder executes. */
export const RECORDED_OPS: readonly Op[] = [
  'mmap',
  'munmap',
  'mprotect',
  'mremap',
  'madvise',
  'mlock',
  'mlock2',
  'munlock',
  'mlockall',
  'munlockall',
  'mseal',
  'msync',
  'mincore',
  'brk',
  'setLimit',
  'setCapability',
  'uffdRegister',
  'uffdUnregister',
  'uffdClose',
  'fork',
  'exit',
  'load',
  'store',
];
