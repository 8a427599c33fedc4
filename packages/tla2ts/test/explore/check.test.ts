import { type CheckOutcome, checkJson, renderCoverage, renderOutcome } from '../../src/explore/index.js';
import { describe, expect, test } from 'vitest';
import { attempt, check, configOf, moduleOf } from './run.js';

const labels = (outcome: ReturnType<typeof check>): (string | undefined)[] | undefined =>
  outcome.trace?.map(({ label }) => label);

const values = (outcome: ReturnType<typeof check>): unknown[] | undefined =>
  outcome.trace?.map((step) => step.values['x']);

describe('counterexamples', () => {
  test('the jugs are measured in six steps, and no fewer', () => {
    const outcome = check('Jugs', 'Jugs');
    expect(outcome).toMatchObject({
      result: 'safety-violation',
      violation: { kind: 'invariant', name: 'NotMeasured' },
    });
    expect(labels(outcome)).toEqual([
      undefined,
      'Fill("large")',
      'Pour("large", "small")',
      'Empty("small")',
      'Pour("large", "small")',
      'Fill("large")',
      'Pour("large", "small")',
    ]);
  });

  test('are rendered with what changes only', () => {
    expect(renderOutcome({ ...check('Jugs', 'Jugs'), seconds: 0 })).toMatchInlineSnapshot(`
      "violated: invariant NotMeasured

        1  initial state
             water = [large |-> 0, small |-> 0]
        2  Fill("large")                                                Jugs.tla:15:12
             water.large = 5
        3  Pour("large", "small")                                        Jugs.tla:21:7
             water.large = 2
             water.small = 3
        4  Empty("small")                                               Jugs.tla:17:13
             water.small = 0
        5  Pour("large", "small")                                        Jugs.tla:21:7
             water.large = 0
             water.small = 2
        6  Fill("large")                                                Jugs.tla:15:12
             water.large = 5
        7  Pour("large", "small")                                        Jugs.tla:21:7
             water.large = 4
             water.small = 3

      14 distinct states, 73 generated, depth 7, 0.00 s, 2 not expanded"
    `);
  });

  test('show parameters and bound identifiers of the action', () => {
    const outcome = check(
      moduleOf(
        "Step(d) == \\E k \\in {1, 5} : x < 3 /\\ x' = x + d * k\nNext == \\E d \\in {2} : Step(d)\nSmall == x < 9",
      ),
      configOf('INVARIANT Small'),
    );
    expect(labels(outcome)).toEqual([undefined, 'Step(2, k = 5)']);
  });

  test('an ALIAS replaces the variables, and may look at the next state', () => {
    const outcome = check(
      'Ways',
      'CONSTANTS Top = 3 Apply <- Sum Colour = {red, green}\nSPECIFICATION Spec\nINVARIANT FewBusy\nINVARIANT TypeOK\nPROPERTY NotBusy\nALIAS Shown\n',
    );
    expect(outcome.result).toBe('safety-violation');
    expect(Object.keys(outcome.trace?.[0]?.values ?? {})).toEqual(['number', 'next', 'kinds']);
  });
});

describe('faults', () => {
  test('a deadlock is found, unless the configuration allows it', () => {
    const module = moduleOf("Next == x < 2 /\\ x' = x + 1");
    expect(check(module, configOf(''))).toMatchObject({ result: 'deadlock', distinct: 3 });
    expect(check(module, configOf('CHECK_DEADLOCK FALSE')).result).toBe('success');
  });

  test('a property of steps is violated by a step to a state seen before', () => {
    const config = 'CONSTANT Max = 3\nSPECIFICATION Spec\nPROPERTY NeverDown';
    const outcome = check('Counter', config);
    expect(outcome).toMatchObject({ result: 'safety-violation', violation: { kind: 'step', name: 'NeverDown' } });
    expect(values(outcome)).toEqual([0, 1, 2, 3, 0]);
  });

  test('a property []P is an invariant, a state predicate as a property is about initial states', () => {
    const module = moduleOf("Next == x' = 1 - x\nA == []((x < 1))\nB == x = 1");
    expect(check(module, configOf('PROPERTY A')).violation).toMatchObject({ kind: 'invariant', name: 'A' });
    expect(check(module, configOf('PROPERTY B')).violation).toMatchObject({ kind: 'initial', name: 'B' });
  });

  test('the first property in the order of the configuration is named', () => {
    const module = moduleOf("Next == x' = 1 - x\nA == x < 1\nB == x # 1");
    expect(check(module, configOf('INVARIANTS B A')).violation?.name).toBe('B');
    expect(check(module, configOf('INVARIANTS A B')).violation?.name).toBe('A');
  });

  test('a false assumption is told before anything is explored', () => {
    const outcome = check(moduleOf("ASSUME Five == 2 + 2 = 5\nNext == x' = x"), configOf(''));
    expect(outcome).toMatchObject({
      result: 'assertion',
      distinct: 0,
      failure: { message: 'the assumption Five is false' },
    });
  });

  test('a failed Assert has the message and the place', () => {
    const outcome = check(moduleOf('Next == x\' = x + 1 /\\ Assert(x < 2, "too large")'), configOf(''));
    expect(outcome).toMatchObject({ result: 'assertion', failure: { message: 'the assertion failed: too large' } });
    expect(values(outcome)).toEqual([0, 1, 2]);
  });
});

describe('errors have a message, a place and the behaviour that led there', () => {
  const errors = [
    [
      'a function outside its domain',
      "Next == x' = <<1, 2>>[x + 1]",
      /applied to 3, which is not in its domain: <<1, 2>>/,
      14,
    ],
    [
      'something that is no Boolean',
      "Next == x' = x + 1 /\\ (IF x = 1 THEN 7 ELSE TRUE)",
      /a Boolean is needed here, not an integer: 7/,
      24,
    ],
    [
      'values that cannot be compared',
      'Next == x\' = x + 1 /\\ x # "a"',
      /an integer and a string cannot be compared/,
      23,
    ],
    [
      'a variable that is read too early',
      "Next == x' > 1 /\\ x' = 2",
      /the variable x is used in the new state before it has a value/,
      9,
    ],
    ['a CASE without a case', "Next == x' = CASE x = 0 -> 1", /no condition of the CASE is true/, 14],
    ['CHOOSE without a choice', "Next == x' = CHOOSE y \\in {1} : y > x", /no element of the set of CHOOSE/, 14],
    ['an infinite set that is listed', "Next == x' \\in Nat", /the elements of Nat cannot be listed/, 16],
    ['a missing field', "Next == x' = [a |-> 1].b", /the record has no field `b`/, 14],
    ['arithmetic on a string', 'Next == x\' = x + "a"', /an integer is needed here, not a string: "a"/, 14],
    [
      'recursion without an end',
      "RECURSIVE F(_)\nF(n) == F(n + 1) + 1\nNext == x' = F(x)",
      /nested too deeply/,
      undefined,
    ],
  ] as const;

  test.each(errors)('%s', (_, body, message, column) => {
    const outcome = check(moduleOf(body), configOf(''));
    expect(outcome.result).toBe('error');
    expect(outcome.failure?.message).toMatch(message);
    expect(outcome.failure?.span?.column).toBe(column);
    expect(outcome.trace?.length).toBeGreaterThan(0);
  });

  test('a variable that gets no value', () => {
    const module = "---- MODULE M ----\nVARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = 1\n====\n";
    const outcome = check(module, configOf(''));
    expect(outcome).toMatchObject({ result: 'error', failure: { message: 'y has no value in the new state' } });
  });

  test('an error in an invariant', () => {
    const outcome = check(
      moduleOf("Next == x' = x + 1\nInv == {1, 2} = {} \\/ Head(<<>>) = x"),
      configOf('INVARIANT Inv'),
    );
    expect(outcome).toMatchObject({ result: 'error', failure: { message: 'Head of the empty sequence' } });
    expect(outcome.failure?.span).toMatchObject({ line: 6, column: 23 });
  });

  test('what is not used is not evaluated', () => {
    const body = [
      'Guarded(s, h) == s # <<>> /\\ h = 1',
      "Next == LET h == Head(<<>>) IN IF x < 0 THEN x' = h ELSE x' = x /\\ ~Guarded(<<>>, Head(<<>>))",
    ];
    expect(check(moduleOf(body.join('\n')), configOf('')).result).toBe('success');
  });
});

test('states that differ by the names of model values count as one', () => {
  const module = moduleOf(
    [
      'CONSTANT S, T',
      'Sym == Permutations(S) \\cup {[t \\in T |-> CHOOSE u \\in T : u # t]}',
      "Next == x' \\in [S -> SUBSET T]",
    ].join('\n'),
  );
  const config = configOf('CONSTANTS S = {a, b} T = {u, v}');
  expect(check(module, config)).toMatchObject({ result: 'success', distinct: 17 });
  // Of the 16 functions into 4 sets: under 4 permutations 16, 4, 4 and 4 stay what they are.
  expect(check(module, `${config}SYMMETRY Sym\n`)).toMatchObject({ result: 'success', distinct: 8 });
});

test('a conjunction over a set is satisfied in all combinations of ways', () => {
  const body = [
    'Way(i, j) == x >= i - 3 \\/ x > -j',
    "Next == (\\A i \\in {1, 2}, j \\in {1, 2} : Way(i, j)) /\\ x' = (x + 1) % 2",
  ];
  // As many as TLC generates.
  expect(check(moduleOf(body.join('\n')), configOf(''))).toMatchObject({
    result: 'success',
    distinct: 2,
    generated: 33,
  });
});

test('the level of a state', () => {
  const body = [
    "Next == x' = x + 1",
    'Below == TLCGet("level") < 5',
    'Same == TLCGet("level") = x + 1',
    'Steps == [][x\' = TLCGet("level")]_x',
  ];
  const outcome = check(moduleOf(body.join('\n')), configOf('CONSTRAINT Below\nINVARIANT Same\nPROPERTY Steps'));
  expect(outcome).toMatchObject({ result: 'success', distinct: 4 });
});

describe('after the run', () => {
  const module = moduleOf(
    ["Next == x < 4 /\\ x' = x + 1", 'Enough == TLCGet("stats").diameter = 5', 'Never == TLCGet("distinct") = 7'].join(
      '\n',
    ),
  );

  test('a POSTCONDITION can ask for counts', () => {
    expect(check(module, configOf('CHECK_DEADLOCK FALSE\nPOSTCONDITION Enough'))).toMatchObject({ result: 'success' });
  });

  test('one that is false is told', () => {
    const outcome = check(module, configOf('CHECK_DEADLOCK FALSE\nPOSTCONDITION Never'));
    expect(outcome).toMatchObject({ result: 'assertion', failure: { message: 'the postcondition Never is false' } });
  });
});

test('operators of the modules of the community', () => {
  expect(check('Community', 'Community')).toMatchObject({ result: 'success' });
});

test('what is outside of the specification', () => {
  const module = `---- MODULE M ----
EXTENDS Integers, Sequences, Json, IOUtils, VectorClocks
VARIABLE x
Log == ndJsonDeserialize(IOEnv.LOG)
Init == x = 0
Next == x < Len(Log) /\\ x' = x + 1
Order == CausalOrder(Log, LAMBDA e : e.vc, LAMBDA e : e.node, LAMBDA vc : DOMAIN vc)
ASSUME [i \\in DOMAIN Order |-> Order[i].name] = <<"send", "receive", "answer">>
ASSUME ToJson([a |-> <<1, TRUE>>, b |-> {"y", "x"}]) \\in {"{\\"a\\":[1,true],\\"b\\":[\\"x\\",\\"y\\"]}"}
====
`;
  const lines = [
    { name: 'answer', node: 'b', vc: { a: 1, b: 2 } },
    { name: 'send', node: 'a', vc: { a: 1, b: 0 } },
    { name: 'receive', node: 'b', vc: { a: 1, b: 1 } },
  ];
  const world = {
    environment: { LOG: 'run.ndjson' },
    readFile: (path: string) => (path === 'run.ndjson' ? lines.map((l) => JSON.stringify(l)).join('\n') : undefined),
  };
  expect(check(module, configOf('CHECK_DEADLOCK FALSE'), { world })).toMatchObject({ result: 'success', distinct: 4 });
  expect(check(module, configOf(''))).toMatchObject({
    result: 'error',
    failure: { message: expect.any(String) as string },
  });
});

test('a set that is far too large to be listed can be asked for a member', () => {
  const module = moduleOf(
    "Next == x' = 1 - x\nCovers == {p \\in SUBSET SUBSET (1 .. x + 6) : UNION p = 1 .. x + 6}\nInv == {1 .. x + 6} \\in Covers /\\ {} \\notin Covers /\\ {{9}} \\notin Covers",
  );
  expect(check(module, configOf('INVARIANT Inv')).result).toBe('success');
});

test('A \\cdot B is a step of A and then one of B', () => {
  const module = (next: string): string =>
    moduleOf(
      `Up(d) == x < 4 /\\ x' = x + d\nTwice == x' = 2 * x\nNext == ${next}\nEven == x % 2 = 0\nLess == [][x' > x]_x`,
    );
  const outcome = check(
    module('(\\E d \\in {1, 2} : Up(d) \\cdot Twice) /\\ x # 100'),
    configOf('INVARIANT Even\nPROPERTY Less\nCHECK_DEADLOCK FALSE'),
  );
  expect(outcome).toMatchObject({ result: 'success', distinct: 5 });
  expect(check(module('Twice \\cdot Up(1)'), configOf('INVARIANT Even'))).toMatchObject({
    result: 'safety-violation',
    distinct: 2,
  });
});

describe('what a configuration says wrongly is a diagnostic', () => {
  const codes = (module: string, config: string): string[] => {
    const result = attempt(module, config);
    return 'result' in result ? [] : result.map(({ code }) => code);
  };
  const module = moduleOf(
    "CONSTANT N\nNext == x' = x\nP(a) == a = x\nLive == <>(x = 1)\nSym == Permutations({})\nHidden == \\EE h : <>(h = x)\nAct == x' = x",
  );

  test.each([
    ['a name that is not defined', 'CONSTANT N = 1\nINVARIANT Missing', 'TLA3001'],
    ['a constant without a value', 'INVARIANT Init', 'TLA3003'],
    ['an operator with arguments', 'CONSTANT N = 1\nINVARIANT P', 'TLA3004'],
    ['an action as an invariant', 'CONSTANT N = 1\nINVARIANT Act', 'TLA3005'],
    ['a hidden variable', 'CONSTANT N = 1\nPROPERTY Hidden', 'TLA3011'],
    ['liveness with symmetry', 'CONSTANT N = 1\nPROPERTY Live\nSYMMETRY Sym', 'TLA3013'],
  ])('%s', (_, more, code) => {
    expect(codes(module, configOf(more))).toEqual([code]);
  });

  test('INIT without NEXT', () => {
    expect(codes(module, 'CONSTANT N = 1\nINIT Init\n')).toEqual(['TLA3006']);
  });

  test('a specification that is not one', () => {
    expect(codes(module, 'CONSTANT N = 1\nSPECIFICATION Live\n')).toEqual(['TLA3007']);
  });
});

test('"sometimes" predicates tell where they were reached first', () => {
  const { sometimes } = check('Counter', 'Counter', { sometimes: ['Reached', 'Halfway', 'Small'] });
  expect(sometimes).toEqual([
    { name: 'Reached', reached: true, depth: 10 },
    { name: 'Halfway', reached: true, depth: 6 },
    { name: 'Small', reached: true, depth: 1 },
  ]);
});

test('bounds make a run inconclusive', () => {
  expect(check('Commit', 'Commit', { maxStates: 100 })).toMatchObject({ result: 'inconclusive', distinct: 100 });
});

test('actions are counted by name', () => {
  const { coverage } = check('Counter', 'Counter');
  expect(coverage.map(({ name, generated, distinct }) => [name, generated, distinct])).toEqual([
    ['Up', 9, 9],
    ['Reset', 1, 0],
  ]);
});

test('coverage names the actions that never happen', () => {
  const outcome = attempt(
    moduleOf("Up == x < 3 /\\ x' = x + 1\nDown == x > 9 /\\ x' = x - 1\nNext == Up \\/ Down"),
    configOf('CHECK_DEADLOCK FALSE'),
  ) as CheckOutcome;
  expect(renderCoverage(outcome, () => undefined)).toBe(
    [
      '  action  steps  new states',
      '  Up          3           3                                            M.tla:5:7',
      '  Down        0           0                                            M.tla:6:9',
      'warning: Down never happens (M.tla:6:9)',
    ].join('\n'),
  );
  expect(checkJson(outcome, true).coverage).toHaveLength(2);
});

test('the JSON of a check has exactly the promised fields', () => {
  const json = checkJson({ ...check('Counter', 'Counter'), seconds: 1.23456, bytes: 1000 });
  expect(json).toEqual({
    spec: 'Counter.tla',
    config: 'Counter.cfg',
    result: 'success',
    distinct: 10,
    generated: 11,
    depth: 10,
    seconds: 1.235,
    bytes: 1000,
  });
});
