/**
 * Makes intervals and sets of functions and records. The same rule of the same sets is the same object again, so that what was found out about it, such as its
 * elements, is found once.
 */
import { FunctionSet, Interval, RecordSet } from './sets.js';
import type { SetValue } from './values.js';
import type { ValueTable } from './value-table.js';

/** Numbers up to which intervals are kept. */
const mostKept = 64;

/** What was made of a list of sets. */
interface Node<T> {
  made: T | undefined;
  readonly after: WeakMap<SetValue, Node<T>>;
}

const emptyNode = <T>(): Node<T> => ({ made: undefined, after: new WeakMap() });

const find = <T>(root: Node<T>, sets: readonly SetValue[], make: () => T): T => {
  let node = root;
  for (const set of sets) {
    let next = node.after.get(set);
    if (next === undefined) node.after.set(set, (next = emptyNode()));
    node = next;
  }
  return (node.made ??= make());
};

/** See the head of the file. */
export class RuleSets {
  private readonly intervals: (Interval | undefined)[] = [];
  private readonly functionSets: Node<FunctionSet> = emptyNode();
  private readonly recordSets = new Map<string, Node<RecordSet>>();

  constructor(private readonly table: ValueTable) {}

  readonly interval = (low: number, high: number): Interval => {
    if (low < 0 || high < low || high >= mostKept) return new Interval(this.table, low, high);
    return (this.intervals[low * mostKept + high] ??= new Interval(this.table, low, high));
  };

  readonly functionSet = (domain: SetValue, range: SetValue): FunctionSet =>
    find(this.functionSets, [domain, range], () => new FunctionSet(this.table, domain, range));

  readonly recordSet = (fields: Readonly<Record<string, SetValue>>): RecordSet => {
    const names = Object.keys(fields).join();
    let root = this.recordSets.get(names);
    if (root === undefined) this.recordSets.set(names, (root = emptyNode()));
    return find(root, Object.values(fields), () => new RecordSet(this.table, fields));
  };
}
