/** What was reached of the specifications: as text of at most 80 columns, as Markdown, and for programs. */
import { type Column, counted, grouped, tableLines } from '@vmacheck/report';
import type { Measured } from './measure.js';
import { type Reason, reasonFor } from './reasons.js';
import { isReached, type OperatorParts, type Part, reachedBy, WAYS } from './tally.js';

const COLUMNS: readonly Column[] = [
  { head: 'operator' },
  { head: 'parts', align: 'right' },
  ...WAYS.map((head) => ({ head, align: 'right' }) as const),
  { head: 'none', align: 'right' },
];

/** Parts of one name. */
interface Row {
  readonly name: string;
  readonly parts: readonly Part[];
}

const cells = ({ name, parts }: Row): readonly string[] => [
  name,
  grouped(parts.length),
  ...WAYS.map((way) => {
    const reached = reachedBy(way, parts);
    return reached === undefined ? '-' : grouped(reached);
  }),
  grouped(unreached(parts).length),
];

const unreached = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => !isReached(part));

/** Operators by module. */
function modulesOf(operators: readonly OperatorParts[]): ReadonlyMap<string, readonly OperatorParts[]> {
  const found = new Map<string, OperatorParts[]>();
  for (const operator of operators) {
    const list = found.get(operator.module) ?? [];
    list.push(operator);
    found.set(operator.module, list);
  }
  return found;
}

const whole = (name: string, operators: readonly OperatorParts[]): Row => ({
  name,
  parts: operators.flatMap(({ parts }) => parts),
});

/** A part that nothing reached, and why, where that is known. */
interface Left {
  readonly text: string;
  readonly reason: Reason | undefined;
}

/** The parts that nothing reached, without those inside of one that is told; those of one reason are told at once. */
function leftOf({ tally, reasons, source }: Measured): readonly Left[] {
  const all = tally.operators().flatMap(({ module, name, parts }) => {
    const left = unreached(parts);
    const isInside = ({ span }: Part): boolean =>
      left.some(({ span: out }) => out.offset <= span.offset && span.endOffset <= out.endOffset && out !== span);
    return left
      .filter((part) => !isInside(part))
      .map(({ kind, span }) => {
        const text = (source(span.file) ?? '').slice(span.offset, span.endOffset);
        const reason = reasonFor(reasons, { module, operator: name, text });
        return { text: `${span.file}:${span.line}:${span.column}: ${kind} of ${name}`, reason };
      });
  });
  return all.flatMap((one, i) => {
    const { text, reason } = one;
    if (reason === undefined) return [one];
    if (all.findIndex((other) => other.reason === reason) < i) return [];
    const more = all.filter((other) => other.reason === reason).length - 1;
    return [{ text: more === 0 ? text : `${text}, and ${grouped(more)} more`, reason }];
  });
}

/** Reasons for what is reached, or is no more. */
const needless = (reasons: readonly Reason[], left: readonly Left[]): readonly string[] =>
  reasons
    .filter((reason) => !left.some((one) => one.reason === reason))
    .map(({ module, operator, part }) => `${module}!${operator}${part === undefined ? '' : ` (${part})`}`);

const summary = ({ bounds, states, fuzzedSteps, recordedSteps }: Measured): string =>
  `${counted(bounds, 'bound')} with ${grouped(states)} states explored, ${grouped(fuzzedSteps)} generated steps, ` +
  `${grouped(recordedSteps)} recorded steps`;

/** A table of the modules, one of the operators of each, and what is left. */
export function coverageLines(measured: Measured): readonly string[] {
  const operators = measured.tally.operators();
  const modules = [...modulesOf(operators)];
  const rows = modules.flatMap(([module, own]) => [
    cells(whole(`module ${module}`, own)),
    ...own.map((operator) => cells({ ...operator, name: `  ${operator.name}` })),
  ]);
  const left = leftOf(measured);
  const remarks = [
    ...left.flatMap(({ text, reason }) => [
      `never reached: ${text}`,
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

const markdownRow = (row: readonly string[]): string => `| ${row.join(' | ')} |`;

const markdownTable = (first: string, rows: readonly (readonly string[])[]): readonly string[] => [
  markdownRow([first, ...COLUMNS.slice(1).map(({ head }) => head)]),
  markdownRow(['---', ...COLUMNS.slice(1).map(() => '--:')]),
  ...rows.map(markdownRow),
];

/** The page of the repository. */
export function coverageMarkdown(measured: Measured, command: string): string {
  const operators = measured.tally.operators();
  const modules = [...modulesOf(operators)];
  const left = leftOf(measured);
  const lines = [
    '# What is reached of the specifications',
    '',
    `Made by \`${command}\`: ${summary(measured)}.`,
    '',
    'A part is a definition, a conjunct or disjunct, a branch of IF or CASE, the right side of an implication, or what is evaluated for each element of a set. It is',
    'reached when it was evaluated at least once: by exploring the bounds of `specs/manifest.json` (_explored_), by the properties and the step relation on generated programs in the model',
    '(_fuzzed_), or by programs that ran on kernels, `traces/`: by the properties on what the kernel showed, and by the step relation on the same program in the model (_recorded_). `-`: the',
    'operator is not among those that are evaluated there. _None_: reached by nothing.',
    '',
    ...markdownTable('module', [
      ...modules.map(([module, own]) => cells(whole(module, own))),
      cells(whole('all', operators)),
    ]),
    '',
    '## What nothing reaches',
    '',
    ...(left.length === 0
      ? ['Nothing is left.']
      : left.map(({ text, reason }) => `- ${text}${reason === undefined ? '' : `; ${reason.why}`}`)),
    '',
    ...modules.flatMap(([module, own]) => [
      `## ${module}`,
      '',
      ...markdownTable(
        'operator',
        own.map((operator) => cells({ ...operator, name: `\`${operator.name}\`` })),
      ),
      '',
    ]),
  ];
  return lines.join('\n');
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
