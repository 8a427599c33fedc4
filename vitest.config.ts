import { defineConfig } from 'vitest/config';

/** Tests run on the sources: the condition makes every workspace package resolve to its src folder. */
const conditions = ['vmacheck-source', 'import', 'module', 'node', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    // Only a test that does not end gets there, on however slow a machine: speed is measured in benchmarks.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // The longest file, the mutants of specs/, takes as long as all others together.
    maxWorkers: '100%',
  },
});
