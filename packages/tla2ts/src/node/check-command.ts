/** `tla2ts check SPEC`: explores a specification with the checker. */
import { readFileSync } from 'node:fs';
import { parseConfig } from '../config/parse-config.js';
import type { ModelConfig } from '../config/config.js';
import { type CheckOutcome, checkJson, checkSpec, renderOutcome } from '../explore/index.js';
import { shownPath, userPath } from './files.js';
import { loadFile } from './load.js';
import { complain, fail, print, reasonOf, type ExitCode } from './terminal.js';

export interface CheckCommandOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSeconds?: number;
}

export function checkCommand(path: string, options: CheckCommandOptions): ExitCode {
  const loaded = loadFile(path);
  if (!loaded) return 2;
  const written = options.config ?? `${path.replace(/\.tla$/, '')}.cfg`;
  const read = readConfig(written, options.config === undefined);
  if (!read) return 2;
  const { config, text } = read;
  const { maxStates, maxDepth, maxSeconds } = options;
  const outcome = checkSpec(loaded.spec, config, {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    print: (text) => process.stderr.write(`${text}\n`),
    world: { environment: environment(), readFile: textOfFile },
  });
  const source = (file: string): string | undefined => (file === config.file ? text : loaded.host.source(file));
  if (!('result' in outcome)) {
    complain(outcome, source);
    return 2;
  }
  complain(outcome.warnings, source);
  print(options.json === true ? JSON.stringify(checkJson(outcome)) : renderOutcome(outcome));
  return exitCode(outcome);
}

function environment(): Readonly<Record<string, string>> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function textOfFile(path: string): string | undefined {
  try {
    return readFileSync(userPath(path), 'utf8');
  } catch {
    return undefined;
  }
}

function readConfig(
  path: string,
  isDefault: boolean,
): { readonly config: ModelConfig; readonly text: string } | undefined {
  const file = userPath(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const help = isDefault ? 'name another one with --config' : undefined;
    fail(`cannot read the configuration ${path}: ${reasonOf(error)}`, help);
    return undefined;
  }
  const { config, diagnostics } = parseConfig(shownPath(file), text);
  complain(diagnostics, () => text);
  return diagnostics.some((d) => d.severity === 'error') ? undefined : { config, text };
}

function exitCode({ result }: CheckOutcome): ExitCode {
  if (result === 'success') return 0;
  return result === 'inconclusive' ? 3 : 1;
}
