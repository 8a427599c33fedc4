/** Checks specifications from text or from the folder of specifications beside the tests. */
import { readFileSync } from 'node:fs';
import { type CheckOptions, type CheckOutcome, checkSpec } from '../../src/explore/index.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { loadSpec } from '../../src/names/load-spec.js';
import { parseConfig } from '../../src/config/parse-config.js';

/** Nothing here has more states: a test that goes wrong ends all the same. */
const maxStates = 100_000;

const folder = new URL('specs/', import.meta.url);

/** The text of a file of the folder. */
export const readSpecFile = (name: string): string | undefined => {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
};

/** The outcome of a check that can be done. */
export const check = (module: string, config: string, options: CheckOptions = {}): CheckOutcome => {
  const result = attempt(module, config, options);
  if (!('result' in result)) throw new Error(result.map(({ message }) => message).join('; '));
  return result;
};

/** `module` and `config` are names of files, or texts. */
export const attempt = (
  module: string,
  config: string,
  options: CheckOptions = {},
): CheckOutcome | readonly Diagnostic[] => {
  const written = module.includes('\n') ? module : undefined;
  const name = written === undefined ? module : (/MODULE (\w+)/.exec(written)?.[1] ?? 'M');
  const { spec, diagnostics } = loadSpec(name, {
    read: (wanted) => {
      const text = wanted === name && written !== undefined ? written : readSpecFile(`${wanted}.tla`);
      return text === undefined ? undefined : { file: `${wanted}.tla`, text };
    },
  });
  if (spec === undefined) return diagnostics;
  const text = config.includes('\n') ? config : (readSpecFile(`${config}.cfg`) ?? config);
  const parsed = parseConfig(`${config.includes('\n') ? name : config}.cfg`, text);
  return parsed.diagnostics.length > 0 ? parsed.diagnostics : checkSpec(spec, parsed.config, { maxStates, ...options });
};

/** A module with one integer variable `x` that starts at 0. */
export const moduleOf = (body: string): string =>
  `---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\nInit == x = 0\n${body}\n====\n`;

/** A configuration for `moduleOf`. */
export const configOf = (more: string): string => `INIT Init\nNEXT Next\n${more}\n`;
