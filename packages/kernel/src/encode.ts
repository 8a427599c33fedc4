import type { Program, Step } from '@vmacheck/trace';
import type { LiveKernel } from './live.js';
import type { RecordOptions } from './outcome.js';
import { featureBits } from './uffd.js';
import { CAPABILITIES, hex, limitWord, stepWords } from './words.js';

/** The program in the runner's words (native/protocol.txt), or why it cannot be run. */
export type Encoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

const MOST_STEPS = 1 << 18;
const MOST_TEXT = 8 << 20;

/** Where the heap begins in a program that calls brk and does not say where: outside of usual windows, far from everything. */
const HEAP = '0x20000000000';

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
function unmet(program: Program, kernel: LiveKernel, options: RecordOptions): string | undefined {
  const limit = program.limits?.maxMapCount;
  if (program.origin === 'fork') return 'it begins in a forked process';
  if (program.mappings.length > 0) return 'it begins with mappings that the recorder cannot make';
  if (limit !== undefined && limit !== kernel.maxMapCount && !options.machineWide) {
    return `it needs vm.max_map_count ${limit}, here it is ${kernel.maxMapCount}`;
  }
  const file = Object.entries(program.files).find(([, { kind }]) => kind !== 'memfd');
  if (file) return `its file ${file[0]} is not a memfd`;
  if (program.steps.length > MOST_STEPS) return `it has more than ${MOST_STEPS} steps`;
  return undefined;
}

/** Why one step cannot be run, apart from what the runner itself refuses. */
function unfit(step: Step, files: readonly string[]): string | undefined {
  if (step.proc) return 'it belongs to another process';
  if (step.op === 'mmap' && step.args.fd !== -1 && !files.includes(step.args.fd)) {
    return `no file is called ${step.args.fd}`;
  }
  if (isUffd(step) && (step.args as { readonly ctx?: string }).ctx !== undefined) {
    return 'it names a userfaultfd context';
  }
  if (step.op === 'setCapability' && CAPABILITIES[step.args.name] === undefined) {
    return `the recorder does not know the capability ${step.args.name}`;
  }
  return undefined;
}

/** Where the heap of a program begins; undefined for one that has nothing to do with it. */
export const heapOf = (program: Program): string | undefined =>
  program.brk ?? (program.steps.some(({ op }) => op === 'brk') ? HEAP : undefined);

function headerLine(program: Program, options: RecordOptions, uffd: string): string {
  const window = program.window ?? { start: '0x0', end: '0x7ffffffff000' };
  const heap = heapOf(program);
  const flags = [
    options.contents !== false,
    options.counters,
    !program.capIpcLock,
    options.vmFlags === false,
    options.committed,
    options.machineWide,
  ].reduce((set, on, bit) => (on ? set | (1 << bit) : set), 0);
  return [
    'program',
    (options.timeoutMs ?? 10_000).toString(16),
    flags.toString(16),
    hex(window.start),
    hex(window.end),
    limitWord(program.rlimitMemlock),
    limitWord(program.limits?.rlimitAs),
    limitWord(program.limits?.rlimitData),
    options.machineWide ? limitWord(program.limits?.maxMapCount) : '-',
    heap === undefined ? '-' : hex(heap),
    uffd,
  ].join(' ');
}

/** Says a program in the runner's words. */
export function encodeProgram(program: Program, kernel: LiveKernel, options: RecordOptions): Encoded {
  const reason = unmet(program, kernel, options);
  if (reason !== undefined) return { ok: false, reason };
  const uffd = uffdWord(program, kernel);
  if ('reason' in uffd) return { ok: false, reason: uffd.reason };
  const lines = [headerLine(program, options, uffd.word)];
  const files = Object.keys(program.files);
  for (const file of Object.values(program.files)) lines.push(`file ${(file.pages ?? 0).toString(16)}`);
  for (const [index, step] of program.steps.entries()) {
    const why = unfit(step, files);
    if (why !== undefined) return { ok: false, reason: `step ${index}: ${why}` };
    const words = stepWords(step, files);
    if (words === undefined) return { ok: false, reason: `step ${index}: ${step.op} is not executed by this recorder` };
    lines.push(['step', step.op, ...words].join(' '));
  }
  const text = `${lines.join('\n')}\nrun\n`;
  return text.length > MOST_TEXT ? { ok: false, reason: 'it is too long' } : { ok: true, text };
}
