/** What generated code makes of the community's operators: the values of ../explore/modules, which are TLC's. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { libraryTexts } from '../../src/library/texts.js';
import { compiledText, generatedValue, isEqual } from './agreement.js';
import { exportsOf } from './evaluate.js';
import { complaints } from './strict.js';

/** Beside the samples there: those of `QuorumSystem` and the like are few. */
const modules = [...libraryTexts.keys()].filter((name) => name !== 'VectorClocks');

const folder = new URL('../explore/modules/', import.meta.url);

/** Arguments of the wrong kind, which code with types is never given. */
const isIllTyped = (expression: string): boolean => /TRUE|"/.test(expression.replaceAll(/LAMBDA[^:]*: TRUE/g, ''));

const samplesOf = (module: string): readonly (readonly [expression: string, value: string])[] =>
  readFileSync(new URL(`${module}.txt`, folder), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split(' => ') as [string, string])
    .filter(([expression, value]) => value !== 'no value' && !isIllTyped(expression));

const made = new Map<string, ReturnType<typeof compile>>();

const compiled = (module: string): ReturnType<typeof compile> => {
  const known = made.get(module) ?? compile(module);
  made.set(module, known);
  return known;
};

const compile = (module: string) => {
  const samples = samplesOf(module);
  const root = `${module}Samples`;
  const definitions = samples.map(([expression], i) => `Sample${i + 1} == ${expression}\n`).join('');
  const text = `---- MODULE ${root} ----\nEXTENDS Integers, TLC, FiniteSets, Sequences, Bags, ${module}\n${definitions}====\n`;
  return { ...compiledText(root, text, () => undefined), samples, root };
};

test.each(modules)('%s', (module) => {
  const { samples, root, ...result } = compiled(module);
  const exported = exportsOf(result.files)(root);
  const rows = samples.map(([expression, expected], i) => {
    const name = `Sample${i + 1}`;
    const value = generatedValue(exported[name]);
    return [expression, value === expected || isEqual({ root, ...result }, name, value) ? expected : value];
  });
  expect(rows).toEqual(samples);
});

test('the code of the operators has no errors under strict', () => {
  const files = modules.map((module) => {
    const { root, files: all } = compiled(module);
    return [module, all.filter(({ name }) => name !== `${root}.ts`)] as const;
  });
  expect(complaints(new Map(files))).toEqual([]);
});
