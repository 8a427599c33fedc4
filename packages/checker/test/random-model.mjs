/**
 * Models that a seed makes, the same in every thread: graphs of `nodes` nodes, in which each action leads from a node to some of the
 * `spread` that come after it. Plain JavaScript, for threads that run it as it is.
 */

const mixed = (...parts) => {
  let hash = 17;
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x9e3779b1);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
};

/** Keeps a thread waiting, as if another program had its processor. */
const nap = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/**
 * @param form `{ seed, nodes, spread, actions, faults, view, constraint }`; of the faults those named are there
 * @param lateness how often a thread naps, of a million calls
 */
export const randomModel = (form, lateness = 0) => {
  const { seed, nodes, spread, actions, faults = [], view = false, constraint = false } = form;
  let calls = 0;
  const late = () => lateness > 0 && mixed(seed, calls++) % 1_000_000 < lateness && nap(3);
  const write = (node, to, at) => {
    to[at] = mixed(node) & 0xffff0000;
    to[at + 1] = node;
  };
  const has = (fault) => faults.includes(fault);
  const rare = (node, what) => mixed(seed, node, what) % nodes < 3;
  return {
    name: 'random',
    wordsPerState: 2,
    checkDeadlock: has('deadlock'),
    initial: (to, at, emit) => {
      for (let i = 0; i < 3; i++) {
        write(mixed(seed, i) % spread, to, at);
        emit();
      }
    },
    actions: Array.from({ length: actions }, (_, action) => ({
      name: `A${action}`,
      successors: (from, at, to, toAt, emit) => {
        late();
        const node = from[at + 1];
        const count = mixed(seed, node, action) % 4;
        for (let i = 0; i < count; i++) {
          if (has('error') && rare(node, 99) && i === 1) throw new Error(`no successor ${i} of ${node}`);
          write((node + 1 + (mixed(seed, node, action, i) % spread)) % nodes, to, toAt);
          if (!emit()) return;
        }
      },
    })),
    invariants: has('invariant')
      ? ['I', 'J'].map((name, k) => ({ name, holds: (words, at) => !rare(words[at + 1], k) }))
      : [],
    ...(has('step') && {
      stepProperties: [{ name: 'S', holds: (from, at, to, toAt) => !rare(from[at + 1] ^ to[toAt + 1], 7) }],
    }),
    sometimes: [
      { name: 'Seldom', holds: (words, at) => words[at + 1] % 97 === 5 },
      { name: 'Never', holds: () => false },
    ],
    ...(constraint && { constraint: { name: 'C', holds: (words, at) => mixed(seed, words[at + 1]) % 11 !== 0 } }),
    ...(view && { view: { words: 1, write: (state, at, to, toAt) => (to[toAt] = state[at + 1] >>> 1) } }),
    failure: (thrown) => ({ kind: 'error', message: thrown.message }),
  };
};
