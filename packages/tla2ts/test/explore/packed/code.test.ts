import { describe, expect, test } from 'vitest';
import { Code, TooLong, fails, giveUp } from '../../../src/explore/packed/code.js';

const long = (letter: string): string => `${letter.repeat(40_000)};\n`;

describe('the text of a function', () => {
  test('has an end', () => {
    const code = new Code();
    expect(() => code.apart(() => ['a', 'b'].forEach((letter) => code.add(long(letter))))).toThrow(TooLong);
  });

  test('may be in parts that are functions inside of it', () => {
    const code = new Code();
    const [, text] = code.apart(() => {
      code.add('let n = 1;\n');
      for (const letter of ['a', 'b']) {
        code.split(() => {
          code.add(`/* ${long(letter)} */ n++;\n`);
          code.split(() => code.add(`/* ${long(letter)} */ n *= 2;\n`));
        });
      }
      code.add('return n;\n');
    });
    expect(new Function(code.whole(text))()).toBe(10);
    expect(code.whole(text).length).toBeGreaterThan(160_000);
  });

  test('gives up where a part fails, and leaves out one without any effect', () => {
    const code = new Code();
    const [, text] = code.apart(() => {
      code.split(() => undefined);
      code.split(() => fails('always'));
    });
    expect(code.whole(text)).toBe(`(() => {\n${giveUp}\n})();\n`);
  });
});

test('numbers of rows of words are found, those of others are -1', () => {
  const code = new Code();
  const rows = Array.from({ length: 300 }, (_, i) => [i % 7, -i, Math.imul(i, 0x1234567)]);
  const name = code.search(
    rows.flat(),
    rows.map((_, i) => 2 * i),
  );
  const find = new Function(`${code.declarations()}\nreturn ${name};`)() as (...words: readonly number[]) => number;
  expect(rows.map((row) => find(...row))).toEqual(rows.map((_, i) => 2 * i));
  expect([find(0, 0, 1), find(1, 0, 0), find(6, -5, 0)]).toEqual([-1, -1, -1]);
  expect(
    code.search(
      rows.flat(),
      rows.map((_, i) => 2 * i),
    ),
  ).toBe(name);
});
