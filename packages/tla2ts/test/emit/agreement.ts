/**
 * What two ways of computing make of a module: the checker's evaluator, and the TypeScript that is generated for it. The modules have samples, lines that begin
 * with `\* >`: expressions that are computed both ways, as are all definitions without parameters.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { format, TlaError } from 'tla2ts-runtime';
import { homesOf, namesOf } from '../../src/emit/homes.js';
import { evaluateDefinition } from '../../src/explore/evaluate.js';
import { communityLibrary, type EmittedFile, emitTypeScript, loadSpec, parseConfig } from '../../src/index.js';
import type { LoadOptions, ModuleSource } from '../../src/index.js';
import type { ResolvedSpec } from '../../src/names/resolved.js';
import { exportsOf } from './evaluate.js';

/** A module with its samples, compiled. */
export interface Compiled {
  readonly spec: ResolvedSpec;
  readonly root: string;
  readonly files: readonly EmittedFile[];
  /** The texts of its modules. */
  readonly read: (name: string) => string | undefined;
}

/** The module in this file, extended by one that defines Sample1, Sample2, ... */
export function compiledWithSamples(path: string): Compiled {
  const module = basename(path, '.tla');
  const text = readFileSync(path, 'utf8');
  const samples = [...text.matchAll(/^\s*\\\* > (.+)$/gm)].map(([, sample], i) => `Sample${i + 1} == ${sample}\n`);
  const root = `${module}Samples`;
  const extended = `---- MODULE ${root} ----\nEXTENDS ${module}\n${samples.join('')}====\n`;
  const fileOf = (name: string): string => join(path, '..', `${name}.tla`);
  return compiledText(root, extended, (name) =>
    existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : undefined,
  );
}

/**
 * The module with this text, compiled; `read` gives the texts of other modules. What the compiler warns of must be
 * exactly what is expected.
 */
export function compiledText(
  root: string,
  text: string,
  read: (name: string) => string | undefined,
  expected: readonly string[] = [],
): Compiled {
  const textOf = (name: string): string | undefined => (name === root ? text : read(name));
  const { spec, diagnostics } = loaded(root, textOf, { library: communityLibrary() });
  const result = spec && emitTypeScript(spec);
  const found = (result?.warnings ?? diagnostics).map((d) => `${d.span?.file}:${d.span?.line}: ${d.message}`);
  if (
    result === undefined ||
    found.length !== expected.length ||
    !expected.every((end, i) => found[i]?.endsWith(end))
  ) {
    throw new Error(found.join('\n'));
  }
  return { spec: spec as ResolvedSpec, root, files: result.files, read: textOf };
}

const loaded = (
  root: string,
  read: (name: string) => string | undefined,
  options: LoadOptions = {},
): ReturnType<typeof loadSpec> => {
  const host = {
    read: (name: string): ModuleSource | undefined => {
      const text = read(name);
      return text === undefined ? undefined : { file: `${name}.tla`, text };
    },
  };
  return loadSpec(root, host, options);
};

/** A definition without parameters: its value computed in both ways. */
export interface Comparison {
  readonly name: string;
  readonly checked: string;
  readonly generated: string;
}

/** Where there is no value. */
const none = 'no value';

/** Compares every definition without parameters that the generated files export. */
export function comparisons(compiled: Compiled): readonly Comparison[] {
  const { spec, files } = compiled;
  const { config } = parseConfig('', '');
  const exported = exportsOf(files);
  const homes = homesOf(spec);
  const names = namesOf(homes);
  return [...homes]
    .filter(([{ parameters, name }]) => parameters.length === 0 && spec.root.scope.has(name))
    .map(([definition, home]) => {
      const { name } = definition;
      const evaluation = evaluateDefinition(spec, config, name);
      if (evaluation.kind === 'wrong') throw new Error(evaluation.diagnostics.map(({ message }) => message).join('\n'));
      const checked = evaluation.kind === 'value' ? listed(evaluation.text) : none;
      const generated = generatedValue(exported(home)[names.get(definition) ?? name]);
      return { name, checked, generated: isEqual(compiled, name, generated) ? checked : generated };
    });
}

/** Whether the checker holds the text to be the value of a definition: the order of strings in a set is that of the specification there. */
export function isEqual({ root, read }: Compiled, name: string, value: string): boolean {
  if (value === none) return false;
  const module = `Equal${root}`;
  const text = `---- MODULE ${module} ----\nEXTENDS ${root}, TLC\nSame == ${name} = ${value}\n====\n`;
  const { spec } = loaded(module, (wanted) => (wanted === module ? text : read(wanted)));
  const evaluation = spec && evaluateDefinition(spec, parseConfig('', '').config, 'Same');
  return evaluation?.kind === 'value' && evaluation.text === 'TRUE';
}

/** Intervals as lists of their elements: which of the two it is depends on how a set was made. */
function listed(text: string): string {
  return text.replace(/(-?\d+)\.\.(-?\d+)/g, (_, low: string, high: string) => {
    const numbers = Array.from({ length: Number(high) - Number(low) + 1 }, (_item, i) => Number(low) + i);
    return `{${numbers.join(', ')}}`;
  });
}

export function generatedValue(exported: unknown): string {
  try {
    return listed(format(typeof exported === 'function' ? (exported as () => unknown)() : exported));
  } catch (error) {
    if (error instanceof TlaError) return none;
    throw error;
  }
}
