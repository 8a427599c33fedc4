/** A specification with its configuration, from files, with complaints about both on stderr. */
import { readFileSync } from 'node:fs';
import { parseConfig } from '../config/parse-config.js';
import type { ModelConfig } from '../config/config.js';
import type { CheckInput } from '../explore/check-input.js';
import { shownPath, userPath } from './files.js';
import { loadFile } from './load.js';
import { complain, fail, reasonOf } from './terminal.js';

export interface LoadedModel extends CheckInput {
  /** The text of a file that was read, by its shown name. */
  readonly source: (file: string) => string | undefined;
}

/**
 * @param configPath default: the .cfg of the same name
 * @returns undefined if there is an error, which was told
 */
export function loadModel(path: string, configPath: string | undefined): LoadedModel | undefined {
  const loaded = loadFile(path);
  if (!loaded) return undefined;
  const help = configPath === undefined ? 'name another one with --config' : undefined;
  const read = readConfig(configPath ?? `${path.replace(/\.tla$/, '')}.cfg`, help);
  if (!read) return undefined;
  const { config, text } = read;
  const source = (file: string): string | undefined => (file === config.file ? text : loaded.host.source(file));
  return { spec: loaded.spec, config, configText: text, modules: loaded.host.modules, source };
}

/** @param help what to do about a file that cannot be read */
export function readConfig(
  path: string,
  help?: string,
): { readonly config: ModelConfig; readonly text: string } | undefined {
  const file = userPath(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    fail(`cannot read the configuration ${path}: ${reasonOf(error)}`, help);
    return undefined;
  }
  const { config, diagnostics } = parseConfig(shownPath(file), text);
  complain(diagnostics, () => text);
  return diagnostics.some((d) => d.severity === 'error') ? undefined : { config, text };
}
