/**
 * Bundles the main entry of every package but kernel and cli for a browser, and fails where one needs Node.
 * Prints the minified size of each. Run after `npm run setup`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const needNode = new Set(['kernel', 'cli']);

const refuseBuiltins = {
  name: 'refuse-node-builtins',
  enforce: 'pre',
  resolveId(source, importer) {
    if (isBuiltin(source)) throw new Error(`${importer} imports ${source}`);
  },
};

let failed = 0;
for (const folder of readdirSync('packages')) {
  if (needNode.has(folder)) continue;
  const { name, exports } = JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8'));
  const entry = `packages/${folder}/${exports['.'].default.replace('./', '')}`;
  try {
    const outputs = await build({
      configFile: false,
      logLevel: 'silent',
      plugins: [refuseBuiltins],
      build: { write: false, minify: true, target: 'es2023', lib: { entry, formats: ['es'], fileName: 'bundle' } },
    });
    const code = outputs[0].output[0].code;
    console.log(`${name}: ${code.length} bytes minified, ${gzipSync(code).length} gzipped`);
  } catch (error) {
    failed += 1;
    console.error(`${name}: does not bundle for a browser: ${error instanceof Error ? error.message : error}`);
  }
}
process.exit(failed ? 1 : 0);
