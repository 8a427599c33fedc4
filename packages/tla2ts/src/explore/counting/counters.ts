/** Counts how often each part of a specification is evaluated. */
import { type Point, type Points, pointsOf } from '../../analysis/points.js';
import type { DefinitionSymbol, ResolvedSpec, ResolvedSymbol } from '../../names/resolved.js';
import type { Selection } from '../program-text.js';

/** A part of the specification, and how often it was evaluated. */
export interface ExpressionCount extends Point {
  readonly count: number;
}

/** See the head of the file. */
export class Counters {
  private readonly counts: Float64Array;

  constructor(readonly points: Points) {
    this.counts = new Float64Array(points.list.length);
  }

  /** What the text of a program calls: in a statement with nothing, else with what was evaluated. */
  readonly hit = <T>(point: number, value: T): T => {
    this.counts[point]! += 1;
    return value;
  };

  /** What was counted so far. */
  counted(): readonly ExpressionCount[] {
    return this.points.list.map((point, i) => ({ ...point, count: this.counts[i] as number }));
  }
}

/** The points of initial predicate, next action, constraints, invariants, properties of initial states and steps, and what they use. */
export const pointsOfSelection = (
  spec: ResolvedSpec,
  selection: Selection,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): Points => {
  const { init, next, invariants, initialProperties, stepProperties, constraints, stepConstraints } = selection;
  const first = [init, next].filter((root) => root !== undefined);
  const roots = [...first, ...constraints, ...stepConstraints, ...invariants, ...initialProperties, ...stepProperties];
  const byBody = new Map(spec.definitions.map((definition) => [definition.body, definition]));
  const named = roots.map(({ name, expression }) => {
    const operator = byBody.get(expression);
    return operator === undefined ? { name, expression } : { name, expression, operator };
  });
  return pointsOf(named, definitionOf);
};
