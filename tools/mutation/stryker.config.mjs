/** Configuration of Stryker; `tools/mutation.mjs` says in the environment what is to be mutated. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './tools/mutation/messages.mjs'],
  ignorers: ['messages'],
  mutate: JSON.parse(process.env['MUTATE'] ?? '["packages/mremap/src/**/*.ts"]'),
  ignorePatterns: ['docs', 'specs', '.turbo', 'reports'],
  vitest: { configFile: 'tools/mutation/vitest.config.mjs', related: false },
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  reporters: ['json', 'progress-append-only'],
  timeoutMS: 30_000,
  allowEmpty: true,
  // Nothing type-checks the mutants, and a test compares a file with what the README quotes of it.
  disableTypeChecks: false,
};
