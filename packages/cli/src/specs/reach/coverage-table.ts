/** What was reached of the specifications: as text of at most 80 columns, and for programs. */
import { type Column, counted, grouped, tableLines } from '@vmacheck/report';
import { leftOf, needless } from './left.js';
import type { Measured } from './measure.js';
import { cells, HEADS, modulesOf, whole } from './rows.js';

const COLUMNS: readonly Column[] = [{ head: 'operator' }, ...HEADS.map((head) => ({ head, align: 'right' }) as const)];

const summary = ({ bounds, states, fuzzedSteps, recordedSteps }: Measured): string =>
  `${counted(bounds, 'bound')} with ${grouped(states)} states explored, ${grouped(fuzzedSteps)} generated steps, ` +
  `${grouped(recordedSteps)} recorded steps`;

/** A table of the modules, one of the operators of each, and what is left. */
export function coverageLines(measured: Measured): readonly string[] {
  const operators = measured.tally.operators();
  const rows = [...modulesOf(operators)].flatMap(([module, own]) => [
    cells(whole(`module ${module}`, own)),
    ...own.map((operator) => cells({ ...operator, name: `  ${operator.name}` })),
  ]);
  const left = leftOf(measured);
  const remarks = [
    ...left.flatMap(({ place, what, reason }) => [
      `never reached: ${place}: ${what}`,
      ...(reason === undefined ? [] : [`  because ${reason.why}`]),
    ]),
    ...needless(measured.reasons, left).map((name) => `reached, although there is a reason why not: ${name}`),
  ];
  return [
    ...tableLines(COLUMNS, [...rows, cells(whole('all', operators))]),
    '',
    ...remarks,
    ...(remarks.length === 0 ? [] : ['']),
    summary(measured),
  ];
}

/** The object of `--json`. */
export function coverageJson({ tally, bounds, states, fuzzedSteps, recordedSteps }: Measured): object {
  const operators = tally.operators();
  return {
    bounds,
    states,
    fuzzedSteps,
    recordedSteps,
    operators: operators.map(({ module, name, parts }) => ({
      module,
      name,
      parts: parts.map(({ kind, span: { file, line, column, endLine, endColumn }, counts }) => ({
        kind,
        file,
        line,
        column,
        endLine,
        endColumn,
        counts,
      })),
    })),
  };
}
