/** What was reached of the specifications, as the page of the repository: the sums, what is left and why, and where a way falls short. */
import { counted, grouped } from '@vmacheck/report';
import { type Left, leftOf, unreached } from './left.js';
import type { Measured } from './measure.js';
import { cells, HEADS, modulesOf, type Row, whole } from './rows.js';
import { isReached, type OperatorParts, type Part, reachedBy, type Way, WAYS } from './tally.js';

/** @param command that made it */
export function coverageMarkdown(measured: Measured, command: string): string {
  const operators = measured.tally.operators();
  const all = whole('all', operators);
  const left = leftOf(measured);
  const short = operators.filter((operator) => WAYS.some((way) => fallsShort(way, operator.parts)));
  const lines = [
    '# What is reached of the specifications',
    '',
    `${totals(all.parts)} ${reasons(left)}`.trimEnd(),
    '',
    ...table(['way', 'what was run', 'parts', 'reached'], ['---', '---', '--:', '--:'], waysOf(measured, all.parts)),
    '',
    'A part is a definition, a conjunct or disjunct, a branch of IF or CASE, the right side of an implication, or what is evaluated for each element of a set. It is',
    'reached when it was evaluated at least once: by exploring the bounds of `specs/manifest.json`; by the properties and the step relation on generated programs in the model; by the',
    'properties on what kernels showed, and by the step relation on the same programs in the model. The last two evaluate the properties and what these need, no more.',
    '',
    `Made by \`${command}\`.`,
    '',
    '## What nothing reaches',
    '',
    ...(left.length === 0 ? ['Nothing is left.'] : leftTable(left)),
    '',
    '## By module',
    '',
    '`-`: the way evaluates nothing of it. None: reached by nothing.',
    '',
    ...countsTable('module', [...[...modulesOf(operators)].map(([module, own]) => whole(module, own)), all]),
    '',
    '## Where a way falls short',
    '',
    `${counted(short.length, 'operator')} of ${grouped(operators.length)}; each way that evaluates one of the others reaches all of it.`,
    '',
    ...countsTable(
      'operator',
      short.map(({ module, name, parts }) => ({ name: `\`${module}!${name}\``, parts })),
    ),
    '',
  ];
  return lines.join('\n');
}

const totals = (parts: readonly Part[]): string =>
  `Of ${counted(parts.length, 'part')} ${grouped(parts.filter(isReached).length)} are reached, ${grouped(unreached(parts).length)} by nothing.`;

/** How much of what is left has its reason. */
function reasons(left: readonly Left[]): string {
  const without = left.filter(({ reason }) => reason === undefined).length;
  if (left.length === 0) return '';
  return without === 0
    ? '[The reason of each](#what-nothing-reaches) is below.'
    : `[The reasons](#what-nothing-reaches) are below, but for ${counted(without, 'place')}.`;
}

/** What was run of each way, and what of the parts that it evaluates it reached. */
function waysOf(
  { bounds, states, fuzzedSteps, recordedSteps }: Measured,
  parts: readonly Part[],
): readonly (readonly string[])[] {
  const run: Readonly<Record<Way, string>> = {
    explored: `${counted(bounds, 'bound')}, ${grouped(states)} states`,
    fuzzed: `${grouped(fuzzedSteps)} generated steps`,
    recorded: `${grouped(recordedSteps)} recorded steps`,
  };
  return WAYS.map((way) => {
    const possible = possibleOf(way, parts).length;
    return [way, run[way], grouped(possible), grouped(reachedBy(way, parts) ?? 0)];
  });
}

const possibleOf = (way: Way, parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ counts }) => counts[way] !== undefined);

const fallsShort = (way: Way, parts: OperatorParts['parts']): boolean =>
  possibleOf(way, parts).some(({ counts }) => counts[way] === 0);

/** What has no reason comes first: there is something to do. */
function leftTable(left: readonly Left[]): readonly string[] {
  const rows = left
    .toSorted((a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined))
    .map(({ place, what, reason }) => [place, what, reason?.why ?? '']);
  return table(['place', 'part', 'why'], ['---', '---', '---'], rows);
}

const countsTable = (first: string, rows: readonly Row[]): readonly string[] =>
  table([first, ...HEADS], ['---', ...HEADS.map(() => '--:')], rows.map(cells));

const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;

const table = (
  heads: readonly string[],
  rule: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => [line(heads), line(rule), ...rows.map(line)];
