import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../src/node/program.js';

const clocks = (limit: number): string =>
  `CONSTANT N = ${limit}\nINIT Init\nNEXT Next\nINVARIANT Sum\nCHECK_DEADLOCK FALSE\n`;

const spec = `---- MODULE Clocks ----
EXTENDS Naturals, Sequences
CONSTANT N
VARIABLES a, log
Init == a = [x \\in {"p", "q", "r"} |-> 0] /\\ log = <<>>
Tick(x) == a[x] < N /\\ a' = [a EXCEPT ![x] = @ + 1] /\\ log' = <<x, a[x], [last |-> x]>>
Next == \\E x \\in {"p", "q", "r"} : Tick(x)
Sum == a.p + a.q + a.r <= 3 * N
====
`;

let folder: string;
const place = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tla2ts-checkpoint-'));
  writeFileSync(place('Clocks.tla'), spec);
  writeFileSync(place('Clocks.cfg'), clocks(6));
  writeFileSync(place('Large.cfg'), clocks(12));
  writeFileSync(place('Other.cfg'), clocks(7));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `tla2ts check Clocks.tla --json` with these options. */
const check = async (...options: string[]): Promise<{ code: number; out: object | undefined; err: string }> => {
  const written = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((name) =>
    vi.spyOn(process[`std${name}`], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  const code = await run(['check', place('Clocks.tla'), '--json', ...options]);
  for (const spy of spies) spy.mockRestore();
  const told = written.out === '' ? undefined : (JSON.parse(written.out) as Record<string, unknown>);
  // A small model is searched exactly at first, and then nothing can be missed.
  delete told?.['missProbability'];
  return { code, out: told && { ...told, seconds: 0, bytes: 0 }, err: written.err };
};

describe('tla2ts check --checkpoint and --resume', () => {
  test.each([
    ['a small search, which begins anew', [], ['3', '9', '12']],
    ['states that are packed', ['--config', 'Large.cfg'], ['17', '25', '30']],
    ['states that are packed, with threads', ['--config', 'Large.cfg', '--workers', '3'], ['17', '25', '30']],
    ['hashes of states that are packed', ['--config', 'Large.cfg', '--compact'], ['17', '25', '30']],
  ])('a run that stops and goes on has the totals of an undisturbed one: %s', async (_, options, depths) => {
    const mode = options.map((option) => (option.endsWith('.cfg') ? place(option) : option));
    const whole = await check(...mode);
    expect(whole.code).toBe(0);
    const file = place('a.checkpoint');
    for (const [i, depth] of depths.entries()) {
      const resume = i === 0 ? [] : ['--resume', file];
      const part = await check(...mode, '--checkpoint', file, '--max-depth', depth, ...resume);
      expect(part).toMatchObject({ code: 3, out: { result: 'inconclusive', depth: Number(depth) } });
    }
    expect(await check(...mode, '--resume', file)).toEqual(whole);
  });

  test('refuses a checkpoint of something else, a damaged one, and a file that is none', async () => {
    const file = place('b.checkpoint');
    const large = ['--config', place('Large.cfg')];
    await check('--checkpoint', file, '--max-depth', '25', ...large);
    const other = await check('--resume', file, '--config', place('Other.cfg'));
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('the configuration: not as when') });
    const bytes = readFileSync(file);
    bytes[bytes.length - 100]! ^= 1;
    writeFileSync(place('c.checkpoint'), bytes);
    expect(await check('--resume', place('c.checkpoint'), ...large)).toMatchObject({
      code: 2,
      err: expect.stringContaining('damaged'),
    });
    writeFileSync(place('c.checkpoint'), bytes.subarray(0, 700));
    expect((await check('--resume', place('c.checkpoint'))).code).toBe(2);
    expect(await check('--resume', place('Clocks.tla'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no checkpoint'),
    });
    expect(await check('--resume', place('none'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no such file'),
    });
    expect(await check('--checkpoint', place('none/x'), '--max-depth', '3')).toMatchObject({ code: 2 });
  });

  test('a bound on memory ends the run, and says so', async () => {
    expect(await check('--memory', '1M')).toMatchObject({ code: 3, out: { result: 'inconclusive' } });
    expect(await check('--memory', 'much')).toMatchObject({ code: 2 });
  });
});
