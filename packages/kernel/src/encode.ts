import type { Program, Step } from '@vmacheck/trace';
import type { Kernel } from './kernel.js';
import type { RecordOptions } from './outcome.js';
import { contextsOf, featureBits } from './uffd.js';
import { CAPABILITIES, type Names, hex, limitWord, stepWords } from './words.js';

/** The program in the runner's words (native/protocol.txt), or why it cannot be run. */
export type Encoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

const MOST_STEPS = 1 << 18;
const MOST_TEXT = 8 << 20;

/** Where the heap begins in a program that calls brk and does not say where: outside of usual windows, far from everything. */
const HEAP = '0x20000000000';

/** The runner's limits on contexts and on processes, the first one included. */
const MOST_CONTEXTS = 16;
const MOST_PROCESSES = 16;

type ContextLines = { readonly lines: readonly string[] } | { readonly reason: string };

/** One line per userfaultfd context, or a reason. */
function contextLines(program: Program, kernel: Kernel): ContextLines {
  const contexts = contextsOf(program);
  if (kernel.uffd === 'none') {
    return program.steps.some(({ op }) => op.startsWith('uffd'))
      ? { reason: 'this user gets no userfaultfd' }
      : { lines: [] };
  }
  if (contexts.length > MOST_CONTEXTS) return { reason: `it has more than ${MOST_CONTEXTS} userfaultfd contexts` };
  const lines: string[] = [];
  for (const [, features] of contexts) {
    const asked = featureBits(features, kernel.uffdFeatures);
    if ('missing' in asked) {
      return { reason: `the recorder or this kernel lacks the userfaultfd feature ${asked.missing}` };
    }
    lines.push(`context ${asked.bits.toString(16)}`);
  }
  return { lines };
}

const forksOf = (program: Program): number => program.steps.filter(({ op }) => op === 'fork').length;

/** What the runner cannot bring about before the first step. */
function unmet(program: Program, kernel: Kernel, options: RecordOptions): string | undefined {
  const limit = program.limits?.maxMapCount;
  if (program.origin === 'fork') return 'it begins in a forked process';
  if (program.mappings.length > 0) return 'it begins with mappings that the recorder cannot make';
  if (limit !== undefined && limit !== kernel.maxMapCount && !options.machineWide) {
    return `it needs vm.max_map_count ${limit}, here it is ${kernel.maxMapCount}`;
  }
  const file = Object.entries(program.files).find(([, { kind }]) => kind !== 'memfd');
  if (file) return `its file ${file[0]} is not a memfd`;
  if (forksOf(program) >= MOST_PROCESSES) return `it forks more than ${MOST_PROCESSES - 1} times`;
  if (program.steps.length > MOST_STEPS) return `it has more than ${MOST_STEPS} steps`;
  return undefined;
}

/** Why one step cannot be run, apart from what the runner itself refuses. */
function unfit(step: Step, names: Names): string | undefined {
  if (step.op === 'mmap' && step.args.fd !== -1 && !names.files.includes(step.args.fd)) {
    return `no file is called ${step.args.fd}`;
  }
  if (step.op === 'uffdRegister' || step.op === 'uffdUnregister' || step.op === 'uffdClose') {
    const { ctx } = step.args;
    if (names.contexts.length === 0) return 'the program declares no uffd';
    if (ctx === undefined && names.contexts.length > 1) return 'it does not say which userfaultfd context it means';
    if (ctx !== undefined && !names.contexts.includes(ctx)) return `no userfaultfd context is called ${ctx}`;
  }
  if (step.op === 'setCapability' && CAPABILITIES[step.args.name] === undefined) {
    return `the recorder does not know the capability ${step.args.name}`;
  }
  return undefined;
}

/** Where the heap of a program begins; undefined for one that has nothing to do with it. */
export const heapOf = (program: Program): string | undefined =>
  program.brk ?? (program.steps.some(({ op }) => op === 'brk') ? HEAP : undefined);

function headerLine(program: Program, options: RecordOptions): string {
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
    (1 + forksOf(program)).toString(16),
  ].join(' ');
}

/** Says a program in the runner's words. */
export function encodeProgram(program: Program, kernel: Kernel, options: RecordOptions): Encoded {
  const reason = unmet(program, kernel, options);
  if (reason !== undefined) return { ok: false, reason };
  const contexts = contextLines(program, kernel);
  if ('reason' in contexts) return { ok: false, reason: contexts.reason };
  const lines = [headerLine(program, options), ...contexts.lines];
  for (const file of Object.values(program.files)) lines.push(`file ${(file.pages ?? 0).toString(16)}`);
  const names = { files: Object.keys(program.files), contexts: contextsOf(program).map(([name]) => name) };
  let forks = 0;
  for (const [index, step] of program.steps.entries()) {
    const why = unfit(step, names);
    if (why !== undefined) return { ok: false, reason: `step ${index}: ${why}` };
    const words = step.op === 'fork' ? [(++forks).toString(16)] : stepWords(step, names);
    if (words === undefined) return { ok: false, reason: `step ${index}: ${step.op} is not executed by this recorder` };
    lines.push([step.proc ? `step p${step.proc.toString(16)}` : 'step', step.op, ...words].join(' '));
  }
  const text = `${lines.join('\n')}\nrun\n`;
  return text.length > MOST_TEXT ? { ok: false, reason: 'it is too long' } : { ok: true, text };
}
