/** What a run of the fuzzer saw, as text. */
import type { FuzzOutcome, PropertyFailure, Statistics } from '@vmacheck/fuzz';
import { counted, grouped, type Paint, programLines, share, tableLines } from '@vmacheck/report';
import { profileFor, type PropertyCount, Session, stepResult } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';

/** System calls among the steps: all but loads and stores. */
export function callCount(statistics: Statistics): number {
  const { calls, steps } = statistics;
  return steps - (calls['load'] ?? 0) - (calls['store'] ?? 0);
}

/** Shares that tell whether the programs were worth running. */
export function statisticsLines(programs: number, statistics: Statistics): readonly string[] {
  const { steps, changing, multiMoves, partWay } = statistics;
  return [
    `${counted(programs, 'program')}, ${counted(steps, 'step')}: ${share(changing, steps)} change something, ` +
      `${share(multiMoves, steps)} move two or more VMAs, ${share(partWay, steps)} fail part-way`,
  ];
}

/** One line per property: how often it was evaluated, and how often its antecedent was true. */
export function propertyLines(counts: readonly PropertyCount[]): readonly string[] {
  if (counts.length === 0) return [];
  const columns = [
    { head: 'property' },
    { head: 'kind' },
    { head: 'evaluated', align: 'right' },
    { head: 'antecedent true', align: 'right' },
  ] as const;
  const rows = counts.map(({ name, kind, evaluated, antecedentTrue }) => [
    name,
    kind,
    grouped(evaluated),
    grouped(antecedentTrue),
  ]);
  return tableLines(columns, rows);
}

/** Properties that had nothing to say: their antecedent was never true. */
export function vacuous(counts: readonly PropertyCount[]): readonly PropertyCount[] {
  return counts.filter(({ antecedentTrue }) => antecedentTrue === 0);
}

/** A violated property: which one, the smallest program that shows it, and how to see it again. */
export function failureLines(
  failure: PropertyFailure,
  more: { readonly file: string | undefined; readonly reproduce: string },
  paint: Paint,
): readonly string[] {
  const { violation, program, step, original } = failure;
  const { kind, name, source, doc } = violation;
  return [
    paint.bad(`violated: ${kind} property ${name}`),
    `  --> ${source}`,
    ...doc
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `  ${paint.dim(line.trim())}`),
    `at step ${step} of a program that was shrunk from ${counted(original.steps.length, 'step')} to ${counted(program.steps.length, 'step')}:`,
    ...performed(program, paint),
    ...(more.file === undefined ? [] : [`saved as ${more.file}`]),
    `reproduce: ${more.reproduce}`,
  ];
}

function performed(program: Program, paint: Paint): readonly string[] {
  const session = new Session(program, profileFor(program.kernel).profile);
  const steps = program.steps.map((step) => {
    const made = session.perform(step);
    return { step, result: made.kind === 'done' ? stepResult(made.outcome) : undefined, after: session.layout() };
  });
  return programLines(program, steps, paint);
}

/** Did every property hold? */
export function held(outcome: FuzzOutcome): boolean {
  return outcome.failure === undefined;
}
