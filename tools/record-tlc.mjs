/**
 * Runs TLC on the models of specs/manifest.json and writes what it found to specs/tlc.json, each with TLC's version and the commit
 * of the specifications; the tests compare the manifest with that. What is there of other modules stays.
 *
 *   TLC_JAR=tla2tools.jar npm run -s tlc [-- NAME... --as NAME]
 *
 * NAME       only these modules and configurations ("MCSeal", "MCSealFew.cfg"); default: all
 * --as NAME  what this TLC is called, where it does not know its version itself: a build of a commit
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { noTlc, tlcCommand } from './tlc/command.mjs';
import { runTlc } from './tlc/run.mjs';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { as: { type: 'string' } } });
const OUT = 'specs/tlc.json';
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

const command = tlcCommand() ?? fail(noTlc);
const changed = git('status', '--porcelain', '--', 'specs', `:!${OUT}`);
if (changed !== '')
  fail(`specs/ has changes that no commit has, which TLC's figures could not be named with:\n${changed}`);

const commit = git('log', '-1', '--format=%H', '--', 'specs', `:!${OUT}`);
const { modules } = JSON.parse(readFileSync('specs/manifest.json', 'utf8'));
const isMeant =
  ({ module, config }) =>
  (name) =>
    module === `${name}.tla` || config === name;
const known = existsSync(OUT) ? JSON.parse(readFileSync(OUT, 'utf8')).models : [];
const found = new Map(known.map((entry) => [entry.config, entry]));
const all = modules.flatMap(({ path: module, models }) => models.map(({ path: config }) => ({ module, config })));
const unknown = positionals.filter((name) => !all.some((model) => isMeant(model)(name)));
if (unknown.length > 0) fail(`specs/manifest.json has neither module nor configuration ${unknown.join(', ')}`);

// Written after each model: a run that is stopped keeps what it has.
for (const { module, config } of all) {
  if (positionals.length > 0 && !positionals.some(isMeant({ module, config }))) continue;
  const { seconds, version, ...run } = runTlc(command, `specs/${module}`, `specs/${config}`, 1);
  const counts = run.result === 'success' ? run : { result: run.result };
  found.set(config, { module, config, ...counts, tlc: options.as ?? version, commit });
  console.log(`${config}: ${JSON.stringify(counts)} ${seconds.toFixed(1)} s`);
  const models = all.flatMap((model) => found.get(model.config) ?? []);
  writeFileSync(OUT, `${JSON.stringify({ models }, undefined, 2)}\n`);
}
