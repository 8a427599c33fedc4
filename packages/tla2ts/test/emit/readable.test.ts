import { describe, expect, test } from 'vitest';
import { compiled, evaluated } from './evaluate.js';

const files = compiled('Readable');
const boat = { name: 'Ida', seats: 4, taken: ['a', 'b'], weight: 120, afloat: true, captain: 'a' };

describe('generated code', () => {
  test('is what a person would write', async () => {
    const text = files.find(({ name }) => name === 'Readable.ts')?.text ?? '';
    await expect(text).toMatchFileSnapshot('golden/Readable.ts.txt');
    expect(text.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });

  test('is the same each time', () => {
    expect(compiled('Readable')).toEqual(files);
  });

  test('computes what the module says', () => {
    const { Fare, Size, Seat, Launched, Row } = evaluated(files, 'Readable') as Readonly<
      Record<string, (...args: readonly unknown[]) => unknown>
    >;
    expect([Fare?.(boat, 5, 9), Fare?.(boat, 9, 9), Fare?.(boat, 30, 9)]).toEqual([0, 13, 27]);
    expect(Size?.(boat)).toBe('middle');
    expect(() => Size?.({ ...boat, seats: 0 })).toThrow('Readable.tla:19:3: no arm of CASE is true');
    expect([Seat?.({ ...boat, afloat: false }, 'z'), Seat?.(boat, 'b')]).toEqual([0, 2]);
    expect(Launched?.(boat, 'c')).toEqual({ ...boat, taken: ['a', 'b', 'c'], weight: 191 });
    expect(Row?.(boat, 3, 0)).toBe(3);
  });
});
