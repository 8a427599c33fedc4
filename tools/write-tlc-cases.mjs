/**
 * Writes states and calls of fuzzed programs as a TLA+ module that asserts, case by case, the value which the generated
 * code gives to every property: TLC then judges tla2ts. Some of the states are spoilt on purpose, so that properties are
 * false too. Run after `npm run setup`:
 *
 *   node tools/write-tlc-cases.mjs FOLDER [--cases 10000] [--seed 1]
 *
 * and then, in FOLDER, which also gets copies of specs/*.tla: TLC on Cases.tla with Cases.cfg. TLC stops with an error at
 * the first case whose value differs; a run without an error has agreed on all.
 */
import { copyFileSync, createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatePrograms } from '../packages/fuzz/dist/index.js';
import { relationGroup, stateGroup, stepGroup } from '../packages/invariants/dist/index.js';
import { profileFor, Session } from '../packages/replay/dist/index.js';
import { format } from '../packages/tla-runtime/dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [folder] = positionals;
const wanted = Number(values.cases);
const seed = Number(values.seed);
if (folder === undefined || !Number.isInteger(wanted) || !Number.isInteger(seed)) {
  console.error('error: usage: node tools/write-tlc-cases.mjs FOLDER [--cases N] [--seed S]');
  process.exit(2);
}

/** Ways to spoil the state after a step; each breaks what some property says. */
const spoil = [
  (space) => ({ ...space, mapCount: space.mapCount + 1 }),
  (space) => ({ ...space, lockedVm: Math.max(0, space.lockedVm - 1), totalVm: space.totalVm + 1 }),
  (space) => ({ ...space, vmas: space.vmas.slice(1) }),
  (space) => ({ ...space, vmas: [...space.vmas, ...space.vmas.slice(-1)] }),
  (space) => ({ ...space, vmas: space.vmas.map((vma, i) => (i === 0 ? { ...vma, pgoff: vma.pgoff + 1 } : vma)) }),
  (space) => ({ ...space, vmas: space.vmas.map((vma, i) => (i === 1 ? { ...vma, uffd: 1 } : vma)) }),
  (space) => ({ ...space, vmas: space.vmas.map((vma, i) => (i === 0 ? { ...vma, end: vma.end + 1 } : vma)) }),
  (space) => ({ ...space, vmas: space.vmas.map((vma, i) => (i === 1 ? { ...vma, anonVma: vma.anonVma + 1 } : vma)) }),
  (space) => ({ ...space, frames: new Map([...space.frames].map(([page, frame]) => [page + 1, frame])) }),
  (space) => ({ ...space, frames: new Map([...space.frames].slice(1)) }),
];

/** The value of a property, or undefined where it has none (both TLC and the code stop with an error there). */
const valueOf = ({ name, holds, check }, group, args) => {
  let value;
  try {
    value = holds(...args);
  } catch {
    return undefined;
  }
  if (check(group.subject(...args)) >= 0 !== value) throw new Error(`${name} and its check say different things`);
  return value;
};

/** What a group's properties say of these, which are called so in TLA+. */
const rowsOf = (group, args, names) =>
  group.properties.map((property) => [property, names, valueOf(property, group, args)]);

mkdirSync(folder, { recursive: true });
for (const name of readdirSync('specs'))
  if (name.endsWith('.tla')) copyFileSync(join('specs', name), join(folder, name));
writeFileSync(join(folder, 'Cases.cfg'), 'INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n');
const out = createWriteStream(join(folder, 'Cases.tla'));
out.write(
  "---- MODULE Cases ----\nEXTENDS StateInvariants, StepProperties, StepRelation, TLC\nVARIABLE x\nInit == x = 0\nNext == x' = x\n",
);

const { profile } = profileFor(null);
let cases = 0;
let values_ = 0;
let falseValues = 0;
/** TLC knows no infinity; no program comes near this number of pages. */
const NO_LIMIT = 999_999_999;
const limited = (space) => {
  const { maps, as, data, memlock, ipcLock } = space.limits;
  const [a, b, c] = [as, data, memlock].map((pages) => Math.min(pages, NO_LIMIT));
  return { ...space, limits: { maps, as: a, data: b, memlock: c, ipcLock } };
};

const write = (...seen) => {
  const [before, call, result, after] = [limited(seen[0]), seen[1], seen[2], limited(seen[3])];
  const step = [before, call, result, after, profile];
  const texts = step.map(format);
  // TLC has 32-bit integers; where the kernel chooses an address itself it is beyond.
  if (texts.some((text) => /\d{10,}/.test(text))) return;
  const [s, c, r, t, p] = texts;
  const rows = [
    ...rowsOf(stateGroup, [after], 't'),
    ...[stepGroup, relationGroup].flatMap((group) => rowsOf(group, step, 's, c, r, t, p')),
  ].filter(([, , value]) => value !== undefined);
  const tests = rows.map(([{ name }, args, value]) => `    /\\ ${name}(${args}) = ${format(value)}\n`);
  out.write(`ASSUME Case${cases} == LET s == ${s} c == ${c} r == ${r} t == ${t} p == ${p} IN\n${tests.join('')}`);
  cases += 1;
  values_ += rows.length;
  falseValues += rows.filter(([, , value]) => !value).length;
};

for (const program of generatePrograms({ seed, programs: Number.MAX_SAFE_INTEGER, steps: 32, alphabet: 'all' })) {
  const session = new Session(program, profile, {
    step: (before, call, result, after) => {
      if (cases >= wanted) return;
      const ruin = cases % 3 === 2 ? spoil[((cases / 3) % spoil.length) | 0] : (space) => space;
      write(before.state, call, result, ruin(after.state));
    },
    phase: () => undefined,
  });
  for (const step of program.steps) session.perform(step);
  if (cases >= wanted) break;
}
out.end('====\n');
console.log(
  `${cases} cases, ${values_} values, ${falseValues} of them FALSE, seed ${seed}: ${join(folder, 'Cases.tla')}`,
);
