import { describe, expect, it } from 'vitest';
import { parseBody, shape } from './shape.js';

const layouts: readonly (readonly [claim: string, lines: readonly string[], expected: string])[] = [
  ['bullets in one column are one list', ['  /\\ a', '  /\\ b', '  /\\ c'], '/\\{a; b; c}'],
  ['one bullet is a list', ['  /\\ a'], '/\\{a}'],
  [
    'a bullet further right opens a list inside',
    ['  /\\ a', '  /\\ \\/ b', '     \\/ c', '  /\\ d'],
    '/\\{a; \\/{b; c}; d}',
  ],
  ['the same bullet further right opens a list inside', ['  /\\ a', '  /\\ /\\ b', '     /\\ c'], '/\\{a; /\\{b; c}}'],
  ['an operator right of the bullets belongs to the item', ['  /\\ a', '    /\\ b', '  /\\ c'], '/\\{(a /\\ b); c}'],
  ['an operator on the line belongs to the item', ['  /\\ a \\/ b', '  /\\ c'], '/\\{(a \\/ b); c}'],
  ['another bullet in the column ends the list', ['  /\\ a', '  /\\ b', '  \\/ c'], '(/\\{a; b} \\/ c)'],
  ['an operator left of the column ends the list', ['  /\\ a', '  /\\ b', ' => c'], '(/\\{a; b} => c)'],
  ['a quantifier takes the list after it', ['  \\E x \\in a :', '    /\\ b', '    /\\ c'], '\\E(/\\{b; c})'],
  [
    'IF inside of an item ends with the item',
    ['  /\\ IF a', '     THEN b', '     ELSE c', '  /\\ d'],
    '/\\{if(a, b, c); d}',
  ],
  [
    'lists in the parts of IF',
    ['  IF /\\ a', '     /\\ b', '  THEN \\/ c', '       \\/ d', '  ELSE a'],
    'if(/\\{a; b}, \\/{c; d}, a)',
  ],
  ['a list closes where its brackets close', ['  (/\\ a', '   /\\ b) => c'], '(/\\{a; b} => c)'],
  ['a list inside of brackets inside of a list', ['  /\\ (\\/ a', '      \\/ b)', '  /\\ c'], '/\\{\\/{a; b}; c}'],
  ['a tab leads to the next multiple of eight', ['\t/\\ a', '        /\\ b'], '/\\{a; b}'],
  ['a tab after text counts from where it stands', ['  \t/\\ a', '        /\\ b'], '/\\{a; b}'],
  ['Unicode bullets', ['  ∧ a', '  ∧ ∨ b', '    ∨ c'], '/\\{a; \\/{b; c}}'],
  ['the list is one operand of what stands before it', ['  a => /\\ b', '       /\\ c'], '(a => /\\{b; c})'],
  [
    'LET definitions and its body',
    ['  /\\ LET x == /\\ a', '              /\\ b', '     IN  /\\ x', '         /\\ c', '  /\\ d'],
    '/\\{let(/\\{x; c}); d}',
  ],
  [
    'staircase',
    ['  /\\ a', '  /\\ \\/ /\\ b', '        /\\ c', '     \\/ d', '  /\\ a'],
    '/\\{a; \\/{/\\{b; c}; d}; a}',
  ],
  ['comments do not count', ['  /\\ a \\* one', '(* two *)', '  /\\ b'], '/\\{a; b}'],
];

describe('junction lists', () => {
  it.each(layouts)('%s', (_claim, lines, expected) => {
    const { expression, codes } = parseBody(lines.join('\n'));
    expect(codes).toEqual([]);
    expect(shape(expression)).toBe(expected);
  });

  it.each([
    ['the rest of brackets left of the bullets', ['  /\\ F(a,', ' b)']],
    ['a closing bracket in the column of the bullets', ['  /\\ {a,', '      b', '  }']],
    ['an empty item', ['  /\\', '  /\\ a']],
    ['THEN in the column of the bullet', ['  /\\ IF a', '  THEN b ELSE c']],
  ])('refuse %s', (_claim, lines) => {
    expect(parseBody(lines.join('\n')).codes).toEqual(['TLA1106']);
  });

  it('refuse a list beside the other operator without brackets', () => {
    expect(parseBody('a \\/ b /\\ c').codes).toEqual(['TLA1103']);
  });
});
