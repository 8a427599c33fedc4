/** What the replay of many programs adds up to. */
import { counted, grouped, stepText, tableLines } from '@vmacheck/report';
import type { PropertyViolation, Side, Verdict } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';

/** Where a program is. Programs of a file count from 0. */
export interface Place {
  readonly program: Program;
  readonly index: number;
  /** Where it matters: there are several. */
  readonly file?: string;
}

/** A program that does not agree. Steps and programs count from 0. */
export interface ReplayDetail {
  readonly file?: string;
  readonly program: string;
  readonly index: number;
  readonly step: number;
  readonly kind: 'disagreement' | 'unknown' | 'violation';
  readonly call: string;
  /** The difference, the reason why the step is unknown, or the property that does not hold. */
  readonly why: string;
  readonly model?: Side;
  readonly recorded?: Side;
}

/** What `replay --json` prints. */
export interface ReplayJson {
  readonly programs: number;
  readonly steps: number;
  readonly disagreements: number;
  readonly unknown: number;
  readonly details: readonly ReplayDetail[];
}

/** So many details are kept, so that a file of any size can be replayed. */
const MOST_DETAILS = 1000;

/** See the head of the file. */
export class ReplayTotals {
  programs = 0;
  /** Steps that were judged: they agree, disagree, or are unknown. */
  steps = 0;
  disagreements = 0;
  /** Programs under which a generated property does not hold. */
  violations = 0;
  /** Steps whose result depends on something that the trace does not carry. */
  unknown = 0;
  /** Steps after a disagreement, or after an unknown step that nobody looked at. */
  notReached = 0;
  /** Programs that nobody has run: there was nothing to compare with. */
  notRecorded = 0;
  /** Steps by the hidden fact that makes them unknown. */
  readonly unknownReasons = new Map<string, number>();
  readonly #details: ReplayDetail[] = [];

  add(where: Place, verdict: Verdict): void {
    this.programs += 1;
    this.steps += verdict.steps;
    this.unknown += verdict.unknown.length;
    this.notReached += verdict.skipped;
    if (!verdict.compared) this.notRecorded += 1;
    for (const { step, why } of verdict.unknown) {
      this.unknownReasons.set(why, (this.unknownReasons.get(why) ?? 0) + 1);
      this.#detail(where, step, { kind: 'unknown', why });
    }
    if (verdict.kind === 'agrees') return;
    this.disagreements += 1;
    const { step, difference: why, model, recorded } = verdict;
    this.#detail(where, step, { kind: 'disagreement', why, model, recorded });
  }

  /** Adds that a property does not hold. */
  violated(where: Place, found: { readonly step: number; readonly violation: PropertyViolation }): void {
    this.violations += 1;
    const { kind, name } = found.violation;
    this.#detail(where, found.step, { kind: 'violation', why: `${kind} property ${name}` });
  }

  #detail(
    { program: { id, steps }, index, file }: Place,
    step: number,
    more: Pick<ReplayDetail, 'kind' | 'why' | 'model' | 'recorded'>,
  ): void {
    if (this.#details.length >= MOST_DETAILS) return;
    const made: Step | undefined = steps[step];
    this.#details.push({
      ...(file === undefined ? {} : { file }),
      program: id,
      index,
      step,
      call: made === undefined ? '' : stepText(made, undefined),
      ...more,
    });
  }

  /** Steps that were compared with a record. */
  get compared(): number {
    return this.steps - this.unknown;
  }

  /** The totals in one line. */
  line(): string {
    const { programs, steps, disagreements, unknown, violations, notReached, notRecorded } = this;
    return [
      counted(programs, 'program'),
      counted(steps, 'step'),
      counted(disagreements, 'disagreement'),
      `${grouped(unknown)} unknown`,
      ...(violations === 0 ? [] : [`${counted(violations, 'violation')} of properties`]),
      ...(notReached === 0 ? [] : [`${counted(notReached, 'step')} not reached`]),
      ...(notRecorded === 0 ? [] : [`${counted(notRecorded, 'program')} without anything to compare with`]),
    ].join(', ');
  }

  /** The hidden facts, most frequent first, one line each. */
  unknownLines(): readonly string[] {
    const reasons = [...this.unknownReasons].sort(([, a], [, b]) => b - a);
    const rows = reasons.map(([why, count]) => [grouped(count), why]);
    return tableLines([{ head: '', align: 'right' }, { head: '' }], rows).map((line) => `  unknown: ${line}`);
  }

  json(): ReplayJson {
    const { programs, steps, disagreements, unknown } = this;
    return { programs, steps, disagreements, unknown, details: this.#details };
  }
}
