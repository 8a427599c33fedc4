/** A copy of an expression with something else in the place of the expressions right below it. */
import type {
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedField,
  ResolvedUpdate,
} from '../names/resolved.js';

type Change = (e: ResolvedExpression) => ResolvedExpression;

/** The bodies of LET definitions stay as they are, as do operators given as arguments. */
export const mapChildren = (e: ResolvedExpression, change: Change): ResolvedExpression => {
  switch (e.kind) {
    case 'number':
    case 'decimal':
    case 'string':
    case 'boolean':
    case 'at':
      return e;
    case 'apply':
      return { ...e, args: e.args.map((argument) => mapArgument(argument, change)) };
    case 'junction':
    case 'tuple':
    case 'setEnumeration':
      return { ...e, items: e.items.map(change) };
    case 'product':
      return { ...e, factors: e.factors.map(change) };
    case 'functionApply':
      return { ...e, function: change(e.function), args: e.args.map(change) };
    case 'field':
      return { ...e, record: change(e.record) };
    case 'setFilter':
      return { ...e, bound: mapBound(e.bound, change), predicate: change(e.predicate) };
    case 'setMap':
      return { ...e, bounds: mapBounds(e.bounds, change), element: change(e.element) };
    case 'functionConstructor':
    case 'quantifier':
      return { ...e, bounds: mapBounds(e.bounds, change), body: change(e.body) };
    case 'functionSet':
      return { ...e, domain: change(e.domain), range: change(e.range) };
    case 'record':
    case 'recordSet':
      return { ...e, fields: e.fields.map((field): ResolvedField => ({ ...field, value: change(field.value) })) };
    case 'except':
      return { ...e, function: change(e.function), updates: e.updates.map((update) => mapUpdate(update, change)) };
    case 'if':
      // oxlint-disable-next-line no-thenable -- the parts of an IF are called as in TLA+
      return { ...e, condition: change(e.condition), then: change(e.then), else: change(e.else) };
    case 'case': {
      const arms = e.arms.map((arm) => ({ ...arm, condition: change(arm.condition), value: change(arm.value) }));
      return { ...e, arms, other: e.other && change(e.other) };
    }
    case 'let':
      return { ...e, body: change(e.body) };
    case 'choose':
      return { ...e, set: e.set && change(e.set), body: change(e.body) };
    case 'box':
    case 'angle':
    case 'fairness':
      return { ...e, action: change(e.action), subscript: change(e.subscript) };
  }
};

const mapArgument = (argument: ResolvedArgument, change: Change): ResolvedArgument =>
  argument.kind === 'operator'
    ? argument
    : argument.kind === 'lambda'
      ? { ...argument, body: change(argument.body) }
      : change(argument);

const mapBound = (bound: ResolvedBound, change: Change): ResolvedBound => ({ ...bound, set: change(bound.set) });

/** Bounds that share a set go on doing so. */
const mapBounds = (bounds: readonly ResolvedBound[], change: Change): readonly ResolvedBound[] => {
  const sets = new Map([...new Set(bounds.map(({ set }) => set))].map((set) => [set, change(set)]));
  return bounds.map((bound) => ({ ...bound, set: sets.get(bound.set) as ResolvedExpression }));
};

const mapUpdate = (update: ResolvedUpdate, change: Change): ResolvedUpdate => ({
  ...update,
  path: update.path.map((step) => (step.kind === 'index' ? { ...step, args: step.args.map(change) } : step)),
  value: change(update.value),
});
