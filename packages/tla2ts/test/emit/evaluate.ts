/** Runs generated TypeScript: compiles a module of specs/ and gives what its files export. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as rt from 'tla2ts-runtime';
import ts from 'typescript';
import { type EmittedFile, emitTypeScript, loadSpec } from '../../src/index.js';
import type { ResolvedSpec } from '../../src/names/resolved.js';

const folder = join(import.meta.dirname, 'specs');

/** The module of specs/, or the one of this text, with what it extends. */
export function loaded(root: string, text?: string): ResolvedSpec {
  const { spec, diagnostics } = loadSpec(root, {
    read: (name) => {
      if (name === root && text !== undefined) return { file: `${name}.tla`, text };
      return { file: `${name}.tla`, text: readFileSync(join(folder, `${name}.tla`), 'utf8') };
    },
  });
  if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return spec;
}

/** The files for a module of specs/, or for a module of this text. */
export function compiled(root: string, text?: string): readonly EmittedFile[] {
  const { files, warnings } = emitTypeScript(loaded(root, text));
  if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join('\n'));
  return files;
}

/** What a generated file exports. */
export function evaluated(files: readonly EmittedFile[], module: string): Readonly<Record<string, unknown>> {
  return exportsOf(files)(module);
}

/** What generated files export, each of them evaluated once. */
export function exportsOf(files: readonly EmittedFile[]): (module: string) => Readonly<Record<string, unknown>> {
  const known = new Map<string, Readonly<Record<string, unknown>>>();
  const load = (module: string): Readonly<Record<string, unknown>> => {
    const found = known.get(module) ?? evaluate(files, module, load);
    known.set(module, found);
    return found;
  };
  return load;
}

function evaluate(
  files: readonly EmittedFile[],
  module: string,
  load: (module: string) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const file = files.find(({ name }) => name === `${module}.ts`);
  if (file === undefined) throw new Error(`no ${module}.ts`);
  const { outputText } = ts.transpileModule(file.text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, unknown> = {};
  const required = (path: string): unknown => (path === 'tla2ts-runtime' ? rt : load(path.replace(/^\.\/|\.js$/g, '')));
  new Function('exports', 'require', outputText)(exports, required);
  return exports;
}
