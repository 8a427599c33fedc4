/**
 * What `tla2ts check` finds for a model with a number of workers, which all take part from the beginning, as one line of JSON:
 * `node facts.mjs MODULE CONFIG WORKERS`.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { loadSpec, parseConfig } from '../../packages/tla2ts/dist/index.js';
import { folderHost, runCheck } from '../../packages/tla2ts/dist/node/index.js';

const [module, configFile, workers] = process.argv.slice(2);
const host = folderHost([dirname(module)]);
const { spec } = loadSpec(basename(module, '.tla'), host);
const configText = readFileSync(configFile, 'utf8');
const { config } = parseConfig(configFile, configText);
const notes = [];
const outcome = runCheck(
  { spec, config, configText, modules: host.modules },
  { workers: Number(workers), secondsAlone: 0, note: (text) => notes.push(text) },
);
const { result, distinct, generated, depth, violation, trace, coverage = [] } = outcome;
const byAction = coverage.map((action) => action.generated);
const facts = { result, distinct, generated, depth, property: violation?.name, states: trace?.length, byAction };
console.log(JSON.stringify({ facts, notes }));
process.exit(0);
