import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparisons, compiledWithSamples } from './agreement.js';

const folder = join(import.meta.dirname, 'modules');
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tla'));

test.each(modules)('%s: generated code computes what the checker computes', (file) => {
  const found = comparisons(compiledWithSamples(join(folder, file)));
  expect(found.map(({ name, generated }) => [name, generated])).toEqual(
    found.map(({ name, checked }) => [name, checked]),
  );
});
