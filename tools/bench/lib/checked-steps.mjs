/**
 * A process of its own that performs calls in one address space and checks each of them in full:
 *   node tools/bench/lib/checked-steps.mjs VMAS STEPS ROUNDS MODE
 * MODE is `bare` (no checks), `full` or `near` (the neighbourhood of each call). Prints microseconds of CPU per step of the quickest round, and the mean number of VMAs.
 */
import { AddressSpace, toCall, toResult, withChoice } from '../../../packages/model/dist/index.js';
import { begin, perform, step as phase } from '../../../packages/mremap/dist/index.js';
import * as invariants from '../../../packages/invariants/dist/index.js';
import { NearMonitor, PropertyMonitor } from '../../../packages/replay/dist/index.js';
import { dice } from './measure.mjs';
import { mixOfCalls } from './mix.mjs';

const [vmas, steps, rounds, mode] = process.argv.slice(2);
const next = mixOfCalls(dice(1), Number(vmas));
const space = AddressSpace.create({ limits: { maxMapCount: 1_000_000 } });
const { phaseGroup, relationGroup, stateGroup, stepGroup } = invariants;
const monitor = new PropertyMonitor({ state: [stateGroup], step: [stepGroup, relationGroup], phase: [phaseGroup] });
const observer = mode === 'near' ? new NearMonitor(monitor, invariants) : monitor;

function checked(raw) {
  const before = space.moment();
  const call = toCall(space, raw);
  const outcome = raw.op === 'mremap' ? moved(raw) : perform(space, raw);
  const made = withChoice(call, outcome);
  observer.step(before, made, toResult(outcome, made.op), space.moment(), space.profile);
}

function moved(raw) {
  let machine = begin(space, raw);
  while (machine.phase !== 'done') {
    const before = space.moment();
    const after = phase(space, machine);
    observer.phase(before, machine, space.moment(), after);
    machine = after;
  }
  return machine.outcome;
}

const work = mode === 'bare' ? (raw) => perform(space, raw) : checked;
// Until the calls that make VMAs and those that take them away are even.
for (let i = 0; i < 12 * Number(vmas); i++) perform(space, next());
let seen = 0;
let best = Infinity;
for (let round = 0; round < Number(rounds); round++) {
  const calls = Array.from({ length: Number(steps) }, next);
  const start = process.cpuUsage();
  for (const raw of calls) work(raw);
  const { user, system } = process.cpuUsage(start);
  best = Math.min(best, (user + system) / calls.length);
  seen += space.mapCount;
}
if (monitor.violation !== undefined) throw new Error(`${monitor.violation.name} does not hold`);
console.log(JSON.stringify({ micros: best, vmas: seen / Number(rounds) }));
