import { probeLive } from '@vmacheck/kernel';
import { readPrograms } from '@vmacheck/trace';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folder, vmacheck } from './run.js';

const kernel = await probeLive();

interface Found {
  readonly kernels: readonly {
    readonly kernel: string;
    readonly steps: number;
    readonly disagreements: number;
    readonly findings: readonly {
      readonly op: string;
      readonly steps: number;
      readonly count: number;
      readonly file: string;
    }[];
  }[];
}

describe('conform on the live kernel', () => {
  beforeEach(({ skip }) => {
    if (!kernel.available) skip(kernel.reason);
  });

  test('finds nothing where the model does what the release does', async () => {
    const args = ['--programs', '60', '--steps', '30', '--calls', 'mremap', '--seed', '41', '--json', '--properties'];
    const { code, out } = await vmacheck(['conform', ...args]);
    expect(JSON.parse(out)).toMatchObject({
      seed: 41,
      kernels: [{ kernel: 'live', programs: 60, steps: 1800, disagreements: 0, violations: [] }],
    });
    expect(code).toBe(0);
  });

  test('finds the defects of the release where the model does what was intended, and makes them small', async () => {
    const args = ['--programs', '150', '--steps', '40', '--calls', 'mremap', '--seed', '3', '--as-intended', '--json'];
    const { code, out } = await vmacheck(['conform', ...args]);
    expect(code).toBe(1);
    const [live] = (JSON.parse(out) as Found).kernels;
    expect(live?.findings.map(({ op }) => op)).toContain('mremap');
    for (const { steps, file } of live?.findings ?? []) {
      expect(steps).toBeLessThanOrEqual(6);
      const [program, more] = await saved(file);
      expect(program?.steps).toHaveLength(steps);
      expect(program?.steps.every(({ result }) => result !== undefined)).toBe(true);
      expect(more).toBeUndefined();
      expect(await vmacheck(['replay', file, '--as-intended'])).toMatchObject({ code: 1 });
      expect(await vmacheck(['replay', file])).toMatchObject({ code: 0 });
    }
  });
});

test.skipIf(!kernel.available)('what it says to run for a disagreement shows the disagreement', async () => {
  const args = ['--programs', '150', '--steps', '40', '--calls', 'mremap', '--seed', '3', '--as-intended'];
  const { out } = await vmacheck(['conform', ...args]);
  const commands = [...out.matchAll(/^reproduce: vmacheck (.*)$/gm)].map(([, command]) => String(command).split(' '));
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) expect(await vmacheck(command)).toMatchObject({ code: 1 });
});

test('the properties find them too, in what the kernel did', async ({ skip }) => {
  if (!kernel.available) skip(kernel.reason);
  if (process.getuid?.() !== 0) {
    skip('RLIMIT_MEMLOCK holds for this user, and what limits may decide is not judged: run the tests as root');
  }
  const args = ['--programs', '150', '--steps', '40', '--calls', 'mremap', '--seed', '3'];
  const { code, out } = await vmacheck(['conform', ...args, '--as-intended', '--properties', '--json']);
  expect(code).toBe(1);
  const [live] = JSON.parse(out).kernels;
  expect(live.violations.map(({ property }: { property: string }) => property)).toContain('LockedVmExact');
  const check = await vmacheck(['check-trace', live.violations[0].file, '--as-intended']);
  expect(check).toMatchObject({ code: 1, out: expect.stringContaining(live.violations[0].property) });
});

async function saved(file: string) {
  const programs = [];
  for await (const program of readPrograms(readFileSync(join(folder, file), 'utf8').split('\n')))
    programs.push(program);
  return programs;
}

describe('conform', () => {
  test('says what to do where a kernel is not there', async () => {
    const { code, err } = await vmacheck(['conform', '--kernel', './no-such-image', '--programs', '1']);
    expect(code).toBe(4);
    expect(err).toMatch(
      /^error\[CLI4001\]: no kernel is called .*no-such-image: give live, the path of an image, or one of 6\.1, /,
    );
  });

  test('takes no time that is not a number above 0', async () => {
    const { code, err } = await vmacheck(['conform', '--hours', 'long']);
    expect(code).toBe(2);
    expect(err).toContain('It must be a number above 0');
  });
});
