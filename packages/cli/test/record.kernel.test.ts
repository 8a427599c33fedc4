import { probeLive } from '@vmacheck/kernel';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folder, vmacheck } from './run.js';

const kernel = await probeLive();

describe('on a live kernel', () => {
  beforeEach(({ skip }) => {
    if (!kernel.available) skip(kernel.reason);
  });

  test('record writes a trace that replay agrees with', async () => {
    const args = ['--seed', '11', '--programs', '30', '--steps', '20'];
    const { code, out } = await vmacheck(['record', ...args, '-o', 'recorded.ndjson.gz', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(out) as { steps: number };
    expect(Object.keys(found)).toEqual(['seed', 'programs', 'steps', 'calls', 'failures', 'file']);
    expect(found).toMatchObject({ seed: 11, programs: 30, steps: 600, failures: 0, file: 'recorded.ndjson.gz' });
    const replayed = await vmacheck(['replay', 'recorded.ndjson.gz', '--json']);
    expect(JSON.parse(replayed.out)).toMatchObject({ programs: 30, steps: 600, disagreements: 0 });
  });

  test('without -o the trace goes to stdout and the totals to stderr', async () => {
    const { code, out, err } = await vmacheck(['record', '--seed', '11', '--programs', '2', '--steps', '3']);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(8);
    expect(err).toMatch(/^seed 11: 2 programs recorded/);
  });

  test('an interrupted recording leaves no file', async () => {
    const args = ['record', '--programs', '50', '--steps', '5', '-o', 'interrupted.ndjson'];
    const { code } = await vmacheck(args, { interrupted: () => true });
    expect(code).toBe(130);
    expect(existsSync(join(folder, 'interrupted.ndjson'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('interrupted'))).toEqual([]);
  });

  test('a folder that is not there is an error of writing, exit code 2', async () => {
    const { code, err } = await vmacheck(['record', '--programs', '1', '--steps', '1', '-o', 'none/trace.ndjson']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error\[CLI1003\]: cannot write none\/trace\.ndjson: there is no such file or folder/);
  });
});
