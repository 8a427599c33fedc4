/** The step relation has no false alarms, on generated programs and on recorded ones. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatePrograms, violationOf } from '@vmacheck/fuzz';
import { relationGroup } from '@vmacheck/invariants';
import { profileFor } from '@vmacheck/replay';
import { openPrograms } from '@vmacheck/trace/node';
import { describe, expect, test } from 'vitest';

const PROGRAMS = 600;
const STEPS = 32;
const SEED = 20261124;

const relation = { state: [], step: [relationGroup], phase: [] };
const folder = fileURLToPath(new URL('../../../traces/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.ndjson(\.gz)?$/.test(name),
);

/** Programs in which a step is not what the specification says, and why. */
const DIFFERING: Readonly<Record<string, readonly string[]>> = {
  // The defect copyLosesAnonVma of 6.17, which the profile of the specifications does not excuse.
  'facts.ndjson.gz': ['6.17/copyLosesAnonVma', '6.17/privateFilesHaveAnonOffset'],
  // One store brings in a huge page: the specifications know pages of one size.
  'regressions/collapse.ndjson.gz': [
    '6.17/full-guard',
    '6.18/full-guard',
    '7.1/range-anon-402-403',
    '7.1/range-anon-3-9',
    '7.1/range-anon-512-513',
  ],
};

describe('every step is what the specification says', () => {
  test(`in ${PROGRAMS} generated programs of ${STEPS} steps (seed ${SEED})`, () => {
    const { profile } = profileFor(null);
    for (const program of generatePrograms({ programs: PROGRAMS, steps: STEPS, seed: SEED }))
      expect(violationOf(program, relation, profile), program.id).toBeUndefined();
  });

  test.for([...files].sort())('in the recorded programs of %s, but for those named here', async (name) => {
    const differing: string[] = [];
    for await (const program of openPrograms(join(folder, name))) {
      const { profile } = profileFor(program.kernel, program.kernelVersion);
      if (violationOf(program, relation, profile) !== undefined) differing.push(program.id);
    }
    expect(differing).toEqual(DIFFERING[name] ?? []);
  });
});
