import { cachedImages, probeLive } from '@vmacheck/kernel';
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { vmacheck } from './run.js';

const kernel = await probeLive();
const [image] = await cachedImages();
const hasEmulator = spawnSync('qemu-system-x86_64', ['--version']).status === 0;

test('diff finds nothing between a kernel and itself', { timeout: 60_000 }, async ({ skip }) => {
  if (!kernel.available) return skip(kernel.reason);
  const { code, out } = await vmacheck(['diff', 'live', 'live', '--programs', '30', '--seed', '4']);
  expect(out).toMatch(/^seed 4: 30 programs, 1,200 steps on .*: 0 differ, in 0 ways\n$/);
  expect(code).toBe(0);
});

test(
  'diff finds the move of many mappings between releases before and since 6.17',
  { timeout: 300_000 },
  async ({ skip }) => {
    if (!kernel.available) return skip(kernel.reason);
    if (!hasEmulator) return skip('there is no qemu-system-x86_64');
    if (image === undefined) return skip('there is no image of a kernel (vmacheck kernels --fetch 6.12)');
    const before = ['6.1', '6.12', '6.16'].includes(image.release);
    const since = Number(kernel.release.split('.')[1]) >= 17 || Number(kernel.release.split('.')[0]) > 6;
    if (!before || !since) return skip(`${image.release} and ${kernel.release} both have it, or both have not`);
    const { code, out } = await vmacheck(['diff', image.release, 'live', '--programs', '60', '--seed', '4', '--json']);
    expect(code).toBe(1);
    const { differences } = JSON.parse(out) as { differences: { facts: string[]; steps: object[] }[] };
    const found = differences.find(({ facts }) => facts.includes('multiVmaMove'));
    expect(found?.steps.length).toBeLessThanOrEqual(3);
  },
);

test('diff says what to do where a kernel is not there', async () => {
  const { code, err } = await vmacheck(['diff', 'live', './no-such-image', '--programs', '1']);
  expect(code).toBe(4);
  expect(err).toMatch(/^error\[CLI4001\]: /);
});
