import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { file, folder, trace } from './run.js';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const run = (
  args: readonly string[],
  onOutput?: (child: ReturnType<typeof spawn>) => void,
  environment: Readonly<Record<string, string>> = {},
  interruptAfter?: number,
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: tmpdir(),
      env: { ...process.env, INIT_CWD: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out === '') onOutput?.(child);
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
  });

describe.skipIf(!existsSync(bin))('the built program', () => {
  test('resolves paths against INIT_CWD and exits with the code of the command', async () => {
    const name = file('built.ndjson', trace());
    expect(await run(['replay', name])).toMatchObject({ code: 0, out: expect.stringContaining('0 disagreements') });
    const elsewhere = mkdtempSync(join(tmpdir(), 'vmacheck-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    expect(await run(['replay', name], undefined, { INIT_CWD: elsewhere })).toMatchObject({
      code: 2,
      out: '',
    });
    expect(await run(['--bogus'])).toMatchObject({ code: 2, out: '' });
  });

  test('SIGINT prints the totals so far and exits 130', async () => {
    const { code, out } = await run(['fuzz', '--programs', '1000000'], (child) =>
      setTimeout(() => child.kill('SIGINT'), 300),
    );
    expect(code).toBe(130);
    expect(out).toMatch(/\d+ programs?, .*change something.*\ninterrupted\n$/s);
  });

  test('SIGINT ends an exploration, which never pauses, with the counts so far', async () => {
    const next = "Next == x' \\in {x + 1, x * 2} /\\ y' \\in {y + 1, y * 2}";
    const text = `---- MODULE Endless ----\nEXTENDS Naturals\nVARIABLES x, y\nInit == x = 1 /\\ y = 1\n${next}\n====\n`;
    file('Endless.tla', text);
    file('Endless.cfg', 'INIT Init\nNEXT Next\n');
    const { code, out } = await run(['check', 'Endless.tla'], undefined, {}, 1500);
    expect(code).toBe(130);
    expect(out).toMatch(/inconclusive: interrupted\n[1-9][\d,]* distinct states/);
  });

  test('a reader that goes away ends the program without a complaint', async () => {
    const { err } = await run(['fuzz', '--programs', '20'], (child) => child.stdout?.destroy());
    expect(err).toBe('');
  });
});
