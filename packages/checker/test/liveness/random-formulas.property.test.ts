import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  Exploration,
  type Formula,
  type Outcome,
  type StateAtom,
  type StepAtom,
  checkTemporal,
  leadsTo,
  strongFairness,
  weakFairness,
} from '../../src/index.js';
import { type Graph, graphModel, nodeOf, wordsOf } from '../models.js';
import { type Word, satisfies } from './lassos.js';

const nodes = 4;

const graphs: fc.Arbitrary<Graph> = fc.record({
  initial: fc.uniqueArray(fc.nat(nodes - 1), { minLength: 1, maxLength: 2 }),
  edges: fc.array(fc.array(fc.array(fc.nat(nodes - 1), { maxLength: 2 }), { minLength: nodes, maxLength: nodes }), {
    minLength: 1,
    maxLength: 2,
  }),
});

const stateAtoms = [1, 2, 3, 5].map((mask): StateAtom => ({
  kind: 'state',
  holds: (words, at) => ((mask >> nodeOf(words, at)) & 1) === 1,
}));

/** `<<A>>_v` where A allows a step from `from` to `to`. */
const stepAtoms = [0x1e72, 0x0f84, 0x4218].map((mask): StepAtom => ({
  kind: 'step',
  holds: (words, at, to, toAt) => {
    const [a, b] = [nodeOf(words, at), nodeOf(to, toAt)];
    return a !== b && ((mask >> (a * nodes + b)) & 1) === 1;
  },
}));

const not = (of: Formula): Formula => ({ kind: 'not', of });

/** Steps stand below `<>` only, or negated below `[]`: the formulas of TLA, which do not see stuttering. */
const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Formula>(...stateAtoms),
    fc.constantFrom<Formula>(...stepAtoms.map((of): Formula => ({ kind: 'eventually', of }))),
    tie('formula').map(not),
    fc.record({ kind: fc.constantFrom('always', 'eventually'), of: tie('formula') }),
    fc.record({ kind: fc.constantFrom('and', 'or'), of: fc.array(tie('formula'), { minLength: 1, maxLength: 3 }) }),
    fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => leadsTo(a, b)),
  ),
})).formula;

/** Every pair of steps with the fact that it is enabled, as the graph says. */
const fairness = fc.array(fc.record({ strong: fc.boolean(), action: fc.constantFrom(...stepAtoms) }), { maxLength: 2 });

const successorsOf = (graph: Graph, n: number): number[] => [
  ...new Set([n, ...graph.edges.flatMap((action) => action[n] ?? [])]),
];

/** All lassos with at most `length` states. */
function* lassos(graph: Graph, length: number): Generator<Word> {
  const extend = function* (path: readonly number[]): Generator<Word> {
    const states = path.map((n) => new Uint32Array(wordsOf(n)));
    const after = successorsOf(graph, path.at(-1) as number);
    for (const [loop, n] of path.entries()) if (after.includes(n)) yield { states, loop };
    if (path.length < length) for (const n of after) yield* extend([...path, n]);
  };
  for (const n of new Set(graph.initial)) yield* extend([n]);
}

const run = (graph: Graph, assumptions: readonly Formula[], formula: Formula): Outcome => {
  const model = graphModel(graph);
  const exploration = new Exploration(model);
  const safe = exploration.advance() ?? exploration.interrupt();
  return checkTemporal(model, { assumptions, properties: [{ name: 'P', formula }] }, exploration, safe);
};

test('a property is violated if and only if a lasso says so, and the lasso of the trace does', () => {
  fc.assert(
    fc.property(graphs, fairness, formulas, (graph, fair, formula) => {
      const assumptions = fair.map(({ strong, action }) => {
        const enabled: StateAtom = {
          kind: 'state',
          holds: (words, at) =>
            successorsOf(graph, nodeOf(words, at)).some((n) => action.holds(words, at, new Uint32Array(wordsOf(n)), 0)),
        };
        return strong ? strongFairness(enabled, action) : weakFairness(enabled, { ...action, guard: enabled });
      });
      const wanted = (word: Word): boolean =>
        assumptions.every((assumption) => satisfies(assumption, word)) && !satisfies(formula, word);
      const { result, trace, loop } = run(graph, assumptions, formula);
      if (result === 'success') {
        for (const word of lassos(graph, 5)) expect(wanted(word)).toBe(false);
        return;
      }
      expect(result).toBe('liveness-violation');
      const states = (trace ?? []).map(({ words }) => words);
      const path = states.map((words) => nodeOf(words, 0));
      expect(graph.initial).toContain(path[0]);
      [...path.slice(1), path[loop!]].forEach((n, i) => expect(successorsOf(graph, path[i]!)).toContain(n));
      expect(wanted({ states, loop: loop! })).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
