/** Which operators of the language and of the standard modules have the same value whenever their arguments have the same values. */
import type { BuiltinSymbol } from '../../names/resolved.js';

/** Modules with operators that do something, or that see something else than their arguments. */
const impureModules: ReadonlySet<string> = new Set([
  'TLCExt',
  'Randomization',
  'IOUtils',
  'Json',
  'CSV',
  'SVG',
  'ShiViz',
  'Apalache',
]);

/** The operators of TLC that are like any other. */
const pureOfTlc: ReadonlySet<string> = new Set([
  ':>',
  '@@',
  'Permutations',
  'SortSeq',
  'ToString',
  'TLCEval',
  'Assert',
]);

/** ENABLED, whose value depends on more than what is written as its argument, and temporal operators. */
const impureOfLanguage: ReadonlySet<string> = new Set(['ENABLED', '[]', '<>', '~>', '-+->', '\\cdot']);

/** See the head of the file. */
export const isPure = ({ module, name }: BuiltinSymbol): boolean => {
  if (impureModules.has(module)) return false;
  return module === 'TLC' ? pureOfTlc.has(name) : !impureOfLanguage.has(name);
};
