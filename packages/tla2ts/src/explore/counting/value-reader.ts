/** Objects of JavaScript as values of a specification. Fields are looked at when something reads them. */
import type { Library } from '../values/library.js';

/**
 * Arrays are sequences, maps are functions, other objects are records. Objects are taken to stay as they are.
 * @param shapes the fields of records: an object that has all of a shape has no others; that of no shape, those of its own
 */
export const valueReader = (
  { makeFunction, setOf }: Pick<Library, 'makeFunction' | 'setOf'>,
  shapes: readonly (readonly string[])[],
): ((value: unknown) => unknown) => {
  const known = new WeakMap<object, unknown>();
  const read = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    let made = known.get(value);
    if (made === undefined) known.set(value, (made = objectOf(value)));
    return made;
  };
  const objectOf = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(read);
    if (value instanceof Map) return makeFunction(setOf([...value.keys()].map(read)), (key) => read(value.get(key)));
    const fields = shapes.find((shape) => shape.every((name) => name in value)) ?? Object.keys(value);
    return recordOf(value as Readonly<Record<string, unknown>>, fields, read);
  };
  return read;
};

const recordOf = (
  object: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  read: (value: unknown) => unknown,
): object => {
  const record = {};
  for (const name of fields) {
    Object.defineProperty(record, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = read(object[name]);
        Object.defineProperty(record, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return record;
};
