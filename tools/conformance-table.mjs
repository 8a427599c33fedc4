/**
 * Makes docs/conformance.md from what `vmacheck conform --json` printed:
 *
 *   npm run -s vmacheck -- conform --kernel 6.1 7.3 --programs 2600 --seed 1 --json > 1.json
 *   npm run -s vmacheck -- conform --exhaustive --json > 2.json
 *   node tools/conformance-table.mjs 1.json 2.json ... > docs/conformance.md
 *
 * The parts of an exhaustive run (--from, --programs) are added up.
 */
import { readFileSync } from 'node:fs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('error: usage: node tools/conformance-table.mjs FILE.json...');
  process.exit(2);
}

const grouped = (count) => count.toLocaleString('en-US');
/** Releases by their numbers; the kernel of the machine first. */
const order = ({ kernel }) => (kernel === 'live' ? [0, 0] : kernel.split('.').map(Number));
const outputs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const runs = outputs
  .filter(({ alphabet }) => alphabet === undefined)
  .flatMap(({ seed, steps, calls, kernels }) => kernels.map((kernel) => ({ seed, length: steps, calls, ...kernel })))
  .sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);

const total = (list, field) => list.reduce((sum, run) => sum + run[field], 0);
const versionOf = ({ version }) => /\b\d+\.\d+\.\d+-\S+/.exec(version)?.[0] ?? '';
const nameOf = ({ kernel }) => (kernel === 'live' ? 'this machine' : kernel);
const numbers = (list) =>
  ['programs', 'steps', 'disagreements', 'unknown'].map((field) => grouped(total(list, field))).join(' | ');
const rows = runs.map(
  (run) => `| ${nameOf(run)} | ${run.release} | ${versionOf(run)} | ${run.seed} | ${numbers([run])} |`,
);

/** What exhaustive runs add up to, by kernel and by the alphabet. */
const parts = new Map();
for (const { alphabet, pages, kernels } of outputs.filter(({ alphabet }) => alphabet !== undefined)) {
  for (const kernel of kernels) {
    const key = JSON.stringify([kernel.kernel, kernel.release, alphabet, pages]);
    parts.set(key, [...(parts.get(key) ?? []), { alphabet, pages, ...kernel }]);
  }
}
const exhaustiveRows = [...parts.values()].map(
  (list) =>
    `| ${nameOf(list[0])} | ${list[0].release} | ${versionOf(list[0])} | ${list[0].pages} | ${grouped(list[0].alphabet)} | ${numbers(list)} |`,
);

console.log(`# Conformance

Generated programs on real kernels, replayed in the model with the profile of each. Compared after every step: the result, the bytes of all
pages, the VMAs with their VmFlags, map_count, total_vm, locked_vm and data_vm, userfaultfd's messages, what mincore saw, and in guests the committed pages
of the machine up to the first fork. A program has ${runs[0].length} steps from the whole alphabet: mmap, munmap, mprotect, mremap, every advice of madvise, mlock, mlock2, munlock,
mlockall, munlockall, mseal, msync, mincore, brk, userfaultfd, fork and exit, limits and capabilities, loads and stores.

| kernel | release | version | seed | programs | steps | disagreements | unknown |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
| all | | | | ${numbers(runs)} |

A step is unknown when its result depends on something that the program does not show.

## Exhaustively

Every program of up to three calls over a few pages, those left out that are others moved along or that go on after a call which changed nothing
(\`vmacheck conform --exhaustive\`).

| kernel | release | version | pages | calls in the alphabet | programs | steps | disagreements | unknown |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${exhaustiveRows.join('\n')}

The commands that made these tables stand in tools/conformance-table.mjs.`);
