/** One kernel against the model: generated programs run there, are replayed here, and what disagrees is shrunk on both sides. */
import { countReason } from '../not-recorded.js';
import { type Alphabet, exhaustivePrograms, generatePrograms, shrinkTogether } from '@vmacheck/fuzz';
import { type Outcome, type Place, recordPrograms, type RecordOptions, runPrograms } from '@vmacheck/kernel';
import {
  type FactName,
  FACTS,
  intended,
  type Profile,
  profileFor,
  RecordedChecker,
  type RecordedViolation,
  replayProgram,
  type Verdict,
} from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { SHOWN_PROPERTIES } from '../properties.js';
import { ReplayTotals } from '../replay-totals.js';
import { unrun } from '../unrun.js';

/** What to run, the same for every kernel. */
export interface ConformPlan {
  readonly seed: number;
  readonly programs: number;
  readonly steps: number;
  readonly calls: Alphabet;
  /** The model does what the kernel's authors meant instead of what the release does. */
  readonly asIntended: boolean;
  /** Evaluate the properties of the specifications on what the kernel did as well, with no model between. */
  readonly properties: boolean;
  /** No program begins after this time, in milliseconds of the epoch. */
  readonly until: number | undefined;
  /** Instead of generated programs every program of up to three calls over so many pages, from the one with this number on. */
  readonly exhaustive: { readonly pages: number; readonly from: number } | undefined;
}

/** A disagreement, made as small as it could be. */
export interface Finding {
  /** As the kernel ran it. */
  readonly program: Program;
  readonly verdict: Extract<Verdict, { readonly kind: 'disagrees' }>;
  /** The program that it was found in, and its number of steps. */
  readonly from: string;
  readonly fromSteps: number;
  /** The defects of the release that are behind it, where the model does what was intended. */
  readonly defects: readonly FactName[];
  /** Programs of the run that disagree in the same way. */
  count: number;
}

/** A property that does not hold of what the kernel did. */
export interface Violation extends RecordedViolation {
  readonly program: Program;
}

/** What was found on one kernel. */
export interface ConformResult {
  readonly place: Place;
  readonly note: string;
  readonly totals: ReplayTotals;
  readonly findings: readonly Finding[];
  /** Programs of which a property does not hold, up to the step that shows it. */
  readonly violations: readonly Violation[];
  /** Programs that were not recorded, by the reason. */
  readonly left: ReadonlyMap<string, number>;
  readonly failed: number;
  readonly seconds: number;
  readonly interrupted: boolean;
}

/** So many kinds of disagreements are shrunk; each costs hundreds of runs. */
const MOST_FINDINGS = 8;
/** Candidates for the smaller program that go to the kernel together. */
const WIDTH = { live: 8, guest: 64 } as const;
const BUDGET = 3000;

/**
 * @param onProgress told after every program. @returns false to stop
 */
export async function conformKernel(
  place: Place,
  plan: ConformPlan,
  onProgress: (totals: ReplayTotals, doing: string) => boolean | Promise<boolean>,
): Promise<ConformResult> {
  const begun = performance.now();
  const { profile: real, note } = profileFor(place.kernel.release, place.kernel.version);
  const profile = plan.asIntended ? intended(real) : real;
  const totals = new ReplayTotals();
  const left = new Map<string, number>();
  let failed = 0;
  const onOutcome = (outcome: Outcome): void => {
    if (outcome.kind === 'recorded') return;
    if (outcome.kind === 'failed') failed += 1;
    countReason(left, outcome);
  };
  const options = observed(place);
  const machineWide = options.machineWide === true;
  const found = new Map<string, Finding>();
  const checker = plan.properties ? new RecordedChecker(SHOWN_PROPERTIES) : undefined;
  const violations: Violation[] = [];
  let interrupted = false;
  let index = -1;
  for await (const program of recordPrograms(generated(plan, real, machineWide), { ...options, onOutcome }, place)) {
    index += 1;
    const verdict = replayProgram(program, { profile, committed: options.committed === true });
    totals.add({ program, index }, verdict);
    const violation = checker?.check(program, profile);
    if (violation !== undefined) violations.push({ ...violation, program: cut(program, violation.step) });
    if (verdict.kind === 'disagrees') {
      const defects = plan.asIntended ? defectsBehind(program, verdict, real) : [];
      const key = defects.length > 0 ? defects.join(' ') : signature(program, verdict);
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...firstOf(program, verdict), defects });
      else known.count += 1;
    }
    if (!(await onProgress(totals, 'compared'))) {
      interrupted = true;
      break;
    }
  }
  const findings: Finding[] = [];
  for (const finding of found.values()) {
    const small = interrupted || findings.length >= MOST_FINDINGS;
    findings.push(small ? finding : await shrunk(finding, place, profile, options));
    if (!(await onProgress(totals, `${findings.length} of ${found.size} disagreements shrunk`))) interrupted = true;
  }
  const seconds = (performance.now() - begun) / 1000;
  return { place, note, totals, findings, violations, left, failed, seconds, interrupted };
}

/** Everything that can be seen: the machine's committed pages mean something where nothing else runs. */
function observed({ name }: Place): RecordOptions {
  const isGuest = name !== 'live';
  return { contents: true, counters: true, committed: isGuest, machineWide: isGuest };
}

/** Programs for the layouts that the kernel makes. */
function* generated(plan: ConformPlan, profile: Profile, machineWide: boolean): Generator<Program> {
  const { seed, programs, steps, calls, until, exhaustive } = plan;
  const source =
    exhaustive === undefined
      ? generatePrograms({ seed, programs, steps, alphabet: calls, profile, machineWide })
      : exhaustivePrograms(exhaustive.pages, exhaustive.from);
  let count = 0;
  for (const program of source) {
    if ((until !== undefined && Date.now() > until) || count++ >= programs) return;
    yield program;
  }
}

/** The program up to a step. */
const cut = (program: Program, step: number): Program => ({ ...program, steps: program.steps.slice(0, step + 1) });

const firstOf = (program: Program, verdict: Finding['verdict']): Finding => ({
  program: cut(program, verdict.step),
  verdict,
  from: program.id,
  fromSteps: program.steps.length,
  defects: [],
  count: 1,
});

/**
 * Defects of the release that make the kernel do what it did up to the step: each that is enough by itself, or where none is, all
 * that it takes.
 */
function defectsBehind(program: Program, { step }: Finding['verdict'], real: Profile): readonly FactName[] {
  const whole = intended(real);
  const agrees = (profile: Profile): boolean =>
    replayProgram(program, { profile, committed: true, until: step + 1 }).kind === 'agrees';
  const names = FACTS.map(({ name }) => name).filter((name) => whole[name] !== real[name]);
  const enough = names.filter((name) => agrees({ ...whole, [name]: real[name] }));
  return enough.length > 0 ? enough : names.filter((name) => !agrees({ ...real, [name]: whole[name] }));
}

/** Disagreements of one sort: the same call, and the same difference but for its numbers. */
function signature({ steps }: Program, { step, difference }: Finding['verdict']): string {
  const made = steps[step];
  const what = made?.op === 'madvise' ? `madvise ${String(made.args.advice)}` : made?.op;
  return `${what}: ${withoutCommonFlags(difference).replaceAll(/0x[\da-f]+|\b[\da-f]{4,}\b|\d+/g, '#')}`;
}

/** Of two lists of VmFlags only what the other has not. */
function withoutCommonFlags(difference: string): string {
  return difference.replace(/VmFlags "([^"]*)", recorded "([^"]*)"/, (_, ours: string, theirs: string) => {
    const [left, right] = [ours.split(' '), theirs.split(' ')];
    const only = (a: readonly string[], b: readonly string[]): string =>
      a.filter((flag) => !b.includes(flag)).join(' ');
    return `VmFlags "${only(left, right)}", recorded "${only(right, left)}"`;
  });
}

/** The smallest program on which the kernel and the model still disagree in the same way. */
async function shrunk(finding: Finding, place: Place, profile: Profile, options: RecordOptions): Promise<Finding> {
  const wanted = signature(finding.program, finding.verdict);
  let best = finding;
  const failsEach = async (candidates: readonly Program[]): Promise<readonly boolean[]> => {
    const answers: boolean[] = [];
    for await (const outcome of runPrograms(candidates, options, place)) {
      const again =
        outcome.kind === 'recorded'
          ? replayProgram(outcome.program, { profile, committed: options.committed === true })
          : undefined;
      const same = again?.kind === 'disagrees' && signature(outcome.program, again) === wanted;
      // What is tried together is accepted in its order: the first that fails is the next best.
      if (same && !answers.includes(true)) {
        const { from, fromSteps, defects, count } = finding;
        best = { ...firstOf(outcome.program, again), from, fromSteps, defects, count };
      }
      answers.push(same);
    }
    return answers;
  };
  const width = place.name === 'live' ? WIDTH.live : WIDTH.guest;
  await shrinkTogether(unrun(finding.program), failsEach, { width, budget: BUDGET });
  return best;
}
