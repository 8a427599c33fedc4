/** Calls of the model per second with every property checked, each measured in a process of its own by its CPU time. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { whole } from './lib/measure.mjs';

export const description =
  'steps per second on one core: performed by the model and fully checked, by the number of VMAs';

const child = fileURLToPath(new URL('lib/checked-steps.mjs', import.meta.url));

/** How many VMAs, and how many steps a round has in whole states. */
const SIZES = [
  [16, 2000],
  [100, 1000],
  [1_000, 100],
  [10_000, 0],
  [65_000, 0],
];
const NEAR_STEPS = 2000;
const ROUNDS = 40;

function measured(vmas, steps, mode) {
  if (steps === 0) return undefined;
  const text = execFileSync(process.execPath, [child, ...[vmas, steps, ROUNDS].map(String), mode], {
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

export function run() {
  const columns = [
    { head: 'VMAs', align: 'right' },
    { head: 'no checks, steps/s', align: 'right' },
    { head: 'whole states, steps/s', align: 'right' },
    { head: 'µs', align: 'right' },
    { head: 'neighbourhood, steps/s', align: 'right' },
    { head: 'µs', align: 'right' },
  ];
  const rate = (one) => (one === undefined ? '-' : whole(1e6 / one.micros));
  const micros = (one) => (one === undefined ? '-' : one.micros.toFixed(1));
  const rows = SIZES.map(([vmas, steps]) => {
    const bare = measured(vmas, NEAR_STEPS, 'bare');
    const full = measured(vmas, steps, 'full');
    const near = measured(vmas, NEAR_STEPS, 'near');
    return [whole(near.vmas), rate(bare), rate(full), micros(full), rate(near), micros(near)];
  });
  const notes = [
    'state invariants, step properties, the step relation, and the phase properties of mremap',
    `the quickest of ${ROUNDS} rounds, by CPU time; whole states are not measured beyond 1,000 VMAs`,
  ];
  return { columns, rows, notes };
}
