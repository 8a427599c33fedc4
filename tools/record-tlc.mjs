/**
 * Runs TLC on every model of specs/manifest.json and writes what it found to specs/tlc.json, with its version and the commit of
 * the specifications; the tests compare the manifest with that.
 *
 *   TLC_JAR=tla2tools.jar npm run -s tlc [-- --as NAME]
 *
 * --as NAME  what this TLC is called, where it does not know its version itself: a build of a commit
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runTlc, tlcCommand } from './tlc/run.mjs';

const { values: options } = parseArgs({ options: { as: { type: 'string' } } });
const OUT = 'specs/tlc.json';
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

const command = tlcCommand() ?? fail('TLC_JAR does not name the jar of TLC (tla2tools.jar), or a command that runs it');
const changed = git('status', '--porcelain', '--', 'specs', `:!${OUT}`);
if (changed !== '')
  fail(`specs/ has changes that no commit has, which TLC's figures could not be named with:\n${changed}`);

const models = [];
let version;
for (const { path: module, models: configs } of JSON.parse(readFileSync('specs/manifest.json', 'utf8')).modules) {
  for (const { path: config } of configs) {
    const { seconds, version: found, ...run } = runTlc(command, `specs/${module}`, `specs/${config}`, 1);
    version = found;
    const counts = run.result === 'success' ? run : { result: run.result };
    models.push({ module, config, ...counts });
    console.log(`${config}: ${JSON.stringify(counts)} ${seconds.toFixed(1)} s`);
  }
}
const commit = git('log', '-1', '--format=%H', '--', 'specs', `:!${OUT}`);
writeFileSync(OUT, `${JSON.stringify({ tlc: options.as ?? version, commit, models }, undefined, 2)}\n`);
