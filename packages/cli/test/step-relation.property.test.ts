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

describe('every step is what the specification says', () => {
  test(`in ${PROGRAMS} generated programs of ${STEPS} steps (seed ${SEED})`, () => {
    const { profile } = profileFor(null);
    for (const program of generatePrograms({ programs: PROGRAMS, steps: STEPS, seed: SEED }))
      expect(violationOf(program, relation, profile), program.id).toBeUndefined();
  });

  test.for([...files].sort())('in the recorded programs of %s', async (name) => {
    const differing: string[] = [];
    for await (const program of openPrograms(join(folder, name))) {
      const { profile } = profileFor(program.kernel, program.kernelVersion);
      if (violationOf(program, relation, profile) !== undefined) differing.push(program.id);
    }
    expect(differing).toEqual([]);
  });
});
