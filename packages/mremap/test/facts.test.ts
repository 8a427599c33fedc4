import { describe, expect, test } from 'vitest';
import { FACTS, type FactName, PROFILES, type Release, RELEASES } from '@vmacheck/model';
import { factPrograms, run } from './programs.js';

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
