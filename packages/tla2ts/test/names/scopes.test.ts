import { describe, expect, it } from 'vitest';
import { listing, load, spec } from './spec.js';

const codes = (modules: Readonly<Record<string, string>>): readonly string[] =>
  load(modules).diagnostics.map((d) => d.code);

describe('EXTENDS', () => {
  it('brings in declarations and definitions, on several ways only once', () => {
    const modules = {
      M: 'EXTENDS A, B\nD == Both',
      A: 'EXTENDS C\nInA == x',
      B: 'EXTENDS C\nInB == x',
      C: 'VARIABLE x\nBoth == x',
    };
    const { variables, definitions } = spec(modules);
    expect(variables.map((v) => v.name)).toEqual(['x']);
    expect(definitions.map((d) => d.name)).toEqual(['Both', 'InA', 'InB', 'D']);
  });

  it('gives the same symbols to the module and to those that extend it', () => {
    const { definitions, modules } = spec({ M: 'EXTENDS A\nD == One', A: 'One == 1' });
    expect(modules[0]?.definitions[0]).toBe(definitions[0]);
    expect(modules[1]?.scope.get('One')).toBe(definitions[0]);
  });

  it('refuses two different definitions of a name, but not the same text twice', () => {
    expect(codes({ M: 'EXTENDS A, B', A: 'One == 1', B: 'One == 2' })).toEqual(['TLA1204']);
    expect(codes({ M: 'EXTENDS A, B', A: 'One == 1', B: 'One ==  1' })).toEqual([]);
  });

  it('lets a file of the user go before a module of the community', () => {
    const modules = { M: 'EXTENDS SequencesExt, Functions\nA == Range(<<1>>)', Functions: 'Range(f) == f' };
    expect(spec(modules).definitions.map((d) => d.name)).toEqual(['Range', 'A']);
  });
});

describe('definitions', () => {
  it('are in the order of use, and recursion is known', () => {
    const M =
      'EXTENDS Naturals\nRECURSIVE Even(_), Odd(_)\nEven(n) == n = 0 \\/ Odd(n - 1)\nOdd(n) == n # 0 /\\ Even(n - 1)\nf[n \\in Nat] == IF n = 0 THEN 1 ELSE f[n - 1]\ng[n \\in Nat] == n\nA == Even(2)';
    const recursive = spec({ M }).definitions.map((d) => `${d.name}${d.recursive ? '*' : ''}`);
    expect(recursive.toSorted()).toEqual(['A', 'Even*', 'Odd*', 'f*', 'g'].toSorted());
    expect(recursive.at(-1)).toBe('A');
  });

  it('in a LET are recursive on their own', () => {
    const { definitions } = spec({
      M: 'EXTENDS Naturals\nA == LET RECURSIVE F(_)\n F(n) == IF n = 0 THEN 0 ELSE F(n - 1)\n G(n) == F(n)\nIN G(3)',
    });
    const [a] = definitions;
    const inner = a?.body.kind === 'let' ? a.body.definitions : [];
    expect(inner.map((d) => `${d.name}${d.recursive ? '*' : ''}`)).toEqual(['F*', 'G']);
    expect(a?.recursive).toBe(false);
  });

  it('take operators as arguments', () => {
    const M =
      'EXTENDS Naturals\nMap(F(_), x) == F(x)\nInc(n) == n + 1\nA == Map(Inc, 1) + Map(LAMBDA y : y, 2)\nFold(op(_, _)) == op(1, 2)\nB == Fold( + )';
    expect(listing({ M }).filter((l) => /^[AB]/.test(l))).toEqual([
      'A == +(Map(&Inc, 1), Map(\\y.y, 2))',
      'B == Fold(&+)',
    ]);
  });

  it('chains of one junction operator are one junction', () => {
    expect(listing({ M: 'A(p, q, r) == p /\\ q /\\ r\nB(p, q, r) == (p \\/ q) \\/ r' })).toEqual([
      'A(p, q, r) == (p /\\ q /\\ r)',
      'B(p, q, r) == (p \\/ q \\/ r)',
    ]);
  });

  it('may be named by the parts of others', () => {
    const M =
      'EXTENDS Naturals\nA(p) == /\\ p > 1\n  /\\ \\A x \\in {1} : x + p > 2\nB == A(5)!2!(7)!<<\nTHEOREM T == 1 > 0\nC == T!:';
    expect(listing({ M }).filter((l) => /^[BC]/.test(l))).toEqual(['B == A!2!()!<<(5, 7)', 'C == T!:']);
    expect(listing({ M })).toContain('A!2!()!<<(p, x) == +(x, p)');
  });
});

describe('levels', () => {
  it('are those of the highest part, and primes make actions', () => {
    const M =
      "EXTENDS Naturals\nCONSTANT N\nVARIABLE x\nvars == <<x>>\nC == N + 1\nS == x + C\nAct == x' = S\nE == ENABLED Act\nT == [][Act]_vars\nF(a) == a\nU == F(x)\nRECURSIVE R(_)\nR(n) == IF n = 0 THEN x ELSE R(n - 1)";
    const levels = Object.fromEntries(spec({ M }).definitions.map((d) => [d.name, d.level]));
    expect(levels).toEqual({ vars: 1, C: 0, S: 1, Act: 2, E: 1, T: 3, F: 0, U: 1, R: 1 });
  });

  it('reach the calls inside of recursive definitions', () => {
    const [r] = spec({
      M: 'EXTENDS Naturals\nVARIABLE x\nRECURSIVE R(_)\nR(n) == IF n = 0 THEN x ELSE R(n - 1)',
    }).definitions;
    expect(r?.body.kind === 'if' ? r.body.else.level : undefined).toBe(1);
  });

  it('go through operators handed over', () => {
    const M =
      "EXTENDS Naturals\nVARIABLE x\nAfter(e) == e'\nMap(F(_)) == F(x)\nA == Map(LAMBDA y : y + 1)\nB == Map(After)";
    const levels = Object.fromEntries(spec({ M }).definitions.map((d) => [d.name, d.level]));
    expect(levels).toMatchObject({ A: 1, B: 2 });
  });
});

describe('complaints', () => {
  it('come many at a time, sorted by position', () => {
    const { diagnostics } = load({ M: 'A == foo\nB == bar\nC(x, x) == baz' });
    expect(diagnostics.map((d) => [d.code, d.span?.line])).toEqual([
      ['TLA1203', 2],
      ['TLA1203', 3],
      ['TLA1204', 4],
      ['TLA1203', 4],
    ]);
  });

  it('are made once about a module that is used on many ways', () => {
    const modules = { M: 'EXTENDS A\nI == INSTANCE B\nX == I!Bad', A: 'EXTENDS B', B: 'VARIABLE v\nBad == nothing' };
    expect(codes(modules)).toEqual(['TLA1203']);
  });

  it.each([
    ['a quantified name that is a variable', 'VARIABLE x\nA == \\A x \\in {1} : TRUE'],
    ['a parameter that is a definition', 'B == 1\nA(B) == B'],
    ['a LET name that is bound around it', 'A(b) == LET b == 1 IN b'],
    ['an operator of the language', 'a = b == 1'],
  ])('%s is defined already', (_what, M) => {
    expect(codes({ M })).toContain('TLA1204');
  });

  it('do not concern names that are defined later', () => {
    expect(codes({ M: 'A == \\A x \\in {1} : TRUE\nx == 1' })).toEqual([]);
  });
});
