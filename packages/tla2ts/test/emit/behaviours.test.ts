/** Specifications with constants and variables: their generated functions find the states that the checker finds. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exploredByCheck, exploredByCode, modelOf } from './behaviours.js';
import { complaints } from './strict.js';

const folder = join(import.meta.dirname, 'behaviours');
const models = readdirSync(folder)
  .filter((name) => name.endsWith('.cfg'))
  .map((name) => modelOf(join(folder, name)));

test.each(models)('$root: distinct states and verdicts are those of check', (model) => {
  const found = exploredByCode(model);
  expect(found).toEqual(exploredByCheck(model));
  expect(found.states).toBeGreaterThan(10);
});

test('some invariants are true, some are not', () => {
  const verdicts = models.flatMap((model) => Object.values(exploredByCode(model).invariants));
  expect(new Set(verdicts)).toEqual(new Set([true, false]));
});

test('the generated code has no errors under strict', () => {
  expect(complaints(new Map(models.map(({ root, files }) => [root, files])))).toEqual([]);
});
