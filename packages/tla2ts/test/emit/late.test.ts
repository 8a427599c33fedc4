import { describe, expect, test } from 'vitest';
import { checkSpec } from '../../src/explore/index.js';
import { parseConfig } from '../../src/config/parse-config.js';
import { compiled, evaluated, loaded } from './evaluate.js';

const files = compiled('LateUses');
const { Cases } = evaluated(files, 'LateUses') as { readonly Cases: () => readonly boolean[] };
const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? '';

describe('arguments that may have no value', () => {
  test('are computed only where TLC computes them', () => {
    expect(Cases().map((isTrue, i) => (isTrue ? 0 : i + 1))).toEqual(Cases().map(() => 0));
  });

  test('have no value for the checker either, and it does without them', () => {
    const judge = '---- MODULE Judge ----\nEXTENDS LateUses\nASSUME \\A i \\in DOMAIN Cases : Cases[i]\n====\n';
    const outcome = checkSpec(loaded('Judge', judge), parseConfig('Judge.cfg', '').config);
    expect(outcome).toMatchObject({ result: 'success' });
  });

  test('make a second function for the operator, and the first takes values', () => {
    expect(textOf('Late.ts')).toContain('export function Either<A>(c: boolean, x: A, y: A): A {');
    expect(textOf('Late.ts')).toContain('export function Either_late<A>(c: boolean, x: () => A, y: () => A): A {');
  });

  test('leave no loop that never goes round: only a last call with values is the next round', () => {
    const text = compiled('Rounds', rounds).find(({ name }) => name === 'Rounds.ts')?.text ?? '';
    const functions = new Map(text.split('export function ').map((one) => [one.split(/[<(]/)[0], one]));
    expect(functions.get('Last')).toContain('return Last_late(');
    expect(functions.get('Last')).not.toContain('for (;;)');
    expect(functions.get('Count')).toContain('for (;;)');
  });

  test('leave operators alone that are not called so', () => {
    const [types, module] = compiled('Plain', plain);
    expect(types?.name).toBe('types.ts');
    expect(module?.text).not.toMatch(/_late|=>/);
  });
});

const rounds = `---- MODULE Rounds ----
EXTENDS Integers, Sequences
RECURSIVE Last(_, _)
Last(seq, otherwise) == IF seq = <<>> THEN otherwise ELSE Last(Tail(seq), Head(seq))
RECURSIVE Count(_, _)
Count(n, k) == IF n = 0 THEN k ELSE Count(n - 1, k + 1)
====
`;

const plain = `---- MODULE Plain ----
EXTENDS Integers, Sequences
Either(c, x, y) == IF c THEN x ELSE y
\\* The argument is needed in any case.
Sure(s) == Either(Len(s) > 2, Len(s) + 1, 0)
\\* s[1] was computed for the condition.
Before(s) == IF s[1] > 0 THEN Either(TRUE, s[1], 1) ELSE 0
====
`;
