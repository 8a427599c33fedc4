/**
 * `npm test`: runs the tests of all packages and ends with `passed` or `passed, N stages skipped`.
 * A ring of which no test ran is a skipped stage; why each test was skipped stands above.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'vmacheck-test-'));
const summaryFile = process.env.TEST_SUMMARY ?? join(folder, 'summary.json');
const reporters = ['--reporter=default', '--reporter=./tools/test-reporter.mjs'];
const { status } = spawnSync('node_modules/.bin/vitest', ['run', ...reporters, ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, TEST_SUMMARY: summaryFile },
});
let summary;
try {
  summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
} catch {
  console.error('the test runner ended without a summary');
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${summary.line}`);
const { length } = summary.skippedRings;
if (status !== 0 || summary.failed > 0 || summary.passed === 0) {
  console.log('failed');
  process.exit(1);
}
for (const ring of summary.skippedRings) console.log(`stage skipped: ${ring}`);
console.log(length === 0 ? 'passed' : `passed, ${length} stage${length === 1 ? '' : 's'} skipped`);
