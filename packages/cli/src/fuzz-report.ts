/** What a run of the fuzzer saw, as text. */
import type { PropertyFailure, Statistics } from '@vmacheck/fuzz';
import { counted, grouped, type Paint, programLines, share, tableLines } from '@vmacheck/report';
import { type Profile, type PropertyCount, type PropertyViolation, Session, stepResult } from '@vmacheck/replay';
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

/** A property that does not hold, and the program that shows it. */
export interface ShownViolation {
  readonly violation: PropertyViolation;
  readonly step: number;
  readonly program: Program;
  readonly profile: Profile;
  readonly reproduce: string;
}

/** The lines of a violation: which property, the program step by step with pictures, and how to see it again. */
export function violationLines(found: ShownViolation, paint: Paint): readonly string[] {
  const { violation, step, program, reproduce } = found;
  const { kind, name, source, doc } = violation;
  const comment = doc.split('\n').filter((line) => line.trim() !== '');
  return [
    paint.bad(`violated at step ${step}: ${kind} property ${name}`),
    `  --> ${source}`,
    ...comment.map((line) => `  ${paint.dim(line.trim())}`),
    ...performed(program, found.profile, paint),
    `reproduce: ${reproduce}`,
  ];
}

/** What the fuzzer found, after shrinking. */
export function failureLines(
  failure: PropertyFailure,
  more: { readonly file: string | undefined; readonly profile: Profile; readonly reproduce: string },
  paint: Paint,
): readonly string[] {
  const { violation, program, step, original } = failure;
  const from = counted(original.steps.length, 'step');
  return [
    ...violationLines({ violation, step, program, ...more }, paint),
    `program ${original.id}, shrunk from ${from} to ${program.steps.length}${more.file === undefined ? '' : `, saved as ${more.file}`}`,
  ];
}

function performed(program: Program, profile: Profile, paint: Paint): readonly string[] {
  const session = new Session(program, profile);
  const steps = program.steps.map((step) => {
    const made = session.perform(step);
    return { step, result: made.kind === 'done' ? stepResult(made.outcome) : undefined, after: session.layout() };
  });
  return programLines(program, steps, paint);
}
