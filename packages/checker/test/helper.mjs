/** The script of a thread that helps, for team.test.ts. */
import { workerData } from 'node:worker_threads';
import { help } from '../dist/index.js';
import { randomModel } from './random-model.mjs';

const { form, lateness, search, helper, port, dies } = workerData;
const model = randomModel(form, lateness);
let calls = 0;
/** The thread ends without a word after some states, as one does that has no memory any more. */
const mortal = (action) => ({
  ...action,
  successors: (...args) => {
    if (++calls > dies) process.exit();
    action.successors(...args);
  },
});
help(dies === undefined ? model : { ...model, actions: model.actions.map(mortal) }, search, {
  helper,
  say: (report) => port.postMessage(report),
  hasRoom: () => true,
  explain: () => undefined,
});
