/** What TypeScript says of generated files under its strict options. */
import { join } from 'node:path';
import ts from 'typescript';
import type { EmittedFile } from '../../src/index.js';

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

/** Complaints of the files of several folders, compiled together. */
export function complaints(folders: ReadonlyMap<string, readonly EmittedFile[]>): readonly string[] {
  const place = (folder: string): string => join(import.meta.dirname, 'generated', folder);
  const texts = new Map<string, string>();
  for (const [folder, files] of folders) {
    for (const { name, text } of files) texts.set(join(place(folder), name), text);
  }
  const made = new Set([...folders.keys()].map(place));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.directoryExists = (path) => made.has(path) || ts.sys.directoryExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : '';
    const name = file?.fileName.split('/').slice(-2).join('/');
    return `${name}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
