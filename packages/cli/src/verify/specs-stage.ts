/** Every model of specs/manifest.json, explored and compared with what the manifest expects. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { grouped, tableLines } from '@vmacheck/report';
import { type ModelReport, parseManifest, runCheck, runManifest } from 'tla2ts/node';
import { countsLine } from '../counts.js';
import { type Stage, type StageContext, type StageResult, skipped } from './stage.js';

/** The specifications stand beside the packages in the repository. */
const SPECS = new URL('../../../../specs/', import.meta.url);

export const specsStage: Stage = {
  name: 'specs',
  title: 'the specifications, explored exhaustively within the bounds of their configurations',
  run: (context) => exploreSpecs(SPECS, context),
};

/** @param folder where manifest.json is, with a slash at the end */
export async function exploreSpecs(folder: URL, context: StageContext): Promise<StageResult> {
  const read = (path: string): string | undefined => textOf(new URL(path, folder));
  const text = read('manifest.json');
  if (text === undefined) return skipped(`there is no ${fileURLToPath(new URL('manifest.json', folder))}`);
  const manifest = parseManifest(text);
  if (typeof manifest === 'string') return failed(`specs/manifest.json: ${manifest}`, []);
  const chosen = manifest.modules.flatMap(({ path, models }) => models.map((model) => ({ path, config: model.path })));
  const reports: ModelReport[] = [];
  for (const { path, config } of chosen) {
    if (!(await context.progress.tick(() => `specs: ${path}`))) {
      return { result: 'interrupted', lines: table(reports), measured: measured(reports) };
    }
    const found = runManifest(
      text,
      { read, shown: (name) => `specs/${name}` },
      {
        models: (model, module) => module === path && model.path === config,
        mutants: false,
        check: (input, bounds) => runCheck(input, { ...bounds, workers: availableParallelism() }),
        explore: { onProgress: (counts) => context.progress.show(() => `specs: ${config}: ${countsLine(counts)}`) },
      },
    );
    if (typeof found === 'string') return failed(found, reports);
    reports.push(...found);
  }
  const wrong = reports.filter(({ ok }) => !ok);
  if (wrong.length > 0)
    return failed(`not as the manifest says: ${wrong.map(({ config }) => config).join(', ')}`, reports);
  if (reports.length === 0) return failed('specs/manifest.json names no model', reports);
  return { result: 'passed', lines: table(reports), measured: measured(reports) };
}

function failed(why: string, reports: readonly ModelReport[]): StageResult {
  return { result: 'failed', why, lines: table(reports), measured: measured(reports) };
}

function textOf(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function table(reports: readonly ModelReport[]): readonly string[] {
  if (reports.length === 0) return [];
  const columns = [
    { head: 'model' },
    { head: 'result' },
    { head: 'distinct', align: 'right' },
    { head: 'generated', align: 'right' },
    { head: 'depth', align: 'right' },
    { head: 'seconds', align: 'right' },
    { head: 'sometimes', align: 'right' },
  ] as const;
  const rows = reports.map(({ ok, config, result, distinct, generated, depth, seconds, sometimes }) => [
    config,
    ok && result !== 'success' ? `${result}, expected` : (result ?? 'not run'),
    grouped(distinct),
    grouped(generated),
    String(depth),
    seconds.toFixed(1),
    `${sometimes.filter(({ reached }) => reached).length} of ${sometimes.length}`,
  ]);
  const problems = reports.flatMap(({ config, problems: found }) => found.map((problem) => `${config}: ${problem}`));
  return [...tableLines(columns, rows), ...problems];
}

function measured(reports: readonly ModelReport[]): StageResult['measured'] {
  const models = reports.map(
    ({ module, config, result, distinct, generated, depth, seconds, sometimes, problems }) => ({
      module,
      config,
      result,
      distinct,
      generated,
      depth,
      seconds,
      sometimes,
      problems,
    }),
  );
  return { models };
}
