/** How often each expression is evaluated, exactly; and the numbers that TLC gives for the same places. */
import { describe, expect, test } from 'vitest';
import { type CheckOutcome, checkJson, neverEvaluated, renderCoverage } from '../../../src/explore/index.js';
import { attempt, check, configOf, moduleOf, readSpecFile } from '../run.js';

const elevator = check('Elevator', 'Elevator', { coverage: true });
const sourceOf = (file: string): string | undefined => readSpecFile(file);

/** Number of evaluations by place: `line:column`. */
const counts: ReadonlyMap<string, number> = new Map(
  (elevator.expressions ?? []).map(({ span: { line, column }, count }) => [`${line}:${column}`, count] as const),
);

/** Number of evaluations by the text of the expression, in a module with one variable `x` that goes up to 3. */
const countsIn = (definitions: string, config: string): Record<string, number> => {
  const text = moduleOf(`Next == x < 3 /\\ x' = x + 1\n${definitions}`);
  const outcome = attempt(text, configOf(`${config}\nCHECK_DEADLOCK FALSE`), { coverage: true }) as CheckOutcome;
  const parts = (outcome.expressions ?? []).filter(({ span }) => span.line > 5);
  return Object.fromEntries(
    parts.map(({ kind, span, count }) => [`${kind} ${text.slice(span.offset, span.endOffset)}`, count]),
  );
};

test('counting changes no result', () => {
  const { result, distinct, generated, depth, coverage } = check('Elevator', 'Elevator');
  expect(elevator).toMatchObject({ result, distinct, generated, depth, coverage });
});

/** What TLC counts (-workers 1 -coverage 1), but for tests among the conjuncts of an action: there it also counts those after which the action led somewhere. */
const tlc: readonly (readonly [place: string, count: number, what: string])[] = [
  ['16:1', 1, 'the initial predicate'],
  ['23:5', 144, 'the body of \\E'],
  ['24:8', 72, 'a conjunct after a test'],
  ['25:8', 72, 'UNCHANGED'],
  ['29:6', 24, 'a set of \\E'],
  ['14:33', 12, 'THEN'],
  ['14:44', 24, 'ELSE'],
  ['32:23', 0, 'THEN that never comes'],
  ['33:27', 12, 'THEN that gives a variable its value'],
  ['34:16', 24, 'ELSE that is a conjunction'],
  ['35:19', 12, 'its second conjunct'],
  ['36:6', 24, 'what comes after a quantifier'],
  ['12:31', 36, 'the body of an operator’s quantifier'],
  ['41:9', 12, 'the second conjunct of a disjunct'],
  ['45:9', 24, 'that of another one'],
  ['48:9', 0, 'that of one that never happens'],
  ['55:1', 48, 'an invariant'],
  ['63:27', 24, 'the value of an arm'],
  ['64:8', 24, 'the condition of the next arm'],
  ['60:29', 24, 'the right side of an implication'],
];
test.each(tlc)('%s is evaluated %i times, in TLC too: %s', (place, count) => {
  expect(counts.get(place)).toBe(count);
});

test('what all actions have in common is counted once for each state', () => {
  expect(counts.get('51:1')).toBe(elevator.distinct);
  expect(counts.get('38:1')).toBe(elevator.distinct);
});

describe('the parts of expressions', () => {
  const cases: readonly (readonly [string, string, string, Record<string, number>])[] = [
    [
      'a LET definition is evaluated when it is used, and once',
      'Inv == LET a == x + 1\n           b == x + 2\n       IN x < 2 \\/ a + a > 0',
      'INVARIANT Inv',
      {
        'definition Inv == LET a == x + 1\n           b == x + 2\n       IN x < 2 \\/ a + a > 0': 4,
        'let a == x + 1': 2,
        'let b == x + 2': 0,
        'disjunct x < 2': 4,
        'disjunct a + a > 0': 2,
      },
    ],
    [
      'a quantifier ends at the first element that decides',
      'Inv == \\E i \\in 0..5 : i = x',
      'INVARIANT Inv',
      { 'definition Inv == \\E i \\in 0..5 : i = x': 4, 'body i = x': 1 + 2 + 3 + 4 },
    ],
    [
      'sets, functions and CHOOSE: their body for each element',
      'Inv == Cardinality({i \\in 1..x : i > 1}) + Cardinality({i + 1 : i \\in 1..x}) < 9',
      'INVARIANT Inv',
      {
        'definition Inv == Cardinality({i \\in 1..x : i > 1}) + Cardinality({i + 1 : i \\in 1..x}) < 9': 4,
        'body i > 1': 6,
        'body i + 1': 6,
      },
    ],
    [
      'a definition without constants or variables is evaluated once',
      'Limit == IF 1 > 2 THEN 3 ELSE 4\nInv == x < Limit',
      'INVARIANT Inv',
      {
        'definition Limit == IF 1 > 2 THEN 3 ELSE 4': 1,
        'then 3': 0,
        'else 4': 1,
        'definition Inv == x < Limit': 4,
      },
    ],
    [
      'an operator that uses itself',
      'RECURSIVE Sum(_)\nSum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)\nInv == Sum(x) >= 0',
      'INVARIANT Inv',
      {
        'definition Sum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)': 10,
        'then 0': 4,
        'else n + Sum(n - 1)': 6,
        'definition Inv == Sum(x) >= 0': 4,
      },
    ],
    [
      'an operator that is given to another',
      'Twice(F(_), v) == F(F(v))\nInv == Twice(LAMBDA v : v + 1, x) > 0',
      'INVARIANT Inv',
      {
        'definition Twice(F(_), v) == F(F(v))': 4,
        'definition Inv == Twice(LAMBDA v : v + 1, x) > 0': 4,
        'body v + 1': 8,
      },
    ],
    [
      'constraints, and properties of steps',
      "Small == x < 2 /\\ x >= 0\nUp == [][x' > x /\\ x' < 9]_x",
      'CONSTRAINT Small\nPROPERTY Up',
      {
        'definition Small == x < 2 /\\ x >= 0': 3,
        'conjunct x < 2': 3,
        'conjunct x >= 0': 2,
        "definition [x' > x /\\ x' < 9]_x": 2,
        "conjunct x' > x": 2,
        "conjunct x' < 9": 2,
      },
    ],
  ];
  test.each(cases)('%s', (_what, definitions, config, expected) => {
    expect(countsIn(definitions, config)).toEqual(expected);
  });

  test('one text in two instances of its module is one part', () => {
    const inner = '---- MODULE Inner ----\nCONSTANT k\nSmall(n) == n < k \\/ k = n\n====';
    const instances = 'A == INSTANCE Inner WITH k <- 9\nB == INSTANCE Inner WITH k <- 3';
    expect(countsIn(`${inner}\n${instances}\nInv == A!Small(x) /\\ B!Small(x)`, 'INVARIANT Inv')).toEqual({
      'definition Small(n) == n < k \\/ k = n': 8,
      'disjunct n < k': 8,
      'disjunct k = n': 1,
      'definition Inv == A!Small(x) /\\ B!Small(x)': 4,
      'conjunct A!Small(x)': 4,
      'conjunct B!Small(x)': 4,
    });
  });
});

test('what was never evaluated is named once, from the outside', () => {
  expect(neverEvaluated(elevator.expressions ?? []).map(({ span }) => `${span.line}:${span.column}`)).toEqual([
    '32:23',
    '48:9',
    '49:9',
    '60:45',
    '65:17',
  ]);
});

test('the text fits into 80 columns and shows a part where its number is another one', () => {
  const text = renderCoverage(elevator, sourceOf);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text).toContain(
    [
      '         48  Move                                              Elevator.tla:27:1',
      '         24    /\\ \\E f \\in calls : LET up == floor < f far == Distance(...  29:6',
      '         36      : LET up == floor < f far == Distance(floor, f) > Top ...  30:8',
      "          0        THEN floor' = f                                         32:23",
      "         12        THEN floor' = floor + 1                                 33:27",
      "         24        ELSE /\\ floor > f /\\ floor' = floor - 1                 34:16",
      "         12          /\\ floor' = floor - 1                                 35:19",
      '         24    /\\ UNCHANGED <<door, calls>>                                 36:6',
    ].join('\n'),
  );
  expect(text).toContain("warning: Elevator.tla:32:23 is never evaluated: THEN floor' = f");
});

test('the JSON has all parts with their places', () => {
  const { expressions = [] } = checkJson(elevator, true);
  expect(expressions).toHaveLength(elevator.expressions?.length ?? -1);
  expect(expressions).toContainEqual({
    kind: 'then',
    file: 'Elevator.tla',
    line: 32,
    column: 23,
    endLine: 32,
    endColumn: 33,
    count: 0,
  });
  expect(checkJson(elevator)).not.toHaveProperty('expressions');
});

test('without being asked nothing is counted', () => {
  expect(check('Elevator', 'Elevator').expressions).toBeUndefined();
});
