import { RELEASES } from '@vmacheck/replay';
import { expect, test } from 'vitest';
import { vmacheck } from './run.js';

test('fuzz prints the shares of the calls and exits 0 when every property holds', async () => {
  const { code, out, err } = await vmacheck(['fuzz', '--seed', '5', '--programs', '20', '--steps', '12']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^seed 5\n20 programs, 240 steps: \d+\.\d % change something, /);
  expect(out).toMatch(/no property violated\n$/);
});

test('the JSON of fuzz has exactly the promised fields, and the same seed gives the same numbers', async () => {
  const args = ['fuzz', '--seed', '5', '--programs', '20', '--steps', '12', '--json'];
  const first = await vmacheck(args);
  const found = JSON.parse(first.out) as Record<string, unknown>;
  expect(Object.keys(found)).toEqual(['seed', 'programs', 'steps', 'calls', 'failures', 'file']);
  expect(found).toMatchObject({ seed: 5, programs: 20, steps: 240, failures: 0, file: null });
  expect((await vmacheck(args)).out).toBe(first.out);
});

test('without --seed a seed is chosen and printed', async () => {
  const { out } = await vmacheck(['fuzz', '--programs', '1', '--steps', '2']);
  expect(out).toMatch(/^seed \d+\n/);
});

test('an interrupted run prints what it saw and exits 130', async () => {
  const { code, out } = await vmacheck(['fuzz', '--programs', '5', '--steps', '2'], { interrupted: () => true });
  expect(code).toBe(130);
  expect(out).toMatch(/\n1 program, 2 steps: .*\ninterrupted\n$/s);
});

// With this seed releases differ in what is joined, and in what a defect takes the anon_vma of.
test.each(RELEASES)('every property holds in the model of %s', async (release) => {
  const args = ['fuzz', '--profile', release, '--seed', '881', '--programs', '60', '--steps', '40', '--json'];
  const { code, out } = await vmacheck(args);
  expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 0, programs: 60, failures: 0 });
});

test('--profile is a release that is modelled', async () => {
  const { code, err } = await vmacheck(['fuzz', '--profile', '5.4']);
  expect(code).toBe(2);
  expect(err).toContain('Allowed choices are 6.1, 6.12');
});
