/**
 * Operators of the language, of standard modules and of the community's. What TLC gives for the expressions in `language/*.txt` and `modules/*.txt` stands behind
 * them; `no value`: it reports an error.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';
import { evaluateDefinition, type Evaluation } from '../../src/explore/evaluate.js';
import type { RuntimeOptions } from '../../src/explore/runtime.js';
import { loadSpec } from '../../src/names/load-spec.js';

/** Files of expressions, and what a module with them extends. */
const files = ['language/', 'modules/'].flatMap((name) => {
  const folder = new URL(name, import.meta.url);
  return readdirSync(folder).map((file) => {
    const own = name === 'modules/' ? `, Bags, ${file.replace('.txt', '')}` : '';
    return { file, url: new URL(file, folder), modules: `Integers, FiniteSets, Sequences, TLC${own}` };
  });
});

/** What comes out for each of the expressions, under these modules. */
const evaluateAll = (
  modules: string,
  expressions: readonly string[],
  options: RuntimeOptions = {},
  config = '',
): readonly Evaluation[] => {
  const definitions = expressions.map((expression, i) => `Value${i} == ${expression}\n`).join('');
  const text = `---- MODULE Asked ----\nEXTENDS ${modules}\n${definitions}====\n`;
  const { spec, diagnostics } = loadSpec('Asked', {
    read: (name) => (name === 'Asked' ? { file: 'Asked.tla', text } : undefined),
  });
  if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return expressions.map((_, i) => evaluateDefinition(spec, parseConfig('', config).config, `Value${i}`, options));
};

const textOf = (found: Evaluation): string => {
  switch (found.kind) {
    case 'value':
      return found.text;
    case 'failure':
      return 'no value';
    case 'wrong':
      throw new Error(found.diagnostics.map(({ message }) => message).join('; '));
  }
};

const messageOf = (found: Evaluation | undefined): string | undefined =>
  found?.kind === 'failure' ? found.diagnostic.message : undefined;

/** As the texts have it: sets of numbers may be written as intervals or not. */
const plain = (text: string): string => text.replaceAll(/\s/g, '');

const values = (modules: string, ...expressions: readonly string[]): readonly string[] =>
  evaluateAll(modules, expressions).map(textOf);

describe('every operator gives what TLC gives', () => {
  test.each(files)('$file', ({ url, modules }) => {
    const rows = readFileSync(url, 'utf8').trimEnd().split('\n');
    const [expressions, expected] = [0, 1].map((i) => rows.map((row) => row.split(' => ')[i] ?? ''));
    const found = evaluateAll(modules, expressions ?? []);
    const all = (texts: readonly string[]): readonly string[] =>
      texts.map((text, i) => `${expressions?.[i]} => ${plain(text)}`);
    expect(all(found.map(textOf))).toEqual(all(expected ?? []));
  });
});

describe('an operator without a meaning here', () => {
  test.each([
    ['IOUtils', 'IOExec(<<"ls">>)'],
    ['TLCExt', 'TLCFP(1)'],
    ['HTML', 'HTMLSize(1, 2)'],
    ['GraphViz', 'DotDiGraph(1, LAMBDA v : v, LAMBDA e : e)'],
    ['Statistics', 'ChiSquare(1, 2, "3")'],
    ['Reals', 'Infinity'],
  ])('of %s is named', (module, expression) => {
    const name = /\w+/.exec(expression)?.[0];
    const [found] = evaluateAll(module, [expression]);
    expect(messageOf(found)).toBe(`${name} of the module ${module} is not supported`);
  });
});

describe('TLC', () => {
  test('keeps registers under numbers and under names', () => {
    expect(
      values(
        'Integers, TLC, TLCExt',
        '<<TLCSet(1, "a"), TLCSet("s:x", 2), TLCGet(1), TLCGet("s:x"), TLCGet("all"), TLCGet("all:named")>>',
        'TLCGetOrDefault(7, "none")',
        '<<TLCGetAndSet(3, +, 5, 1), TLCGetAndSet(3, +, 5, 1), TLCGet(3)>>',
        'TLCGet(2)',
        'TLCGet(-1)',
        'TLCSet("x", 1)',
        'TLCGet("-Dsome.property")',
      ),
    ).toEqual([
      '<<TRUE, TRUE, "a", 2, <<<<"a">>>>, ("s:x" :> <<2>>)>>',
      '"none"',
      '<<1, 6, 11>>',
      'no value',
      'no value',
      'no value',
      '"-Dsome.property"',
    ]);
  });

  test('makes model values that are equal to those of the same name', () => {
    const expressions = ['TLCModelValue("m") = TLCModelValue("m")', 'TLCModelValue("m") = "m"', 'TLCModelValue(1)'];
    expect(values('TLCExt', ...expressions)).toEqual(['TRUE', 'FALSE', 'no value']);
  });

  test('says what is not equal, and that it is not', () => {
    const printed: string[] = [];
    const [found] = evaluateAll('TLCExt, Integers', ['AssertEq(1 + 1, 3)'], { print: (text) => printed.push(text) });
    expect(found).toMatchObject({ kind: 'value', text: 'FALSE' });
    expect(printed).toEqual(['Assertion failed', '2', '3']);
  });

  test('has a set of everything', () => {
    expect(values('TLC', '<<1, "a">> \\in Any')).toEqual(['TRUE']);
  });

  test('picks random subsets of the size that was asked for', () => {
    expect(
      values(
        'Randomization, FiniteSets, Integers',
        'LET S == RandomSubset(3, 1 .. 9) IN <<Cardinality(S), S \\subseteq 1 .. 9>>',
        'RandomSubset(3, {1, 2, 3})',
        'RandomSubset(4, {1, 2, 3})',
        'LET S == RandomSetOfSubsets(5, 2, 1 .. 6) IN <<Cardinality(S) \\in 1 .. 5, UNION S \\subseteq 1 .. 6>>',
        'RandomSetOfSubsets(5, 7, 1 .. 6)',
      ),
    ).toEqual(['<<3, TRUE>>', '{1, 2, 3}', 'no value', '<<TRUE, TRUE>>', 'no value']);
  });
});

test('factorial is a function on all natural numbers', () => {
  expect(values('Combinatorics', 'factorial[0]', 'factorial[5]', 'factorial[0 - 1]')).toEqual(['1', '120', 'no value']);
});

test('events are put into an order in which causes come first', () => {
  const log = '<<[n |-> "b", vc |-> [a |-> 1, b |-> 1]], [n |-> "a", vc |-> [a |-> 1]]>>';
  const order = `CausalOrder(${log}, LAMBDA e : e.vc, LAMBDA e : e.n, LAMBDA vc : DOMAIN vc)`;
  expect(
    values(
      'VectorClocks',
      `[i \\in 1 .. 2 |-> ${order}[i].n]`,
      `IsCausalOrder(${log}, LAMBDA e : e.vc)`,
      `IsCausalOrder(${order}, LAMBDA e : e.vc)`,
    ),
  ).toEqual(['<<"a", "b">>', 'FALSE', 'TRUE']);
});

describe('files', () => {
  const inMemory = (): { files: Map<string, string>; options: RuntimeOptions } => {
    const files = new Map<string, string>();
    const world = {
      environment: {},
      readFile: (path: string) => files.get(path),
      writeFile: (path: string, text: string, how: 'new' | 'append') => {
        if (path === 'locked') return 'permission denied';
        files.set(path, how === 'append' ? (files.get(path) ?? '') + text : text);
        return undefined;
      },
    };
    return { files, options: { world } };
  };

  test('of JSON are written and read', () => {
    const { files, options } = inMemory();
    const found = evaluateAll(
      'Json, Integers, TLC',
      [
        'JsonSerialize("f", [a |-> {2, 1}, b |-> <<TRUE, "x">>, c |-> 5 :> 6])',
        'JsonDeserialize("f")',
        'ndJsonSerialize("g", <<1, <<>>>>)',
        'ndJsonDeserialize("g")',
        'JsonSerialize("f", {1})',
        'JsonSerialize("locked", <<1>>)',
        'JsonDeserialize("h")',
      ],
      options,
    );
    expect(found.slice(0, 4).map(textOf)).toEqual([
      'TRUE',
      '[a |-> <<1, 2>>, b |-> <<TRUE, "x">>, c |-> ("5" :> 6)]',
      'TRUE',
      '<<1, <<>>>>',
    ]);
    expect(found.slice(4).map(messageOf)).toEqual([
      'JsonSerialize writes a sequence or a record, not {1}',
      'cannot write locked: permission denied',
      'there is no file h',
    ]);
    expect(files.get('g')).toBe('1\n[]\n');
  });

  test('of lines grow by each record', () => {
    const { files, options } = inMemory();
    const found = evaluateAll(
      'CSV, TLC',
      [
        'CSVWrite("%1$s;%2$s", <<"a", {1}>>, "f")',
        'CSVWrite("%s;%s", <<2, "b">>, "f")',
        'CSVWrite("%3$s", <<1>>, "f")',
        'CSVRead(<<"x", "y">>, ";", "f")',
        'CSVRecords("f")',
        'CSVRecords("g")',
        'CSVWriteRecord([a |-> 1, b |-> "z"], ",", TRUE, "h")',
      ],
      options,
    );
    expect(found.map(textOf)).toEqual([
      'TRUE',
      'TRUE',
      'no value',
      '<<[x |-> "\\"a\\"", y |-> "{1}"], [x |-> "2", y |-> "\\"b\\""]>>',
      '2',
      '0',
      'TRUE',
    ]);
    expect(files.get('h')).toBe('a,b\n1,"z"\n');
  });

  test('of text tell how it went in a record', () => {
    const { options } = inMemory();
    const how = '[format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE">>]';
    const found = evaluateAll(
      'IOUtils',
      [
        `Serialize("some", "f", ${how}).exitValue`,
        `Deserialize("f", ${how}).stdout`,
        `Deserialize("g", ${how})`,
        `Serialize("some", "f", [${how} EXCEPT !.format = "XML"]).stderr`,
      ],
      options,
    );
    expect(found.map(textOf)).toEqual([
      '0',
      '"some"',
      '[exitValue |-> 1, stdout |-> "", stderr |-> "there is no file g"]',
      '"the format \\"XML\\" is not supported, \\"TXT\\" is"',
    ]);
  });

  test('are out of reach where there is no world', () => {
    const [found] = evaluateAll('Json', ['JsonSerialize("f", <<1>>)']);
    expect(messageOf(found)).toBe('cannot write f: nothing can be written here');
  });
});

describe('strings and model values', () => {
  test('are in the order in which the specification has them: words before what is quoted', () => {
    const expressions = ['CHOOSE x \\in {"z", "a"} : TRUE', '{"z", "a", "zebra", "LET", "horse"}', '{[horse |-> 1]}'];
    expect(values('Integers', ...expressions)).toEqual([
      '"z"',
      '{"horse", "z", "a", "zebra", "LET"}',
      '{[horse |-> 1]}',
    ]);
  });

  test('those of the configuration come first', () => {
    const text = '---- MODULE M ----\nCONSTANT S\nValue == <<S, {"q", "r", "b"}>>\n====\n';
    const { spec } = loadSpec('M', { read: (name) => (name === 'M' ? { file: 'M.tla', text } : undefined) });
    if (spec === undefined) throw new Error('no specification');
    const found = evaluateDefinition(spec, parseConfig('', 'CONSTANT S = {p2, p1, "r"}').config, 'Value');
    expect(textOf(found)).toBe('<<{p2, p1, "r"}, {"r", "q", "b"}>>');
  });

  test('that were computed come last', () => {
    expect(values('Sequences', '{"b" \\o "a", "c", "a" \\o "a"}')).toEqual(['{"c", "aa", "ba"}']);
  });
});
