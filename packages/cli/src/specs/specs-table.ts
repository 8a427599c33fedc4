/** What was found of the specifications: a table of at most 80 columns, and the same for programs. */
import { counted, grouped, tableLines } from '@vmacheck/report';
import type { SpecReport } from './run-specs.js';

const COLUMNS = [
  { head: 'spec' },
  { head: 'bound' },
  { head: 'states', align: 'right' },
  { head: 'depth', align: 'right' },
  { head: 'time', align: 'right' },
  { head: 'props', align: 'right' },
  { head: 'reached', align: 'right' },
  { head: 'caught', align: 'right' },
] as const;

/** The table, what must be said of single models, and the sum. Times are in seconds. */
export function specsLines(reports: readonly SpecReport[], mutantsRun: boolean): readonly string[] {
  if (reports.length === 0) return [];
  const rows = reports.map((report, i) => [
    report.module === reports[i - 1]?.module ? '' : nameOf(report.module),
    boundOf(report),
    grouped(report.distinct),
    String(report.depth),
    secondsOf(report).toFixed(1),
    String(report.properties),
    partOf(report.sometimes, ({ reached }) => reached),
    mutantsRun ? partOf(report.mutants, ({ ok }) => ok) : '-',
  ]);
  return [...tableLines(COLUMNS, rows), '', ...remarks(reports), sum(reports, mutantsRun)];
}

/** The bound is the configuration without what its name has from its module's. */
function boundOf({ module, config }: SpecReport): string {
  const name = nameOf(config);
  return name.startsWith(nameOf(module)) ? name.slice(nameOf(module).length) || '-' : name;
}

const nameOf = (path: string): string => path.replace(/\.(tla|cfg)$/, '');

function partOf<T>(list: readonly T[], holds: (item: T) => boolean): string {
  return list.length === 0 ? '-' : `${list.filter(holds).length}/${list.length}`;
}

/** The time of a model and of its mutants. */
function secondsOf({ seconds, mutants }: SpecReport): number {
  return mutants.reduce((total, mutant) => total + mutant.seconds, seconds);
}

/** Violations that are expected, each with its property; then whatever is not as the manifest says. */
function remarks(reports: readonly SpecReport[]): readonly string[] {
  const expected = reports
    .filter(({ ok, result }) => ok && result !== 'success')
    .map(({ config, result, outcome }) => `${config}: violates ${outcome?.violation?.name ?? result}, as it must`);
  const wrong = reports.flatMap(({ config, problems, mutants }) => [
    ...problems.map((problem) => `wrong: ${config}: ${problem}`),
    ...mutants
      .filter(({ ok }) => !ok)
      .map(({ name, config: of, problem }) => `wrong: ${of}: mutant "${name}": ${problem ?? 'not caught'}`),
  ]);
  return [...expected, ...wrong];
}

function sum(reports: readonly SpecReport[], mutantsRun: boolean): string {
  const mutants = reports.flatMap((report) => report.mutants);
  const states = reports.reduce((total, { distinct }) => total + distinct, 0);
  const seconds = reports.reduce((total, report) => total + secondsOf(report), 0);
  return [
    counted(new Set(reports.map(({ module }) => module)).size, 'spec'),
    counted(reports.length, 'bound'),
    counted(states, 'state'),
    mutantsRun ? `${mutants.filter(({ ok }) => ok).length} of ${mutants.length} mutants caught` : 'mutants skipped',
    `${seconds.toFixed(0)} s`,
  ].join(', ');
}

/** The object of `--json`. */
export function specsJson(reports: readonly SpecReport[], mutantsRun: boolean): object {
  return {
    ok: reports.every(({ ok }) => ok),
    models: reports.map(
      ({ module, config, ok, result, distinct, generated, depth, seconds, properties, sometimes, mutants, ...of }) => ({
        module,
        config,
        ok,
        result,
        ...(of.outcome?.violation === undefined ? {} : { property: of.outcome.violation.name }),
        distinct,
        generated,
        depth,
        seconds,
        properties,
        sometimes: sometimes.map(({ name, reached }) => ({ name, reached })),
        ...(mutantsRun ? { mutants } : {}),
        problems: of.problems,
      }),
    ),
  };
}
