/** What is remembered of earlier evaluations changes no result: every specification of the tests, with and without. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CheckOutcome, checkSpec } from '../../src/explore/index.js';
import { loadSpec } from '../../src/names/load-spec.js';
import { parseConfig } from '../../src/config/parse-config.js';
import { check, configOf, moduleOf } from './run.js';

const folders = ['specs/', '../liveness/specs/'].map((name) => new URL(name, import.meta.url));

/** What both must agree on. */
const resultOf = ({ result, distinct, generated, depth, violation, coverage, failure }: CheckOutcome) => ({
  result,
  distinct,
  generated,
  depth,
  violation,
  coverage,
  message: failure?.message,
});

describe.each(folders)('in %s', (folder) => {
  const files = readdirSync(folder);
  const modules = files.filter((name) => name.endsWith('.tla')).map((name) => name.slice(0, -'.tla'.length));
  const configs = files.filter((name) => name.endsWith('.cfg')).map((name) => name.slice(0, -'.cfg'.length));

  test.each(configs)('%s', (config) => {
    const module = modules.filter((name) => config.startsWith(name)).toSorted((a, b) => b.length - a.length)[0];
    const { spec } = loadSpec(module ?? config, {
      read: (name) =>
        files.includes(`${name}.tla`)
          ? { file: `${name}.tla`, text: readFileSync(new URL(`${name}.tla`, folder), 'utf8') }
          : undefined,
    });
    const parsed = parseConfig(`${config}.cfg`, readFileSync(new URL(`${config}.cfg`, folder), 'utf8'));
    if (spec === undefined) throw new Error(`${config} has no module`);
    const [remembered, plain] = [true, false].map((remember) => checkSpec(spec, parsed.config, { remember }));
    if (remembered === undefined || plain === undefined || !('result' in remembered) || !('result' in plain)) {
      throw new Error(`${config} cannot be checked`);
    }
    expect(resultOf(remembered)).toEqual(resultOf(plain));
  });
});

const bodies: readonly (readonly [string, string, string])[] = [
  [
    'a part that is not there, behind a guard',
    "Next == x < 3 /\\ (x \\in DOMAIN <<7, 8>> => <<7, 8>>[x] > 6) /\\ x' = x + 1",
    '',
  ],
  ['a part that is not there, without a guard', "Next == x < 3 /\\ <<7, 8>>[x + 1] > 6 /\\ x' = x + 1", ''],
  ['what TLCGet gives', 'Next == TLCGet("level") < 4 /\\ x\' = x + 1', ''],
  ['a parameter that is primed', "Up(p) == p' = x + 1 /\\ p' < 4\nNext == Up(x)", ''],
  [
    'two LETs of the same name',
    "A(n) == LET d == {i \\in 0 .. n : i > x} IN d # {} /\\ x' = n\nNext == A(2) \\/ A(5)",
    '',
  ],
  [
    'parameters that stand for variables',
    "Sum(a, b, c) == a + b + c\nSmall(a, b) == a < 9 => \\A i \\in 0 .. 3 : Sum(a, b, i) < 12\nNext == x' = (x + 1) % 5\nHolds == Small(x, x)",
    'INVARIANT Holds',
  ],
  ['ENABLED', "Up == x < 3 /\\ x' = x + 1\nNext == Up \\/ (~ENABLED Up /\\ x' = 0)", ''],
  [
    'an argument that is primed',
    "Small(a, b, c) == a + b < 9 /\\ \\A i \\in 0 .. 3 : a + b + c + i < 12\nNext == x' = (x + 1) % 5\nSteps == [][Small(x', x, x' + 1)]_x",
    'PROPERTY Steps',
  ],
  [
    'what is said of both states of a step',
    "Next == x' = (x + 1) % 6\nTwice == 2 * x\nHalf == IF x % 2 = 0 THEN x \\div 2 ELSE Head(<<>>)\nSteps == [][/\\ x' > 0 => Twice' = Twice + 2\n            /\\ x % 2 = 0 => LET h == Half IN h < 3 /\\ x' # Twice]_<<Twice, x>>",
    'PROPERTY Steps',
  ],
  [
    'a refinement',
    "Next == x' = (x + 1) % 6\nUp(n, y) == y' = (y + n) % 3\nMod == x % 3\nSteps == [][\\E n \\in 1 .. 2 : Up(n, Mod)]_Mod\nSlow == [][Mod' # 2]_Mod",
    'PROPERTIES Steps Slow',
  ],
  [
    'a recursive operator',
    "RECURSIVE Sum(_, _)\nSum(S, f) == IF S = {} THEN 0 ELSE LET e == CHOOSE e \\in S : TRUE IN f[e] + Sum(S \\ {e}, f)\nNext == x' = (x + Sum(0 .. x, [i \\in 0 .. x |-> i % 2])) % 7 \\/ x' = (x + 1) % 7",
    '',
  ],
  [
    'a recursive operator that does without an argument',
    "RECURSIVE Down(_, _)\nDown(n, y) == IF n = 0 THEN 0 ELSE IF n > 3 THEN y ELSE Down(n - 1, y)\nNext == x < 9 /\\ x' = x + 1 + Down(x % 3, Head(SubSeq(<<1, 2>>, 1, x)))",
    '',
  ],
  [
    'a recursive operator of sets that cannot be listed',
    "RECURSIVE All(_, _)\nAll(n, S) == IF n = 0 THEN S ELSE All(n - 1, S)\nNext == x < 9 /\\ x' = x + 1 /\\ x \\in All(x, Nat) /\\ {x} \\in All(x, SUBSET (0 .. 60)) /\\ All(x, [i \\in Nat |-> i])[x] = x",
    '',
  ],
  [
    'a view of several parts',
    "Next == x' \\in {x + 1, x + 3} /\\ x < 20\nSeen == <<x % 3, <<x \\div 7, <<>>>>>>\nLow == x < 12",
    'VIEW Seen\nINVARIANT Low',
  ],
  ['a view of the variable', "Next == x' = (x + 1) % 6\nSeen == <<<<x>>>>", 'VIEW Seen'],
  ['a view of nothing', "Next == x' = (x + 1) % 6\nSeen == <<>>", 'VIEW Seen'],
  [
    'a guard that is satisfied in several ways',
    "Even(n) == \\E m \\in 0 .. n : 2 * m = n \\/ m = x\nNext == (\\E n \\in 3 .. 5 : Even(n) /\\ x < n) /\\ x' = (x + 1) % 6",
    'INVARIANT Init',
  ],
  [
    'a recursive guard that is satisfied in several ways',
    "RECURSIVE Sums(_)\nSums(n) == n = 0 \\/ (\\E d \\in 1 .. 2 : d <= n /\\ (x < 5 \\/ d = 1) /\\ Sums(n - d))\nNext == x < 6 /\\ Sums(x) /\\ \\E d \\in 1 .. 2 : x' = x + d",
    '',
  ],
  [
    'a function that is a guard and satisfied in several ways',
    "Next == /\\ x < 6\n        /\\ LET F[n \\in 0 .. 6] == n = 0 \\/ (\\E d \\in {1, 2} : d <= n /\\ n - d # x - 7 /\\ F[n - d]) IN F[x] /\\ x' = x + 1",
    '',
  ],
  [
    'a constant argument without a value that is not used',
    "F(p, q) == p > 7\nNext == x' = (x + 1) % 5 /\\ ~F(x, CHOOSE i \\in 1 .. 2 : i > 2)\nSteps == [][~F(x', Head(<<>>))]_x",
    'PROPERTY Steps',
  ],
  ['an action property', "Next == x' = (x + 2) % 5\nSmall == [][x' - x < 3]_x", 'PROPERTY Small'],
];

test.each(bodies)('%s', (_, body, more) => {
  const [remembered, plain] = [true, false].map((remember) => {
    return resultOf(check(moduleOf(body), configOf(more), { remember }));
  });
  expect(remembered).toEqual(plain);
});
