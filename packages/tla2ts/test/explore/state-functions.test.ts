/** Definitions that read the state, whose values are kept while the variables that they read stay the same. */
import { expect, test } from 'vitest';
import { check } from './run.js';

const run = (module: string, config: string): ReturnType<typeof check> =>
  check(
    `---- MODULE M ----\nEXTENDS Integers, TLC\nVARIABLES x, y\n${module}\n====\n`,
    `INIT Init\nNEXT Next\n${config}\n`,
    { packed: false },
  );

test('a value is made anew when one of several variables changes, in this state and in the next one', () => {
  const module = `Init == x = 0 /\\ y = 0
Next == \\/ y < 3 /\\ y' = y + 1 /\\ UNCHANGED x
        \\/ x < 3 /\\ x' = x + 1 /\\ UNCHANGED y
Sum == IF x < 0 THEN {} ELSE {x + y, x + y + 1}
Twice == \\A n \\in Sum : n - 1 \\in Sum \\/ n + 1 \\in Sum
Grows == [][\\A n \\in Sum : n + 1 \\in Sum']_<<x, y>>`;
  const outcome = run(module, 'INVARIANT Twice\nPROPERTY Grows\nCHECK_DEADLOCK FALSE');
  expect(outcome).toMatchObject({ result: 'success', distinct: 16, generated: 25 });
});

test('what depends on more than variables is made anew each time', () => {
  const module = `Init == x = 0 /\\ y = 0
Next == y' = y + 1 /\\ UNCHANGED x
Level == IF x = 0 THEN TLCGet("level") ELSE 0
Early == Level < 3`;
  const outcome = run(module, 'INVARIANT Early');
  expect(outcome).toMatchObject({ result: 'safety-violation', depth: 3 });
  expect(outcome.trace).toHaveLength(3);
});

test('sets of functions, records and numbers have the same elements each time they are made', () => {
  const module = `Init == x = 0 /\\ y = 0
Functions(n) == [0 .. n - 1 -> {0, 1}]
Records(n) == [f : Functions(n), g : 1 .. n]
Next == /\\ x < 4 /\\ x' = x + 1
        /\\ y' = IF \\A n \\in 1 .. x' : \\E k \\in 1 .. n : \\E r \\in Records(n) : r.g = k /\\ \\A r2 \\in Records(n) : r2.f \\in Functions(n)
                THEN y + 1 ELSE y
Counted == y = x
AllPairs == \\A n \\in 1 .. x : {<<r.f, r.g>> : r \\in Records(n)} = Functions(n) \\X (1 .. n)`;
  const outcome = run(module, 'INVARIANT Counted AllPairs\nCHECK_DEADLOCK FALSE');
  expect(outcome).toMatchObject({ result: 'success', distinct: 5, generated: 5 });
});
