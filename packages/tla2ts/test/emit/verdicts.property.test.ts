import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitTypeScript } from '../../src/index.js';
import { evaluated, loaded } from './evaluate.js';

interface Row {
  readonly row: readonly number[];
}

const { files, warnings } = emitTypeScript(loaded('Verdicts'), { properties: ['Verdicts'] });
const text = files.find(({ name }) => name === 'Verdicts.ts')?.text ?? '';

interface Generated {
  readonly group: {
    readonly properties: readonly {
      readonly name: string;
      readonly holds: (s: Row, t: Row, n: number) => boolean;
      readonly check: (on: unknown) => number;
    }[];
    readonly subject: (s: Row, t: Row, n: number) => unknown;
    readonly evaluate: (on: unknown, said: Float64Array) => number;
  };
}
const { group } = evaluated(files, 'Verdicts') as unknown as Generated;

const sum = ({ row }: Row): number => row.reduce((total, x) => total + x, 0);
const always = (): boolean => true;

/** When a property says something. */
const says: Readonly<Record<string, (s: Row, t: Row, n: number) => boolean>> = {
  Plain: always,
  Implies: (s, _t, n) => sum(s) === n,
  Nested: (s, _t, n) => n > 0 && sum(s) > n,
  Each: (s, _t, n) => s.row.some((x) => x > n),
  Every: (s) => s.row.length > 0,
  Pairs: (s, t, n) => s.row.some((x) => x > n) && t.row.length > 0,
  Both: (_s, _t, n) => n === 1 || n === 2,
  Chosen: (s, _t, n) => n > 5 && s.row.length > 0,
  ChosenToo: (s, _t, n) => n > 7 && s.row.length > 0,
  Late: (s, _t, n) => n === 99 && s.row.includes(99),
  Same: (_s, _t, n) => n === 0,
};

const row = fc.record({ row: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }) });
const number = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(98));

describe('a property compiled to a check', () => {
  test('says what the operator and the left side of its implication say', () => {
    expect(warnings).toEqual([]);
    expect(group.properties.map(({ name }) => name)).toEqual(Object.keys(says));
    fc.assert(
      fc.property(row, row, number, (s, t, n) => {
        const on = group.subject(s, t, n);
        for (const { name, holds, check } of group.properties) {
          const expected = !holds(s, t, n) ? -1 : says[name]?.(s, t, n) === true ? 1 : 0;
          expect([name, check(on)]).toEqual([name, expected]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is evaluated with the others: the first that does not hold, and how often each said something', () => {
    fc.assert(
      fc.property(row, row, number, (s, t, n) => {
        const said = new Float64Array(group.properties.length);
        const first = group.evaluate(group.subject(s, t, n), said);
        const verdicts = group.properties.map(({ check }) => check(group.subject(s, t, n)));
        expect(first).toBe(verdicts.indexOf(-1));
        expect([...said]).toEqual(verdicts.map(Math.abs));
      }),
    );
  });

  test('shares with the others what is computed more than once, item by item too', () => {
    const shared = [...text.matchAll(/^ {2}(?:get )?(\w+)\((?:i: number)?\): /gm)].map(([, name]) => name);
    expect(shared).toEqual(['Sum', 'Sum_1', 'PlacesIf', 'Find_of_PlacesIf']);
  });

  test('does not compute what it does not need', () => {
    const late = group.properties.find(({ name }) => name === 'Late');
    expect(late?.check(group.subject({ row: [1] }, { row: [] }, 98))).toBe(0);
    expect(() => late?.check(group.subject({ row: [1] }, { row: [] }, 99))).toThrow('CHOOSE');
  });
});
