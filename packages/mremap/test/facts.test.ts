import { describe, expect, test } from 'vitest';
import { FACTS, type FactName, profileFor, PROFILES, type Release, RELEASES } from '@vmacheck/model';
import { factPrograms, run } from './programs.js';
import { recordedFacts } from './recorded-facts.js';

const programs = factPrograms();

/** Whether the program of a fact tells a release with the fact from the same release without it. */
function tells(name: FactName, release: Release): boolean {
  const steps = programs.get(name)?.steps ?? [];
  const [without, withFact] = [false, true].map((holds) => run(steps, { ...PROFILES[release], [name]: holds }));
  return JSON.stringify(without) !== JSON.stringify(withFact);
}

describe('every fact has a program that shows it', () => {
  test('and every program is that of a fact', () => {
    expect([...programs.keys()].sort()).toEqual(FACTS.map(({ name }) => name).sort());
  });

  test.each(FACTS)('$name: $doc', ({ name }) => {
    expect(RELEASES.some((release) => tells(name, release))).toBe(true);
  });
});

/** Facts whose programs need a machine that allows few mappings; limits.test.ts has what was seen there. */
const UNRECORDED = new Set(['mapsCountedUnderLock', 'dontunmapCountsOneMore']);

describe('kernels that differ in a fact were seen to differ in its program', () => {
  const recordings = recordedFacts();

  test.each(FACTS.filter(({ name }) => !UNRECORDED.has(name)))('$name', ({ name }) => {
    const seen = recordings.filter(({ fact }) => fact === name);
    expect(seen.length).toBe(RELEASES.length);
    const holds = seen.map(({ kernel, kernelVersion }) => profileFor(kernel, kernelVersion).profile[name]);
    for (const [i, { seen: now }] of seen.entries()) {
      if (i > 0 && holds[i] !== holds[i - 1]) expect(now).not.toEqual(seen[i - 1]?.seen);
    }
    expect(new Set(holds).size).toBe(2);
  });
});
