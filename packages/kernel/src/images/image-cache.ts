/** Images of kernels on this machine: one folder per series. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type KnownRelease, RELEASES } from './releases.js';

/** An image that is there. */
export interface CachedImage {
  readonly release: KnownRelease;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The package that it came in. */
  readonly package: string;
}

/** Where images are kept: $XDG_CACHE_HOME/vmacheck/kernels, or ~/.cache/vmacheck/kernels. */
export const imageFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'vmacheck', 'kernels');

/** The image of a series, if it is there. */
export async function cachedImage(release: KnownRelease, folder = imageFolder()): Promise<CachedImage | undefined> {
  const path = join(folder, release, 'vmlinuz');
  try {
    const { size } = await stat(path);
    const name = (await readFile(join(folder, release, 'package'), 'utf8')).trim();
    return { release, path, size, package: name };
  } catch {
    return undefined;
  }
}

/** All images that are there, oldest first. */
export async function cachedImages(folder = imageFolder()): Promise<readonly CachedImage[]> {
  const found = await Promise.all(RELEASES.map((release) => cachedImage(release, folder)));
  return found.filter((image) => image !== undefined);
}

/** Puts an image into the cache, all of it or nothing. */
export async function storeImage(
  release: KnownRelease,
  name: string,
  image: Uint8Array,
  folder = imageFolder(),
): Promise<void> {
  const temporary = join(folder, `.${release}.${process.pid}`);
  try {
    await mkdir(temporary, { recursive: true });
    await writeFile(join(temporary, 'vmlinuz'), image);
    await writeFile(join(temporary, 'package'), `${name}\n`);
    await rm(join(folder, release), { recursive: true, force: true });
    await rename(temporary, join(folder, release));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
