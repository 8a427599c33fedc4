/** Programs from a seed: intents drawn by fast-check, made concrete against the layout that the model gives. */
import { type Performed, type Profile, profileFor, Session, VM_GROWSDOWN } from '@vmacheck/replay';
import type { FileRecord, Program, ProgramHeader, RangeArgs, Step } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import fc from 'fast-check';
import { concretize, type Surroundings } from './concretize.js';
import { circumstances, USUAL_BASELINE } from './circumstances.js';
import { Dice } from './dice.js';
import { type About, type Alphabet, type Intent, intentArbitrary } from './intent.js';
import { Processes } from './processes.js';

/** The window of generated programs: far from everything else. */
const WINDOW_START = 0x10000000;
const WINDOW_PAGES = 48;

/** Of programs about huge pages, of which there is room for four, or about many mappings. */
const LARGE_WINDOW_PAGES = 2048;

/** So many pages before the end of the window the heap begins, in programs that have one. */
const HEAP_PAGES = 10;

const files: Readonly<Record<string, FileRecord>> = {
  F0: { kind: 'memfd', pages: 96 },
  F1: { kind: 'memfd', pages: 16 },
};

/** The program record of generated programs; nobody has run them yet. */
export function headerOf(id: string, pages = WINDOW_PAGES): ProgramHeader {
  return {
    id,
    kernel: null,
    arch: 'x86_64',
    pageSize: 4096,
    window: { start: toHex(WINDOW_START * 4096), end: toHex((WINDOW_START + pages) * 4096) },
    files: pages > WINDOW_PAGES ? { ...files, F0: { kind: 'memfd', pages } } : files,
    capIpcLock: true,
    rlimitMemlock: 'unlimited',
    uffd: { features: ['SIGBUS'] },
    mappings: [],
  };
}

/** What to generate. The same numbers give the same programs. */
export interface GenerateOptions {
  readonly seed: number;
  readonly programs: number;
  readonly steps: number;
  /** Default: "mremap". */
  readonly alphabet?: Alphabet;
  /** Whose layouts the programs are made for; default: that of an unknown kernel. */
  readonly profile?: Profile;
  /** Programs may set limits of the whole machine, which not every place where they run allows. Default false. */
  readonly machineWide?: boolean;
  /** What all programs are about. Default: mostly anything, and of the whole alphabet some about each. */
  readonly about?: About;
}

/** Generates programs one by one. */
export function* generatePrograms(options: GenerateOptions): Generator<Program> {
  const { alphabet = 'mremap', steps } = options;
  const arbitrary = fc.array(intentArbitrary[alphabet], { minLength: steps, maxLength: steps, size: 'max' });
  for (let i = 0; i < options.programs; i++) {
    // A seed of its own for each program: any of them can be made again without those before it.
    const [intents] = fc.sample(arbitrary, { seed: programSeed(options.seed, i), numRuns: 1 });
    yield programOf(`${options.seed}/${i}`, intents ?? [], options);
  }
}

/** Mixes seed and index so that neighbouring seeds share no program (Knuth's multiplicative constants). */
function programSeed(seed: number, index: number): number {
  return (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0;
}

/** A fast-check arbitrary of whole programs. */
export function programArbitrary(
  steps: { readonly min: number; readonly max: number },
  alphabet: Alphabet = 'mremap',
): fc.Arbitrary<Program> {
  const intents = fc.array(intentArbitrary[alphabet], { minLength: steps.min, maxLength: steps.max, size: 'max' });
  return intents.map((list) => programOf('generated', list, { alphabet }));
}

/** Makes intents concrete, one after the other. */
export function programOf(
  id: string,
  intents: readonly Intent[],
  options: Pick<GenerateOptions, 'alphabet' | 'profile' | 'machineWide' | 'about'> = {},
): Program {
  const { alphabet = 'mremap', profile = profileFor(null).profile, machineWide = false, about } = options;
  const everyCall = alphabet === 'all';
  // The second intent decides about the program as a whole, too.
  const shape = new Dice(intents[1]?.dice ?? [0]);
  const processes = new Processes(everyCall && shape.chance(45));
  const setting = settingOf(id, about ?? (everyCall ? drawnAbout(shape) : 'anything'));
  const header = everyCall
    ? { ...setting.header, ...circumstances(new Dice(intents[0]?.dice ?? [0]), setting.heap, machineWide) }
    : setting.header;
  const session = new Session({ ...header, baseline: USUAL_BASELINE }, profile);
  const moves: { from: number; to: number; len: number }[] = [];
  const steps: Step[] = [];
  for (const intent of intents) {
    const proc = processes.next(intent);
    const last = rangeOf(steps.at(-1), setting);
    const around = { ...surroundings(session, header, setting, proc), moves, last, everyCall, machineWide };
    const chosen = processes.step(intent, proc) ?? concretize(intent, around);
    const step: Step = proc === 0 ? chosen : { ...chosen, proc };
    steps.push(step);
    const made = session.perform(step);
    processes.made(step, proc, made);
    rememberMove(step, made, setting, moves);
  }
  return { ...header, steps };
}

/** Where a program works, in pages. */
interface Setting {
  readonly header: ProgramHeader;
  readonly start: number;
  readonly end: number;
  readonly heap: number;
  readonly about: About;
}

/** Mostly a small window; sometimes a large one, or the whole address space. */
function settingOf(id: string, about: About): Setting {
  const pages = about === 'hugePages' || about === 'manyMappings' ? LARGE_WINDOW_PAGES : WINDOW_PAGES;
  const header = headerOf(id, pages);
  const end = WINDOW_START + pages;
  return {
    header: about === 'wholeSpace' ? { ...header, window: null } : header,
    start: WINDOW_START,
    end,
    heap: end - HEAP_PAGES,
    about,
  };
}

function drawnAbout(dice: Dice): About {
  if (dice.chance(8)) return dice.chance(60) ? 'hugePages' : 'manyMappings';
  return dice.chance(5) ? 'wholeSpace' : 'anything';
}

function surroundings(
  session: Session,
  header: ProgramHeader,
  { start, end, heap, about }: Setting,
  proc: number,
): Omit<Surroundings, 'moves' | 'last' | 'everyCall' | 'machineWide'> {
  const regions = (session.spaceOf(proc)?.vmas ?? [])
    .filter((vma) => vma.end > start && vma.start < end)
    .map((vma) => ({
      ...vma,
      start: Math.max(vma.start, start),
      end: Math.min(vma.end, end),
      stack: (vma.extra & VM_GROWSDOWN) !== 0,
    }));
  return {
    scene: { start, end, regions },
    files: Object.entries(header.files).map(([name, { pages }]) => ({ name, pages: pages ?? 0 })),
    // A forked process does not have its parent's userfaultfds.
    contexts: header.uffd === null || proc !== 0 ? undefined : Object.keys(header.uffd.contexts ?? {}),
    heap: header.brk === undefined ? undefined : heap,
    mayLimit: header.limits !== undefined,
    about,
  };
}

/** The pages that a step names, as far as they are where the program works. */
function rangeOf(step: Step | undefined, { start, end }: Setting): Surroundings['last'] {
  if (step === undefined) return undefined;
  const { addr, length } = step.args as Partial<RangeArgs>;
  if (addr === undefined || length === undefined) return undefined;
  const from = Number(parseHex(addr as `0x${string}`) >> 12n);
  const len = Number((parseHex(length) + 0xfffn) >> 12n);
  return from >= start && len > 0 && from + len <= end ? { start: from, len } : undefined;
}

function rememberMove(
  step: Step,
  performed: Performed,
  { start, end }: Setting,
  moves: { from: number; to: number; len: number }[],
): void {
  if (step.op !== 'mremap' || performed.kind !== 'done' || !performed.outcome.ok) return;
  const to = Number(performed.outcome.value >> 12n);
  const from = Number(parseHex(step.args.oldAddr as `0x${string}`) >> 12n);
  const len = Number(parseHex(step.args.newLen) >> 12n);
  const inside = (page: number): boolean => page >= start && page + len <= end;
  const apart = from + len <= to || to + len <= from;
  if (from !== to && apart && inside(from) && inside(to)) moves.push({ from, to, len });
}
