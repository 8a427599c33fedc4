/** Conditions evaluated on all states and edges of a graph. */
import { type Condition, allOf, isOfStep } from './condition.js';
import { type StateGraph, type Watch, perWatch } from './graph.js';
import { Bits } from './bits.js';

/** What is known of one condition; without bits it always holds. */
export class Test {
  constructor(
    private readonly byState: Bits | undefined,
    private readonly byEdge: Bits | undefined,
    private readonly never = false,
  ) {}

  /** Whether it holds for an edge of a state. */
  holds(state: number, edge: number): boolean {
    if (this.never) return false;
    return (this.byState?.get(state) ?? true) && (this.byEdge?.get(edge) ?? true);
  }

  get always(): boolean {
    return !this.never && this.byState === undefined && this.byEdge === undefined;
  }
}

/** Makes tests of conditions; each is evaluated once. */
export class Tests {
  private readonly known = new Map<string, Test>();
  private bytes = 0;

  constructor(
    private readonly graph: StateGraph,
    private readonly watch: Watch,
  ) {}

  of(condition: Condition): Test {
    let test = this.known.get(condition.key);
    if (test === undefined) this.known.set(condition.key, (test = this.make(condition)));
    return test;
  }

  private make(condition: Condition): Test {
    if (condition.kind === 'constant') return new Test(undefined, undefined, !condition.value);
    const parts = condition.kind === 'and' ? condition.of : [condition];
    const ofStep = parts.filter(isOfStep);
    const ofState = parts.filter((part) => !isOfStep(part));
    return new Test(
      ofState.length === 0 ? undefined : this.statesWhere(allOf(ofState)),
      ofStep.length === 0 ? undefined : this.edgesWhere(allOf(ofStep)),
    );
  }

  private statesWhere(condition: Condition): Bits {
    const { states, values } = this.graph;
    if (condition.kind === 'atom' && !condition.negated) return values.get(condition.atom) as Bits;
    const holds = this.evaluator(condition);
    const bits = this.bits(states);
    for (let state = 0; state < states; state++) if (holds(state, 0)) bits.set(state);
    return bits;
  }

  private edgesWhere(condition: Condition): Bits {
    const { states, first, target, values } = this.graph;
    if (condition.kind === 'atom' && !condition.negated) return values.get(condition.atom) as Bits;
    const holds = this.evaluator(condition);
    const bits = this.bits(target.length);
    for (let state = 0; state < states; state++) {
      if (state % perWatch === 0) this.watch(this.bytes);
      const end = first[state + 1] as number;
      for (let edge = first[state] as number; edge < end; edge++) if (holds(state, edge)) bits.set(edge);
    }
    return bits;
  }

  private bits(size: number): Bits {
    const bits = new Bits(size);
    this.bytes += bits.bytes;
    this.watch(this.bytes);
    return bits;
  }

  private evaluator(condition: Condition): (state: number, edge: number) => boolean {
    switch (condition.kind) {
      case 'constant':
        return () => condition.value;
      case 'atom': {
        const bits = this.graph.values.get(condition.atom) as Bits;
        const { negated } = condition;
        return condition.atom.kind === 'state'
          ? (state) => bits.get(state) !== negated
          : (_, edge) => bits.get(edge) !== negated;
      }
      default: {
        const parts = condition.of.map((part) => this.evaluator(part));
        return condition.kind === 'and'
          ? (state, edge) => parts.every((part) => part(state, edge))
          : (state, edge) => parts.some((part) => part(state, edge));
      }
    }
  }
}
