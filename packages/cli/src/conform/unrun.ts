import type { Program } from '@vmacheck/trace';

/** The program as it was before anybody ran it. */
export function unrun(program: Program): Program {
  const steps = program.steps.map((step) => {
    const { op, args, proc } = step;
    return (proc === undefined ? { op, args } : { op, args, proc }) as typeof step;
  });
  return { ...program, steps, mappings: [] };
}
