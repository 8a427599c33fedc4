import fc from 'fast-check';
import { apply, domain, equals, except, format, override, setFrom } from 'tla2ts-runtime';
import { describe, expect, it } from 'vitest';
import { functions, numbers } from './values.js';

/** A function and one of its arguments. */
const applied = functions.chain((f) => {
  const args = domain(f).elements();
  return fc.tuple(fc.constant(f), args.length === 0 ? fc.constant(undefined) : fc.constantFrom(...args));
});

describe('functions in every representation', () => {
  it('EXCEPT changes the result for its argument and no other, and keeps the domain', () => {
    fc.assert(
      fc.property(applied, numbers, ([f, x], value) => {
        fc.pre(x !== undefined);
        const g = except(f, x, () => value);
        expect(equals(domain(g), domain(f))).toBe(true);
        expect(apply(g, x)).toBe(value);
        for (const y of domain(f)) if (!equals(x, y)) expect(equals(apply(g, y), apply(f, y))).toBe(true);
      }),
    );
  });

  it('EXCEPT with the old value changes nothing, and outside of the domain neither', () => {
    fc.assert(
      fc.property(applied, ([f, x]) => {
        expect(
          equals(
            except(f, x, (old) => old),
            f,
          ),
        ).toBe(true);
        expect(
          equals(
            except(f, 99, () => 1),
            f,
          ),
        ).toBe(true);
      }),
    );
  });

  it('EXCEPT does not change its operand', () => {
    fc.assert(
      fc.property(applied, ([f, x]) => {
        const before = format(f);
        except(f, x, () => 77);
        expect(format(f)).toBe(before);
      }),
    );
  });

  it('f @@ g is f where f is defined, else g', () => {
    const both = fc.constantFrom(...kinds).chain((of) => fc.tuple(of, of));
    fc.assert(
      fc.property(both, ([f, g]) => {
        const h = override(f, g);
        expect(equals(domain(h), setFrom([...domain(f), ...domain(g)]))).toBe(true);
        for (const x of domain(h)) expect(equals(apply(h, x), apply(domain(f).has(x) ? f : g, x))).toBe(true);
      }),
    );
  });
});

const mapped = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), numbers)).map((entries) => new Map(entries));
const kinds: readonly fc.Arbitrary<unknown>[] = [mapped, fc.dictionary(fc.constantFrom('a', 'b'), numbers)];
