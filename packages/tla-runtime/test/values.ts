/** Arbitrary TLA+ values for the tests, each also in other representations. */
import fc from 'fast-check';
import { functionOf, functionWith, setFrom } from 'tla2ts-runtime';

/** Values of one kind at every level, so that any two can be compared. */
export const numbers: fc.Arbitrary<unknown> = fc.integer({ min: -3, max: 6 });
const names = fc.constantFrom('a', 'b', 'c', 'start');

export const sets = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.array(of, { maxLength: 4 }).map(setFrom);
export const sequences = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.array(of, { maxLength: 4 });
export const records = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.dictionary(names, of, { noNullPrototype: true });
export const maps = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), of), { maxLength: 4 }).map((entries) => new Map(entries));
export const structured = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc
    .array(fc.tuple(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }), of), { maxLength: 3 })
    .map(functionWith);

/** All the kinds of functions. */
export const functions: fc.Arbitrary<unknown> = fc.oneof(
  sequences(numbers),
  records(numbers),
  maps(numbers),
  structured(numbers),
);

/** Lists of values that can all be compared with each other. */
export const comparable: fc.Arbitrary<fc.Arbitrary<unknown>> = fc.constantFrom(
  numbers,
  names,
  fc.boolean(),
  sets(numbers),
  sets(sequences(numbers)),
  sequences(numbers),
  sequences(records(numbers)),
  records(sequences(numbers)),
  functions,
  sets(functions),
);

/** The same value in another representation, where there is one. */
export function otherwise(value: unknown): unknown {
  if (Array.isArray(value)) return new Map(value.map((item, i) => [i + 1, otherwise(item)] as const).toReversed());
  if (value instanceof Map) return functionOf([...value]);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return new Map(Object.entries(value).toReversed());
  }
  return value;
}
