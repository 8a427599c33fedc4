/** The modules by which a specification speaks to the checker: `TLC`, `TLCExt` and `Randomization`. */
import { AssertionError, type ModelValue } from '../values.js';
import type { Fn2, Kit, Operators } from './kit.js';

/** What TLC calls a search of all states, and random behaviours. */
export type RunMode = 'bfs' | 'simulate';

/** What operators may ask of the run. */
export interface RunState {
  readonly mode: RunMode;
  /** Of the state that is evaluated; 1 for an initial one. */
  level: number;
  /** The counts so far, and the largest level. */
  counts: () => Readonly<Record<'distinct' | 'generated' | 'queue' | 'diameter' | 'duration', number>>;
  /** Records of the states from an initial one to the one that is evaluated; undefined: none is. */
  path: (() => readonly unknown[]) | undefined;
  /** The specification ended the run. */
  isOver: boolean;
}

/** What the operators need beside values. */
export interface Surroundings {
  /** Where PrintT and the like write to. */
  readonly print: (text: string) => void;
  readonly run: RunState;
  /** The text of a value, of any length. */
  readonly format: (value: unknown) => string;
  readonly modelValue: (name: string) => ModelValue;
  /** The value with nothing left to be computed. */
  readonly computed: (value: unknown) => unknown;
}

/** A property of TLC's by which specifications ask whether it composes actions. */
const composes = '-Dtlc2.tool.impl.Tool.cdot';

export const checkerOperators = (kit: Kit, around: Surroundings): Operators => {
  const { bool, equal, fail, int, list, set, setOf, sorted } = kit;
  const { computed, format, modelValue, print, run } = around;
  const registers = new Map<unknown, unknown>();
  /** Keys of registers are natural numbers, and strings that begin with `s:`. */
  const isRegister = (key: unknown): boolean =>
    (typeof key === 'number' && key >= 0) || (typeof key === 'string' && key.startsWith('s:'));
  const all = (kind: 'number' | 'string'): unknown => {
    const found = [...registers].filter(([key]) => typeof key === kind);
    return kit.fromLists(
      found.map(([key]) => key),
      found.map(([, value]) => [value]),
    );
  };
  const get = (key: unknown): unknown => {
    if (isRegister(key))
      return registers.has(key) ? registers.get(key) : fail(`TLCGet(${format(key)}): nothing was set`);
    switch (key) {
      case 'level':
        return run.level;
      case 'config':
        return { mode: run.mode, worker: 1 };
      case 'stats':
        return run.counts();
      case 'all':
        return all('number');
      case 'all:named':
        return all('string');
      case composes:
        return 'true';
    }
    const counts = run.counts();
    if (typeof key === 'string' && Object.hasOwn(counts, key)) return counts[key as keyof typeof counts];
    // What was not said to TLC on its command line.
    if (typeof key === 'string' && key.startsWith('-D')) return key;
    return fail(`TLCGet(${format(key)}) is not supported`);
  };
  const store = (key: unknown, value: unknown): true => {
    if (key === 'exit') {
      run.isOver ||= bool(value);
      return true;
    }
    if (!isRegister(key)) return fail(`TLCSet(${format(key)}, ...) is not supported`);
    registers.set(key, value);
    return true;
  };
  const getOr = (key: unknown, otherwise: unknown): unknown =>
    isRegister(key) && !registers.has(key) ? otherwise : get(key);

  /** A fixed sequence that looks random, so that a run is repeatable. */
  let seed = 1;
  const randomBelow = (n: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  /** So many of some items. */
  const sample = (k: number, items: readonly unknown[]): readonly unknown[] => {
    const rest = [...items];
    return Array.from({ length: k }, () => rest.splice(randomBelow(rest.length), 1)[0]);
  };
  const subsetOfSize = (k: unknown, of: unknown): unknown =>
    int(k) >= 0 && int(k) <= set(of).size
      ? setOf(sample(int(k), sorted(of)))
      : fail(`a set of ${set(of).size} elements has no subset of ${int(k)}`);
  /** Subsets with about n elements each: one that comes up twice counts once. */
  const setOfSubsets = (k: unknown, n: unknown, of: unknown): unknown => {
    const size = set(of).size;
    if (int(k) < 1 || int(n) < 0 || int(n) > size || int(k) > 2 ** size)
      return fail(`there are no ${int(k)} subsets of about ${int(n)} elements of a set of ${size}`);
    const picked = (): unknown => setOf(sorted(of).filter(() => randomBelow(size) < int(n)));
    return setOf(Array.from({ length: int(k) }, picked));
  };
  const assertionFailed = (message: string): never => {
    throw new AssertionError(`the assertion failed: ${message}`);
  };

  return {
    'TLC!TLCGet': get,
    'TLC!TLCSet': store,
    'TLC!JavaTime': () => 0,
    'TLC!RandomElement': (of: unknown) =>
      set(of).size > 0 ? sorted(of)[randomBelow(set(of).size)] : fail('the empty set has no element'),
    'TLC!Print': (value: unknown, result: unknown) => (print(format(value)), result),
    'TLC!PrintT': (value: unknown) => (print(format(value)), true),
    'TLC!Assert': (condition: unknown, message: unknown) =>
      bool(condition) || assertionFailed(typeof message === 'string' ? message : format(message)),
    'TLC!:>': (key: unknown, value: unknown) => kit.onKeys([key], () => value),
    'TLC!@@': (f: unknown, g: unknown) => {
      const first = kit.domainOf(f);
      return kit.makeFunction(kit.union(first, kit.domainOf(g)), (x) =>
        first.has(x) ? kit.apply(f, x) : kit.apply(g, x),
      );
    },
    'TLC!ToString': format,
    'TLC!TLCEval': computed,
    // Any value is in it.
    'TLC!Any': () => kit.anything,
    'TLCExt!Trace': () => run.path?.() ?? fail('Trace has a value only where a state is evaluated'),
    'TLCExt!TLCDefer': () => true,
    'TLCExt!TLCNoOp': (value: unknown) => value,
    'TLCExt!TLCCache': (value: unknown, _closure: unknown) => value,
    // Nobody is asked: every successor is picked.
    'TLCExt!PickSuccessor': () => true,
    'TLCExt!TLCModelValue': (name: unknown) =>
      typeof name === 'string' ? modelValue(name) : fail(`the name of a model value is a string, not ${format(name)}`),
    'TLCExt!TLCGetOrDefault': getOr,
    'TLCExt!TLCGetAndSet': (key: unknown, op: Fn2, value: unknown, otherwise: unknown) => {
      const old = getOr(key, otherwise);
      store(key, op(old, value));
      return old;
    },
    'TLCExt!AssertEq': (a: unknown, b: unknown) => {
      if (equal(a, b)) return true;
      print('Assertion failed');
      print(format(a));
      print(format(b));
      return false;
    },
    'FiniteSets!IsFiniteSet': (of: unknown) => kit.isFinite(set(of)),
    'Randomization!RandomSubset': subsetOfSize,
    'Randomization!RandomSetOfSubsets': setOfSubsets,
    'Randomization!TestRandomSetOfSubsets': (k: unknown, n: unknown, of: unknown) =>
      Array.from({ length: 5 }, () => list(setOfSubsets(k, n, of)).length),
  };
};
