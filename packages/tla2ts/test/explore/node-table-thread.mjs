/** The script of a thread that adds tuples to a table that others add to as well, for shared-values.test.ts. */
import { workerData } from 'node:worker_threads';
import { NodeTable } from '../../dist/explore/values/node-table.js';

const { nodes, from, count, port } = workerData;
const table = NodeTable.of(nodes);
const numbers = new Uint32Array(count);
// Each thread begins elsewhere, so that some tuples are new to it and some were just added by others.
for (let i = 0; i < count; i++) {
  const n = (from + i) % count;
  numbers[n] = table.add(n % 5, Uint32Array.of(n, n * 7, n >>> 3), 0, 1 + (n % 3));
}
port.postMessage(numbers);
