import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, folder, type Ran, vmacheck } from './run.js';

mkdirSync(join(folder, 'specs'));
file(
  'specs/Ring.tla',
  "---- MODULE Ring ----\nEXTENDS Naturals\nCONSTANT Size\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % Size\n" +
    'Small == x < 5\nLast == x = Size - 1\n====\n',
);
for (const size of [4, 9]) {
  file(`specs/Ring${size}.cfg`, `CONSTANT Size = ${size}\nINIT Init\nNEXT Next\nINVARIANT Small\n`);
}
file('specs/Other.tla', '---- MODULE Other ----\nVARIABLE y\nInit == y = 0\nNext == UNCHANGED y\n====\n');
file('specs/Other.cfg', 'INIT Init\nNEXT Next\n');

const jump = { name: 'a jump', file: 'Ring.tla', find: '(x + 1) % Size', replace: 'x + 5', violates: 'Small' };

/** Runs `specs` on a manifest of two modules, the first of which has `more`. */
const specs = (more: object, ...args: readonly string[]): Promise<Ran> => {
  const manifest = {
    modules: [
      {
        path: 'Ring.tla',
        models: [
          { path: 'Ring4.cfg', result: 'success', ...more },
          { path: 'Ring9.cfg', result: 'safety failure' },
        ],
      },
      { path: 'Other.tla', models: [{ path: 'Other.cfg', result: 'success' }] },
    ],
  };
  file('specs/manifest.json', JSON.stringify(manifest));
  return vmacheck(['specs', '--folder', 'specs', ...args]);
};

const withoutTimes = (text: string): string => text.replace(/ \d+\.\d  /g, ' T.T  ').replace(/\d+ s$/m, 'T s');

test('the table names each bound, what it reached and which mutants it caught', async () => {
  const { code, out, err } = await specs({ distinctStates: 4, sometimes: ['Last'], mutants: [jump] });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(withoutTimes(out).split('\n')).toEqual([
    'spec   bound  states  depth  time  props  reached  caught',
    'Ring   4           4      4   T.T      1      1/1     1/1',
    '       9           6      6   T.T      1        -       -',
    'Other  -           1      1   T.T      0        -       -',
    '',
    'Ring9.cfg: violates Small, as it must',
    '2 specs, 3 bounds, 11 states, 1 of 1 mutants caught, T s',
    '',
  ]);
});

test('what is not as the manifest says is named, exit code 1', async () => {
  const harmless = { ...jump, name: 'no change', replace: '(1 + x) % Size' };
  const { code, out } = await specs({ distinctStates: 5, sometimes: ['Small'], mutants: [harmless] });
  expect(code).toBe(1);
  expect(out).toContain('wrong: Ring4.cfg: 4 distinct states, not 5\n');
  expect(out).toContain('wrong: Ring4.cfg: mutant "no change": the result is success, not Small\n');
  expect(out).toContain('0 of 1 mutants caught');
});

test('--no-mutants skips them and says so', async () => {
  const { code, out } = await specs({ mutants: [jump] }, '--no-mutants', 'Ring');
  expect(code).toBe(0);
  expect(out).toMatch(/1 spec, 2 bounds, 10 states, mutants skipped, \d+ s\n$/);
});

test('the JSON has what the table has, and the numbers of each mutant', async () => {
  const { code, out } = await specs({ sometimes: ['Last'], mutants: [jump] }, '--json', 'Ring.tla');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    models: [
      {
        module: 'Ring.tla',
        config: 'Ring4.cfg',
        result: 'success',
        distinct: 4,
        generated: 5,
        depth: 4,
        properties: 1,
        sometimes: [{ name: 'Last', reached: true }],
        mutants: [{ name: 'a jump', caughtBy: 'Small', states: 2, ok: true }],
        problems: [],
      },
      { config: 'Ring9.cfg', result: 'safety-violation', property: 'Small' },
    ],
  });
});

test('a module that the manifest does not have is an error, exit code 2', async () => {
  const { code, out, err } = await specs({}, 'Square');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe('error[CLI1001]: specs/manifest.json has no module Square.tla\n  help: it has Ring, Other\n');
});

test('a folder without a manifest, and a manifest that is none, are errors, exit code 2', async () => {
  const none = await vmacheck(['specs', '--folder', 'nothing']);
  expect(none.code).toBe(2);
  expect(none.err).toMatch(
    /^error\[CLI1002\]: cannot read nothing\/manifest\.json: .*\n {2}--> nothing\/manifest\.json\n/,
  );
  file('specs/manifest.json', '{"modules":');
  const broken = await vmacheck(['specs', '--folder', 'specs']);
  expect(broken.code).toBe(2);
  expect(broken.err).toMatch(/^error\[CLI1002\]: cannot read specs\/manifest\.json: not JSON/);
});

test('an interrupted run prints what it has and exits 130', async () => {
  await specs({});
  const { code, out } = await vmacheck(['specs', '--folder', 'specs'], { interrupted: () => true });
  expect(code).toBe(130);
  expect(out).toMatch(/interrupted\n$/);
});
