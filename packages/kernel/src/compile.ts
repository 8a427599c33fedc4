import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The C sources, both from `src` and from `dist`. */
const nativeFolder = fileURLToPath(new URL('../native/', import.meta.url));

const commonFlags = ['-std=c11', '-O2', '-Wall', '-Wextra'];

/**
 * Ways to link, best first. static-pie puts all of the runner above the programs' window and leaves nothing of it in the area where
 * the kernel chooses addresses; plain static leaves its text and heap below the window, where smaps shows them first.
 */
const linkFlags = [['-static-pie', '-fPIE'], ['-static'], []];

export type Compiled =
  | { readonly ok: true; readonly path: string; /** It needs no shared library. */ readonly isStatic: boolean }
  | { readonly ok: false; readonly reason: string };

/** The words of $CC, or cc. */
function compiler(): readonly string[] {
  const words = (process.env['CC'] ?? '').split(/\s+/).filter((word) => word !== '');
  return words.length > 0 ? words : ['cc'];
}

/** A folder that only this user writes to: what lies in it is going to be executed. */
async function privateFolder(path: string): Promise<string | undefined> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const status = await lstat(path);
    const safe = status.isDirectory() && status.uid === process.getuid?.() && (status.mode & 0o022) === 0;
    await access(path, constants.W_OK);
    return safe ? path : undefined;
  } catch {
    return undefined;
  }
}

async function cacheFolder(): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'];
  return (
    (await privateFolder(join(cache || join(homedir(), '.cache'), 'vmacheck'))) ??
    (await privateFolder(join(tmpdir(), `vmacheck-${process.getuid?.() ?? 0}`))) ??
    (await mkdtemp(join(tmpdir(), 'vmacheck-')))
  );
}

async function sources(folder: string): Promise<{ readonly files: readonly string[]; readonly hash: string }> {
  const names = (await readdir(folder)).filter((name) => /\.[ch]$/.test(name)).sort();
  const hash = createHash('sha256').update(JSON.stringify([compiler(), commonFlags, linkFlags, process.arch]));
  for (const name of names) hash.update(name).update(await readFile(join(folder, name)));
  const files = names.filter((name) => name.endsWith('.c')).map((name) => join(folder, name));
  return { files, hash: hash.digest('hex').slice(0, 16) };
}

const detail = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error);
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  const lines = (stderr ?? '').split('\n');
  return lines.find((line) => line.includes('error')) ?? lines[0] ?? message ?? '';
};

/** Compiles all C files of a folder into one program, unless the cache holds it. Never throws for what the machine lacks. */
async function compile(name: string, from: string): Promise<Compiled> {
  const [cc, ...ccFlags] = compiler() as readonly [string, ...string[]];
  const { files, hash } = await sources(from);
  const folder = await cacheFolder();
  const path = join(folder, `${name}-${hash}`);
  try {
    await access(path, constants.X_OK);
    return { ok: true, path, isStatic: await isStatic(path) };
  } catch {
    // Not compiled yet.
  }
  const temporary = `${path}.${process.pid}.${Date.now().toString(36)}`;
  let reason = '';
  for (const link of linkFlags) {
    try {
      await run(cc, [...ccFlags, ...commonFlags, ...link, '-o', temporary, ...files], { timeout: 120_000 });
      await rename(temporary, path);
      return { ok: true, path, isStatic: await isStatic(path) };
    } catch (error) {
      await rm(temporary, { force: true });
      const missing = (error as { readonly code?: unknown }).code === 'ENOENT';
      if (missing) return { ok: false, reason: `there is no C compiler: \`${cc}\` was not found` };
      reason = `\`${cc}\` cannot compile the recorder: ${detail(error)}`;
    }
  }
  return { ok: false, reason };
}

/** A program that is not static names its loader. */
async function isStatic(path: string): Promise<boolean> {
  return !(await readFile(path)).subarray(0, 4096).includes('/ld-linux');
}

/** The runner: what performs programs. */
export const compileRunner = (): Promise<Compiled> => compile('runner', nativeFolder);

/** The first process of a guest. */
export const compileInit = (): Promise<Compiled> => compile('init', join(nativeFolder, 'guest'));
