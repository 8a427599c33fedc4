/** Recorded programs, made ready to be run again. */
import { isHex, type Program, parseHex, type Step } from '@vmacheck/trace';

/** The program as it was before anybody ran it. */
export function unrun(program: Program): Program {
  const steps = program.steps.map((step) => {
    const { op, args, proc } = step;
    return (proc === undefined ? { op, args } : { op, args, proc }) as typeof step;
  });
  // Other files are those of the recorder's own mappings.
  const files = Object.fromEntries(Object.entries(program.files).filter(([, { kind }]) => kind === 'memfd'));
  return { ...program, files, steps, mappings: [] };
}

/**
 * Whether a program does not depend on what the process had mapped when it began: where the whole space was recorded, that is the
 * recorder's own, and no step names a page of it.
 */
export function bringsItsOwn({ window, mappings, steps }: Program): boolean {
  const inside = mappings.map(({ start, end }) => [parseHex(start), parseHex(end)] as const);
  const isNamed = ([from, to]: readonly [bigint, bigint]): boolean =>
    inside.some(([start, end]) => from < end && start < to);
  return window === null && !steps.flatMap(rangesOf).some(isNamed);
}

/** The ranges that a step names by number. */
function rangesOf({ args }: Step): readonly (readonly [bigint, bigint])[] {
  const given = args as Readonly<Record<string, unknown>>;
  const number = (name: string): bigint => (isHex(given[name]) ? parseHex(given[name]) : 0n);
  const longest = ['length', 'oldLen', 'newLen'].map(number).reduce((a, b) => (a > b ? a : b), 1n);
  return ['addr', 'oldAddr', 'newAddr']
    .filter((name) => isHex(given[name]))
    .map((name) => [number(name), number(name) + longest] as const);
}
