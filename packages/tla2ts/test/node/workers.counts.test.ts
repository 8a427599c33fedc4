/** One thread and three find the same. The threads run the compiled program: `npm run build` comes first. */
import { readFileSync } from 'node:fs';
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
  const states = trace?.length;
  return { result, violation, failure, distinct, generated, depth, queue, coverage, sometimes, states };
};

const explored = '../explore/specs/';
const fair = '../liveness/specs/';

describe('the number of workers changes nothing', () => {
  test.each([
    [explored, 'Commit', 'Commit', { packed: false }],
    [explored, 'Ways', 'WaysView', { packed: false, compact: true }],
    [explored, 'Ways', 'Ways', { trialStates: 20 }],
    [explored, 'Jugs', 'Jugs', { packed: false }],
    [fair, 'Bounded', 'BoundedFour', { packed: false }],
  ] as const)('%s%s with %s %j', (folder, module, config, options) => {
    const alone = facts(folder, module, config, options);
    expect(facts(folder, module, config, { ...options, workers: 3 })).toEqual(alone);
  });
});
