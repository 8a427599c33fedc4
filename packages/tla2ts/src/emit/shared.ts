/**
 * What the properties of a module have in common: the applications of an operator to nothing but the parameters of the properties, or to these and an item of such a
 * sequence. Of those that cost something and occur more than once, the value is computed once for all properties.
 */
import { boundsOf, children, usedDefinitions } from '../analysis/children.js';
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedQuantifier,
} from '../names/resolved.js';
import { identifier } from './names.js';
import { isEmpty, sequenceIn } from './sequences.js';
import { type Indexed, ITEM, Keys } from './shared-keys.js';

/** A value that is computed once. */
export interface SharedValue {
  readonly name: string;
  readonly expression: ResolvedApplication;
  /** The same expression as it stands in `property`, where its type is known. */
  readonly original: ResolvedApplication;
  readonly property: DefinitionSymbol;
}

/** A value for each item of a sequence that is computed once. */
export interface SharedRow extends SharedValue {
  readonly of: SharedValue;
  /** The definition that stands for the sequence in the expression, if one does. */
  readonly sequence: DefinitionSymbol | undefined;
  /** The index of the item, in the expression. */
  readonly index: LocalSymbol;
}

/** What stands for an expression. */
export type SharedUse =
  | { readonly kind: 'value'; readonly value: SharedValue }
  /** One of two, as a Boolean argument of the operator decides; `no` is undefined if it is the empty sequence. */
  | {
      readonly kind: 'choice';
      readonly condition: ResolvedExpression;
      readonly yes: SharedValue;
      readonly no: SharedValue | undefined;
    }
  | { readonly kind: 'row'; readonly row: SharedRow; readonly index: LocalSymbol };

export interface Sharing {
  readonly values: readonly SharedValue[];
  readonly rows: readonly SharedRow[];
  readonly uses: ReadonlyMap<ResolvedExpression, SharedUse>;
}

/** An expression that occurs, wherever it does. */
interface Found {
  readonly operator: DefinitionSymbol;
  readonly condition: number | undefined;
  readonly property: DefinitionSymbol;
  readonly places: ResolvedApplication[];
  /** How often it is evaluated: once for a place, more often inside of a loop. */
  weight: number;
}

/** An expression of an item of such a sequence. */
interface FoundRow {
  readonly operator: DefinitionSymbol;
  readonly property: DefinitionSymbol;
  readonly loop: Indexed;
  readonly places: { readonly place: ResolvedApplication; readonly index: LocalSymbol }[];
}

/** `isBoolean`: whether an argument's type is that of Booleans. */
export function sharingOf(
  properties: readonly DefinitionSymbol[],
  isBoolean: (e: ResolvedExpression) => boolean,
): Sharing {
  const finder = new Finder(isBoolean);
  for (const property of properties) finder.visit(property);
  return named(finder);
}

class Finder {
  readonly found = new Map<string, Found>();
  readonly rows = new Map<string, FoundRow>();
  readonly #keys = new Keys();
  readonly #seen = new Set<DefinitionSymbol>();

  constructor(readonly isBoolean: (e: ResolvedExpression) => boolean) {}

  visit(property: DefinitionSymbol): void {
    this.#keys.begin(property.parameters);
    this.#visit(property.body, 1, property);
  }

  #visit(e: ResolvedArgument, weight: number, property: DefinitionSymbol): void {
    if (isCandidate(e)) {
      const known = this.#note(e, weight, property);
      const condition = conditionOf(e, this.isBoolean);
      if (known) {
        if (condition !== undefined) this.#visit(e.args[condition] as ResolvedExpression, weight, property);
        return;
      }
      if (this.#noteRow(e, property)) return;
    }
    if (e.kind === 'apply' && e.operator.kind === 'definition' && e.operator.place === 'let') {
      const { operator } = e;
      if (!this.#seen.has(operator)) {
        this.#seen.add(operator);
        this.#visit(operator.body, operator.parameters.length > 0 ? 2 : 1, property);
      }
    }
    const sets = new Set<ResolvedArgument>(boundsOf(e).map(({ set }) => set));
    for (const set of sets) this.#visit(set, weight, property);
    const loop = e.kind === 'quantifier' ? this.#indexed(e) : undefined;
    const outer = this.#keys.loop;
    if (loop !== undefined) this.#keys.loop = loop;
    for (const part of children(e)) {
      if (!sets.has(part)) this.#visit(part, sets.size > 0 ? 2 : weight, property);
    }
    this.#keys.loop = outer;
  }

  /** @returns whether it was met before */
  #note(e: Candidate, weight: number, property: DefinitionSymbol): boolean {
    const condition = conditionOf(e, this.isBoolean);
    const key = this.#keys.of(condition === undefined ? e : withCondition(e, condition, true));
    if (key === undefined || key.includes(ITEM)) return false;
    const known = this.found.get(key);
    if (known === undefined) {
      this.found.set(key, { operator: e.operator, condition, property, places: [e], weight });
      return false;
    }
    known.places.push(e);
    known.weight += weight;
    return true;
  }

  /** @returns whether it is an expression of an item that was met before */
  #noteRow(e: Candidate, property: DefinitionSymbol): boolean {
    const { loop } = this.#keys;
    const key = this.#keys.of(e);
    if (loop === undefined || key?.includes(ITEM) !== true) return false;
    const id = `${loop.found} ${key}`;
    const place = { place: e, index: loop.index };
    const known = this.rows.get(id);
    if (known === undefined) this.rows.set(id, { operator: e.operator, property, loop, places: [place] });
    else known.places.push(place);
    return known !== undefined;
  }

  /** A quantifier over the indices of a sequence that several may have. */
  #indexed({ bounds }: ResolvedQuantifier): (Indexed & { readonly key: string }) | undefined {
    const [bound] = bounds;
    if (bound === undefined || bounds.length > 1 || bound.pattern.kind !== 'name') return undefined;
    const sequence = sequenceIn(bound.set);
    if (sequence === undefined) return undefined;
    const value = sequence.definition?.body ?? sequence.expression;
    if (!isCandidate(value)) return undefined;
    const condition = conditionOf(value, this.isBoolean);
    if (condition !== undefined && !isEmpty(withCondition(value, condition, false))) return undefined;
    const found = this.#keys.of(condition === undefined ? value : withCondition(value, condition, true));
    const key = this.#keys.of(value);
    if (found === undefined || key === undefined || !this.found.has(found)) return undefined;
    return { index: bound.pattern.symbol, sequence: sequence.definition, found, key };
  }
}

function named({ found, rows }: Finder): Sharing {
  const taken = new Map<string, number>();
  const nameFor = (plain: string): string => {
    const count = taken.get(plain) ?? 0;
    taken.set(plain, count + 1);
    return `${identifier(plain)}${count === 0 ? '' : `_${count}`}`;
  };
  const values: SharedValue[] = [];
  const byKey = new Map<string, SharedValue>();
  const uses = new Map<ResolvedExpression, SharedUse>();
  const make = (name: string, expression: ResolvedApplication, one: Found): SharedValue => {
    const value = { name, expression, original: one.places[0] as ResolvedApplication, property: one.property };
    values.push(value);
    return value;
  };
  for (const [key, one] of found) {
    if (one.weight < 2) continue;
    const { operator, condition, places } = one;
    const name = nameFor(operator.name);
    const original = places[0] as ResolvedApplication;
    const yes = make(name, condition === undefined ? original : withCondition(original, condition, true), one);
    byKey.set(key, yes);
    if (condition === undefined) {
      for (const place of places) uses.set(place, { kind: 'value', value: yes });
      continue;
    }
    const other = withCondition(original, condition, false);
    const no = isEmpty(other) ? undefined : make(`${name}_not`, other, one);
    for (const place of places) {
      uses.set(place, { kind: 'choice', condition: place.args[condition] as ResolvedExpression, yes, no });
    }
  }
  const sharedRows: SharedRow[] = [];
  for (const { operator, property, loop, places } of rows.values()) {
    const of = byKey.get(loop.found);
    if (of === undefined || places.length < 2) continue;
    const original = places[0]?.place as ResolvedApplication;
    const { index, sequence } = loop;
    const name = nameFor(`${operator.name}_of_${of.name}`);
    const row: SharedRow = { name, expression: original, original, property, of, sequence, index };
    sharedRows.push(row);
    for (const { place, index: own } of places) uses.set(place, { kind: 'row', row, index: own });
  }
  return { values, rows: sharedRows, uses };
}

type Candidate = ResolvedApplication & { readonly operator: DefinitionSymbol };

function isCandidate(e: ResolvedArgument): e is Candidate {
  if (e.kind !== 'apply' || e.operator.kind !== 'definition') return false;
  return e.operator.place === 'top' && e.args.length > 0 && size(e.operator) > SMALL;
}

/** The index of the only argument that is a Boolean which nobody knows. */
function conditionOf(e: Candidate, isBoolean: (e: ResolvedExpression) => boolean): number | undefined {
  const open = e.args.flatMap((arg, i) => {
    const isOpen = arg.kind !== 'operator' && arg.kind !== 'lambda' && arg.kind !== 'boolean' && isBoolean(arg);
    return isOpen ? [i] : [];
  });
  return open.length === 1 ? open[0] : undefined;
}

function withCondition(e: Candidate | ResolvedApplication, i: number, value: boolean): ResolvedApplication {
  return { ...e, args: e.args.with(i, { kind: 'boolean', span: e.span, level: 0, value }) };
}

const known = new WeakMap<DefinitionSymbol, number>();

/** Operators of no more parts than this are computed again each time. */
const SMALL = 16;

/** How much there is to evaluate in an operator: its parts, without end if it may go through something (a sequence, a set, calls of itself). */
function size(definition: DefinitionSymbol): number {
  const before = known.get(definition);
  if (before !== undefined) return before;
  known.set(definition, Infinity);
  const inside = [...usedDefinitions(definition.body)].filter(({ place }) => place === 'top');
  const own = definition.recursive ? Infinity : parts(definition.body);
  const result = inside.reduce((sum, one) => sum + size(one), own);
  known.set(definition, result);
  return result;
}

const LOOPS: ReadonlySet<string> = new Set(['\\o', 'Append', 'SubSeq', 'Tail']);

function parts(e: ResolvedArgument): number {
  if (boundsOf(e).length > 0 || e.kind === 'choose' || e.kind === 'except') return Infinity;
  if (e.kind === 'apply' && e.operator.kind === 'builtin' && LOOPS.has(e.operator.name)) return Infinity;
  const bodies = e.kind === 'let' ? e.definitions.map(({ body }) => body) : [];
  return [...children(e), ...bodies].reduce((sum, part) => sum + parts(part), 1);
}
