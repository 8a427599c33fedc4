import { expect, test } from 'vitest';
import { file, vmacheck } from './run.js';

file(
  'Walk.tla',
  "---- MODULE Walk ----\nEXTENDS Naturals\nCONSTANT Most\nVARIABLE x\nInit == x = 0\nNext == x' \\in {(x + 1) % 5, 0}\nSmall == x < Most\n====\n",
);
file('Walk.cfg', 'INIT Init\nNEXT Next\nINVARIANT Small\nCONSTANT Most = 3\n');
file('Large.cfg', 'INIT Init\nNEXT Next\nINVARIANT Small\nCONSTANT Most = 9\n');

test('a violated invariant exits 1 with the shortest behaviour that was met, and the seed', async () => {
  const { code, out } = await vmacheck(['simulate', 'Walk.tla', '--seed', '5']);
  expect(code).toBe(1);
  expect(out).toMatch(/Walk\.tla with Walk\.cfg\nviolated: invariant Small\n/);
  expect(out.match(/x = \d/g)).toEqual(['x = 0', 'x = 1', 'x = 2', 'x = 3']);
  expect(out).toMatch(/\nseed 5\n/);
});

test('the same seed is the same run, and without a fault it exits 0', async () => {
  const args = [
    'simulate',
    'Walk.tla',
    '--config',
    'Large.cfg',
    '--seed',
    '5',
    '--num',
    '20',
    '--depth',
    '8',
    '--json',
  ];
  const [first, again] = [await vmacheck(args), await vmacheck(args)];
  expect(first.code).toBe(0);
  const run = (out: string): unknown => ({ ...(JSON.parse(out) as object), seconds: 0 });
  expect(run(again.out)).toEqual(run(first.out));
  expect(run(first.out)).toMatchObject({ result: 'success', seed: 5, behaviours: 20, steps: 140, longest: 8 });
});

test('bad options are refused', async () => {
  for (const option of ['--num=0', '--depth=x', '--seed=-1', '--seconds=0']) {
    const { code, err } = await vmacheck(['simulate', 'Walk.tla', option]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error\[CLI1001\]: /);
  }
});
