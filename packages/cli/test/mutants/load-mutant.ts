/** Loads packages/replay over a patched model: bundled in memory, nothing on disk is touched. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Replay from '@vmacheck/replay';
import { build, type Plugin } from 'vite';
import type { CodeMutant } from './code-mutants.js';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** What a mutant does not share with the tested code: performing programs and comparing them. */
export type MutatedReplay = Pick<
  typeof Replay,
  'replayProgram' | 'Session' | 'PropertyMonitor' | 'NearMonitor' | 'PROFILES'
>;

/** @throws when a patch does not match exactly once */
export async function loadMutant(mutant: CodeMutant): Promise<MutatedReplay> {
  const applied = new Set<string>();
  const patch: Plugin = {
    name: 'code-mutant',
    enforce: 'pre',
    transform(code, id) {
      const patches = mutant.patches.filter(({ file }) => id === resolve(packages, file));
      if (patches.length === 0) return null;
      applied.add(id);
      return patches.reduce((text, { file, find, replace }) => {
        const count = text.split(find).length - 1;
        if (count !== 1) throw new Error(`${mutant.name}: its text occurs ${count} times in ${file}, not once`);
        return text.replace(find, () => replace);
      }, code);
    },
  };
  const outputs = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [patch],
    resolve: { conditions: ['vmacheck-source', 'import', 'module', 'default'] },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: resolve(packages, 'replay/src/index.ts'), formats: ['es'], fileName: 'mutant' },
    },
  });
  const files = new Set(mutant.patches.map(({ file }) => resolve(packages, file)));
  if (applied.size !== files.size) throw new Error(`${mutant.name}: a file of its patches was not loaded`);
  const [first] = Array.isArray(outputs) ? outputs : [outputs];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${mutant.name}: nothing was bundled`);
  return (await import(`data:text/javascript;base64,${Buffer.from(chunk.code).toString('base64')}`)) as MutatedReplay;
}
