import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, TraceError, formatProgram } from '../src/index.js';
import { openPrograms, savePrograms } from '../src/node/index.js';

const program = (id: string): Program => ({
  id,
  kernel: null,
  arch: 'x86_64',
  pageSize: 4096,
  window: null,
  files: {},
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
  steps: [{ op: 'munmap', args: { addr: '0x1000', length: '0x1000' } }],
});
const text = (...ids: readonly string[]): string => ids.flatMap((id) => [...formatProgram(program(id))]).join('');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(file: string): Promise<Program[]> {
  const found: Program[] = [];
  for await (const each of openPrograms(file)) found.push(each);
  return found;
}

async function errorOf(file: string): Promise<TraceError> {
  try {
    await read(file);
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    return error as TraceError;
  }
  throw new Error('it was read');
}

test('a saved file is read back, plain and compressed', async () => {
  for (const name of ['a.ndjson', 'a.ndjson.gz']) {
    const file = join(folder, name);
    await savePrograms(file, [program('one'), program('two')]);
    expect(await read(file)).toEqual([program('one'), program('two')]);
  }
  expect(gunzipSync(await readFile(join(folder, 'a.ndjson.gz'))).toString()).toBe(text('one', 'two'));
});

test('gzip is recognised by its bytes, not by the name', async () => {
  const file = join(folder, 'packed.ndjson');
  await writeFile(file, gzipSync(text('x')));
  expect(await read(file)).toEqual([program('x')]);
});

test('a byte order mark and carriage returns are accepted', async () => {
  const file = join(folder, 'windows.ndjson');
  await writeFile(file, `\ufeff${text('x').replaceAll('\n', '\r\n')}`);
  expect(await read(file)).toEqual([program('x')]);
});

test('an error names the file and the line', async () => {
  const file = join(folder, 'bad.ndjson');
  await writeFile(file, `${text('x')}{}\n`);
  expect(await errorOf(file)).toMatchObject({ code: 'TRACE1006', line: 3, file });
});

test('a file that is not there, or is a folder, is one clear error', async () => {
  expect(await errorOf(join(folder, 'none'))).toMatchObject({ code: 'TRACE1013', help: 'check the name' });
  expect(await errorOf(folder)).toMatchObject({ code: 'TRACE1013' });
});

test('a gzip file that ends early is one clear error', async () => {
  const file = join(folder, 'cut.gz');
  await writeFile(file, gzipSync(text('x')).subarray(0, 60));
  expect(await errorOf(file)).toMatchObject({ code: 'TRACE1014', file });
});

test('an empty file is an error', async () => {
  const file = join(folder, 'empty');
  await writeFile(file, '');
  expect(await errorOf(file)).toMatchObject({ code: 'TRACE1012', file });
});

test('a source that fails half-way leaves the old file and nothing else', async () => {
  const inner = await mkdtemp(join(folder, 'atomic-'));
  const file = join(inner, 'a.ndjson');
  await savePrograms(file, [program('old')]);
  const failing = async function* (): AsyncGenerator<Program> {
    yield program('new');
    throw new Error('the source failed');
  };
  await expect(savePrograms(file, failing())).rejects.toThrow('the source failed');
  expect(await read(file)).toEqual([program('old')]);
  expect(await readdir(inner)).toEqual(['a.ndjson']);
});

test('a link keeps pointing to the file that is replaced, and a device is not replaced', async () => {
  const file = join(folder, 'target.ndjson');
  const link = join(folder, 'link.ndjson');
  await savePrograms(file, [program('old')]);
  await symlink(file, link);
  await savePrograms(link, [program('new')]);
  expect(await read(file)).toEqual([program('new')]);
  const device = join(folder, 'device');
  await symlink('/dev/null', device);
  await savePrograms(device, [program('lost')]);
  expect((await readFile('/dev/null')).length).toBe(0);
});
