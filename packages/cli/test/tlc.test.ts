/** The counts of the manifest are those that TLC found; `npm run -s tlc` records them. */
import { describe, expect, test } from 'vitest';
import { models, readSpec } from './specs-folder.js';

interface Found {
  readonly config: string;
  readonly result: string;
  readonly distinct?: number;
  readonly generated?: number;
  readonly depth?: number;
  readonly tlc: string;
  readonly commit: string;
}

const found = (JSON.parse(readSpec('tlc.json') ?? '{"models":[]}') as { readonly models: readonly Found[] }).models;

describe('the manifest says what TLC found', () => {
  test('for models that it has', () => {
    expect(found.length).toBeGreaterThan(0);
    expect(models.map(({ model }) => model.path)).toEqual(expect.arrayContaining(found.map(({ config }) => config)));
  });

  test.for(models.map(({ model }) => model))('$path', (model, { skip }) => {
    const seen = found.find(({ config }) => config === model.path);
    if (seen === undefined) return skip('TLC was not run on it');
    expect(seen.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(seen.result).toBe(model.result);
    if (model.result !== 'success') return;
    const { distinctStates: distinct, totalStates: generated, stateDepth: depth } = model;
    expect(seen).toMatchObject({ distinct, generated, depth });
  });
});
