/** `tla2ts compile SPEC`: TypeScript from a specification. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitTypeScript } from '../emit/index.js';
import { shownPath, userFolder, userPath } from './files.js';
import { loadFile } from './load.js';
import { complain, fail, print, reasonOf, type ExitCode } from './terminal.js';

export interface CompileOptions {
  readonly outDir?: string;
  readonly properties?: readonly string[];
}

export function compileCommand(path: string, options: CompileOptions): ExitCode {
  const loaded = loadFile(path);
  if (!loaded) return 2;
  const files = new Map(loaded.spec.modules.map((m) => [m.name, m.file]));
  const result = emitTypeScript(loaded.spec, {
    properties: options.properties ?? [],
    sourceName: (module) => files.get(module) ?? `${module}.tla`,
  });
  complain(result.warnings, loaded.host.source);
  const folder = options.outDir === undefined ? userFolder() : userPath(options.outDir);
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of result.files) {
      const file = join(folder, name);
      writeFileSync(file, text);
      print(shownPath(file));
    }
  } catch (error) {
    return fail(`cannot write to ${options.outDir ?? folder}: ${reasonOf(error)}`);
  }
  return 0;
}
