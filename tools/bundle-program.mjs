/**
 * Puts the compiled modules of a program into a few scripts that start at once: `node ../../tools/bundle-program.mjs NAME=FILE ... -- ARGS` in the folder of the
 * package, after tsc. Writes dist/bundle/NAME.js for each, with everything that they need.
 *
 * Most of the start of a program is V8's: it parses and compiles. So the large scripts are kept as they are after a run with ARGS, too (NAME.cache), by
 * `run` of the script that is named `program`. V8 takes that only where it fits: another version compiles the text (NAME.code).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const folder = 'dist/bundle';
/** What is smaller is compiled as quickly as its cache is read. */
const smallestCached = 20_000;

const separator = process.argv.indexOf('--');
const input = Object.fromEntries(process.argv.slice(2, separator).map((argument) => argument.split('=')));
const typical = process.argv.slice(separator + 1);

/** What the scripts of threads need at once is in one script, which all of them read. */
const scriptsOfThreads = Object.keys(input)
  .filter((name) => name.endsWith('-worker'))
  .map((name) => resolve(input[name]));
const sharedByThreads = new Set();
const group = (id, bundle) => {
  if (sharedByThreads.size === 0) {
    for (const script of scriptsOfThreads) addImported(script, bundle, sharedByThreads);
  }
  return sharedByThreads.has(id) ? 'code' : null;
};

rmSync(folder, { recursive: true, force: true });
const { output } = await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: folder,
    minify: false,
    target: 'node20',
    rolldownOptions: {
      input,
      output: {
        format: 'cjs',
        minify: { compress: false, mangle: false, codegen: true },
        comments: false,
        codeSplitting: { groups: [{ name: group }] },
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
      },
    },
  },
});

/** The package's own scripts are modules. */
writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');

const script = readFileSync(new URL('./bundle/cached.cjs', import.meta.url), 'utf8');
for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const path = join(folder, file);
  // A text with nothing but ASCII is read, kept and parsed in half the time.
  const text = readFileSync(path, 'utf8').replaceAll(/[^\0-\x7f]/g, escaped);
  if (text.length < smallestCached) continue;
  // V8 asks whether a cache is of a text of the same length. Here it is of the same text.
  const name = `${file.replace(/\.js$/, '')}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  writeFileSync(join(folder, `${name}.code`), text);
  writeFileSync(path, script.replace('NAME', name));
}

writeFileSync(join(folder, 'licenses.txt'), licensesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)));
execFileSync(
  process.execPath,
  [new URL('./bundle/write-caches.cjs', import.meta.url).pathname, resolve(folder), ...typical],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);

function addImported(module, bundle, found) {
  for (const id of bundle.getModuleInfo(module)?.importedIds ?? []) {
    if (isBuiltin(id) || found.has(id)) continue;
    found.add(id);
    addImported(id, bundle, found);
  }
}

function escaped(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Those of the packages of others, which ask for it. */
function licensesOf(modules) {
  const folders = new Set(modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []));
  return [...folders]
    .map((path) => join(path, 'LICENSE'))
    .filter((file) => existsSync(file))
    .map((file) => `${dirname(file).split('node_modules/').at(-1)}\n\n${readFileSync(file, 'utf8')}`)
    .join('\n');
}
