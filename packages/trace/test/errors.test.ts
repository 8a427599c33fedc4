import { expect, test } from 'vitest';
import { TRACE_ERRORS, TraceError, type TraceErrorCode, readPrograms } from '../src/index.js';

const header = {
  type: 'program',
  version: 1,
  id: 'p',
  kernel: null,
  arch: 'x86_64',
  pageSize: 4096,
  window: null,
  files: {},
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
};
const munmap = { type: 'step', op: 'munmap', args: { addr: '0x1000', length: '0x1000' } };
const vma = { start: '0x1000', end: '0x2000', perms: 'rw-p', offset: '0x0', file: null };
const json = (...records: readonly unknown[]): string[] => records.map((record) => JSON.stringify(record));
const step = (...fields: readonly object[]): string[] => json(header, Object.assign({}, munmap, ...fields));
const program = (fields: object): string[] => json({ ...header, ...fields });
const without = (name: string): string[] =>
  json(Object.fromEntries(Object.entries(header).filter(([field]) => field !== name)));

/** Each: the code, the line that it must name, the file, and words that the message must have. */
const cases: readonly (readonly [TraceErrorCode, number, readonly string[], RegExp])[] = [
  ['TRACE1001', 2, [...json(header), '{"type":"step",'], /not JSON/],
  ['TRACE1001', 4, ['', ...json(header), '', 'hello'], /not JSON/],
  ['TRACE1002', 1, ['[1,2]'], /\[1,2\]/],
  ['TRACE1003', 2, json(header, { type: 'stap' }), /"stap"/],
  ['TRACE1004', 1, program({ version: 2 }), /version is 2/],
  ['TRACE1004', 1, without('version'), /version is nothing/],
  ['TRACE1005', 2, step({ op: 'mremapp' }), /"mremapp"/],
  ['TRACE1005', 2, step({ op: 'constructor' }), /"constructor"/],
  ['TRACE1006', 1, ['{"op":"munmap"}'], /`type`/],
  ['TRACE1006', 1, without('window'), /`window`/],
  ['TRACE1006', 2, json(header, { type: 'step' }), /`op`/],
  ['TRACE1006', 2, step({ args: { addr: '0x1000' } }), /`args.length`/],
  ['TRACE1006', 2, json(header, { type: 'step', op: 'munmap' }), /`args`/],
  ['TRACE1006', 1, program({ mappings: [{ ...vma, perms: undefined }] }), /`mappings\[0\].perms`/],
  ['TRACE1007', 1, program({ capIpcLock: 'yes' }), /`capIpcLock` is "yes"/],
  ['TRACE1007', 1, program({ arch: 'riscv64' }), /`arch`/],
  ['TRACE1007', 1, program({ pageSize: 65536 }), /`pageSize`/],
  ['TRACE1007', 1, program({ files: { F0: { kind: 'pipe' } } }), /`files.F0.kind`/],
  ['TRACE1007', 1, program({ rlimitMemlock: -1 }), /`rlimitMemlock`/],
  ['TRACE1007', 1, program({ config: { overcommit: 3 } }), /`config.overcommit`/],
  ['TRACE1007', 1, program({ steps: [] }), /`steps`/],
  ['TRACE1007', 2, step({ args: { addr: 4096, length: '0x1000' } }), /`args.addr` is 4096/],
  ['TRACE1007', 2, step({ op: 'mprotect', args: { addr: '0x0', length: '0x1', prot: 1.5 } }), /`args.prot`/],
  ['TRACE1007', 2, step({ result: {} }), /`result`/],
  ['TRACE1007', 2, step({ result: { value: '0x0', errno: 'EINVAL' } }), /`result`/],
  ['TRACE1007', 2, step({ result: { errno: '-22' } }), /`result.errno`/],
  ['TRACE1007', 2, step({ result: { signal: 'SIGKILL' } }), /`result.signal`/],
  ['TRACE1007', 2, step({ after: 'same' }), /`after`/],
  ['TRACE1007', 2, step({ counters: { mapCount: '3' } }), /`counters.mapCount`/],
  ['TRACE1008', 2, step({ args: { addr: '4096', length: '0x1000' } }), /`args.addr` is "4096"/],
  ['TRACE1008', 2, step({ args: { addr: 'r0+4096', length: '0x1000' } }), /r0\+4096/],
  ['TRACE1008', 2, step({ args: { addr: '0x1000', length: '0x10000000000000000' } }), /`args.length`/],
  ['TRACE1008', 2, step({ args: { addr: '0x1000', length: '0x' } }), /`args.length`/],
  ['TRACE1008', 2, step({ contents: { '0x1000': 'zero' } }), /`contents.0x1000`/],
  ['TRACE1008', 2, step({ contents: { first: '0x0' } }), /`contents key`/],
  ['TRACE1009', 2, step({ args: { addr: 'r0+0x1000', length: '0x1000' } }), /this is step 0/],
  ['TRACE1009', 5, json(header, munmap, munmap, header, { ...munmap, args: { addr: 'r1+0x0', length: '0x1' } }), /r1/],
  ['TRACE1010', 1, json(munmap), /before any program/],
  ['TRACE1011', 2, step({ after: [vma, { ...vma, start: '0x1800', end: '0x3000' }] }), /after\[1\]/],
  ['TRACE1011', 2, step({ after: [{ ...vma, end: '0x1000' }] }), /empty/],
  ['TRACE1012', 0, ['', ' '], /no program/],
];

async function firstError(lines: readonly string[]): Promise<unknown> {
  try {
    for await (const each of readPrograms(lines)) void each;
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(cases)('%s at line %i: %j', async (code, line, lines, words) => {
  const error = await firstError(lines);
  expect(error).toBeInstanceOf(TraceError);
  expect(error).toMatchObject({ code, line });
  expect((error as TraceError).message).toMatch(words);
  expect((error as TraceError).help).not.toBe('');
});

test('every code of reading lines has a case', () => {
  const files = ['TRACE1013', 'TRACE1014'];
  const covered = new Set(cases.map(([code]) => code));
  expect(Object.keys(TRACE_ERRORS).filter((code) => !covered.has(code as TraceErrorCode))).toEqual(files);
});

test('an error is printed with code, place, finding and help', async () => {
  const error = (await firstError(step({ op: 'mremapp' }))) as TraceError;
  const text = error.inFile('a.ndjson').toString();
  expect(text).toMatch(
    /^error\[TRACE1005\]: the operation "mremapp" is not known\n {2}--> a\.ndjson:2\n {2}help: use one of mmap, /,
  );
});

test('numbers may have leading zeros and upper-case digits, but no sign', async () => {
  expect(await firstError(step({ args: { addr: '0xFF', length: '0x0001000' } }))).toBeUndefined();
  expect(await firstError(step({ args: { addr: '-0x1', length: '0x1000' } }))).toMatchObject({ code: 'TRACE1008' });
});

test('every operation of the format is accepted', async () => {
  const range = { addr: '0x1000', length: '0x1000' };
  const flagged = { ...range, flags: 0 };
  const all: Record<string, object> = {
    mmap: { ...flagged, prot: -1, fd: 'unknown', offset: '0x0' },
    munmap: range,
    mlock: range,
    munlock: range,
    mprotect: { ...range, prot: '0xffffffffffffffff' },
    mremap: { oldAddr: '0x0', oldLen: '0x0', newLen: '0x0', flags: '0x3', newAddr: 'r0+0x1000' },
    madvise: { ...range, advice: 4 },
    mlock2: flagged,
    mseal: flagged,
    msync: flagged,
    mlockall: { flags: 1 },
    munlockall: {},
    mincore: range,
    brk: { addr: '0x0' },
    uffdRegister: { ...range, mode: 1, ctx: 'U0' },
    uffdUnregister: range,
    uffdClose: {},
    store: { addr: '0x0', value: '0x1' },
    load: { addr: '0x0' },
    fork: {},
    exit: {},
    setLimit: { resource: 'as', value: 'unlimited' },
    setCapability: { name: 'CAP_IPC_LOCK', on: false },
    faulted: { addr: '0x0' },
    other: { call: 'prctl', option: 53 },
    drift: { why: 'the stack grew' },
  };
  const steps = Object.entries(all).map(([op, args]) => ({ type: 'step', op, args }));
  expect(await firstError(json(header, ...steps))).toBeUndefined();
});

test('null for an optional field says that it is absent', async () => {
  const lines = [...program({ kernelVersion: null, config: null }), ...json({ ...munmap, result: null, after: null })];
  for await (const each of readPrograms(lines)) {
    expect(each).not.toHaveProperty('config');
    expect(each.steps).toEqual([{ op: 'munmap', args: munmap.args }]);
  }
});
