/**
 * Makes docs/conformance.md from what `vmacheck conform --json` printed:
 *
 *   npm run -s vmacheck -- conform --kernel 6.1 7.3 --programs 2600 --seed 1 --json > 1.json
 *   node tools/conformance-table.mjs 1.json ... > docs/conformance.md
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
const runs = files
  .flatMap((file) => {
    const { seed, steps, calls, kernels } = JSON.parse(readFileSync(file, 'utf8'));
    return kernels.map((kernel) => ({ seed, length: steps, calls, ...kernel }));
  })
  .sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);

const total = (field) => runs.reduce((sum, run) => sum + run[field], 0);
const rows = runs.map((run) => {
  const version = /\b\d+\.\d+\.\d+-\S+/.exec(run.version)?.[0] ?? '';
  const name = run.kernel === 'live' ? 'this machine' : run.kernel;
  return `| ${name} | ${run.release} | ${version} | ${run.seed} | ${grouped(run.programs)} | ${grouped(run.steps)} | ${grouped(run.disagreements)} | ${grouped(run.unknown)} |`;
});

console.log(`# Conformance

Generated programs on real kernels, replayed in the model with the profile of each. Compared after every step: the result, the bytes of all
pages, the VMAs with their VmFlags, map_count, total_vm, locked_vm and data_vm, userfaultfd's messages, what mincore saw, and in guests the committed pages
of the machine up to the first fork. A program has ${runs[0].length} steps from the whole alphabet: mmap, munmap, mprotect, mremap, every advice of madvise, mlock, mlock2, munlock,
mlockall, munlockall, mseal, msync, mincore, brk, userfaultfd, fork and exit, limits and capabilities, loads and stores.

| kernel | release | version | seed | programs | steps | disagreements | unknown |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
| all | | | | ${grouped(total('programs'))} | ${grouped(total('steps'))} | ${grouped(total('disagreements'))} | ${grouped(total('unknown'))} |

A step is unknown when its result depends on something that the program does not show. The commands that made this table stand in
tools/conformance-table.mjs.`);
