/** What kernels did, kept in traces/: the model says the same. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPrograms } from '@vmacheck/trace/node';
import { describe, expect, test } from 'vitest';
import { replayProgram } from '../src/index.js';

const folder = fileURLToPath(new URL('../../../traces/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.ndjson(\.gz)?$/.test(name),
);

describe('recorded traces', () => {
  test.for([...files].sort())('replay without a disagreement: %s', async (name) => {
    let steps = 0;
    for await (const program of openPrograms(join(folder, name))) {
      // Debian's cloud kernels ran in guests of their own, where nothing else commits memory.
      const verdict = replayProgram(program, { committed: program.kernel?.includes('cloud') === true });
      expect(verdict.kind === 'disagrees' ? `${program.id}: ${verdict.difference}` : verdict.unknown).toEqual([]);
      steps += verdict.steps;
    }
    expect(steps).toBeGreaterThan(0);
  });
});
