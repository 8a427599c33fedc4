/** The script of a thread that helps, for team.test.ts. */
import { workerData } from 'node:worker_threads';
import { help } from '../dist/index.js';
import { randomModel } from './random-model.mjs';

const { form, lateness, search, helper, port } = workerData;
help(randomModel(form, lateness), search, {
  helper,
  say: (report) => port.postMessage(report),
  hasRoom: () => true,
  explain: () => undefined,
});
