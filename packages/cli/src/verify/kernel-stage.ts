/** Generated programs on the kernel of this machine, replayed in the model. */
import { countReason } from '../not-recorded.js';
import { generatePrograms } from '@vmacheck/fuzz';
import { type LiveKernel, type Outcome, probeLive, recordPrograms } from '@vmacheck/kernel';
import { counted, disagreementLines, grouped } from '@vmacheck/report';
import { profileFor, replayProgram } from '@vmacheck/replay';
import { disagreementOf } from '../disagreement.js';
import { ReplayTotals } from '../replay-totals.js';
import { type Stage, type StageContext, type StageResult, skipped } from './stage.js';

/** Steps to compare at least. */
const STEPS = 50_000;
const STEPS_OF_PROGRAM = 32;
/** Where steps cannot be compared for want of a privilege, more programs are tried, but not without end. */
const MOST_PROGRAMS = 5000;
/** So many disagreements end the stage: one defect shows in many programs. */
const MOST_DISAGREEMENTS = 3;

export const kernelStage: Stage = {
  name: 'kernel',
  title: 'generated programs on the kernel of this machine, compared step by step with the model',
  run,
};

async function run(context: StageContext): Promise<StageResult> {
  const kernel = await probeLive();
  if (!kernel.available) return skipped(kernel.reason);
  const { exact, note } = profileFor(kernel.release, kernel.version);
  if (!exact) return skipped(note);
  return compare(kernel, context);
}

async function compare(kernel: LiveKernel, { progress, seed, paint }: StageContext): Promise<StageResult> {
  const totals = new ReplayTotals();
  const left = new Map<string, number>();
  const onOutcome = (outcome: Outcome): void => {
    if (outcome.kind !== 'recorded') countReason(left, outcome);
  };
  const pictures: string[] = [];
  let interrupted = false;
  let index = -1;
  const programs = generatePrograms({ seed, programs: MOST_PROGRAMS, steps: STEPS_OF_PROGRAM });
  for await (const program of recordPrograms(programs, { onOutcome })) {
    index += 1;
    const verdict = replayProgram(program);
    totals.add({ program, index }, verdict);
    if (verdict.kind === 'disagrees') {
      const reproduce =
        `vmacheck record --seed ${seed} --programs ${index + 1} --steps ${STEPS_OF_PROGRAM} -o trace.ndjson; ` +
        `vmacheck replay trace.ndjson --program ${program.id} --until ${verdict.step}`;
      pictures.push(`program ${program.id}`, ...disagreementLines(disagreementOf(program, verdict, reproduce), paint));
    }
    if (totals.compared >= STEPS || totals.disagreements >= MOST_DISAGREEMENTS) break;
    if (!(await progress.tick(() => `kernel: ${totals.line()}`))) {
      interrupted = true;
      break;
    }
  }
  const lines = [
    `seed ${seed}, Linux ${kernel.release}: ${totals.line()}`,
    ...totals.unknownLines(),
    ...[...left].map(([reason, count]) => `  ${counted(count, 'program')} ${reason}`),
    ...pictures,
  ];
  const { details, ...numbers } = totals.json();
  const found = totals.disagreements > 0 ? { details } : {};
  const measured = { seed, kernel: kernel.release, ...numbers, ...found, notRecorded: Object.fromEntries(left) };
  return { ...judged(totals, left, interrupted), lines, measured };
}

function judged(
  totals: ReplayTotals,
  left: ReadonlyMap<string, number>,
  interrupted: boolean,
): Pick<StageResult, 'result' | 'why'> {
  if (totals.disagreements > 0) return { result: 'failed', why: 'model and kernel disagree' };
  if (interrupted) return { result: 'interrupted' };
  const failures = [...left.keys()].find((reason) => reason.startsWith('failed'));
  if (failures !== undefined) return { result: 'failed', why: `a program could not be recorded (${failures})` };
  if (totals.compared >= STEPS) return { result: 'passed' };
  const reason = [...totals.unknownReasons.keys(), ...left.keys()][0] ?? 'the programs end';
  return {
    result: 'skipped',
    why: `only ${grouped(totals.compared)} of ${grouped(STEPS)} steps could be compared: ${reason}`,
  };
}
