/** A specification and its configuration, from files. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Diagnostic, loadSpec, parseConfig, renderDiagnostics } from 'tla2ts';
import { type CheckInput, folderHost, moduleOfPath } from 'tla2ts/node';
import { CliError, reasonOf } from './errors.js';
import { mayColor, type Terminal, userPath } from './terminal.js';

/** What `check` explores. */
export interface SpecFiles extends CheckInput {
  /** The text of a file that was read, for diagnostics. */
  readonly source: (file: string) => string | undefined;
}

/**
 * Reads the module and what it extends, and the configuration (default: the .cfg of the same name).
 *
 * @returns undefined when something is wrong that was told on stderr
 * @throws CliError for a file that cannot be read
 */
export function readSpecFiles(path: string, configPath: string | undefined, terminal: Terminal): SpecFiles | undefined {
  const shown = path.endsWith('.tla') ? path : `${path}.tla`;
  const file = userPath(terminal, shown);
  readable(file, shown, 'give a .tla file');
  const { name, folder } = moduleOfPath(file);
  const shownConfig = configPath ?? shown.replace(/\.tla$/, '.cfg');
  const help =
    configPath === undefined ? `write ${basename(shownConfig)}, or name another with --config` : 'check the name';
  const configText = readable(userPath(terminal, shownConfig), shownConfig, help);
  const host = folderHost([folder]);
  const source = (name_: string): string | undefined => (name_ === shownConfig ? configText : host.source(name_));
  const { spec, diagnostics } = loadSpec(name, host);
  complain(diagnostics, source, terminal);
  if (spec === undefined) return undefined;
  const { config, diagnostics: wrong } = parseConfig(shownConfig, configText);
  complain(wrong, source, terminal);
  return wrong.some(({ severity }) => severity === 'error')
    ? undefined
    : { spec, config, configText, modules: host.modules, source };
}

function readable(file: string, shown: string, help: string): string {
  try {
    if (statSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError('CLI1002', `cannot read ${shown}: ${reasonOf(error)}`, { place: shown, help });
  }
}

/** Diagnostics to stderr. */
export function complain(
  diagnostics: readonly Diagnostic[],
  source: (file: string) => string | undefined,
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return;
  terminal.err.write(renderDiagnostics(diagnostics, { source, color: mayColor(terminal, 'err') }));
}
