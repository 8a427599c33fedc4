/** Values that threads share. They run the compiled program: `npm run build` comes first. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { NodeTable } from '../../src/explore/values/node-table.js';
import { ValueTable } from '../../src/explore/values/value-table.js';

const script = new URL('./node-table-thread.mjs', import.meta.url);

describe('a table of tuples that threads share', () => {
  test('gives each tuple one number, whoever adds it, and each number one tuple', async () => {
    const count = 60_000;
    const table = new NodeTable();
    for (let n = 0; n < 100; n++) table.add(n % 5, Uint32Array.of(n, n * 7, n >>> 3), 0, 1 + (n % 3));
    const nodes = table.share(2 ** 20);
    const threads = Array.from({ length: 4 }, (_, i) => {
      const { port1, port2 } = new MessageChannel();
      const workerData = { nodes, from: i * 1000, count, port: port2 };
      return new Promise<Uint32Array>((done, fail) => {
        port1.once('message', (numbers: Uint32Array) => {
          port1.close();
          done(numbers);
        });
        new Worker(script, { workerData, transferList: [port2], execArgv: [] }).once('error', fail);
      });
    });
    const [first, ...others] = await Promise.all(threads);
    for (const numbers of others) expect(numbers).toEqual(first);
    const distinct = new Map<string, number>();
    for (let n = 0; n < count; n++) {
      const tuple = [n % 5, ...[n, n * 7, n >>> 3].slice(0, 1 + (n % 3))].join();
      expect(distinct.get(tuple) ?? first![n]).toBe(first![n]);
      distinct.set(tuple, first![n]!);
    }
    expect(new Set(distinct.values()).size).toBe(distinct.size);
    const again = new NodeTable();
    expect(again.restore(table.words())).toBe(true);
    expect(again.add(1, Uint32Array.of(1, 7), 0, 2)).toBe(first![1]);
  });

  test('grows between two rounds, but not while a guest adds something', () => {
    const table = new NodeTable();
    table.share(2 ** 26);
    const add = (n: number): number => table.add(0, Uint32Array.of(n), 0, 1);
    for (let n = 0; n < 1_300_000; n++) add(n);
    const { bytes } = table;
    expect(table.asGuest(() => table.makeRoom())).toBe(true);
    expect(table.bytes).toBe(bytes);
    expect(table.makeRoom()).toBe(true);
    expect(table.bytes).toBeGreaterThan(bytes);
    for (const n of [0, 77, 1_299_999]) expect(add(n)).toBe(n);
  });
});

test('a model value is one object, whether a word or a configuration brings it first', () => {
  const one = new ValueTable();
  const word = one.encode([one.modelValue('m'), one.modelValue('n')]);
  const other = new ValueTable(undefined, NodeTable.of(one.nodes.share(2 ** 16)));
  const [m, n] = other.decode(word) as readonly unknown[];
  expect([other.modelValue('m'), other.modelValue('n')]).toEqual([m, n]);
  expect(other.modelValue('m')).toBe(m);
  expect(other.encode([m, n])).toBe(word);
});
