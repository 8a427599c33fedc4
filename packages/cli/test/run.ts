/** Runs the command line in this process, with text instead of a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type ExitCode, main, type Output, type Terminal } from '../src/index.js';

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for files that a test makes. */
export const folder = mkdtempSync(join(tmpdir(), 'vmacheck-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file into the folder. @returns its name */
export function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

/** A terminal that keeps what is written to it. */
export function captured(more: Partial<Terminal> = {}): {
  readonly terminal: Terminal;
  readonly out: () => string;
  readonly err: () => string;
} {
  const out: string[] = [];
  const err: string[] = [];
  const into = (texts: string[]): Output => ({
    isTerminal: false,
    write: (text) => texts.push(text) > 0,
    drained: () => Promise.resolve(),
  });
  const terminal = { out: into(out), err: into(err), environment: {}, folder, interrupted: () => false, ...more };
  return { terminal, out: () => out.join(''), err: () => err.join('') };
}

/** @param more another behaviour of the terminal */
export async function vmacheck(args: readonly string[], more: Partial<Terminal> = {}): Promise<Ran> {
  const { terminal, out, err } = captured(more);
  const code = await main(args, terminal);
  return { code, out: out(), err: err() };
}

const header = {
  type: 'program',
  version: 1,
  id: 'hand-made',
  kernel: '6.18.4',
  arch: 'x86_64',
  pageSize: 4096,
  window: { start: '0x10000000', end: '0x10010000' },
  files: {},
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
};

const vma = (start: string, end: string): object => ({ start, end, perms: 'rw-p', offset: '0x0', file: null });

const steps: readonly object[] = [
  {
    op: 'mmap',
    args: { addr: '0x10002000', length: '0x3000', prot: 3, flags: '0x32', fd: -1, offset: '0x0' },
    result: { value: '0x10002000' },
    after: [vma('0x10002000', '0x10005000')],
  },
  { op: 'store', args: { addr: '0x10002000', value: '0x7' }, result: { value: '0x0' }, after: 'unchanged' },
  {
    op: 'mremap',
    args: { oldAddr: '0x10002000', oldLen: '0x3000', newLen: '0x3000', flags: 3, newAddr: '0x10009000' },
    result: { value: '0x10009000' },
    after: [vma('0x10009000', '0x1000c000')],
    contents: { '0x10009000': '0x7' },
  },
];

/** A trace of one program; `change` replaces fields of a step. */
export function trace(change: { readonly step: number; readonly fields: object } = { step: -1, fields: {} }): string {
  const records = steps.map((step, i) => ({ type: 'step', ...step, ...(i === change.step ? change.fields : {}) }));
  return [header, ...records].map((record) => `${JSON.stringify(record)}\n`).join('');
}
