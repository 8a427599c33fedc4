import { describe, expect, it } from 'vitest';
import { listing, load, spec } from './spec.js';

const Counter = 'EXTENDS Naturals\nCONSTANT step\nVARIABLE v\nBump == v + step\nTwice(n) == Bump + n';

describe('an instance', () => {
  it('has copies of the definitions that are used, with the substitution done', () => {
    expect(
      listing({ M: 'VARIABLE x\nI == INSTANCE Counter WITH step <- 2, v <- x\nA == I!Twice(3)', Counter }),
    ).toEqual(['I!step == 2', 'I!Bump == +(x, I!step)', 'I!Twice(n) == +(I!Bump, n)', 'A == I!Twice(3)']);
  });

  it('substitutes names for themselves where WITH says nothing', () => {
    expect(listing({ M: 'VARIABLE v\nstep == 7\nI == INSTANCE Counter\nA == I!Bump', Counter })).toEqual([
      'step == 7',
      'I!Bump == +(v, step)',
      'A == I!Bump',
    ]);
  });

  it('with parameters hands them to every definition first', () => {
    const M = 'VARIABLE x\nI(k) == INSTANCE Counter WITH step <- <<k, k>>, v <- x\nA == I(5)!Twice(1)';
    expect(listing({ M, Counter })).toEqual([
      'I!step(k) == <<k, k>>',
      'I!Bump(k) == +(x, I!step(k))',
      'I!Twice(k, n) == +(I!Bump(k), n)',
      'A == I!Twice(5, 1)',
    ]);
  });

  it('of an instance has both substitutions', () => {
    const Outer =
      'CONSTANT c\nVARIABLE w\nJ(k) == INSTANCE Counter WITH step <- k + c, v <- w\nEXTENDSNothing == J(c)!Bump';
    const M = 'VARIABLE x\nI(a) == INSTANCE Outer WITH c <- a, w <- x\nA == I(1)!J(2)!Bump';
    const Inner = { Counter, Outer: `EXTENDS Naturals\n${Outer}` };
    expect(listing({ M, ...Inner })).toEqual([
      'I!J!step(a, k) == +(k, a)',
      'I!J!Bump(a, k) == +(x, I!J!step(a, k))',
      'A == I!J!Bump(1, 2)',
    ]);
  });

  it('of a module that declares nothing is the module itself', () => {
    const { definitions } = spec({ M: 'I == INSTANCE Lib\nJ == INSTANCE Lib\nA == <<I!One, J!One>>', Lib: 'One == 1' });
    expect(definitions.map((d) => `${d.module}.${d.name}`)).toEqual(['Lib.One', 'M.A']);
  });

  it('without a name brings the definitions in under their own names', () => {
    expect(listing({ M: 'VARIABLE x\nINSTANCE Counter WITH step <- 1, v <- x\nA == Twice(2)', Counter })).toEqual([
      'step == 1',
      'Bump == +(x, step)',
      'Twice(n) == +(Bump, n)',
      'A == Twice(2)',
    ]);
  });

  it('substitutes operators for operator constants', () => {
    const Sorter = 'CONSTANT Less(_, _)\nFirst(a, b) == IF Less(a, b) THEN a ELSE b';
    const M =
      'EXTENDS Naturals\nI == INSTANCE Sorter WITH Less <- <\nJ == INSTANCE Sorter WITH Less <- LAMBDA p, q : q < p\nA == <<I!First(1, 2), J!First(1, 2)>>';
    expect(listing({ M, Sorter })).toEqual([
      'I!First(a, b) == if <(a, b) a b',
      'J!Less(p, q) == <(q, p)',
      'J!First(a, b) == if J!Less(a, b) a b',
      'A == <<I!First(1, 2), J!First(1, 2)>>',
    ]);
  });

  it('in a LET sees the names bound around it', () => {
    const M = 'EXTENDS Naturals\nVARIABLE x\nA(n) == LET I == INSTANCE Counter WITH step <- n * 2, v <- x IN I!Bump';
    expect(listing({ M, Counter })).toEqual(['A(n) == let I!step = *(n, 2); I!Bump = +(x, I!step) in I!Bump']);
  });

  it('reaches nested modules, which see the names of the enclosing one', () => {
    const M =
      'EXTENDS Naturals\nVARIABLE x\nbase == 10\n---- MODULE In ----\nCONSTANT d\nSum == base + x + d\n====\nI(k) == INSTANCE In WITH d <- k\nA == I(3)!Sum';
    expect(listing({ M })).toEqual(['base == 10', 'I!Sum(k) == +(+(base, x), k)', 'A == I!Sum(3)']);
  });

  it('knows the definition that it copies', () => {
    const { definitions } = spec({
      M: 'VARIABLE x\nI == INSTANCE Counter WITH step <- 2, v <- x\nA == I!Bump',
      Counter,
    });
    const copy = definitions.find((d) => d.name === 'I!Bump');
    expect(copy?.origin).toMatchObject({ name: 'Bump', module: 'Counter' });
  });

  it('does not hand on what is LOCAL there', () => {
    const result = load({ M: 'INSTANCE Lib\nA == One + 1', Lib: 'LOCAL INSTANCE Naturals\nOne == 1 + 0' });
    expect(result.diagnostics.map((d) => d.code)).toEqual(['TLA1203']);
  });
});
