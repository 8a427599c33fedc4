import { FORMAT_VERSION, type Program, type ProgramHeader, type Step } from './types.js';

/** A program's record as a line, without the newline. */
export function formatHeader(header: ProgramHeader): string {
  const { steps: _steps, ...fields } = header as Program;
  return JSON.stringify({ type: 'program', version: FORMAT_VERSION, ...fields });
}

/** A step's record as a line, without the newline. */
export function formatStep(step: Step): string {
  return JSON.stringify({ type: 'step', ...step });
}

/** The lines of a program, each with its newline: what `readPrograms` reads. */
export function* formatProgram(program: Program): Generator<string> {
  yield `${formatHeader(program)}\n`;
  for (const step of program.steps) yield `${formatStep(step)}\n`;
}
