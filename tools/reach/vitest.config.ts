import { defineConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

/** The fuzzer as the only test: see tools/coverage.mjs. */
export default defineConfig({
  resolve: { conditions: shared.resolve?.conditions ?? [] },
  ssr: shared.ssr ?? {},
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tools/reach/fuzz.ts'],
    testTimeout: 3_600_000,
    pool: 'forks',
    reporters: ['dot'],
    coverage: {
      provider: 'v8',
      include: ['packages/model/src/**', 'packages/mremap/src/**'],
      reporter: ['json'],
      reportsDirectory: process.env.COVERAGE_FOLDER ?? 'coverage',
    },
  },
});
