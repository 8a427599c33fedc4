/** Every fact that the specifications know decides something: read the other way round, a kernel that shows it contradicts them. */
import { fileURLToPath } from 'node:url';
import { violationOf } from '@vmacheck/fuzz';
import { relationGroup } from '@vmacheck/invariants';
import { type FactName, FACTS, type Profile, profileFor, type StepGroup } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';
import { openPrograms } from '@vmacheck/trace/node';
import { describe, expect, test } from 'vitest';
import { readSpec } from './specs-folder.js';

const recorded = fileURLToPath(new URL('../../../traces/facts.ndjson.gz', import.meta.url));

/** These have limits that are met where the programs of facts.ndjson.gz do not go; and one that decides under no defect only. */
const NOT_SHOWN = new Set(['dontunmapCountsOneMore', 'mapsCountedUnderLock', 'unregisteredCopyJoins']);

const records = readSpec('Records.tla') ?? '';
const known = [...records.slice(records.indexOf('Profile ==')).matchAll(/(\w+) : BOOLEAN/g)].map((match) => match[1]);

/** The step relation that has a fact the wrong way round. */
function contradicting(fact: FactName): StepGroup {
  const subject: StepGroup['subject'] = (s, c, r, t, profile: Profile) =>
    relationGroup.subject(s, c, r, t, { ...profile, [fact]: !profile[fact] });
  return { ...relationGroup, subject };
}

const programs: Program[] = [];
for await (const program of openPrograms(recorded)) programs.push(program);

describe('the step relation is violated where it has the wrong fact', () => {
  const facts = FACTS.map(({ name }) => name).filter((name) => known.includes(name) && !NOT_SHOWN.has(name));

  test.each(facts)('%s', (fact) => {
    const relation = { state: [], step: [contradicting(fact)], phase: [] };
    const shown = programs.filter(({ id }) => id.endsWith(`/${fact}`));
    const contradicted = shown.some((program) => {
      const { profile } = profileFor(program.kernel, program.kernelVersion);
      return violationOf(program, relation, profile) !== undefined;
    });
    expect(contradicted).toBe(true);
  });
});
