import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitTypeScript, loadSpec } from '../../src/index.js';
import { exportsOf } from './evaluate.js';
import { complaints } from './strict.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, example = ''] = readme.split('## Worked example\n');
const block = (language: string): string => example.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

test('the worked example of the README compiles under strict and does what it says', () => {
  const { spec } = loadSpec('Booking', { read: () => ({ file: 'Booking.tla', text: block('tla') }) });
  const result = spec && emitTypeScript(spec);
  if (result === undefined) throw new Error('the specification does not compile');
  const files = [...result.files, { name: 'hotel.ts', text: block('ts') }];
  expect(complaints(new Map([['readme', files]]))).toEqual([]);

  const [, expected] = /\/\/ Error: (.+)$/m.exec(block('ts')) ?? [];
  expect(expected).toBeDefined();
  expect(() => exportsOf(files)('hotel')).toThrow(new Error(expected));
});
