/** Two kernels against each other: the same programs run on both, and what they do differently is shrunk. The model has no say in it. */
import { type Alphabet, exhaustivePrograms, generatePrograms, shrinkTogether } from '@vmacheck/fuzz';
import { type Outcome, type Place, type RecordOptions, runPrograms } from '@vmacheck/kernel';
import { type FactName, FACTS, type Profile, profileFor, replayProgram } from '@vmacheck/replay';
import type { Program, Step, VmaRecord } from '@vmacheck/trace';
import { unrun } from '../unrun.js';

export interface DiffPlan {
  readonly seed: number;
  readonly programs: number;
  readonly steps: number;
  readonly calls: Alphabet;
  /** Instead of generated programs every program of up to three calls over so many pages: what is found is as short as can be. */
  readonly exhaustive: number | undefined;
}

/** A program that two kernels treat differently, made as small as it could be. */
export interface Difference {
  /** As each of the two ran it, up to the step at which they part. */
  readonly programs: readonly [Program, Program];
  /** The step, counted from 0. */
  readonly step: number;
  readonly from: string;
  /** The named facts of the model that decide it; none: the model does not know of it. */
  readonly facts: readonly FactName[];
  /** Programs of the run that differ in the same way. */
  count: number;
}

export interface DiffResult {
  readonly programs: number;
  readonly steps: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
  readonly interrupted: boolean;
}

const OPTIONS: RecordOptions = { contents: true, counters: true };
const BATCH = 200;
const WIDTH = 64;

type Pair = readonly [Program, Program];

/** @param onProgress told now and then. @returns false to stop */
export async function diffKernels(
  places: readonly [Place, Place],
  plan: DiffPlan,
  onProgress: (text: string) => boolean | Promise<boolean>,
): Promise<DiffResult> {
  const { seed, programs, steps, calls, exhaustive } = plan;
  const source =
    exhaustive === undefined
      ? generatePrograms({ seed, programs, steps, alphabet: calls })
      : firstOf(exhaustivePrograms(exhaustive), programs);
  const groups = new Map<
    string,
    { readonly pair: Pair; readonly step: number; readonly from: string; count: number }
  >();
  const counts = { programs: 0, steps: 0, differing: 0 };
  let interrupted = false;
  for (const batch of batches(source)) {
    for (const pair of await runBoth(batch, places)) {
      if (pair === undefined) continue;
      counts.programs += 1;
      counts.steps += pair[0].steps.length;
      const step = partsAt(pair);
      if (step === undefined) continue;
      counts.differing += 1;
      const key = signature(pair, step);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { pair: cut(pair, step), step, from: pair[0].id, count: 1 });
      else known.count += 1;
    }
    const text = `${counts.programs} programs, ${counts.differing} differ`;
    if (!(await onProgress(text))) {
      interrupted = true;
      break;
    }
  }
  const differences: Difference[] = [];
  for (const [key, { pair, from, count }] of groups) {
    const small = interrupted ? pair : await shrunk(pair, key, places);
    const step = small[0].steps.length - 1;
    differences.push({ programs: small, step, from, count, facts: factsBehind(small) });
    if (!(await onProgress(`${differences.length} of ${groups.size} differences shrunk`))) interrupted = true;
  }
  return { ...counts, differences: merged(differences), interrupted };
}

function* firstOf(programs: Iterable<Program>, count: number): Generator<Program> {
  let left = count;
  for (const program of programs) {
    if (left-- <= 0) return;
    yield program;
  }
}

function* batches(programs: Iterable<Program>): Generator<readonly Program[]> {
  let batch: Program[] = [];
  for (const program of programs) {
    batch.push(program);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The programs as both kernels ran them; undefined where one did not. */
async function runBoth(
  programs: readonly Program[],
  places: readonly [Place, Place],
): Promise<readonly (Pair | undefined)[]> {
  const [first, second] = await Promise.all(places.map((place) => runAll(programs, place)));
  return programs.map((_, i) => {
    const [a, b] = [first?.[i], second?.[i]];
    return a?.kind === 'recorded' && b?.kind === 'recorded' ? [a.program, b.program] : undefined;
  });
}

async function runAll(programs: readonly Program[], place: Place): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runPrograms(programs, OPTIONS, place)) outcomes.push(outcome);
  return outcomes;
}

/** The first step that the two did differently. */
function partsAt([a, b]: Pair): number | undefined {
  const step = a.steps.findIndex((made, i) => seen(made) !== seen(b.steps[i] as Step));
  return step < 0 ? undefined : step;
}

/** What must be equal of a step. Soft-dirty marks depend on how a kernel was built. */
function seen({ result, after, contents, vector, events }: Step): string {
  const layout = after === undefined || after === 'unchanged' ? after : after.map(plainVma);
  return JSON.stringify([result, layout, contents, vector, events]);
}

function plainVma({ start, end, perms, offset, file, vmFlags }: VmaRecord): readonly unknown[] {
  const flags = (vmFlags ?? '').split(' ').filter((flag) => flag !== 'sd');
  return [start, end, perms, offset, file, flags.sort().join(' ')];
}

const cut = ([a, b]: Pair, step: number): Pair => [
  { ...a, steps: a.steps.slice(0, step + 1) },
  { ...b, steps: b.steps.slice(0, step + 1) },
];

/** Differences of one sort: the same call, with results of the same sorts. */
function signature([a, b]: Pair, step: number): string {
  const word = ({ result }: Step): string => result?.errno ?? result?.signal ?? 'ok';
  const [left, right] = [a.steps[step] as Step, b.steps[step] as Step];
  const advice = left.op === 'madvise' ? ` ${String(left.args.advice)}` : '';
  const layout = word(left) === word(right) ? `, ${layoutSort(left, right)}` : '';
  return `${left.op}${advice}: ${word(left)} ${word(right)}${layout}`;
}

function layoutSort({ after: a }: Step, { after: b }: Step): string {
  const sizes = [a, b].map((vmas) => (vmas === undefined || vmas === 'unchanged' ? 0 : vmas.length));
  if (sizes[0] !== sizes[1]) return 'other VMAs';
  const flags = [a, b].map((vmas) => JSON.stringify(Array.isArray(vmas) ? vmas.map(({ vmFlags }) => vmFlags) : vmas));
  return flags[0] === flags[1] ? 'other details' : 'other flags';
}

async function shrunk(pair: Pair, key: string, places: readonly [Place, Place]): Promise<Pair> {
  let best = pair;
  const failsEach = async (candidates: readonly Program[]): Promise<readonly boolean[]> => {
    let accepted = false;
    return (await runBoth(candidates, places)).map((found) => {
      const step = found === undefined ? undefined : partsAt(found);
      const same = found !== undefined && step !== undefined && signature(found, step) === key;
      if (same && !accepted) best = cut(found, step);
      accepted ||= same;
      return same;
    });
  };
  await shrinkTogether(unrun(pair[0]), failsEach, { width: WIDTH });
  return best;
}

/** Facts that, switched from one release's to the other's, make the model of the one do what the other did. */
function factsBehind([a, b]: Pair): readonly FactName[] {
  const [left, right] = [a, b].map(({ kernel, kernelVersion }) => profileFor(kernel, kernelVersion).profile) as [
    Profile,
    Profile,
  ];
  return FACTS.map(({ name }) => name).filter((name) => {
    if (left[name] === right[name]) return false;
    return (
      replayProgram(b, { profile: { ...left, [name]: right[name] } }).kind === 'agrees' ||
      replayProgram(a, { profile: { ...right, [name]: left[name] } }).kind === 'agrees'
    );
  });
}

/** One difference per set of facts: the one with the fewest steps stands for all. */
function merged(differences: readonly Difference[]): readonly Difference[] {
  const byFacts = new Map<string, Difference>();
  for (const difference of differences) {
    const { facts, programs, step } = difference;
    const key = facts.length > 0 ? facts.join(' ') : signature(programs, step);
    const known = byFacts.get(key);
    if (known === undefined) {
      byFacts.set(key, difference);
      continue;
    }
    const smaller = known.programs[0].steps.length <= programs[0].steps.length ? known : difference;
    byFacts.set(key, { ...smaller, count: known.count + difference.count });
  }
  return [...byFacts.values()].sort((x, y) => y.count - x.count);
}
