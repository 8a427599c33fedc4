/** The built program: `npm run build` comes first. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../dist/bundle/bin.js', import.meta.url));

const text = `---- MODULE Clocks ----
EXTENDS Naturals
CONSTANT N
VARIABLE a
Init == a = [x \\in 1 .. 4 |-> 0]
Next == \\E x \\in 1 .. 4 : a[x] < N /\\ a' = [a EXCEPT ![x] = @ + 1]
Low == \\A x \\in 1 .. 4 : a[x] <= N
====
`;

let folder: string;
const place = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tla2ts-bin-'));
  writeFileSync(place('Clocks.tla'), text);
  // It takes more than a second: what is to end it comes while it runs.
  writeFileSync(place('Clocks.cfg'), 'CONSTANT N = 36\nINIT Init\nNEXT Next\nINVARIANT Low\nCHECK_DEADLOCK FALSE\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
}

const start = (...options: string[]): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, [bin, 'check', place('Clocks.tla'), ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.on('close', (code, signal) => done({ code, signal, out })));
  return { child, ended };
};

const totals = async (...options: string[]): Promise<unknown> => {
  const { code, out } = await start('--json', ...options).ended;
  return { code, ...(JSON.parse(out) as object), seconds: 0, bytes: 0 };
};

/** Until the file is there. */
const appears = async (file: string): Promise<void> => {
  while (!existsSync(file)) await setTimeout(20);
};

describe.skipIf(!existsSync(bin))('a run that is ended from outside', () => {
  test.each([
    ['SIGKILL', ['--workers', '1'], { code: null, signal: 'SIGKILL' }],
    ['SIGKILL', ['--workers', '3'], { code: null, signal: 'SIGKILL' }],
    [
      'SIGINT',
      ['--workers', '2'],
      { code: 130, out: expect.stringMatching(/^inconclusive: interrupted\n[\d,]+ distinct/) },
    ],
    ['SIGTERM', ['--workers', '1', '--compact'], { code: 130, out: expect.stringContaining('not expanded') }],
  ] as const)('by %s goes on from its checkpoint: %s', async (signal, options, expected) => {
    const file = place(`${signal}${options.length}${options[1]}`);
    const { child, ended } = start(...options, '--checkpoint', file, '--checkpoint-seconds', '0.01');
    await appears(file);
    child.kill(signal);
    expect(await ended).toMatchObject(expected);
    const compact = options.filter((option) => option === '--compact');
    expect(await totals(...compact, '--resume', file)).toMatchObject({
      code: 0,
      distinct: 1_874_161,
      generated: 7_294_033,
    });
  });
});

const damages = [
  ['are not there', (cache: string) => rmSync(cache)],
  ['are of another V8', (cache: string) => writeFileSync(cache, 'V8 knows its own')],
] as const;

test.skipIf(!existsSync(bin)).for(damages)('scripts whose caches %s are compiled from their text', ([name, damage]) => {
  const package_ = place(name.replaceAll(' ', '-'));
  const copy = join(package_, 'dist/bundle');
  mkdirSync(package_);
  cpSync(dirname(bin), copy, { recursive: true });
  cpSync(join(dirname(bin), '../../package.json'), join(package_, 'package.json'));
  const caches = readdirSync(copy).filter((file) => file.endsWith('.cache'));
  expect(caches.length).toBeGreaterThan(0);
  for (const cache of caches) damage(join(copy, cache));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'bin.js'), 'check', place('Clocks.tla'), '--max-depth', '3'],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  expect(stdout).toMatch(/^inconclusive: .*\n15 distinct states/);
});

/** script(1) gives a program a terminal. */
const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!existsSync(bin) || !hasScript).for([
  ['in colour', { NO_COLOR: '', TERM: 'xterm' }, '\u001b[1;32mholds\u001b[0m: no error in any state'],
  ['or without', { NO_COLOR: '1', TERM: 'xterm' }, 'holds: no error in any state'],
] as const)(
  'a terminal shows the progress while the search goes on, and then only its result, %s',
  ([, environment, verdict]) => {
    const env = { ...process.env, ...environment };
    const command = `'${process.execPath}' '${bin}' check '${place('Clocks.tla')}'`;
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env });
    const [progress = '', result, ...more] = stdout.split(verdict);
    // Each line is written over the one before.
    const lines = progress.split('\r\u001b[K');
    expect([lines[0], lines.at(-1)]).toEqual(['', '']);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^[\d,]+ states, .* left, depth \d+, /);
    expect(result).toMatch(/^\r\n1,874,161 distinct states, [^\r\n]*\r\n$/);
    expect(more).toEqual([]);
  },
);
