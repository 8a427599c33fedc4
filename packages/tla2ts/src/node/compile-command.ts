/** `tla2ts compile SPEC`: TypeScript from a specification. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { type EmitOptions, emitTypeScript } from '../emit/index.js';
import { unknownName } from '../explore/overrides.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { communityLibrary } from '../library/library.js';
import { shownPath, userFolder, userPath } from './files.js';
import { loadFile } from './load.js';
import { readConfig } from './load-model.js';
import { complain, fail, print, reasonOf, type ExitCode } from './terminal.js';

export interface CompileOptions {
  readonly outDir?: string;
  readonly properties?: readonly string[];
  readonly config?: string;
}

/** What the configuration says of behaviours and invariants: the one that is named, or the one of the same name if there is one. */
function chosenNames(
  path: string,
  configPath: string | undefined,
  spec: ResolvedSpec,
): Pick<EmitOptions, 'behaviours' | 'invariants'> | undefined {
  const beside = `${path.replace(/\.tla$/, '')}.cfg`;
  if (configPath === undefined && !existsSync(userPath(beside))) return {};
  const read = readConfig(configPath ?? beside);
  if (read === undefined) return undefined;
  const { specification, init, next, invariants } = read.config;
  const names = [specification, init, next, ...invariants].filter((name) => name !== undefined);
  const unknown = names.filter(({ text }) => spec.root.scope.get(text)?.kind !== 'definition');
  if (unknown.length > 0) {
    complain(
      unknown.map((name) => unknownName(name, spec.root.scope)),
      () => read.text,
    );
    return undefined;
  }
  const behaviours = { specification: specification?.text, init: init?.text, next: next?.text };
  const isNamed = specification !== undefined || init !== undefined;
  return { ...(isNamed && { behaviours }), invariants: invariants.map(({ text }) => text) };
}

export function compileCommand(path: string, options: CompileOptions): ExitCode {
  const loaded = loadFile(path, { library: communityLibrary() });
  if (!loaded) return 2;
  const chosen = chosenNames(path, options.config, loaded.spec);
  if (chosen === undefined) return 2;
  const folder = options.outDir === undefined ? userFolder() : userPath(options.outDir);
  // What is written is the same wherever the checkout lies.
  const named = (file: string): string => (isAbsolute(file) ? relative(folder, file) : file);
  const files = new Map(loaded.spec.modules.map((m) => [m.name, named(m.file)]));
  const result = emitTypeScript(loaded.spec, {
    ...chosen,
    properties: options.properties ?? [],
    sourceName: (module) => files.get(module) ?? `${module}.tla`,
  });
  complain(result.warnings, loaded.host.source);
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
