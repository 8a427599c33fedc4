import { expect, test } from 'vitest';
import { file, vmacheck } from './run.js';

const counter = (limit: number): string => `---- MODULE Counter${limit} ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 5
Small == x < ${limit}
====
`;
const cfg = 'INIT Init\nNEXT Next\nINVARIANT Small\n';

file('Counter9.tla', counter(9));
file('Counter9.cfg', cfg);
file('Counter3.tla', counter(3));
file('Counter3.cfg', cfg);

test('a specification that holds exits 0 and prints its counts', async () => {
  const { code, out, err } = await vmacheck(['check', 'Counter9.tla']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/Counter9\.tla with Counter9\.cfg\nholds: .*\n5 distinct states, 6 generated, depth 5, /);
});

test('the JSON of check has exactly the promised fields', async () => {
  const { code, out } = await vmacheck(['check', 'Counter9.tla', '--json']);
  expect(code).toBe(0);
  const found = JSON.parse(out) as Record<string, unknown>;
  expect(Object.keys(found)).toEqual([
    'spec',
    'config',
    'result',
    'distinct',
    'generated',
    'depth',
    'seconds',
    'bytes',
  ]);
  expect(found).toMatchObject({ config: 'Counter9.cfg', result: 'success', distinct: 5, generated: 6, depth: 5 });
});

test('a violated invariant exits 1 with a shortest counterexample', async () => {
  const { code, out } = await vmacheck(['check', 'Counter3.tla']);
  expect(code).toBe(1);
  expect(out).toContain('violated: invariant Small');
  expect(out.match(/x = \d/g)).toEqual(['x = 0', 'x = 1', 'x = 2', 'x = 3']);
  const json = await vmacheck(['check', 'Counter3.tla', '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ result: 'safety-violation' });
});

test('another configuration is named with --config', async () => {
  file('Other.cfg', 'INIT Init\nNEXT Next\n');
  const { code, out } = await vmacheck(['check', 'Counter3.tla', '--config', 'Other.cfg']);
  expect(code).toBe(0);
  expect(out).toContain('with Other.cfg');
});

test('a bound that is reached is inconclusive, exit code 3, and is named', async () => {
  const { code, out } = await vmacheck(['check', 'Counter9.tla', '--max-states', '3']);
  expect(code).toBe(3);
  expect(out).toContain('inconclusive: the limit of 3 states was reached');
});

test('a malformed specification is an error with file, line and column, exit code 2', async () => {
  file('Broken.tla', '---- MODULE Broken ----\nVARIABLE x\nInit == x = )\n====\n');
  file('Broken.cfg', 'INIT Init\nNEXT Init\n');
  const { code, out, err } = await vmacheck(['check', 'Broken.tla']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^error\[TLA\d+\]: .*\n *--> .*Broken\.tla:3:13\n/);
});

test('a malformed configuration is an error with file and line, exit code 2', async () => {
  file('Wrong.cfg', 'INIT Init\nNEXT\n');
  const { code, err } = await vmacheck(['check', 'Counter9.tla', '--config', 'Wrong.cfg']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[\w+\]: .*\n *--> Wrong\.cfg:\d+:\d+\n/);
});

test('a name in the configuration that the specification does not define is an error, exit code 2', async () => {
  file('Unknown.cfg', 'INIT Init\nNEXT Next\nINVARIANT Nothing\n');
  const { code, err } = await vmacheck(['check', 'Counter9.tla', '--config', 'Unknown.cfg']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[\w+\]: .*Nothing/);
});

test('a specification without a configuration says what to write', async () => {
  file('Lone.tla', '---- MODULE Lone ----\n====\n');
  const { code, err } = await vmacheck(['check', 'Lone.tla']);
  expect(code).toBe(2);
  expect(err).toBe(
    'error[CLI1002]: cannot read Lone.cfg: there is no such file or folder\n' +
      '  --> Lone.cfg\n  help: write Lone.cfg, or name another with --config\n',
  );
});
