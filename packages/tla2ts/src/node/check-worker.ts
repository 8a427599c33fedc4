/** The script of a thread that helps with a search (crew.ts). */
import { readlinkSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { help } from '@vmacheck/checker';
import { parseConfig } from '../config/parse-config.js';
import { compileForChecker } from '../explore/compile.js';
import { LayoutOverflow } from '../explore/packed/layout.js';
import type { Program } from '../explore/program.js';
import { programOf } from '../explore/search.js';
import { NodeTable } from '../explore/values/node-table.js';
import { loadSpec } from '../names/load-spec.js';
import type { HelperInput, OverflowCause } from './crew.js';
import { heapIsFull } from './heap.js';
import { world } from './world.js';

const {
  root,
  modules,
  config: file,
  sometimes,
  helper,
  recipe,
  nodes,
  search,
  port,
  threads,
} = workerData as HelperInput;

const table = NodeTable.of(nodes);

const compiledAgain = (): { program: Program; encode: (value: unknown) => number } => {
  const { spec } = loadSpec(root, { read: (name) => modules.get(name) });
  const { config } = parseConfig(file.file, file.text);
  const compiled =
    spec &&
    compileForChecker(spec, config, {
      sometimes,
      nodes: table,
      world,
      // What goes through the stream of a thread waits for the thread that leads, which is at work.
      print: (text) => void writeSync(2, `${text}\n`),
    });
  const program = compiled !== undefined && 'program' in compiled ? programOf(compiled, recipe) : undefined;
  if (compiled === undefined || !('program' in compiled) || program === undefined) {
    throw new Error('the specification cannot be compiled once more');
  }
  return { program, encode: compiled.table.encode };
};

/** The operating system's number of this thread; 0 where it cannot be told. */
const threadNumber = (): number => {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return 0;
  }
};

try {
  threads[helper] = threadNumber();
  const { program, encode } = table.asGuest(compiledAgain);
  help(program.model, search, {
    helper,
    say: (report) => port.postMessage(report),
    hasRoom: () => !heapIsFull(),
    explain: (thrown): OverflowCause | undefined =>
      thrown instanceof LayoutOverflow ? { variable: thrown.variable, word: encode(thrown.value) } : undefined,
  });
} catch (thrown) {
  // The thread that leads is told when it asks what was found.
  const crash = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  port.postMessage({ crash, cause: undefined });
}
