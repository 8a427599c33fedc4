/** Generated programs under the generated properties. */
import { type FuzzOutcome, runFuzz, type Statistics } from '@vmacheck/fuzz';
import { profileFor } from '@vmacheck/replay';
import { counted } from '@vmacheck/report';
import { callCount, failureLines, propertyLines, statisticsLines, vacuous } from '../fuzz-report.js';
import { PROPERTIES } from '../properties.js';
import type { Stage, StageContext, StageResult } from './stage.js';

const PROGRAMS = 2000;
const STEPS = 32;

/** Shares of the steps below which the programs are too tame to say much. */
const LEAST: readonly (readonly [keyof Statistics & ('changing' | 'multiMoves' | 'partWay'), number, string])[] = [
  ['changing', 0.6, 'change something'],
  ['multiMoves', 0.05, 'move two or more VMAs'],
  ['partWay', 0.01, 'fail part-way'],
];

export const fuzzStage: Stage = {
  name: 'fuzz',
  title: 'generated programs in the model, under the properties that are generated from the specifications',
  run,
};

async function run({ progress, seed, paint }: StageContext): Promise<StageResult> {
  const { profile } = profileFor(null);
  const outcome = await runFuzz({
    seed,
    programs: PROGRAMS,
    steps: STEPS,
    profile,
    properties: PROPERTIES,
    onProgress: (programs) => progress.tick(() => `fuzz: ${counted(programs, 'program')} of ${PROGRAMS}`),
  });
  const { failure, programs, statistics, properties } = outcome;
  const reproduce = `vmacheck fuzz --seed ${seed} --programs ${programs} --steps ${STEPS}`;
  const idle = vacuous(properties).map(({ name }) => name);
  const lines = [
    `seed ${seed}: ${statisticsLines(programs, statistics).join('')}`,
    ...propertyLines(properties),
    ...(idle.length === 0 ? [] : [paint.warn(`antecedent never true: ${idle.join(', ')}`)]),
    ...(failure === undefined ? [] : ['', ...failureLines(failure, { file: undefined, profile, reproduce }, paint)]),
  ];
  const { steps, changing, multiMoves, partWay } = statistics;
  const measured = {
    seed,
    programs,
    steps,
    calls: callCount(statistics),
    changing,
    multiMoves,
    partWay,
    failures: failure === undefined ? 0 : 1,
    properties: properties.map(({ name, kind, evaluated, antecedentTrue }) => ({
      name,
      kind,
      evaluated,
      antecedentTrue,
    })),
  };
  return { ...judged(outcome), lines, measured };
}

function judged({ failure, programs, statistics, properties }: FuzzOutcome): Pick<StageResult, 'result' | 'why'> {
  if (failure !== undefined) return { result: 'failed', why: `property ${failure.violation.name} is violated` };
  if (programs < PROGRAMS) return { result: 'interrupted' };
  if (properties.length === 0) return { result: 'failed', why: 'there are no generated properties' };
  const tame = LEAST.find(([name, least]) => statistics[name] < least * statistics.steps);
  if (tame !== undefined) {
    return { result: 'failed', why: `fewer than ${100 * tame[1]} % of the generated calls ${tame[2]}` };
  }
  return { result: 'passed' };
}
