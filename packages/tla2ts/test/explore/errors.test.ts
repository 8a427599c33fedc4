/**
 * Each specification in errors/ goes wrong in the way that its name says when it is checked; beside it stands exactly what the user reads.
 * UPDATE_GOLDEN=1 writes the outputs anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSpec, parseConfig, renderDiagnostics } from '../../src/index.js';
import { EVALUATION_CODES, MODEL_CODES } from '../../src/diagnostics/codes.js';
import { checkJson, checkSpec, renderOutcome } from '../../src/explore/index.js';

const folder = new URL('./errors/', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.tla'))
  .map((file) => file.replace('.tla', ''));

/** The output, and the codes of what is wrong. */
function checked(name: string): { readonly text: string; readonly codes: readonly (string | undefined)[] } {
  const { spec } = loadSpec(name, { read: (module) => ({ file: `${module}.tla`, text: textOf(`${module}.tla`) }) });
  if (!spec) throw new Error(`${name} is no specification`);
  const outcome = checkSpec(spec, parseConfig(`${name}.cfg`, textOf(`${name}.cfg`)).config);
  if (!('result' in outcome)) {
    return { text: renderDiagnostics(outcome, { source: textOf }), codes: outcome.map(({ code }) => code) };
  }
  return { text: `${renderOutcome({ ...outcome, seconds: 0 })}\n`, codes: [checkJson(outcome).code] };
}

describe('what goes wrong in a check has its message', () => {
  it.each(names)('%s', (name) => {
    const { text, codes } = checked(name);
    const golden = new URL(`${name}.txt`, folder);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
    expect(codes).toContain(name.slice(0, 7));
  });

  it('and every code is shown by one of them, but for those of other commands', () => {
    const shown = new Set(names.map((name) => name.slice(0, 7)));
    const codes = Object.keys({ ...MODEL_CODES, ...EVALUATION_CODES });
    expect(codes.filter((code) => !shown.has(code))).toEqual(['TLA3008', 'TLA3012']);
  });
});
