/** Fetches images from the Debian mirror that this machine's own apt uses. Nothing is installed; no privileges are needed. */
import { execFile, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KernelUnavailable } from '../kernel.js';
import { storeImage } from './image-cache.js';
import { type KnownRelease, newestPackage, SUITES } from './releases.js';

const run = promisify(execFile);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const LIMITS = { maxBuffer: 64 << 20, timeout: 300_000 };

/** The base address of the Debian mirror in apt's configuration. */
async function mirror(): Promise<string> {
  const format = '$(REPO_URI) $(ORIGIN) $(LABEL)';
  let output: string;
  try {
    output = (await run('apt-get', ['indextargets', 'Created-By: Packages', '--format', format])).stdout;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new KernelUnavailable(
      missing
        ? 'there is no apt-get: put images into the cache yourself, or name one by its path'
        : `apt-get: ${why(error)}`,
    );
  }
  const uris = output.split('\n').map((line) => line.split(' ')[0] ?? '');
  const found = uris.find((uri) => /\/debian\/?$/.test(uri));
  if (found === undefined) {
    throw new KernelUnavailable("apt's configuration names no Debian mirror: name an image by its path");
  }
  return found;
}

const why = (error: unknown): string => {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  const lines = (stderr ?? '').split('\n').filter((line) => line.startsWith('E:') || line.startsWith('W:'));
  return lines[0] ?? message.split('\n')[0] ?? '';
};

/** apt with lists of its own, so that neither its settings nor its state change. */
class PrivateApt {
  readonly #options: readonly string[];

  private constructor(readonly folder: string) {
    const settings = {
      'Dir::Etc::SourceList': join(folder, 'sources.list'),
      'Dir::Etc::SourceParts': '/dev/null',
      'Dir::State::Lists': join(folder, 'lists'),
      'Dir::Cache': join(folder, 'cache'),
      'APT::Sandbox::User': '',
      'Acquire::Languages': 'none',
    };
    this.#options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  }

  static async create(): Promise<PrivateApt> {
    const address = await mirror();
    const folder = await mkdtemp(join(tmpdir(), 'vmacheck-apt-'));
    await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
    await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
    const signed = await access(KEYRING).then(
      () => `[signed-by=${KEYRING}] `,
      () => '',
    );
    await writeFile(
      join(folder, 'sources.list'),
      SUITES.map((suite) => `deb ${signed}${address} ${suite} main\n`).join(''),
    );
    return new PrivateApt(folder);
  }

  async run(tool: 'apt-get' | 'apt-cache', ...args: readonly string[]): Promise<string> {
    const { stdout } = await run(tool, [...this.#options, ...args], { ...LIMITS, cwd: this.folder });
    return stdout;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** The kernel in a package: the file in its archive whose name begins with vmlinuz. */
async function imageIn(deb: string): Promise<Buffer> {
  const { stdout } = await run('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" | tar -tf -', 'sh', deb], LIMITS);
  const path = stdout.split('\n').find((name) => /\/vmlinuz[^/]*$/.test(name));
  if (path === undefined) throw new Error(`${deb} holds no kernel`);
  const take = spawn('sh', ['-c', 'dpkg-deb --fsys-tarfile "$1" | tar -xOf - "$2"', 'sh', deb, path]);
  const parts: Buffer[] = [];
  for await (const part of take.stdout) parts.push(part as Buffer);
  const image = Buffer.concat(parts);
  if (image.length === 0) throw new Error(`the kernel in ${deb} cannot be unpacked`);
  return image;
}

/** What is being done, for somebody who waits. */
export type FetchProgress = (what: string) => void;

/**
 * Fetches the newest cloud image of each series into the cache.
 *
 * @returns the package of each image
 * @throws KernelUnavailable without apt, without a network, or where the mirror has no such image
 */
export async function fetchImages(
  releases: readonly KnownRelease[],
  folder: string | undefined,
  onProgress: FetchProgress = () => undefined,
): Promise<ReadonlyMap<KnownRelease, string>> {
  const apt = await PrivateApt.create();
  const fetched = new Map<KnownRelease, string>();
  try {
    onProgress('reading the lists of packages');
    await apt.run('apt-get', 'update', '-q');
    const names = (await apt.run('apt-cache', 'pkgnames', 'linux-')).split('\n');
    for (const release of releases) {
      const name = newestPackage(names, release);
      if (name === undefined) throw new KernelUnavailable(`the mirror has no image of Linux ${release}`);
      onProgress(`fetching ${name}`);
      await apt.run('apt-get', 'download', '-q', name);
      const file = (await readdir(apt.folder)).find((entry) => entry.endsWith('.deb'));
      if (file === undefined) throw new KernelUnavailable(`apt-get download left no ${name}`);
      await storeImage(release, name, await imageIn(join(apt.folder, file)), folder);
      await rm(join(apt.folder, file));
      fetched.set(release, name);
    }
    return fetched;
  } catch (error) {
    if (error instanceof KernelUnavailable) throw error;
    throw new KernelUnavailable(`images cannot be fetched: ${why(error)}`);
  } finally {
    await apt.close();
  }
}
