import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compiledWithSamples } from './agreement.js';
import { compiled } from './evaluate.js';
import { complaints } from './strict.js';

const folder = join(import.meta.dirname, 'modules');
const modules = readdirSync(folder).filter((name) => name.endsWith('.tla'));

test('generated code has no errors under strict', () => {
  const own = ['LateUses', 'Readable'].map((module) => [module, compiled(module)] as const);
  const samples = modules.map((file) => [file, compiledWithSamples(join(folder, file)).files] as const);
  expect(complaints(new Map([...own, ...samples]))).toEqual([]);
});
