import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSpec, parseModule, renderDiagnostics } from '../../src/index.js';
import { lex } from '../../src/syntax/lexer.js';

const folder = new URL('../../../../specs/', import.meta.url);
const samples = [
  ...readdirSync(folder)
    .filter((f) => f.endsWith('.tla'))
    .map((f) => readFileSync(new URL(f, folder), 'utf8')),
  readFileSync(new URL('./everything.tla', import.meta.url), 'utf8'),
];

/** A small generator of numbers; the seed makes each run the same. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Deletes, doubles, replaces, moves or cuts at a token. */
function edit(source: string, random: (below: number) => number): string {
  const { tokens } = lex('M.tla', source);
  const at = (i: number): readonly [number, number] => [tokens.start(i), tokens.end(i)];
  const count = tokens.kinds.length - 1;
  const [start, end] = at(random(count));
  const [otherStart, otherEnd] = at(random(count));
  const other = source.slice(otherStart, otherEnd);
  switch (random(6)) {
    case 0:
      return source.slice(0, start) + source.slice(end);
    case 1:
      return `${source.slice(0, end)} ${source.slice(start, end)}${source.slice(end)}`;
    case 2:
      return source.slice(0, start) + other + source.slice(end);
    case 3:
      return `${source.slice(0, start)}\n${' '.repeat(random(12))}${source.slice(start)}`;
    case 4:
      return source.slice(0, start + random(end - start + 1));
    default:
      return `${source.slice(0, start)} ${other} ${source.slice(start)}`;
  }
}

describe('random edits', () => {
  const seed = 20260801;

  it(`of valid modules never crash the front end (seed ${seed})`, () => {
    const random = randomNumbers(seed);
    let refused = 0;
    const modules = 14_000;
    let edits = 0;
    for (let i = 0; i < modules; i++) {
      let text = samples[random(samples.length)] ?? '';
      // Large modules take long; a piece of one is as good.
      if (text.length > 1500)
        text = `---- MODULE M ----\n${text.slice(text.indexOf('\n\n', random(text.length - 1500))).slice(0, 1500)}\n====\n`;
      for (let n = random(3); n >= 0; n--) {
        text = edit(text, random);
        edits++;
      }
      const { diagnostics } = parseModule('M.tla', text);
      if (diagnostics.length > 0) refused++;
      const strange = diagnostics.find((d) => d.message === '' || !d.span || d.span.offset > text.length);
      if (strange) expect.fail(`${JSON.stringify(strange)} of ${text}`);
    }
    expect(edits).toBeGreaterThan(20_000);
    expect(refused).toBeGreaterThan(modules / 4);
  });

  it(`never crash the naming phase (seed ${seed})`, () => {
    const random = randomNumbers(seed);
    const original = samples.at(-1) ?? '';
    for (let i = 0; i < 800; i++) {
      const text = edit(original, random);
      const { diagnostics } = loadSpec('Everything', {
        read: (name) => (name === 'Everything' ? { file: 'Everything.tla', text } : undefined),
      });
      expect(renderDiagnostics(diagnostics, { source: () => text })).toBeTypeOf('string');
    }
  });
});

describe('nesting', () => {
  it.each([
    ['brackets', '('.repeat(200_000)],
    ['braces that may be filters', '{x \\in '.repeat(3000)],
    ['prefix operators', '~'.repeat(200_000)],
    ['a chain', `a${' + a'.repeat(50_000)}`],
    ['applications', `f${'[a]'.repeat(50_000)}`],
    ['IF', 'IF a THEN b ELSE '.repeat(20_000)],
    ['bullets', '/\\ '.repeat(20_000)],
    ['modules', '\n---- MODULE N ----\n'.repeat(20_000)],
    ['comments', '(*'.repeat(200_000)],
  ])('of %s without end is refused, not a crash', (_what, text) => {
    const { diagnostics } = parseModule('M.tla', `---- MODULE M ----\nF == ${text}\n====\n`);
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
