import { runManifest } from 'tla2ts/node';
import { describe, expect, test } from 'vitest';
import { models, readSpec, shownSpec } from './specs-folder.js';

describe('the specifications have the state spaces that TLC found', () => {
  test.each(models.map(({ module, model }) => [model.path, module, model] as const))(
    '%s',
    (path, module, model) => {
      const reports = runManifest(
        readSpec('manifest.json') ?? '',
        { read: readSpec, shown: shownSpec },
        { mutants: false, models: (m, of) => of === module && m.path === path },
      );
      expect(reports).toMatchObject([{ config: path, problems: [], ok: true }]);
      if (model.result !== 'success' || typeof reports === 'string') return;
      const { distinctStates: distinct, totalStates: generated, stateDepth: depth } = model;
      expect(reports).toMatchObject([{ distinct, generated, depth }]);
    },
    120_000,
  );
});
