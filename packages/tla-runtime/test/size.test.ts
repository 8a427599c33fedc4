import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** What code for sets, records, sequences and functions calls. */
const used =
  'equals format TlaError setOf interval union intersection difference isSubset filterSet mapSet bigUnion every some everyBetween someBetween choose ' +
  'at append concat head tail subSeq makeSequence makeMap mapOf lookup domain withItem withEntry overrideMap add subtract multiply div mod lazy';

test('the library is below 10 kB minified for code that needs sets, records, sequences and functions', async () => {
  const entry = join(import.meta.dirname, '../src/index.ts');
  const names = used.split(' ').join(', ');
  const program = {
    name: 'program',
    resolveId: (id: string) => (id === 'program' ? '\0program' : undefined),
    load: (id: string) => (id === '\0program' ? `export { ${names} } from ${JSON.stringify(entry)};` : undefined),
  };
  const bundle = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [program],
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rollupOptions: { input: 'program', preserveEntrySignatures: 'strict' },
    },
  });
  const { code } = (bundle as unknown as { readonly output: readonly [{ readonly code: string }] }).output[0];
  expect(code).toContain('outside of its domain');
  expect(code.length).toBeLessThan(10_000);
});
