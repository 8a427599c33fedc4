import { phaseProperties, stateInvariants, stepProperties } from '@vmacheck/invariants';
import { runManifest } from 'tla2ts/node';
import { describe, expect, test } from 'vitest';
import { models, readSpec, shownSpec } from './specs-folder.js';

const mutants = models.flatMap(({ module, model }) =>
  (model.mutants ?? []).map((mutant) => ({ module, config: mutant.config ?? model.path, mutant })),
);

describe('every mutant of the specifications violates its property, and none before it', () => {
  test.each(mutants.map((entry) => [entry.mutant.violates, entry.mutant.name, entry] as const))(
    '%s: %s',
    (violates, _name, { module, config, mutant: { file, find, replace } }) => {
      const [before, after, ...more] = (readSpec(file) ?? '').split(find);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`not once in ${file}: ${find}`);
      const text = [before, after].join(replace);
      const read = (path: string): string | undefined => (path === file ? text : readSpec(path));
      const manifest = { modules: [{ path: module, models: [{ path: config, result: 'safety failure' }] }] };
      const reports = runManifest(JSON.stringify(manifest), { read, shown: shownSpec });
      if (typeof reports === 'string') throw new Error(reports);
      const [report] = reports;
      if (report?.outcome === undefined) throw new Error(report?.problems.join('; '));
      expect(report.outcome.failure).toBeUndefined();
      expect(report.outcome.violation?.name).toBe(violates);
    },
    60_000,
  );
});

describe('every property', () => {
  const violated = new Set(mutants.map(({ mutant }) => mutant.violates));

  test.each([...stateInvariants, ...stepProperties].map(({ name }) => name))('%s has a mutant', (name) => {
    expect(violated).toContain(`${name}Holds`);
  });

  test.each(phaseProperties.map(({ name }) => name))('%s of the phases has a mutant', (name) => {
    expect(violated).toContain(`Each${name}`);
  });

  test('is asked for by the verdict, in the order of its module', () => {
    const asked = [...(readSpec('Explore.tla') ?? '').matchAll(/(?:CASE|\[\]) ~(\w+)\(/g)].map((match) => match[1]);
    expect(asked).toEqual([...stateInvariants, ...stepProperties].map(({ name }) => name));
  });
});
