import { type Op, type Program, type RawNumber, type Step, parseAddress, parseHex, toBits } from '@vmacheck/trace';
import type { LiveKernel } from './live.js';
import type { RecordOptions } from './outcome.js';
import { featureBits } from './uffd.js';

/** The program in the runner's words (native/protocol.txt), or why it cannot be run. */
export type Encoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

const MOST_STEPS = 1 << 18;
const MOST_TEXT = 8 << 20;

const hex = (text: string): string => parseHex(text as `0x${string}`).toString(16);
const bits = (value: RawNumber): string => toBits(value).toString(16);

/** "10000005000", or "r3+1000" with both numbers in hexadecimal. */
function address(text: string): string {
  const parsed = parseAddress(text);
  if (parsed === undefined) return '?';
  return parsed.kind === 'absolute'
    ? parsed.value.toString(16)
    : `r${parsed.step.toString(16)}+${parsed.offset.toString(16)}`;
}

/** The arguments of a step in order, undefined for an operation that the runner does not have. */
function words(step: Step, files: readonly string[]): readonly string[] | undefined {
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
    case 'uffdUnregister':
      return [address(step.args.addr), hex(step.args.length)];
    case 'mprotect':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.prot)];
    case 'madvise':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.advice)];
    case 'mlock2':
    case 'mseal':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.flags)];
    case 'uffdRegister':
      return [address(step.args.addr), hex(step.args.length), bits(step.args.mode)];
    case 'load':
      return [address(step.args.addr)];
    case 'store':
      return [address(step.args.addr), hex(step.args.value)];
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
  'mseal',
  'uffdRegister',
  'uffdUnregister',
  'load',
  'store',
];

const isUffd = (step: Step): boolean => step.op === 'uffdRegister' || step.op === 'uffdUnregister';

/** The features' bits in hexadecimal, "-" for no userfaultfd, or a reason. */
function uffdWord(program: Program, kernel: LiveKernel): { readonly word: string } | { readonly reason: string } {
  const used = program.steps.some(isUffd);
  if (program.uffd === null) return used ? { reason: 'it registers memory but declares no uffd' } : { word: '-' };
  if (kernel.uffd === 'none') return used ? { reason: 'this user gets no userfaultfd' } : { word: '-' };
  if (program.uffd.contexts !== undefined) return { reason: 'it has several userfaultfd contexts' };
  const features = featureBits(program.uffd.features ?? [], kernel.uffdFeatures);
  return 'missing' in features
    ? { reason: `the recorder or this kernel lacks the userfaultfd feature ${features.missing}` }
    : { word: features.bits.toString(16) };
}

/** What the runner cannot bring about before the first step. */
function unmet(program: Program, kernel: LiveKernel): string | undefined {
  const limit = program.limits?.maxMapCount;
  if (program.origin === 'fork') return 'it begins in a forked process';
  if (program.mappings.length > 0) return 'it begins with mappings that the recorder cannot make';
  if (limit !== undefined && limit !== kernel.maxMapCount) {
    return `it needs vm.max_map_count ${limit}, here it is ${kernel.maxMapCount}`;
  }
  const file = Object.entries(program.files).find(([, { kind }]) => kind !== 'memfd');
  if (file) return `its file ${file[0]} is not a memfd`;
  if (program.steps.length > MOST_STEPS) return `it has more than ${MOST_STEPS} steps`;
  return undefined;
}

const limitWord = (limit: number | 'unlimited' | undefined): string =>
  limit === undefined ? '-' : limit === 'unlimited' ? 'f'.repeat(16) : limit.toString(16);

/** Says a program in the runner's words. */
export function encodeProgram(program: Program, kernel: LiveKernel, options: RecordOptions): Encoded {
  const reason = unmet(program, kernel);
  if (reason !== undefined) return { ok: false, reason };
  const uffd = uffdWord(program, kernel);
  if ('reason' in uffd) return { ok: false, reason: uffd.reason };
  const window = program.window ?? { start: '0x0', end: '0x7ffffffff000' };
  const flags = (options.contents === false ? 0 : 1) | (options.counters ? 2 : 0) | (program.capIpcLock ? 0 : 4);
  const lines = [
    [
      'program',
      (options.timeoutMs ?? 10_000).toString(16),
      flags.toString(16),
      hex(window.start),
      hex(window.end),
      limitWord(program.rlimitMemlock),
      limitWord(program.limits?.rlimitAs),
      limitWord(program.limits?.rlimitData),
      uffd.word,
    ].join(' '),
  ];
  const files = Object.keys(program.files);
  for (const file of Object.values(program.files)) lines.push(`file ${(file.pages ?? 0).toString(16)}`);
  for (const [index, step] of program.steps.entries()) {
    const where = `step ${index}: `;
    if (step.proc) return { ok: false, reason: `${where}it belongs to another process` };
    if (step.op === 'mmap' && step.args.fd !== -1 && !files.includes(step.args.fd)) {
      return { ok: false, reason: `${where}no file is called ${step.args.fd}` };
    }
    if (isUffd(step) && (step.args as { readonly ctx?: string }).ctx !== undefined) {
      return { ok: false, reason: `${where}it names a userfaultfd context` };
    }
    const args = words(step, files);
    if (args === undefined) return { ok: false, reason: `${where}${step.op} is not executed by this recorder` };
    lines.push(`step ${step.op} ${args.join(' ')}`);
  }
  const text = `${lines.join('\n')}\nrun\n`;
  return text.length > MOST_TEXT ? { ok: false, reason: 'it is too long' } : { ok: true, text };
}
