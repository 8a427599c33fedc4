/** `vmacheck specs --coverage`: which parts of the specifications are reached; and that what counts them says what the compiled properties say. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatePrograms } from '@vmacheck/fuzz';
import { profileFor, type Properties, PropertyMonitor, Session } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';
import { describe, expect, test } from 'vitest';
import { PROPERTIES } from '../src/properties.js';
import { countedProperties } from '../src/specs/reach/counted-properties.js';
import { reachedBy, Tally } from '../src/specs/reach/tally.js';
import { file, folder, vmacheck } from './run.js';
import { readSpec, shownSpec } from './specs-folder.js';

const SEED = 20261130;
const host = {
  read: (name: string) => {
    const text = readSpec(`${name}.tla`);
    return text === undefined ? undefined : { file: shownSpec(`${name}.tla`), text };
  },
};

/** The first violation of each step, where every other state after a step is altered. */
function verdicts(program: Program, properties: Properties): readonly (string | undefined)[] {
  const { profile } = profileFor(null);
  const monitor = new PropertyMonitor(properties);
  let count = 0;
  const session = new Session(program, profile, {
    step: (before, call, result, after, facts) => {
      const altered = {
        ...after.state,
        mapCount: after.mapCount + (++count % 2),
        lockedVm: after.lockedVm + (count % 3),
      };
      monitor.step(before, call, result, altered, facts);
    },
    phase: (before, machine, after, next) => monitor.phase(before, machine, after, next),
  });
  return (program.steps as readonly Step[]).map((step) => {
    monitor.reset();
    session.perform(step);
    return monitor.violation?.name;
  });
}

test('what counts evaluations says what the compiled properties say', () => {
  const { all, counted } = countedProperties(host);
  const found = new Set<string | undefined>();
  for (const alphabet of ['mremap', 'all'] as const) {
    for (const program of generatePrograms({ seed: SEED, programs: 8, steps: 32, alphabet })) {
      const said = verdicts(program, all);
      expect(said).toEqual(verdicts(program, PROPERTIES));
      said.forEach((name) => found.add(name));
    }
  }
  // Steps that are as they must be, and several ways to be wrong.
  expect(found).toContain(undefined);
  expect(found.size).toBeGreaterThan(3);
  const properties = PROPERTIES.state.flatMap((group) => group.properties.map(({ name }) => name));
  const evaluated = new Set(counted().flatMap(({ name, count }) => (count > 0 ? [name] : [])));
  expect(properties.filter((name) => !evaluated.has(name))).toEqual([]);
});

describe('the tally', () => {
  const span = { file: 'specs/M.tla', line: 1, column: 1, offset: 0, endLine: 1, endColumn: 9, endOffset: 8 };
  const part = { ...span, offset: 4, column: 5 };
  const counted = (outer: number, inner: number) =>
    [
      { kind: 'definition', name: 'Op', span, parent: undefined, count: outer },
      { kind: 'then', name: undefined, span: part, parent: 0, count: inner },
    ] as const;

  test('adds up what runs counted, and keeps ways apart', () => {
    const tally = new Tally();
    tally.add('explored', counted(2, 0));
    tally.add('explored', counted(3, 1));
    tally.add('fuzzed', counted(0, 0));
    const [operator, ...others] = tally.operators();
    expect(others).toEqual([]);
    expect(operator).toMatchObject({ module: 'M', name: 'Op' });
    const parts = operator?.parts ?? [];
    expect(parts.map(({ counts }) => counts)).toEqual([
      { explored: 5, fuzzed: 0 },
      { explored: 1, fuzzed: 0 },
    ]);
    expect(['explored', 'fuzzed', 'recorded'].map((way) => reachedBy(way as 'explored', parts))).toEqual([
      2,
      0,
      undefined,
    ]);
  });
});

describe('vmacheck specs --coverage', () => {
  const little = ['--coverage', '--max-states', '50', '--programs', '2', '--recorded', '1'];

  test('prints a table of 80 columns, and the parts that nothing reached', async () => {
    const { code, out } = await vmacheck(['specs', 'MCUffdExclusion', ...little]);
    expect(code).toBe(0);
    const lines = out.split('\n');
    const table = lines.filter((line) => !line.startsWith('never reached: '));
    expect(table.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[0]).toMatch(/^ *operator +parts +explored +fuzzed +recorded +none$/);
    expect(out).toMatch(/^ *module UffdExclusion +\d+ +\d+ +- +- +\d+$/m);
    expect(out).toMatch(/^ +Mremap +\d+ +- +\d+ +\d+ +\d+$/m);
    expect(out).toMatch(/^never reached: specs\/UffdExclusion\.tla:\d+:\d+: \w+ of \w+$/m);
    expect(out).toMatch(/^5 bounds with [\d,]+ states explored, [\d,]+ generated steps, \d[\d,]* recorded steps$/m);
  });

  test('gives all counts to programs', async () => {
    const { out } = await vmacheck(['specs', 'MCUffdExclusion', ...little, '--json']);
    const { operators, bounds } = JSON.parse(out);
    expect(bounds).toBe(5);
    const [mremap] = operators.filter(
      ({ module, name }: Record<string, string>) => `${module}.${name}` === 'Mremap.Mremap',
    );
    expect(mremap.parts[0]).toMatchObject({ kind: 'definition', file: 'specs/Mremap.tla' });
    expect(mremap.parts[0].counts.fuzzed).toBeGreaterThan(0);
  });
});

describe('what nothing reaches', () => {
  mkdirSync(join(folder, 'ring'));
  file(
    'ring/Ring.tla',
    "---- MODULE Ring ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = IF x > 5 THEN 0 ELSE IF x = 3 THEN 0 ELSE x + 1\n====\n",
  );
  file('ring/Ring.cfg', 'INIT Init\nNEXT Next\n');
  file(
    'ring/manifest.json',
    JSON.stringify({ modules: [{ path: 'Ring.tla', models: [{ path: 'Ring.cfg', result: 'success' }] }] }),
  );
  const reasons = (...list: readonly object[]): string => file('ring/unreached.json', JSON.stringify(list));
  const run = () => vmacheck(['specs', '--folder', 'ring', '--coverage']);
  const about = { module: 'Ring', operator: 'Next' };

  test('is told with its place', async () => {
    reasons();
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'operator     parts  explored  fuzzed  recorded  none',
      'module Ring      6         5       -         -     1',
      '  Init           1         1       -         -     0',
      '  Next           5         4       -         -     1',
      'all              6         5       -         -     1',
      '',
      'never reached: ring/Ring.tla:5:28: then of Next',
      '',
      '1 bound with 4 states explored, 0 generated steps, 0 recorded steps',
      '',
    ]);
  });

  test('is told with its reason', async () => {
    reasons({ ...about, part: '0', why: 'x stays below' });
    expect((await run()).out).toContain('never reached: ring/Ring.tla:5:28: then of Next\n  because x stays below\n');
  });

  test('has no reason that is not needed', async () => {
    reasons({ ...about, part: 'x + 1', why: 'it does not grow' });
    expect((await run()).out).toContain('reached, although there is a reason why not: Ring!Next (x + 1)\n');
  });

  test.each([
    ['[{"module": "Ring", "operator": "Next"}]', 'entry 1 gives no reason'],
    ['{}', 'entry 1 gives no reason'],
    ['[', 'cannot read ring/unreached.json'],
  ])('is not read from %s', async (text, message) => {
    file('ring/unreached.json', text);
    const { code, err } = await run();
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('is written as a page', async () => {
    reasons({ ...about, why: 'x stays below' });
    await vmacheck(['specs', '--folder', 'ring', '--coverage', '--markdown', 'page.md']);
    const page = readFileSync(join(folder, 'page.md'), 'utf8');
    expect(page).toContain('Of 6 parts 5 are reached, 1 by nothing.');
    expect(page).toContain('[The reason of each](#what-nothing-reaches) is below.');
    expect(page).toContain('| explored | 1 bound, 4 states | 6 | 5 |');
    expect(page).toContain('| ring/Ring.tla:5:28 | then of Next | x stays below |');
    expect(page).toContain('| Ring | 6 | 5 | - | - | 1 |');
    expect(page).toContain('| `Ring!Next` | 5 | 4 | - | - | 1 |');
    expect(page).not.toContain('`Ring!Init`');
  });

  test('is counted on the page where it has no reason', async () => {
    reasons();
    await vmacheck(['specs', '--folder', 'ring', '--coverage', '--markdown', 'page.md']);
    const page = readFileSync(join(folder, 'page.md'), 'utf8');
    expect(page).toContain('are below, but for 1 place.');
    expect(page).toContain('| ring/Ring.tla:5:28 | then of Next |  |');
  });
});

test.each(['--max-states', '--programs', '--recorded', '--markdown'])(
  '%s says nothing without --coverage',
  async (option) => {
    const { code, err } = await vmacheck(['specs', option, '5']);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^error\\[CLI1001\\]: option '${option}' is for --coverage, which is not given`));
  },
);
