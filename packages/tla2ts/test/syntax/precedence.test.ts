import { describe, expect, it } from 'vitest';
import { parseBody, shape } from './shape.js';

/** Table 6 of Specifying Systems, written down once more: operators, lowest and highest precedence, left-associative or not. */
const TABLE: readonly (readonly [string, number, number, boolean])[] = [
  ['=>', 1, 1, false],
  ...['-+->', '<=>', '~>'].map((o) => [o, 2, 2, false] as const),
  ...['/\\', '\\/'].map((o) => [o, 3, 3, true] as const),
  ...(
    '/= -| ::= := < = =| > \\approx \\asymp \\cong \\doteq >= \\gg \\in \\notin <= \\ll \\prec \\preceq \\propto \\sim \\simeq ' +
    '\\sqsubset \\sqsubseteq \\sqsupset \\sqsupseteq \\subset \\subseteq \\succ \\succeq \\supset \\supseteq |- |='
  )
    .split(' ')
    .map((o) => [o, 5, 5, false] as const),
  ['\\cdot', 5, 14, true],
  ['@@', 6, 6, true],
  [':>', 7, 7, false],
  ['<:', 7, 7, false],
  ['\\', 8, 8, false],
  ['\\cap', 8, 8, true],
  ['\\cup', 8, 8, true],
  ['..', 9, 9, false],
  ['...', 9, 9, false],
  ['!!', 9, 13, false],
  ...'## $ $$ ?? \\sqcap \\sqcup \\uplus'.split(' ').map((o) => [o, 9, 13, true] as const),
  ['\\wr', 9, 14, false],
  ...'(+) + ++'.split(' ').map((o) => [o, 10, 10, true] as const),
  ['%', 10, 11, false],
  ...'%% | ||'.split(' ').map((o) => [o, 10, 11, true] as const),
  ...'(-) - --'.split(' ').map((o) => [o, 11, 11, true] as const),
  ...'& && (.) (\\X) * ** \\bigcirc \\bullet \\o \\star'.split(' ').map((o) => [o, 13, 13, true] as const),
  ...'(/) / // \\div'.split(' ').map((o) => [o, 13, 13, false] as const),
  ['^', 14, 14, false],
  ['^^', 14, 14, false],
];

describe('precedence', () => {
  it('groups every pair of infix operators as the table says, or refuses it', () => {
    const wrong: string[] = [];
    for (const [left, leftLow, leftHigh, associative] of TABLE) {
      for (const [right, low, high] of TABLE) {
        const { expression, codes } = parseBody(`a ${left} b ${right} c`);
        const toLeft = leftLow > high || (left === right && associative);
        const toRight = leftHigh < low;
        const expected = toLeft
          ? `((a ${left} b) ${right} c)`
          : toRight
            ? `(a ${left} (b ${right} c))`
            : left === right
              ? 'TLA1104'
              : 'TLA1103';
        const found = codes.length > 0 ? codes.join() : shape(expression);
        if (found !== expected) wrong.push(`a ${left} b ${right} c: ${found}, expected ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['~ a /\\ b', '(~(a) /\\ b)'],
    ['~ a = b', '~((a = b))'],
    ['- a + b', '(-.(a) + b)'],
    ['- a * b', '-.((a * b))'],
    ['a + - b', '(a + -.(b))'],
    ['a - b', '(a - b)'],
    ['a - - b', '(a - -.(b))'],
    ["a' + b", "((a') + b)"],
    ["- a'", "-.((a'))"],
    ['SUBSET a \\cup b', '(SUBSET(a) \\cup b)'],
    ["DOMAIN a'", "DOMAIN((a'))"],
    ['UNCHANGED a /\\ b', '(UNCHANGED(a) /\\ b)'],
    ['[]<>a => b', '([](<>(a)) => b)'],
    ['a ^ b[c]', '(a ^ b[c])'],
    ['a[b].c[d]', 'a[b].c[d]'],
    ["a.b'", "(a.b')"],
    ['a \\X b \\X c', '(a \\X b \\X c)'],
    ['(a \\X b) \\X c', '((a \\X b) \\X c)'],
    ['a \\X (b \\X c)', '(a \\X (b \\X c))'],
    ['a => \\A x \\in b : c => d', '(a => \\A((c => d)))'],
    ['a /\\ IF b THEN c ELSE d /\\ a', '(a /\\ if(b, c, (d /\\ a)))'],
    ['a^+ \\cup b^*', '((a^+) \\cup (b^*))'],
  ])('%s is %s', (text, expected) => {
    const { expression, codes } = parseBody(text);
    expect(codes).toEqual([]);
    expect(shape(expression)).toBe(expected);
  });

  it.each(['a * - b', 'SUBSET a \\X b', "[] a'", 'UNCHANGED a = b', 'a - b + c - - d * - a', '-a % b ^ - c'])(
    'refuses %s',
    (text) => {
      expect(parseBody(text).codes).toContain('TLA1103');
    },
  );

  it('knows every Unicode form', () => {
    const pairs =
      'a ∧ b|a /\\ b;¬ a|~ a;a ⇒ b|a => b;a ≤ b|a <= b;a ∈ b|a \\in b;a ∪ b|a \\cup b;□◇a|[]<>a;a ↝ b|a ~> b;a × b|a \\X b';
    for (const pair of pairs.split(';')) {
      const [unicode, ascii] = pair.split('|').map((text) => parseBody(text));
      expect(unicode?.codes).toEqual([]);
      expect(shape(unicode?.expression)).toBe(shape(ascii?.expression));
    }
  });
});
