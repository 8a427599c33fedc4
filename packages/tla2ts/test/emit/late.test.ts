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

  test('are no elements of sequences at an index that is certainly inside', () => {
    const text = compiled('Inside', inside).find(({ name }) => name === 'Inside.ts')?.text ?? '';
    const places = Array.from(text.matchAll(/'Inside\.tla:(\d+):\d+'/g), ([, line]) => Number(line));
    const outside = inside.split('\n').flatMap((line, i) => (line.startsWith('Out') ? [i + 1] : []));
    expect([...new Set(places)]).toEqual(outside);
  });
});

describe('LET definitions', () => {
  const text = compiled('Once', once).find(({ name }) => name === 'Once.ts')?.text ?? '';
  const bodyOf = (name: string): string =>
    new RegExp(`export function ${name}\\(.*?\\n}\\n`, 's').exec(text)?.[0] ?? '';

  test.each(['Once', 'InLoop', 'Hoisted', 'OfOther'])('of %s keep their value where it may be used again', (name) => {
    const kept = { Once: 0, InLoop: 0, Hoisted: 1, OfOther: 1 }[name];
    expect(bodyOf(name).split('rt.lazy(').length - 1).toBe(kept);
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

const inside = `---- MODULE Inside ----
EXTENDS Integers, Sequences
In1(f) == \\A i \\in 1..Len(f) : f[i] > 0
In2(f) == \\A i \\in 1..(Len(f) - 1) : f[i] < f[i + 1]
In3(f) == \\A i \\in 3..(Len(f) - 2) : f[i - 2] + f[i + 2] > f[i + 1]
Out1(f) == \\A i \\in 1..(Len(f) - 1) : f[i + 2] > 0
Out2(f) == \\A i \\in 2..Len(f) : f[i - 2] > 0
Out3(f) == \\A i \\in 1..(Len(f) + 1) : f[i] > 0
Out4(f, g) == \\A i \\in 1..(Len(g) - 1) : f[i] > 0
Out5(f) == \\A i \\in 0..Len(f) : f[i] > 0
====
`;

const once = `---- MODULE Once ----
EXTENDS Integers, Sequences
Once(f, x) == LET a == f[x] IN x > 0 /\\ a > 1
InLoop(f) == \\A i \\in 1..3 : LET a == f[i] IN i > 1 => a > 1
Hoisted(f, x) == \\A i \\in 1..3 : LET a == f[x] IN i > 1 => a > i
Twice(y) == IF y > 1 THEN y ELSE 2 * y
OfOther(f, x) == LET a == f[x] IN (x > 0 /\\ Twice(a) > 1) \\/ (x < 0 /\\ a = 0)
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
