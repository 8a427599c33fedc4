/** Threads find what one thread finds. They run the compiled checker: `npm run build` comes first. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Crew, explore, type ExploreOptions, type Outcome, type Report, type RoundSizes } from '../src/index.js';
import { type RandomForm, randomModel } from './random-model.mjs';

const script = new URL('./helper.mjs', import.meta.url);

const crewOf = (helpers: number, form: RandomForm, lateness: number, dies?: number): Crew => {
  const ports: MessagePort[] = [];
  return {
    helpers,
    start: (search) => {
      for (let helper = 0; helper < helpers; helper++) {
        const { port1, port2 } = new MessageChannel();
        ports.push(port1);
        const workerData = { form, lateness, search, helper, port: port2, dies };
        const worker = new Worker(script, { workerData, transferList: [port2], execArgv: [] });
        onTestFinished(async () => void (await worker.terminate()));
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
    exception: ({ crash }) => new Error(crash),
  };
};

/** All but what a clock says. */
const facts = (outcome: Outcome): unknown => ({ ...outcome, seconds: 0, bytes: 0 });

const alone = (form: RandomForm, options: ExploreOptions): unknown => facts(explore(randomModel(form), options));

const together = (helpers: number, form: RandomForm, options: ExploreOptions, lateness = 0): unknown =>
  facts(
    explore(randomModel(form, lateness), {
      ...options,
      crew: crewOf(helpers, form, lateness),
      secondsAlone: 0,
      maxBytes: 2 ** 28,
    }),
  );

/** Rounds of a few states each, and states that have more successors than there is room for. */
const tiny: RoundSizes = { capacityBits: 3, enough: 3, ranges: 2 };
const small: RoundSizes = { capacityBits: 8, enough: 60, ranges: 16 };

const thin = { nodes: 3000, spread: 4, actions: 2 };
const wide = { nodes: 60_000, spread: 50_000, actions: 3 };
const kinds = ['deadlock', 'error', 'invariant', 'step'] as const;

describe('two helpers and one find the same, state by state', () => {
  test.each([
    ['hundreds of levels with a few states', thin, {}],
    ['rounds of a few states', { ...thin, spread: 40 }, { roundSizes: tiny }],
    [
      'states with more successors than a round has room for',
      { ...thin, spread: 400, actions: 6 },
      { roundSizes: tiny },
    ],
    ['a table that grows in many rounds', wide, { roundSizes: small }],
    ['few large rounds', wide, {}],
    ['the compact form', { ...wide, constraint: true }, { compact: true, roundSizes: small }],
    ['a view', { ...wide, view: true }, { roundSizes: small }],
    ['a constraint', { ...thin, spread: 300, constraint: true }, { roundSizes: small }],
    ['a bound on states', wide, { maxStates: 12_345, roundSizes: small }],
    ['a bound on levels', wide, { maxDepth: 5 }],
  ])('%s', (_, form, options) => {
    for (const seed of [1, 2]) {
      const expected = alone({ ...form, seed }, options);
      for (const helpers of [1, 2]) expect(together(helpers, { ...form, seed }, options)).toEqual(expected);
    }
  });

  test.each([...kinds.map((kind) => [kind]), [...kinds]])('what is wrong and its trace: %s', (...faults) => {
    for (const seed of [3, 4, 5]) {
      const form: RandomForm = { ...wide, nodes: 20_000, spread: 3000, seed, faults };
      expect(together(2, form, { roundSizes: small })).toEqual(alone(form, {}));
    }
  });
});

describe('threads that are kept waiting', () => {
  test('change nothing, however many there are', () => {
    for (const [seed, helpers] of [
      [6, 1],
      [7, 5],
      [8, 9],
    ] as const) {
      const form: RandomForm = { nodes: 8000, spread: 500, actions: 2, seed, faults: ['invariant'] };
      expect(together(helpers, form, { roundSizes: small }, 2000)).toEqual(alone(form, {}));
    }
  });

  test('are not waited for where they are late: the others do the work', () => {
    const form: RandomForm = { ...wide, seed: 9 };
    const options = { crew: crewOf(2, form, 0), secondsAlone: 0.01, maxBytes: 2 ** 28 };
    expect(facts(explore(randomModel(form), options))).toEqual(alone(form, {}));
  });
});

test('a run that threads began goes on in one thread, and the other way round', () => {
  const form: RandomForm = { ...wide, seed: 10, constraint: true };
  const whole = alone(form, {});
  const first = (crew?: Crew): NonNullable<ExploreOptions['resume']> => {
    let head = '';
    let words = new Uint32Array();
    explore(randomModel(form), {
      maxDepth: 4,
      maxBytes: 2 ** 28,
      ...(crew && { crew, secondsAlone: 0 }),
      save: (snapshot) => {
        head = JSON.stringify(snapshot.head);
        words = Uint32Array.from([...snapshot.words].flatMap((part) => [...part]));
      },
    });
    let at = 0;
    return { head: JSON.parse(head) as never, read: (count) => words.subarray(at, (at += count)) };
  };
  expect(facts(explore(randomModel(form), { resume: first(crewOf(2, form, 0)) }))).toEqual(whole);
  expect(together(2, form, { resume: first() })).toEqual(whole);
});

test('a thread that ends without a word makes the run inconclusive, and it can go on', () => {
  const form: RandomForm = { ...wide, seed: 12 };
  let head = '';
  let words = new Uint32Array();
  const outcome = explore(randomModel(form), {
    crew: { ...crewOf(2, form, 0, 5000), isAlive: () => false },
    secondsAlone: 0,
    maxBytes: 2 ** 28,
    save: (snapshot) => {
      head = JSON.stringify(snapshot.head);
      words = Uint32Array.from([...snapshot.words].flatMap((part) => [...part]));
    },
  });
  expect(outcome).toMatchObject({ result: 'inconclusive', bound: { kind: 'memory' } });
  expect(outcome.distinct).toBeGreaterThan(100);
  let at = 0;
  const resume = { head: JSON.parse(head) as never, read: (count: number) => words.subarray(at, (at += count)) };
  expect(facts(explore(randomModel(form), { resume }))).toEqual(alone(form, {}));
});

test('an exception that the model does not explain ends the run, whoever meets it', () => {
  const form: RandomForm = { ...wide, seed: 11 };
  const broken = { ...randomModel(form), failure: () => undefined, invariants: [{ name: 'I', holds: fails }] };
  const crew = crewOf(1, { ...form, faults: ['error'] }, 0);
  expect(() => explore(broken, { crew, secondsAlone: 0, maxBytes: 2 ** 28 })).toThrow('defect');
});

const fails = (words: Uint32Array, at: number): boolean => {
  if ((words[at + 1] as number) % 97 === 11) throw new TypeError('a defect');
  return true;
};
