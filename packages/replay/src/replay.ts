/** Replays a recorded program in the model and compares what both say, step by step. */
import { type Profile, profileFor } from '@vmacheck/model';
import type { Program, Step, StepResult, VmaRecord } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import { CommittedComparison, CounterComparison } from './counters.js';
import { eventsDifference } from './events.js';
import { layoutDifference } from './layout.js';
import type { Observer } from './observer.js';
import { type Performed, Session } from './session.js';

/** One side of a disagreement. */
export interface Side {
  readonly result: StepResult | undefined;
  /** undefined: nobody looked. */
  readonly after: readonly VmaRecord[] | undefined;
}

/** A step whose result depends on something that the trace does not carry. */
export interface UnknownStep {
  readonly step: number;
  readonly op: Step['op'];
  /** The hidden fact. */
  readonly why: string;
}

/** What both kinds of verdicts say. Steps count from 0. */
interface Judged {
  /** Steps that were judged: they agree, disagree, or are unknown. */
  readonly steps: number;
  readonly unknown: readonly UnknownStep[];
  /** Steps after a disagreement, or after an unknown step that nobody looked at. */
  readonly skipped: number;
  /** Whether any step had a result or a layout to compare with. */
  readonly compared: boolean;
}

/** What became of a program. */
export type Verdict =
  | (Judged & { readonly kind: 'agrees' })
  | (Judged & {
      readonly kind: 'disagrees';
      readonly step: number;
      /** What differs, in words. */
      readonly difference: string;
      readonly before: readonly VmaRecord[];
      readonly model: Side;
      readonly recorded: Side;
    });

/** How to replay. */
export interface ReplayOptions {
  /** Default: from the program's kernel. */
  readonly profile?: Profile;
  /** Steps to perform at most. */
  readonly until?: number;
  readonly observer?: Observer;
  /** Compare the committed pages of the machine too: the program was recorded where nothing else ran. Default false. */
  readonly committed?: boolean;
}

/**
 * Replays one program. The first disagreement ends it: what comes after would only repeat it. After an unknown step the
 * recorded layout is taken over, with what it does not show unknown. A step without a result (nobody ran it) is performed
 * and compared with nothing.
 */
export function replayProgram(program: Program, options: ReplayOptions = {}): Verdict {
  const profile = options.profile ?? profileFor(program.kernel, program.kernelVersion).profile;
  const session = new Session(program, profile, options.observer);
  const seen = new Map<number, Seen>([[0, { previous: program.mappings, counters: new CounterComparison() }]]);
  let committed = options.committed === true ? new CommittedComparison() : undefined;
  const hearsEvents = program.steps.some(({ events }) => events !== undefined);
  const count = Math.min(program.steps.length, options.until ?? Infinity);
  const unknown: UnknownStep[] = [];
  let compared = false;
  let before = session.layout();
  const judged = (steps: number): Judged => ({ steps, unknown, skipped: count - steps, compared });
  for (let i = 0; i < count; i++) {
    const step = program.steps[i] as Step;
    const performed = session.perform(step);
    const process = seenOf(seen, session.current);
    const recorded = step.after === 'unchanged' ? process.previous : step.after;
    const model = { result: performed.kind === 'done' ? performed.result : undefined, after: session.layout() };
    // From a fork on recorders of two processes are at work, with memory of their own that grows.
    if (step.op === 'fork') committed = undefined;
    if (step.op === 'mlockall' || step.op === 'munlockall') process.counters.rebaseLocked();
    if (session.reachesOut(step)) process.counters.rebaseMaps();
    const goesOn = performed.kind === 'unknown' && !performed.changes;
    const difference =
      performed.kind === 'unknown'
        ? performed.why
        : (resultDifference(performed, step.result) ??
          (recorded === undefined ? undefined : layoutDifference(model.after, recorded)) ??
          vectorDifference(performed, step) ??
          (hearsEvents ? eventsDifference(session.events, step.events ?? [], session.contextName) : undefined) ??
          contentsDifference(session, step) ??
          process.counters.difference(step.counters, session.space) ??
          committed?.difference(step.counters, session.space));
    compared ||= step.result !== undefined || recorded !== undefined;
    if (difference !== undefined) {
      const why = performed.kind === 'unknown' ? difference : session.hiddenFact(step, recorded);
      if (why === undefined) {
        const sides = { model, recorded: { result: step.result, after: recorded } };
        return { kind: 'disagrees', ...judged(i + 1), step: i, difference, before, ...sides };
      }
      unknown.push({ step: i, op: step.op, why });
      if (!goesOn) {
        if (recorded === undefined) return { kind: 'agrees', ...judged(i + 1) };
        session.adopt(recorded, step.result);
        session.learnBreak(step);
        session.doubt();
        process.counters.rebase();
        committed?.rebase();
      }
    }
    session.learnLocked(step);
    session.learnMaps(step);
    before = difference === undefined ? model.after : session.layout();
    process.previous = recorded ?? before;
    if (step.op === 'fork' && performed.kind === 'done') {
      const child = Number(parseHex(performed.result.value ?? '0x0'));
      // Nobody has looked at it: what its first step leaves "unchanged" is what it began with.
      seen.set(child, { previous: session.inherited(child), counters: process.counters.forked() });
    }
  }
  return { kind: 'agrees', ...judged(count) };
}

function resultDifference(performed: Performed, recorded: StepResult | undefined): string | undefined {
  if (performed.kind === 'illegal') return `the kernel cannot have chosen this address: ${performed.why}`;
  if (performed.kind !== 'done' || recorded === undefined) return undefined;
  const ours = showResult(performed.result);
  const theirs = showResult(recorded);
  return ours === theirs ? undefined : `the model says ${ours}, the record ${theirs}`;
}

/** What was seen of a process. */
interface Seen {
  previous: readonly VmaRecord[];
  readonly counters: CounterComparison;
}

function seenOf(seen: Map<number, Seen>, process: number): Seen {
  const known = seen.get(process) ?? { previous: [], counters: new CounterComparison() };
  seen.set(process, known);
  return known;
}

function vectorDifference(performed: Performed, { vector }: Step): string | undefined {
  if (vector === undefined || performed.kind !== 'done' || !performed.outcome.ok) return undefined;
  const ours = performed.outcome.vector;
  return ours === vector ? undefined : `vector ${ours} in the model, ${vector} recorded`;
}

/** A result in one word: "0x10000005000", "EFAULT", "SIGBUS". */
export function showResult(result: StepResult): string {
  if (result.value !== undefined) return toHex(parseHex(result.value));
  return result.errno ?? result.signal;
}

function contentsDifference(session: Session, step: Step): string | undefined {
  for (const [address, value] of Object.entries(step.contents ?? {})) {
    const page = Number(BigInt(address) >> 12n);
    const ours = session.space.peek(page);
    if (ours === undefined) return `contents of ${address}: nothing is mapped there in the model`;
    if (ours !== BigInt(value) && session.knowsContents(page)) {
      return `contents of ${address}: ${toHex(ours)} in the model, ${value} recorded`;
    }
  }
  return undefined;
}
