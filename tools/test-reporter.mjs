import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { ringOf, rings } from './test-rings.mjs';

const blank = () => ({ passed: 0, failed: 0, skipped: 0 });
const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * A vitest reporter: sums over packages and rings, names every skipped test with its reason, and writes the sums to
 * the file that TEST_SUMMARY names.
 */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const total = blank();
    const packages = new Map();
    const byRing = new Map(rings.map((ring) => [ring.name, blank()]));
    const reasons = new Map();
    const add = (file, state) => {
      const folder = file.split('/')[1];
      if (!packages.has(folder)) packages.set(folder, blank());
      for (const sums of [total, packages.get(folder), byRing.get(ringOf(file))]) sums[state] += 1;
    };
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId).split(sep).join('/');
      if (module.errors().length > 0) add(file, 'failed');
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        add(file, state === 'pending' ? 'skipped' : state);
        if (state === 'skipped') reasons.set(`${file}: ${test.fullName}`, note ?? 'no reason given');
      }
    }
    for (const error of unhandledErrors) {
      total.failed += 1;
      console.error(`unhandled: ${error.stack ?? error.message}`);
    }
    const width = Math.max(...[...packages.keys(), ...byRing.keys()].map((name) => name.length)) + 2;
    const table = (title, rows) => {
      console.log(`\n${title}`);
      for (const [name, sums] of rows) console.log(`  ${name.padEnd(width)}${line(sums)}`);
    };
    table('packages', [...packages].sort());
    table('rings', byRing);
    console.log();
    for (const [test, why] of reasons) console.log(`skipped: ${why} (${test})`);
    const skippedRings = [...byRing].filter(([, sums]) => sums.passed + sums.failed === 0).map(([name]) => name);
    if (process.env.TEST_SUMMARY) {
      writeFileSync(process.env.TEST_SUMMARY, JSON.stringify({ ...total, line: line(total), skippedRings }));
    }
  }
}
