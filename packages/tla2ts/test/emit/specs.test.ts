/** The specifications of this project: their generated code computes what the checker computes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type EmittedFile, emitTypeScript, loadSpec } from '../../src/index.js';
import { comparisons, compiledText } from './agreement.js';
import { complaints } from './strict.js';

const folder = join(import.meta.dirname, '../../../../specs');
const read = (name: string): string => readFileSync(join(folder, `${name}.tla`), 'utf8');

/** Operators of a module with these parameters. */
const operatorsOf = (module: string, parameters: string): readonly string[] =>
  [...read(module).matchAll(/^(\w+)\(([^)]*)\) ==/gm)].flatMap(([, name, own]) =>
    own === parameters && name !== undefined ? [name] : [],
  );

/** Properties of states and of steps, on calls from a few layouts. */
const samples = `---- MODULE Samples ----
EXTENDS StateInvariants, StepProperties, Layouts, Mremap, Profile
Layouts2 == <<Layout(<<"a", "f", ".", "r">>), Layout(<<"f", "e", "s", ".">>), Layout(<<"m", "u", "l", "q">>)>>
Fixed(a, n, to, m) == [NoCall EXCEPT !.op = "mremap", !.addr = a, !.len = n, !.newAddr = to, !.newLen = m, !.mayMove = TRUE, !.fixed = TRUE]
Ranged(op, a, n) == [NoCall EXCEPT !.op = op, !.addr = a, !.len = n]
Calls2 == <<Fixed(1, 2, 4, 2), Fixed(2, 1, 4, 1), Fixed(1, 1, 1, 1), [Fixed(1, 2, 5, 1) EXCEPT !.dontUnmap = TRUE],
  Ranged("munmap", 1, 2), Ranged("mlock2", 1, 3), Ranged("mseal", 2, 1), [Ranged("mprotect", 1, 2) EXCEPT !.read = TRUE]>>
Steps == [i \\in 1 .. Len(Layouts2) |-> [j \\in 1 .. Len(Calls2) |-> Do(Layouts2[i], Calls2[j], 6, Linux618Profile)]]
OnSteps(P(_, _, _, _, _)) ==
  [i \\in 1 .. Len(Layouts2) |-> [j \\in 1 .. Len(Calls2) |->
    P(Layouts2[i], Calls2[j], Steps[i][j].result, Steps[i][j].space, Linux618Profile)]]
OnStates(P(_)) == [i \\in 1 .. Len(Layouts2) |-> [j \\in 1 .. Len(Calls2) |-> P(Steps[i][j].space)]]
${operatorsOf('StateInvariants', 's')
  .map((name) => `On${name} == OnStates(${name})`)
  .join('\n')}
${operatorsOf('StepProperties', 's, c, r, t, prof')
  .map((name) => `On${name} == OnSteps(${name})`)
  .join('\n')}
====
`;

const withSamples = compiledText('Samples', samples, read);

test('properties of states and steps, and what calls do', () => {
  const found = comparisons(withSamples);
  expect(found.length).toBeGreaterThan(80);
  expect(found.filter(({ checked }) => checked === 'no value')).toEqual([]);
  expect(found.map(({ name, generated }) => [name, generated])).toEqual(
    found.map(({ name, checked }) => [name, checked]),
  );
});

/** PageLevel is there to be refined: it is a relation between two states, which compares and does not compute. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  PageLevel: [
    '`initialStates` is left out: it does not say which value `pages` gets',
    '`nextStates` is left out: `result` has no value here',
  ],
};

test('modules that nothing extends compile under strict, with all that they extend', () => {
  const modules = readdirSync(folder).flatMap((file) => (file.endsWith('.tla') ? [file.slice(0, -4)] : []));
  const free = modules.filter((name) => !needsConstants(name));
  const extended = new Set(free.flatMap(extendedBy));
  const plain = free.filter((name) => !extended.has(name));
  expect(plain).toContain('FailingAllocations');
  const files = new Map(plain.map((name) => [name, compiledText(name, read(name), read, warnings[name]).files]));
  expect(complaints(files.set('Samples', withSamples.files))).toEqual([]);
});

test('modules with constants and variables compile under strict, too', () => {
  const modules = ['MCPageTables', 'MCConcurrency', 'MCUffdExclusion', 'Limits', 'Uffd'];
  const files = modules.map((root): readonly [string, readonly EmittedFile[]] => {
    const { spec } = loadSpec(root, { read: (name) => ({ file: `${name}.tla`, text: read(name) }) });
    return [root, spec === undefined ? [] : emitTypeScript(spec).files];
  });
  for (const [root, texts] of files.filter(([name]) => name.startsWith('MC'))) {
    expect(texts.find(({ name }) => name === `${root}.ts`)?.text).toContain('export function* nextStates(');
  }
  expect(complaints(new Map(files))).toEqual([]);
});

/** Whether a module, or one that it extends, has CONSTANTS. */
function needsConstants(name: string): boolean {
  return /^CONSTANTS?\b/m.test(read(name)) || extendedBy(name).some(needsConstants);
}

/** Modules of the folder that a module extends. */
function extendedBy(name: string): readonly string[] {
  const [, extended = ''] = /^EXTENDS (.+)$/m.exec(read(name)) ?? [];
  return extended.split(/, */).filter((other) => existsSync(join(folder, `${other}.tla`)));
}
