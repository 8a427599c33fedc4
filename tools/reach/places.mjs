/** The places of the sources that were not reached, each with the reason why, if one is given. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from './reasons.mjs';

/** `{ file, line, text, reason }` by file and line: one for each line, whatever of it was not reached. */
export function placesLeft(files, root) {
  return files.flatMap(({ file, left }) => {
    const source = readFileSync(join(root, file), 'utf8').split('\n');
    const lines = [...new Set(left.map(({ line }) => line))];
    return lines.map((line) => {
      const text = (source[line - 1] ?? '').trim();
      return { file, line, text, reason: reasonFor(file, text) };
    });
  });
}

/** Reasons name a file and a part of the line's text, so that they do not depend on line numbers. */
function reasonFor(file, text) {
  return REASONS.find(([suffix, part]) => file.endsWith(suffix) && (part === undefined || text.includes(part)))?.[2];
}
