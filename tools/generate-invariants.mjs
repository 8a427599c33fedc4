/**
 * Compiles the properties of specs/ to packages/invariants/src/generated. Run after `npm run setup`.
 *   node tools/generate-invariants.mjs           writes the files
 *   node tools/generate-invariants.mjs --check   exits 1 when they are not what the specs say
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitTypeScript, loadSpec, renderDiagnostics } from '../packages/tla2ts/dist/index.js';
import { folderHost } from '../packages/tla2ts/dist/node/index.js';

const propertyModules = ['StateInvariants', 'StepProperties', 'PhaseProperties', 'StepRelation'];
const target = 'packages/invariants/src/generated';
const check = process.argv.includes('--check');

const folder = folderHost(['specs']);
/** Properties, and what their authors wrote to say what calls mean; the records first, which name the types. */
const modules = ['Records', ...propertyModules, 'Calls', 'Mremap', 'Neighbourhood'];
const root = `---- MODULE Properties ----\nEXTENDS ${modules.join(', ')}\n====\n`;
const host = { read: (name) => (name === 'Properties' ? { file: 'Properties.tla', text: root } : folder.read(name)) };

const { spec, diagnostics } = loadSpec('Properties', host);
const result = spec && emitTypeScript(spec, { properties: propertyModules, sourceName: (m) => `specs/${m}.tla` });
const problems = result?.warnings ?? diagnostics;
if (problems.length > 0) {
  console.error(renderDiagnostics(problems, { source: (file) => folder.source(file) }));
  process.exit(2);
}

const stale = [];
const files = new Map(result.files.map(({ name, text }) => [name, text]));
const present = existsSync(target) ? readdirSync(target) : [];
for (const [name, text] of files) {
  const path = join(target, name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) stale.push(name);
}
const left = present.filter((name) => !files.has(name));
if (check) {
  for (const name of [...stale, ...left])
    console.error(`${join(target, name)} is not what specs/ says: npm run generate`);
  process.exit(stale.length + left.length > 0 ? 1 : 0);
}
mkdirSync(target, { recursive: true });
for (const name of stale) writeFileSync(join(target, name), files.get(name));
for (const name of left) rmSync(join(target, name));
console.log(`${files.size} files, ${stale.length} written, ${left.length} removed`);
