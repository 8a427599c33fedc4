/** Checks temporal properties of a model after its exploration, under assumptions such as fairness. */
import type { Bound, Counts, Outcome } from '../outcome.js';
import type { Exploration, ExploreOptions } from '../explore.js';
import { type Temporal, atomsOf } from './formula.js';
import { type Lasso, findLasso } from './search.js';
import { type Normal, normalForm } from './normal.js';
import { type StateGraph, type Watch, graphOf } from './graph.js';
import type { Model } from '../model.js';
import { Tests } from './tests.js';
import { obligationsOf } from './obligation.js';
import { tidy } from './lasso.js';
import { traceThrough } from '../trace.js';

/**
 * The outcome of an exploration that found nothing wrong, with what is wrong with its behaviours. Properties are checked in
 * the order given. A trace that is found is a lasso: after its last state it goes on with state `loop`.
 */
export const checkTemporal = (
  model: Model,
  temporal: Temporal,
  exploration: Exploration,
  safe: Outcome,
  options: ExploreOptions = {},
): Outcome => {
  if (safe.result !== 'success' || temporal.properties.length === 0) return safe;
  const counts = (): Counts => ({ ...exploration.counts(), queue: 0 });
  let progress = 0;
  const watch: Watch = (bytes) => {
    const { maxSeconds, maxBytes, onProgress, progressSeconds = 1 } = options;
    const now = counts();
    if (maxSeconds !== undefined && now.seconds >= maxSeconds) throw new Stop({ kind: 'time', limit: maxSeconds });
    if (maxBytes !== undefined && now.bytes + bytes > maxBytes) throw new Stop({ kind: 'memory', limit: maxBytes });
    if (onProgress === undefined || now.seconds - progress < progressSeconds) return;
    progress = now.seconds;
    if (onProgress(now) === false) throw new Stop({ kind: 'interrupted', limit: 0 });
  };
  let state = 0;
  try {
    const graph = graphOf(
      model,
      exploration.stored(),
      atomsOf([...temporal.assumptions, ...temporal.properties.map(({ formula }) => formula)]),
      watch,
      (index) => (state = index),
    );
    const found = firstViolation(graph, temporal, watch);
    if (found === undefined) return { ...safe, ...counts() };
    const { lasso, property } = found;
    const { stem, cycle } = tidy(lasso);
    const words = [...stem, ...cycle].map((index) => {
      const to = new Uint32Array(model.wordsPerState);
      exploration.stored().read(index, to);
      return to;
    });
    const { name, location } = property;
    const violation = { kind: 'temporal', name, ...(location === undefined ? {} : { location }) } as const;
    const trace = traceThrough(model, words);
    return { ...safe, ...counts(), result: 'liveness-violation', violation, trace, loop: stem.length };
  } catch (thrown) {
    if (thrown instanceof Stop) return { ...safe, ...counts(), result: 'inconclusive', bound: thrown.bound };
    if (thrown instanceof RangeError && /allocation|invalid (typed )?array|maximum size/i.test(thrown.message)) {
      const bound = { kind: 'memory', limit: counts().bytes } as const;
      return { ...safe, ...counts(), result: 'inconclusive', bound };
    }
    const failure = model.failure?.(thrown);
    if (failure === undefined) throw thrown;
    return { ...safe, ...counts(), result: failure.kind, failure, trace: exploration.traceTo(state) };
  }
};

/** Thrown to end the work at a bound. */
class Stop extends Error {
  constructor(readonly bound: Bound) {
    super(bound.kind);
  }
}

const firstViolation = (
  graph: StateGraph,
  { assumptions, properties }: Temporal,
  watch: Watch,
): { readonly lasso: Lasso; readonly property: Temporal['properties'][number] } | undefined => {
  const tests = new Tests(graph, watch);
  const assumed: readonly Normal[] = assumptions.map((formula) => normalForm(formula));
  for (const property of properties) {
    for (const obligation of obligationsOf([...assumed, normalForm(property.formula, true)])) {
      const lasso = findLasso(graph, obligation, tests, watch);
      if (lasso !== undefined) return { lasso, property };
    }
  }
  return undefined;
};
