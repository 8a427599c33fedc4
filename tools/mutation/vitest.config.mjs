/** The tests that mutants have to pass: the fast ones of model, mremap and replay, among them the replay of what kernels did. */
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

/** What kills most comes first, and what takes long last: most mutants do not get there. */
class DeadliestFirst extends BaseSequencer {
  async sort(files) {
    const turn = ({ moduleId }) => (/traces/.test(moduleId) ? 0 : /property|properties|facts/.test(moduleId) ? 2 : 1);
    return [...files].sort((a, b) => turn(a) - turn(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  root,
  resolve: { alias },
  test: {
    include: ['packages/{model,mremap,replay}/test/**/*.test.ts'],
    testTimeout: 60_000,
    // One thread for all files of a mutant: starting one for each takes longer than most of them.
    isolate: process.env.MUTATE_ISOLATED === '1',
    sequence: { sequencer: DeadliestFirst },
  },
});
