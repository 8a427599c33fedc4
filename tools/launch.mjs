/**
 * Runs one of the workspace's programs from a checkout: `node tools/launch.mjs vmacheck ARGS`.
 * npm moves to the root of the workspace; the programs read the user's folder from INIT_CWD.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const programs = {
  vmacheck: '../packages/cli/dist/bin.js',
  tla2ts: '../packages/tla2ts/dist/bundle/bin.js',
};

const [name, ...args] = process.argv.slice(2);
const file = fileURLToPath(new URL(programs[name], import.meta.url));
if (!existsSync(file)) {
  console.error(`error: ${name} is not built yet\n  help: npm run setup`);
  process.exit(4);
}
process.argv = [process.argv[0], file, ...args];
await import(pathToFileURL(file).href);
