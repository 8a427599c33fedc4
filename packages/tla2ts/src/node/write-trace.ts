/** A counterexample in a file. */
import { writeFileSync } from 'node:fs';
import { type CheckOutcome, traceText } from '../explore/index.js';
import { userPath } from './files.js';
import { reasonOf } from './terminal.js';

/** Writes nothing where there is no counterexample. @returns why the file could not be written */
export const writeTrace = (path: string, outcome: CheckOutcome): string | undefined => {
  if (outcome.trace === undefined) return undefined;
  try {
    writeFileSync(userPath(path), traceText(path, outcome));
    return undefined;
  } catch (error) {
    return `cannot write the trace ${path}: ${reasonOf(error)}`;
  }
};
