import { expect, test } from 'vitest';
import { file, vmacheck } from './run.js';

const header = {
  type: 'program',
  version: 1,
  id: 'moved',
  kernel: '6.18.44',
  arch: 'x86_64',
  pageSize: 4096,
  window: { start: '0x10000000000', end: '0x10000030000' },
  files: {},
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: null,
  mappings: [],
};
const mmap = (addr: string) => ({
  type: 'step',
  op: 'mmap',
  args: { addr, length: '0x2000', prot: 3, flags: 50, fd: -1, offset: '0x0' },
});
const store = { type: 'step', op: 'store', args: { addr: '0x10000000000', value: '0x1' } };
const move = {
  type: 'step',
  op: 'mremap',
  args: { oldAddr: '0x10000000000', oldLen: '0x2000', newLen: '0x2000', flags: 3, newAddr: '0x10000002000' },
};
const records = [header, mmap('0x10000000000'), store, move, mmap('0x10000004000')];
const trace = (): string => file('explained.ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''));

test('explain says why two mappings are not one', async () => {
  const { code, out } = await vmacheck(['explain', trace()]);
  expect(code).toBe(0);
  expect(out).toBe(`step 3: mmap(addr=4, len=2, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS)
  mapped at 4
  pages count from 0x10000000000
  merge of [4,6) with the VMA below [2,4) (newRange): no, pgoff not contiguous: 4, expected 2, because [2,4) was written before it moved from 0 at step 2
  is   [4,6) page offset 4, never written
`);
});

test('explain --json is data', async () => {
  const { code, out } = await vmacheck(['explain', trace(), '--program', 'moved', '--step', '2', '--json']);
  expect(code).toBe(0);
  const found = JSON.parse(out) as { readonly program: string; readonly merges: readonly object[] };
  expect(found).toMatchObject({ program: 'moved', index: 2, why: '', result: { value: '0x10000002000' } });
  expect(found.merges).toContainEqual(expect.objectContaining({ site: 'copy', side: 'left', merged: false }));
});

test.each([
  [['--step', '4'], 'there is no step 4', 'program moved has the steps 0 to 3'],
  [['--program', 'other'], 'no program is called other', 'give the `id` of a program record, or its index from 0'],
])('explain %s is an error', async (args, message, help) => {
  const { code, err } = await vmacheck(['explain', trace(), ...args]);
  expect(code).toBe(2);
  expect(err).toBe(`error[CLI1004]: ${message}\n  --> explained.ndjson\n  help: ${help}\n`);
});
