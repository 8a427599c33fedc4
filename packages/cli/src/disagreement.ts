/** A verdict of the replay in the form of the report. */
import type { Disagreement } from '@vmacheck/report';
import type { Verdict } from '@vmacheck/replay';
import type { Program, Step } from '@vmacheck/trace';

/** What the report shows of a program that disagrees. */
export function disagreementOf(
  program: Program,
  verdict: Extract<Verdict, { readonly kind: 'disagrees' }>,
  reproduce: string,
): Disagreement {
  const { step, before, model, recorded, difference } = verdict;
  return {
    header: program,
    step: program.steps[step] as Step,
    index: step,
    of: program.steps.length,
    before,
    model,
    recorded,
    difference,
    reproduce,
  };
}
