/**
 * States per second of the explorer beside the usual way to write one in JavaScript (a Set of JSON keys), on the same
 * models, alternately, in one run. Start: `npm run bench` in this folder; `-- N` changes the size.
 *
 * The models are written by hand as fast as words allow: this measures storage and search, not compiled code.
 */
import { type Model, explore } from '../src/index.js';

/** Two-phase commit (Gray and Lamport, "Consensus on Transaction Commit"), four words: managers' states, prepared, messages. */
const twoPhase = (managers: number): Model => {
  const all = 2 ** managers - 1;
  const [working, prepared, committed, aborted] = [0, 1, 2, 3];
  const [init, done] = [0, 1];
  const commit = 1 << managers;
  const abort = 2 << managers;
  const each = (run: (manager: number, bit: number) => void): void => {
    for (let m = 0; m < managers; m++) run(m, 1 << m);
  };
  return {
    name: `two-phase commit, ${managers} managers`,
    wordsPerState: 4,
    checkDeadlock: false,
    invariants: [
      {
        name: 'Consistent',
        holds: (words, at) => {
          const states = words[at] as number;
          const high = (states >>> 1) & 0x5555_5555;
          const low = states & 0x5555_5555;
          return (high & low) === 0 || (high & ~low) === 0;
        },
      },
    ],
    initial: (to, toAt, emit) => {
      to.fill(0, toAt, toAt + 4);
      emit();
    },
    actions: [
      {
        name: 'Next',
        successors: (from, at, to, toAt, emit) => {
          const rm = from[at] as number;
          const tm = from[at + 1] as number;
          const ready = from[at + 2] as number;
          const messages = from[at + 3] as number;
          const step = (a: number, b: number, c: number, d: number): void => {
            to[toAt] = a;
            to[toAt + 1] = b;
            to[toAt + 2] = c;
            to[toAt + 3] = d;
            emit();
          };
          const set = (m: number, state: number): number => (rm & ~(3 << (2 * m))) | (state << (2 * m));
          if (tm === init && ready === all) step(rm, done, ready, messages | commit);
          if (tm === init) step(rm, done, ready, messages | abort);
          each((m, bit) => {
            const state = (rm >>> (2 * m)) & 3;
            if (tm === init && (messages & bit) !== 0) step(rm, tm, ready | bit, messages);
            if (state === working) step(set(m, prepared!), tm, ready, messages | bit);
            if (state === working) step(set(m, aborted!), tm, ready, messages);
            if ((messages & commit) !== 0) step(set(m, committed!), tm, ready, messages);
            if ((messages & abort) !== 0) step(set(m, aborted!), tm, ready, messages);
          });
        },
      },
    ],
  };
};

/** The same search with a Set of JSON texts and an array of states as queue. */
const withJsonKeys = (model: Model): { distinct: number; generated: number; seconds: number } => {
  const started = performance.now();
  const seen = new Set<string>();
  const queue: Uint32Array[] = [];
  const target = new Uint32Array(model.wordsPerState);
  let generated = 0;
  const emit = (): boolean => {
    generated++;
    const key = JSON.stringify([...target]);
    if (seen.has(key)) return true;
    seen.add(key);
    for (const { name, holds } of model.invariants) if (!holds(target, 0)) throw new Error(name);
    queue.push(target.slice());
    return true;
  };
  model.initial(target, 0, emit);
  for (let i = 0; i < queue.length; i++) {
    for (const action of model.actions) action.successors(queue[i]!, 0, target, 0, emit);
  }
  return { distinct: seen.size, generated, seconds: (performance.now() - started) / 1000 };
};

const size = Number(process.argv[2] ?? 7);
const model = twoPhase(size);
const ratios: number[] = [];
for (let round = 1; round <= 3; round++) {
  const words = explore(model);
  const json = withJsonKeys(model);
  if (words.distinct !== json.distinct || words.generated !== json.generated) throw new Error('the counts differ');
  const rate = (run: { distinct: number; seconds: number }): string =>
    `${Math.round(run.distinct / run.seconds / 1000)} k/s`;
  ratios.push(json.seconds / words.seconds);
  console.log(
    `${model.name}: ${words.distinct} distinct, ${words.generated} generated; words ${words.seconds.toFixed(2)} s (${rate(words)}, ` +
      `${Math.round(words.bytes / words.distinct)} bytes/state), JSON keys ${json.seconds.toFixed(2)} s (${rate(json)})`,
  );
}
console.log(
  `words are ${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)} times as fast as JSON keys`,
);
