/** One thread and three find the same. The threads run the compiled program: `npm run build` comes first. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { loadSpec } from '../../src/names/load-spec.js';
import { folderHost } from '../../src/node/files.js';
import { runCheck, type RunOptions } from '../../src/node/run-check.js';

const facts = (folder: string, module: string, configName: string, options: RunOptions): object => {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  const host = folderHost([path]);
  const { spec } = loadSpec(module, host);
  const configText = readFileSync(`${path}${configName}.cfg`, 'utf8');
  const { config } = parseConfig(`${configName}.cfg`, configText);
  if (spec === undefined) throw new Error(module);
  const outcome = runCheck({ spec, config, configText, modules: host.modules }, { ...options, secondsAlone: 0 });
  if (!('result' in outcome)) throw new Error(outcome[0]?.message);
  const { result, violation, failure, distinct, generated, depth, queue, coverage, sometimes, trace } = outcome;
  // Which of the shortest traces is shown, and which action is the first to find a state, depends on the order of values.
  const [states, made] = [trace?.length, coverage.map((action) => action.generated)];
  return { result, violation, failure, distinct, generated, depth, queue, made, sometimes, states };
};

const explored = '../explore/specs/';
const liveness = '../liveness/specs/';

/** The module that a configuration belongs to: the one with the longest name that it begins with. */
const moduleOf = (config: string, modules: readonly string[]): string | undefined =>
  modules.filter((name) => config.startsWith(name)).sort((a, b) => b.length - a.length)[0];

const models = [explored, liveness].flatMap((folder) => {
  const files = readdirSync(fileURLToPath(new URL(folder, import.meta.url)));
  const modules = files.filter((file) => file.endsWith('.tla')).map((file) => file.slice(0, -4));
  return files
    .filter((file) => file.endsWith('.cfg'))
    .map((file) => file.slice(0, -4))
    .flatMap((config) => {
      const module = moduleOf(config, modules);
      return module === undefined ? [] : [[folder, module, config] as const];
    });
});

describe('the number of workers changes nothing on values', () => {
  // Every third of the many that are about liveness: starting threads takes longer than they do.
  test.each(models.filter(([folder], i) => folder === explored || i % 6 === 0))(
    '%s%s with %s',
    (folder, module, config) => {
      const options = { packed: false };
      const alone = facts(folder, module, config, options);
      expect(facts(folder, module, config, { ...options, workers: 3 })).toEqual(alone);
    },
  );
});

describe('the number of workers changes nothing', () => {
  test.each([
    [explored, 'Ways', 'WaysView', { packed: false, compact: true }],
    [explored, 'Ways', 'Ways', { trialStates: 20 }],
    [explored, 'Ways', 'WaysSteps', { trialStates: 20 }],
    [explored, 'Commit', 'Commit', { trialStates: 20 }],
    [explored, 'Commit', 'Commit', { trialStates: 20, compact: true }],
    [explored, 'Jugs', 'Jugs', { trialStates: 5 }],
  ] as const)('%s%s with %s %j', (folder, module, config, options) => {
    const alone = facts(folder, module, config, options);
    for (const workers of [2, 4]) expect(facts(folder, module, config, { ...options, workers })).toEqual(alone);
  });
});
