/** Why a step of a program ended as it did: which check refused, and what was decided about each merge. */
import { type MergeDecision, pageOf, type Profile, profileFor, type Vma } from '@vmacheck/model';
import { parseHex, type Program, type Step, type StepResult } from '@vmacheck/trace';
import { Session } from './session.js';

/** Memory that an earlier step moved, and what that step found. In pages. */
export interface Origin {
  /** Counted from 0. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly len: number;
  /** It had been written when it moved: its page offsets went with it. */
  readonly written: boolean;
}

/** A merge decision with what is behind it. */
export interface ExplainedMerge extends MergeDecision {
  /** Where page offsets do not meet: the moves that made them what they are. */
  readonly because: readonly Origin[];
}

/** See the head of the file. */
export interface Explanation {
  readonly step: Step;
  /** Counted from 0. */
  readonly index: number;
  /** What the model made of the step; undefined when it does not know the step. */
  readonly result: StepResult | undefined;
  /** The check that refused, or the reason why the step is unknown; "" when it succeeded. */
  readonly why: string;
  /** In the order in which the kernel takes them. */
  readonly merges: readonly ExplainedMerge[];
  readonly before: readonly Vma[];
  readonly after: readonly Vma[];
}

/**
 * Performs a program up to a step and says why that step ended as it did.
 *
 * @param index of the step, from 0; must be one of the program's
 * @param profile default: that of the program's kernel
 */
export function explainStep(program: Program, index: number, profile?: Profile): Explanation {
  const step = program.steps[index];
  if (step === undefined) throw new RangeError(`the program has no step ${index}`);
  const session = new Session(program, profile ?? profileFor(program.kernel, program.kernelVersion).profile);
  const origins: Origin[] = [];
  for (const [i, earlier] of program.steps.slice(0, index).entries()) {
    const vmas = session.spaceOf(earlier.proc ?? 0)?.vmas ?? [];
    const made = session.perform(earlier);
    const moved = made.kind === 'done' ? moveOf(earlier, made.result, vmas) : undefined;
    if (moved !== undefined) origins.push({ step: i, ...moved });
  }
  const space = session.spaceOf(step.proc ?? 0);
  const before = space?.vmas ?? [];
  const merges: MergeDecision[] = [];
  if (space !== undefined) space.explain = (decision) => void merges.push(decision);
  const made = session.perform(step);
  return {
    step,
    index,
    result: made.kind === 'done' ? made.result : undefined,
    why: whyOf(made),
    merges: merges.map((decision) => ({ ...decision, because: originsBehind(decision, before, origins) })),
    before,
    after: space?.vmas ?? [],
  };
}

function whyOf(made: ReturnType<Session['perform']>): string {
  if (made.kind === 'observed') return 'no call: an observer saw that memory here had been touched';
  if (made.kind !== 'done') return made.why;
  return !made.outcome.ok && 'why' in made.outcome ? made.outcome.why : '';
}

/** The first page that a successful mremap moved: where it came from, and whether it had been written. */
function moveOf(step: Step, result: StepResult, vmas: readonly Vma[]): Omit<Origin, 'step'> | undefined {
  if (step.op !== 'mremap' || result.value === undefined || step.args.oldAddr.startsWith('r')) return undefined;
  const from = pageOf(parseHex(step.args.oldAddr as `0x${string}`));
  const to = pageOf(parseHex(result.value));
  const source = vmas.find(({ start, end }) => start <= from && from < end);
  if (from === to || source === undefined) return undefined;
  const len = pageOf(parseHex(step.args.newLen) + 4095n);
  return { from, to, len, written: source.anonVma !== 0 };
}

/** The moves that brought memory of the two sides to where it is, latest last. */
function originsBehind(decision: MergeDecision, before: readonly Vma[], origins: readonly Origin[]): readonly Origin[] {
  if (!decision.rule.startsWith('pgoff')) return [];
  const ranges = [decision, ...(decision.neighbour === undefined ? [] : [decision.neighbour])];
  return origins.filter(({ to, len }) =>
    ranges.some((range) => {
      const inRange = to < range.end && range.start < to + len;
      return inRange && before.some(({ start, end }) => start < to + len && to < end);
    }),
  );
}
