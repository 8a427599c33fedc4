/** Threads that help with a search: each compiles the specification from its texts and shares the memory of states and values. */
import { existsSync } from 'node:fs';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Crew, Report, SharedSearch } from '@vmacheck/checker';
import { LayoutOverflow } from '../explore/packed/layout.js';
import type { Recipe } from '../explore/search.js';
import type { SharedNodes } from '../explore/values/node-table.js';
import type { ValueTable } from '../explore/values/value-table.js';
import type { ModuleSource } from '../names/modules.js';

/** What a specification is made of, for another thread. */
export interface SpecTexts {
  /** The root module. */
  readonly root: string;
  readonly modules: ReadonlyMap<string, ModuleSource>;
  readonly config: { readonly file: string; readonly text: string };
  readonly sometimes: readonly string[];
}

/** What a thread is given. */
export interface HelperInput extends SpecTexts {
  readonly helper: number;
  readonly recipe: Recipe;
  readonly nodes: SharedNodes;
  readonly search: SharedSearch;
  readonly port: MessagePort;
  /** The operating system's numbers of the threads. */
  readonly threads: Int32Array;
}

/** What is told of a value for which a layout has no room: it can be cloned. */
export interface OverflowCause {
  readonly variable: number;
  readonly word: number;
}

/** The script of a thread; tests run the sources, where only the compiled one can be started. */
const script = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/node/check-worker.js', import.meta.url)
  : new URL('./check-worker.js', import.meta.url);

/** @param memory bytes that the whole run may take */
export const makeCrew = (
  helpers: number,
  texts: SpecTexts,
  recipe: Recipe,
  table: ValueTable,
  memory: number,
): Crew => {
  const ports: MessagePort[] = [];
  const threads = new Int32Array(new SharedArrayBuffer(4 * helpers));
  return {
    helpers,
    makeRoom: () => table.nodes.makeRoom(),
    isAlive: (helper) => {
      const thread = threads[helper] as number;
      return thread === 0 || existsSync(`/proc/self/task/${thread}`);
    },
    start: (search) => {
      const nodes = table.nodes.share(Math.floor(memory / 8));
      for (let helper = 0; helper < helpers; helper++) {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1);
        const workerData = { ...texts, helper, recipe, nodes, search, port: port2, threads };
        const worker = new Worker(script, { workerData, transferList: [port2], execArgv: [] });
        // The end of the search ends it; nobody waits for it.
        worker.unref();
        // It was out of memory: the search misses it (isAlive).
        worker.on('error', () => undefined);
      }
    },
    receive: () =>
      ports.flatMap((port) => {
        const reports: Report[] = [];
        for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
          reports.push(got.message as Report);
        }
        return reports;
      }),
    exception: ({ crash, cause }) => {
      if (cause === undefined) return new Error(`a worker failed: ${crash}`);
      const { variable, word } = cause as OverflowCause;
      return new LayoutOverflow(variable, table.decode(word));
    },
  };
};
