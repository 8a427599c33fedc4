/**
 * Each file in golden/ is wrong in the way that its name says; beside it stands exactly what the user reads.
 * UPDATE_GOLDEN=1 writes the outputs anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTIC_CODES, loadSpec, parseConfig, renderDiagnostics, type Diagnostic } from '../src/index.js';

const folder = new URL('./golden/', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const files = readdirSync(folder).filter((f) => /^TLA\d+\w*\.(tla|cfg)$/.test(f) && !/Inner|Too/.test(f));

function diagnose(file: string): readonly Diagnostic[] {
  if (file.endsWith('.cfg')) return parseConfig(file, textOf(file)).diagnostics;
  const read = (name: string): { readonly file: string; readonly text: string } | undefined =>
    existsSync(new URL(`${name}.tla`, folder)) ? { file: `${name}.tla`, text: textOf(`${name}.tla`) } : undefined;
  return loadSpec(file.replace('.tla', ''), { read }).diagnostics;
}

describe('every mistake has its message', () => {
  it.each(files)('%s', (file) => {
    const diagnostics = diagnose(file);
    const found = renderDiagnostics(diagnostics, { source: textOf });
    const golden = new URL(file.replace(/\.\w+$/, '.txt'), folder);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, found);
    expect(found).toBe(readFileSync(golden, 'utf8'));
    expect(diagnostics.map((d) => d.code)).toContain(file.slice(0, 7));
  });

  it('and every code is shown by one of them', () => {
    const shown = new Set(files.flatMap((file) => diagnose(file).map((d) => d.code)));
    expect(Object.keys(DIAGNOSTIC_CODES).filter((code) => !shown.has(code as keyof typeof DIAGNOSTIC_CODES))).toEqual(
      [],
    );
  });
});
