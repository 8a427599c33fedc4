import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { compiled } from './evaluate.js';

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  skipLibCheck: true,
  types: [],
  paths: { 'tla2ts-runtime': [join(import.meta.dirname, '../../../tla-runtime/src/index.ts')] },
};

/** What TypeScript complains of in the files generated for a module. */
const complaints = (module: string): readonly string[] => {
  const folder = join(import.meta.dirname, 'generated');
  const texts = new Map(compiled(module).map(({ name, text }) => [join(folder, name), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.directoryExists = (path) => path === folder || ts.sys.directoryExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const place = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : '';
    return `${file?.fileName.split('/').at(-1)}:${place} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
};

test.each(['LateUses', 'Readable'])('the code for %s has no errors under strict', (module) => {
  expect(complaints(module)).toEqual([]);
});
