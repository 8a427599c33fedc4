/**
 * Makes docs/conformance.md from what `vmacheck conform --json` printed:
 *
 *   npm run -s vmacheck -- conform --kernel 6.1 7.3 --programs 2600 --seed 1 --json > 1.json
 *   npm run -s vmacheck -- conform --exhaustive --json > 2.json
 *   npm run -s vmacheck -- conform --as-intended --kernel 6.1 7.3 --programs 2600 --seed 2 --json > 3.json
 *   node tools/conformance-table.mjs 1.json 2.json 3.json ... > docs/conformance.md
 *
 * The parts of an exhaustive run (--from, --programs), and runs of one kernel as intended, are added up.
 */
import { readFileSync } from 'node:fs';
import { FACTS, profileFor } from '../packages/model/dist/index.js';

const fail = (message) => {
  console.error(`error: ${message}`);
  process.exit(2);
};
const files = process.argv.slice(2);
if (files.length === 0) fail('usage: node tools/conformance-table.mjs FILE.json...');

const grouped = (count) => count.toLocaleString('en-US');
/** Releases by their numbers; the kernel of the machine first. */
const order = ({ kernel }) => (kernel === 'live' ? [0, 0] : kernel.split('.').map(Number));
const outputs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const runsOf = (isIntended) =>
  outputs
    .filter(({ alphabet, asIntended = false }) => alphabet === undefined && asIntended === isIntended)
    .flatMap(({ seed, steps, calls, kernels }) => kernels.map((kernel) => ({ seed, length: steps, calls, ...kernel })))
    .sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);
const runs = runsOf(false);

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

/** Runs against what was intended, by kernel. */
const intended = new Map();
for (const run of runsOf(true)) intended.set(run.kernel, [...(intended.get(run.kernel) ?? []), run]);
const unexplained = runsOf(true).flatMap(({ findings }) => findings.filter(({ defects }) => defects.length === 0));
if (unexplained.length > 0) fail(`no defect is behind ${unexplained[0].file}`);

/** How often a defect was found in runs of a kernel, and how short the shortest program is. */
const foundIn = (list, name) => {
  const found = list.flatMap(({ findings }) => findings.filter(({ defects }) => defects.includes(name)));
  if (found.length === 0) return undefined;
  return `${grouped(total(found, 'count'))} (${Math.min(...found.map(({ steps }) => steps))})`;
};
const intendedRows = FACTS.filter(({ defect }) => defect).map(({ name, doc }) => {
  const cells = [...intended.values()].map((list) => {
    const has = profileFor(list[0].release, list[0].version).profile[name];
    const found = foundIn(list, name);
    if (!has && found !== undefined) fail(`${name} was found on ${list[0].release}, which does not have it`);
    return has ? (found ?? 'not found') : '';
  });
  return `| \`${name}\`: ${doc} | ${cells.join(' | ')} |`;
});
for (const [kind, list] of Object.entries({ usual: runs, exhaustive: exhaustiveRows, 'as intended': [...intended] })) {
  if (list.length === 0) fail(`no file has a run of this kind: ${kind}`);
}

const perKernel = (cell) => [...intended.values()].map(cell).join(' | ');

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

## Against what was intended

The model does what the kernel's authors meant (\`vmacheck conform --as-intended\`): each defect that a release has shows as disagreements. How many programs
show it, and in parentheses the steps of the shortest program that is left when they are made small; empty: the release does not have the defect. A program may show several.

| defect | ${perKernel((list) => nameOf(list[0]))} |
| --- | ${perKernel(() => '---:')} |
${intendedRows.join('\n')}
| programs | ${perKernel((list) => grouped(total(list, 'programs')))} |

Seeds: ${[...new Set(runsOf(true).map(({ seed }) => seed))].join(', ')}.

The commands that made these tables stand in tools/conformance-table.mjs.`);
