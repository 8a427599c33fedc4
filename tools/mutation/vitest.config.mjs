/** The tests that mutants have to pass: the fast ones of model and mremap, and the replay of what kernels did. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = (name, file = 'index.ts') => `${root}packages/${name}/src/${file}`;

/** Packages are found by their folders, since it is a copy of the workspace that has the mutants. */
const alias = [
  { find: '@vmacheck/trace/node', replacement: source('trace', 'node/index.ts') },
  { find: 'tla2ts-runtime', replacement: source('tla-runtime') },
  ...readdirSync(`${root}packages`).map((name) => ({ find: `@vmacheck/${name}`, replacement: source(name) })),
];

/** What takes long comes last: most mutants do not get there. */
class QuickFirst extends BaseSequencer {
  async sort(files) {
    const isSlow = ({ moduleId }) => /traces|property|properties|facts/.test(moduleId);
    return [...files].sort((a, b) => isSlow(a) - isSlow(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  root,
  resolve: { alias },
  test: {
    include: ['packages/{model,mremap}/test/**/*.test.ts', 'packages/replay/test/traces.kernel.test.ts'],
    testTimeout: 60_000,
    sequence: { sequencer: QuickFirst },
  },
});
