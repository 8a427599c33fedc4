import { probeLive } from '@vmacheck/kernel';
import { formatProgram } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { folder, vmacheck } from './run.js';

const kernel = await probeLive();

const TRACE = join(import.meta.dirname, '../../../traces/all-calls-6.18.44.ndjson.gz');
/** A program whose window is the whole address space. */
const WHOLE_SPACE = '8100001/166';

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

  test('runs the programs of traces, all or one of them', async () => {
    const args = ['record', '--seed', '12', '--programs', '3', '--steps', '9', '--calls', 'all', '-o', 'first.ndjson'];
    expect(await vmacheck(args)).toMatchObject({ code: 0 });
    const again = await vmacheck(['record', 'first.ndjson', '-o', 'again.ndjson', '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ programs: 3, steps: 27, failures: 0, file: 'again.ndjson' });
    const replayed = await vmacheck(['replay', 'again.ndjson', '--json']);
    expect(JSON.parse(replayed.out)).toMatchObject({ programs: 3, steps: 27, disagreements: 0 });
    const one = await vmacheck(['record', 'first.ndjson', '--program', '1', '-o', 'one.ndjson']);
    expect(one).toMatchObject({ code: 0, out: expect.stringMatching(/^1 program recorded on .*, 9 steps/) });
    const none = await vmacheck(['record', 'first.ndjson', '--program', '7', '-o', 'none.ndjson']);
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/^error\[CLI1004\]: no program is called 7/) });
    expect(existsSync(join(folder, 'none.ndjson'))).toBe(false);
  });

  test('a program whose whole address space was recorded is run in another one', async () => {
    const { code, out } = await vmacheck(['record', TRACE, '--program', WHOLE_SPACE, '-o', 'whole.ndjson']);
    expect(code).toBe(0);
    expect(out).toMatch(/^1 program recorded on .*, 32 steps/);
    expect(await vmacheck(['replay', 'whole.ndjson'])).toMatchObject({ code: 0 });
  });

  test('a program that is about what its process had mapped cannot be brought about and is inconclusive', async () => {
    for await (const program of openPrograms(TRACE)) {
      const [own] = program.mappings;
      if (program.id !== WHOLE_SPACE || own === undefined) continue;
      const step = { op: 'munmap', args: { addr: own.start, length: '0x1000' } } as const;
      writeFileSync(join(folder, 'about.ndjson'), [...formatProgram({ ...program, steps: [step] })].join(''));
    }
    const { code, out } = await vmacheck(['record', 'about.ndjson', '-o', 'skipped.ndjson']);
    expect(code).toBe(3);
    expect(out).toMatch(/1 skipped: it begins with mappings that the recorder cannot make/);
  });

  test('what to generate is not for programs of files', async () => {
    const { code, err } = await vmacheck(['record', 'first.ndjson', '--seed', '3']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error\[CLI1001\]: option '--seed' is for generated programs, and files are named/);
    expect((await vmacheck(['record', '--program', '3'])).err).toMatch(
      /'--program' is for programs of files, and no file/,
    );
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
