/**
 * Puts the compiled modules of a package into a few modules that Node reads in a fraction of the time: `node ../../tools/bundle-library.mjs NAME=FILE ...` in the
 * folder of the package, after tsc. Writes dist/modules/NAME.js for each, and what they share beside them. What else is called by an address (`new URL`) has to be
 * named, too.
 */
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'vite';

/** Made for nobody else: they may come with the package that is bundled. Others are imported from where they are. */
const inside = /^@vmacheck\//;

const input = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split('=')));
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys(dependencies).filter((name) => !inside.test(name));

rmSync('dist/modules', { recursive: true, force: true });
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: [inside], external },
  build: {
    ssr: true,
    outDir: 'dist/modules',
    minify: false,
    target: 'node20',
    rolldownOptions: {
      input,
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js', assetFileNames: '[name][extname]' },
    },
  },
});
