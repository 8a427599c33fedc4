import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emitTypeScript, loadSpec } from '../../src/index.js';
import { exportsOf } from './evaluate.js';
import { complaints } from './strict.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The example below a heading: a specification and a program that uses what is generated for it. */
function example(heading: string): { readonly spec: string; readonly program: string } {
  const [, text = ''] = readme.split(`## ${heading}\n`);
  const block = (language: string): string => text.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';
  return { spec: block('tla'), program: block('ts') };
}

test.each([
  ['Worked example', 'Booking'],
  ['Worked example with constants and variables', 'Lock'],
])('the %s of the README compiles under strict and does what it says', (heading, module) => {
  const { spec: text, program } = example(heading);
  const { spec } = loadSpec(module, { read: () => ({ file: `${module}.tla`, text }) });
  const result = spec && emitTypeScript(spec);
  if (result === undefined) throw new Error('the specification does not compile');
  expect(result.warnings).toEqual([]);
  const files = [...result.files, { name: 'program.ts', text: program }];
  expect(complaints(new Map([[module, files]]))).toEqual([]);

  const [, expected] = /\/\/ Error: (.+)$/m.exec(program) ?? [];
  expect(expected).toBeDefined();
  expect(() => exportsOf(files)('program')).toThrow(new Error(expected));
});
