/** Which expressions are constants that can be computed once for all. */
import { boundsOf, children, symbolsOf } from '../analysis/children.js';
import type { DefinitionSymbol, LocalSymbol, ResolvedArgument } from '../names/resolved.js';

type Bound = LocalSymbol | DefinitionSymbol;

/** Operators whose value is another one each time, or which do something. */
const impure: ReadonlySet<string> = new Set([
  'RandomElement',
  'TLCGet',
  'TLCSet',
  'JavaTime',
  'Print',
  'PrintT',
  'Assert',
  'RandomSubset',
  'RandomSetOfSubsets',
  'TestRandomSetOfSubsets',
  'TLCGetOrDefault',
  'TLCGetAndSet',
  'Trace',
  'AssertEq',
  'JsonSerialize',
  'JsonDeserialize',
  'ndJsonSerialize',
  'ndJsonDeserialize',
  'CSVWrite',
  'CSVWriteRecord',
  'CSVRead',
  'CSVRecords',
  'Serialize',
  'Deserialize',
]);

const cache = new WeakMap<ResolvedArgument, ReadonlySet<Bound> | 'impure'>();

/** The bound identifiers, parameters and LET definitions that an expression takes from around it. */
export const freeNames = (e: ResolvedArgument): ReadonlySet<Bound> | 'impure' => {
  let free = cache.get(e);
  if (free === undefined) {
    free = compute(e);
    cache.set(e, free);
  }
  return free;
};

/** A constant expression that takes nothing from around it. */
export const isClosed = (e: ResolvedArgument): boolean => {
  if (e.level !== 0) return false;
  const free = freeNames(e);
  return free !== 'impure' && free.size === 0;
};

const compute = (e: ResolvedArgument): ReadonlySet<Bound> | 'impure' => {
  const free = new Set<Bound>();
  if (e.kind === 'at') return 'impure';
  if (e.kind === 'apply' || e.kind === 'operator') {
    const { operator } = e;
    if (operator.kind === 'builtin' && impure.has(operator.name)) return 'impure';
    if (operator.kind === 'local' || (operator.kind === 'definition' && operator.place === 'let')) free.add(operator);
  }
  const parts = [...children(e), ...(e.kind === 'let' ? e.definitions.map(({ body }) => body) : [])];
  for (const part of parts) {
    const inside = freeNames(part);
    if (inside === 'impure') return 'impure';
    for (const name of inside) free.add(name);
  }
  for (const name of boundBy(e)) free.delete(name);
  return free;
};

const boundBy = (e: ResolvedArgument): readonly Bound[] => {
  if (e.kind === 'lambda') return e.parameters;
  if (e.kind === 'let') return e.definitions.flatMap((d) => [d, ...d.parameters]);
  const bound = e.kind === 'choose' ? symbolsOf(e.pattern) : boundsOf(e).flatMap(({ pattern }) => symbolsOf(pattern));
  return e.kind === 'quantifier' ? [...bound, ...e.unbounded] : bound;
};
