import { readFileSync } from 'node:fs';
import { parseManifest, runManifest } from 'tla2ts/node';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../../specs/', import.meta.url);
const text = readFileSync(new URL('manifest.json', folder), 'utf8');
const manifest = parseManifest(text);
const host = {
  read(path: string): string | undefined {
    try {
      return readFileSync(new URL(path, folder), 'utf8');
    } catch {
      return undefined;
    }
  },
  shown: (name: string): string => `specs/${name}`,
};

describe('the specifications have the state spaces that TLC found', () => {
  if (typeof manifest === 'string') throw new Error(manifest);
  for (const module of manifest.modules) {
    for (const model of module.models) {
      test(`${model.path}: ${model.distinctStates} distinct states, every "sometimes" reached, every mutant caught`, () => {
        const reports = runManifest(text, host, { models: (m, path) => path === module.path && m.path === model.path });
        if (typeof reports === 'string') throw new Error(reports);
        expect(reports).toHaveLength(1);
        for (const report of reports) {
          expect(report.distinct).toBe(model.distinctStates);
          expect(report).toMatchObject({ ok: true });
        }
      });
    }
  }
});
