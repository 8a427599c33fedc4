import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { makeInitrd } from '../src/guest/initrd.js';
import { cachedImage, cachedImages, storeImage } from '../src/images/image-cache.js';
import { newestPackage } from '../src/images/releases.js';

const names = [
  'linux-image-6.1.0-9-cloud-amd64',
  'linux-image-6.1.0-50-cloud-amd64',
  'linux-image-6.1.0-56-cloud-amd64-unsigned',
  'linux-image-6.1.0-51-amd64',
  'linux-image-6.12.9+deb13-cloud-amd64',
  'linux-image-6.12.107+deb13-cloud-amd64',
  'linux-image-6.12.107+deb13-cloud-amd64-dbg',
  'linux-image-6.12-cloud-amd64',
  'linux-image-7.3.4+deb13-cloud-amd64',
  'linux-binary-7.3.4+deb13-cloud-amd64',
  'linux-binary-unsigned-7.3.5+deb13-cloud-amd64',
];

test.each([
  ['6.1', 'linux-image-6.1.0-50-cloud-amd64'],
  ['6.12', 'linux-image-6.12.107+deb13-cloud-amd64'],
  ['7.3', 'linux-binary-7.3.4+deb13-cloud-amd64'],
  ['6.19', undefined],
] as const)('the newest package of %s is %s', (release, name) => {
  expect(newestPackage(names, release)).toBe(name);
});

test('an image is kept with the name of its package, and replaced as a whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vmacheck-images-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await cachedImages(folder)).toEqual([]);
  await storeImage('7.3', 'one', Buffer.from('image'), folder);
  await storeImage('7.3', 'two', Buffer.from('images'), folder);
  const found = await cachedImage('7.3', folder);
  expect(found).toMatchObject({ release: '7.3', size: 6, package: 'two' });
  expect(readFileSync(found?.path ?? '', 'utf8')).toBe('images');
  expect(await cachedImages(folder)).toEqual([found]);
});

test('an initial RAM disk is an archive in the newc form', () => {
  const bytes = gunzipSync(makeInitrd({ init: Buffer.from('program') }, ['proc'])).toString('latin1');
  const found: { name: string; mode: number; content: string }[] = [];
  for (let at = 0; at < bytes.length;) {
    expect(bytes.slice(at, at + 6)).toBe('070701');
    const field = (i: number): number => Number.parseInt(bytes.slice(at + 6 + 8 * i, at + 14 + 8 * i), 16);
    const up = (offset: number): number => (offset + 3) & ~3;
    const content = up(at + 110 + field(11));
    const name = bytes.slice(at + 110, at + 109 + field(11));
    found.push({ name, mode: field(1), content: bytes.slice(content, content + field(6)) });
    at = up(content + field(6));
  }
  expect(found).toEqual([
    { name: 'proc', mode: 0o040755, content: '' },
    { name: 'init', mode: 0o100755, content: 'program' },
    { name: 'TRAILER!!!', mode: 0, content: '' },
  ]);
});
