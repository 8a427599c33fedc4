import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { cachedImages, KernelUnavailable, openPlace, type Outcome, type Place, runPrograms } from '../src/index.js';
import { at, FIXED, liveKernel, load, mmap, mremap, program, RW } from './programs.js';

/** Why guests cannot run here; undefined when they can. */
async function lacking(): Promise<string | undefined> {
  if ((await liveKernel()) === undefined)
    return 'nothing can be run here: the recorder needs Linux on x86_64 and a C compiler';
  if (spawnSync('qemu-system-x86_64', ['--version']).status !== 0) return 'there is no qemu-system-x86_64';
  const images = await cachedImages();
  return images.length === 0 ? 'there is no image of a kernel (vmacheck kernels --fetch 6.12)' : undefined;
}

const reason = await lacking();
const [image] = await cachedImages();
let booted: Promise<Place> | undefined;
const place = (): Promise<Place> => (booted ??= openPlace(image?.release ?? ''));
afterAll(async () => (await booted)?.close());

async function all(programs: Parameters<typeof runPrograms>[0]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runPrograms(programs, { counters: true, committed: true }, await place())) {
    outcomes.push(outcome);
  }
  return outcomes;
}

const simple = program([mmap(0, 4, RW), mremap(0, 4, 4, FIXED, 8), load(8)]);

describe('a guest', () => {
  test('boots, and says which kernel it is', { timeout: 300_000 }, async ({ skip }) => {
    if (reason !== undefined) return skip(reason);
    const { kernel, name } = await place();
    expect(name).toBe(image?.release);
    expect(kernel.release.startsWith(`${name}.`)).toBe(true);
    expect(kernel.version).toMatch(/SMP/);
    expect(kernel.config.mmapMinAddr).toBeDefined();
  });

  test('records programs, again and again, in their order', { timeout: 300_000 }, async ({ skip }) => {
    if (reason !== undefined) return skip(reason);
    for (const count of [1, 50]) {
      const programs = Array.from({ length: count }, (_, i) => ({ ...simple, id: `p${i}` }));
      const outcomes = await all(programs);
      expect(outcomes.map((outcome) => outcome.program.id)).toEqual(programs.map(({ id }) => id));
      for (const outcome of outcomes) {
        expect(outcome.kind).toBe('recorded');
        expect(outcome.program.kernel).toBe((await place()).kernel.release);
        expect(outcome.program.steps[1]?.result).toEqual({ value: at(8) });
        expect(outcome.program.steps.every(({ result }) => result !== undefined)).toBe(true);
      }
    }
  });

  test('counts the committed pages of the machine exactly', { timeout: 300_000 }, async ({ skip }) => {
    if (reason !== undefined) return skip(reason);
    const [outcome] = await all([program([mmap(0, 4, RW), mmap(8, 2, RW)])]);
    const committed = outcome?.program.steps.map(({ counters }) => counters?.committed ?? Number.NaN) ?? [];
    expect((committed[1] ?? 0) - (committed[0] ?? 0)).toBe(2);
  });

  test('that cannot boot is reported with what the emulator says', { timeout: 120_000 }, async ({ skip }) => {
    if (reason !== undefined) return skip(reason);
    const folder = mkdtempSync(join(tmpdir(), 'vmacheck-image-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'vmlinuz');
    writeFileSync(path, 'no kernel');
    await expect(openPlace(path)).rejects.toThrow(KernelUnavailable);
    await expect(openPlace(path)).rejects.toThrow(/does not boot: the guest ended .*kernel/);
  });
});

test('a name that is no kernel is refused with the names that are', async () => {
  await expect(openPlace('5.4')).rejects.toThrow(
    'no kernel is called 5.4: give live, the path of an image, or one of 6.1, ',
  );
});
