/** Programs from a seed: intents drawn by fast-check, made concrete against the layout that the model gives. */
import { type Performed, type Profile, profileFor, Session } from '@vmacheck/replay';
import type { FileRecord, Program, ProgramHeader, Step } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import fc from 'fast-check';
import { concretize, type Surroundings } from './concretize.js';
import { circumstances } from './circumstances.js';
import { Dice } from './dice.js';
import { type Alphabet, type Intent, intentArbitrary } from './intent.js';
import { Processes } from './processes.js';

/** The window of generated programs: far from everything else. */
const WINDOW_START = 0x10000000;
const WINDOW_PAGES = 48;

/** Where the heap begins, in programs that have one: its first pages are in the window. */
const HEAP_START = WINDOW_START + WINDOW_PAGES - 10;

const files: Readonly<Record<string, FileRecord>> = {
  F0: { kind: 'memfd', pages: 96 },
  F1: { kind: 'memfd', pages: 16 },
};

/** The program record of generated programs; nobody has run them yet. */
export function headerOf(id: string): ProgramHeader {
  return {
    id,
    kernel: null,
    arch: 'x86_64',
    pageSize: 4096,
    window: { start: toHex(WINDOW_START * 4096), end: toHex((WINDOW_START + WINDOW_PAGES) * 4096) },
    files,
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
}

/** Generates programs one by one. */
export function* generatePrograms(options: GenerateOptions): Generator<Program> {
  const { alphabet = 'mremap', profile, steps } = options;
  const arbitrary = fc.array(intentArbitrary[alphabet], { minLength: steps, maxLength: steps, size: 'max' });
  for (let i = 0; i < options.programs; i++) {
    // A seed of its own for each program: any of them can be made again without those before it.
    const [intents] = fc.sample(arbitrary, { seed: programSeed(options.seed, i), numRuns: 1 });
    yield programOf(`${options.seed}/${i}`, intents ?? [], alphabet, profile);
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
  return intents.map((list) => programOf('generated', list, alphabet));
}

/** Makes intents concrete, one after the other. */
export function programOf(
  id: string,
  intents: readonly Intent[],
  alphabet: Alphabet = 'mremap',
  profile: Profile = profileFor(null).profile,
): Program {
  const plain = headerOf(id);
  const header =
    alphabet === 'mremap' ? plain : { ...plain, ...circumstances(new Dice(intents[0]?.dice ?? [0]), HEAP_START) };
  const session = new Session(header, profile);
  const moves: { from: number; to: number; len: number }[] = [];
  const steps: Step[] = [];
  const processes = new Processes(alphabet === 'all' && new Dice(intents[1]?.dice ?? [0]).chance(30));
  for (const intent of intents) {
    const proc = processes.next(intent);
    const around = surroundings(session, header, moves, proc);
    const chosen = processes.step(intent, proc) ?? concretize(intent, around);
    const step: Step = proc === 0 ? chosen : { ...chosen, proc };
    steps.push(step);
    const made = session.perform(step);
    processes.made(step, proc, made);
    rememberMove(step, made, moves);
  }
  return { ...header, steps };
}

function surroundings(
  session: Session,
  header: ProgramHeader,
  moves: Surroundings['moves'],
  proc: number,
): Surroundings {
  const start = WINDOW_START;
  const end = WINDOW_START + WINDOW_PAGES;
  const regions = (session.spaceOf(proc)?.vmas ?? [])
    .filter((vma) => vma.end > start && vma.start < end)
    .map((vma) => ({ ...vma, start: Math.max(vma.start, start), end: Math.min(vma.end, end) }));
  return {
    scene: { start, end, regions },
    files: Object.entries(files).map(([name, { pages }]) => ({ name, pages: pages ?? 0 })),
    moves,
    // A forked process does not have its parent's userfaultfds.
    contexts: header.uffd === null || proc !== 0 ? undefined : Object.keys(header.uffd.contexts ?? {}),
    heap: header.brk === undefined ? undefined : HEAP_START,
    mayLimit: header.limits !== undefined,
  };
}

function rememberMove(step: Step, performed: Performed, moves: { from: number; to: number; len: number }[]): void {
  if (step.op !== 'mremap' || performed.kind !== 'done' || !performed.outcome.ok) return;
  const to = Number(performed.outcome.value >> 12n);
  const from = Number(parseHex(step.args.oldAddr as `0x${string}`) >> 12n);
  const len = Number(parseHex(step.args.newLen) >> 12n);
  const inside = (page: number): boolean => page >= WINDOW_START && page + len <= WINDOW_START + WINDOW_PAGES;
  const apart = from + len <= to || to + len <= from;
  if (from !== to && apart && inside(from) && inside(to)) moves.push({ from, to, len });
}
