import { describe, expect, test } from 'vitest';
import { type ManifestMutant, parseManifest, runManifest } from '../../src/explore/index.js';
import { readSpecFile } from './run.js';

const host = { read: readSpecFile };

const withMutants = (mutants: readonly ManifestMutant[], more: object = {}): string =>
  JSON.stringify({
    modules: [
      {
        path: 'Commit.tla',
        models: [
          { path: 'Commit.cfg', result: 'success', distinctStates: 288, sometimes: ['AllCommitted'], mutants, ...more },
        ],
      },
    ],
  });

const report = (text: string): Exclude<ReturnType<typeof runManifest>, string>[number] => {
  const reports = runManifest(text, host);
  if (typeof reports === 'string') throw new Error(reports);
  return reports[0]!;
};

const mutant: ManifestMutant = {
  name: 'commit without everybody',
  file: 'Commit.tla',
  find: '/\\ tmPrepared = RM\n',
  replace: '/\\ tmPrepared # {}\n',
  violates: 'Consistent',
};

describe('runManifest', () => {
  test('a broken commit is caught by the property that it breaks', () => {
    const { ok, distinct, sometimes, mutants } = report(withMutants([mutant]));
    expect({ ok, distinct, reached: sometimes[0]?.reached }).toEqual({ ok: true, distinct: 288, reached: true });
    expect(mutants[0]).toMatchObject({ caughtBy: 'Consistent', ok: true });
  });

  test('a mutant that another property catches, or none, is not ok', () => {
    const wrong = report(withMutants([{ ...mutant, violates: 'TypeOK' }]));
    expect(wrong.mutants[0]).toMatchObject({ ok: false, problem: 'Consistent is violated, not TypeOK' });
    const harmless = report(withMutants([{ ...mutant, replace: '/\\ RM = tmPrepared\n' }]));
    expect(harmless.mutants[0]).toMatchObject({ ok: false, problem: 'the result is success, not Consistent' });
  });

  test('a patch must fit exactly once', () => {
    const { mutants, ok } = report(withMutants([{ ...mutant, find: 'tmPrepared' }]));
    expect(ok).toBe(false);
    expect(mutants[0]?.problem).toMatch(/occurs \d+ times in Commit\.tla, not once/);
  });

  test('other counts, results and unreached predicates are problems', () => {
    const { problems } = report(
      withMutants([], { distinctStates: 289, totalStates: 1146, result: 'deadlock failure', sometimes: ['Never'] }),
    );
    expect(problems).toEqual(['TLA3001: the specification does not define `Never` (Commit.tla:1:40)']);
    expect(
      report(withMutants([], { distinctStates: 289, stateDepth: 1, result: 'deadlock failure' })).problems,
    ).toEqual(['the result is success, not deadlock', '288 distinct states, not 289', '11 levels, not 1']);
  });

  test('a deadlock is named by its name', () => {
    const stuck = { ...mutant, violates: 'Deadlock', find: 'x = Max /\\', replace: 'x > Max /\\', file: 'Counter.tla' };
    const model = { path: 'Counter.cfg', result: 'success', mutants: [stuck] };
    expect(report(JSON.stringify({ modules: [{ path: 'Counter.tla', models: [model] }] })).mutants[0]).toMatchObject({
      caughtBy: 'Deadlock',
      ok: true,
    });
  });
});

test('a manifest that is not one gives a sentence', () => {
  expect(parseManifest('{')).toMatch(/^not JSON/);
  expect(parseManifest('{"modules": [{}]}')).toBe('a module: `path` must be a text');
  const wrong = { modules: [{ path: 'A.tla', models: [{ path: 'A.cfg', result: 'fine' }] }] };
  expect(parseManifest(JSON.stringify(wrong))).toMatch(/^A\.cfg: `result` must be one of/);
});
