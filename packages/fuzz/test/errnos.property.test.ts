/** Every error that the model gives was seen from a real kernel, or is listed with the reason why it cannot be. */
import { PROFILES, RELEASES, Session } from '@vmacheck/replay';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EXPECTED, isMistakenAddress } from '../../../tools/errnos/expected.mjs';
import { seenErrors, traceFiles } from '../../../tools/errnos/seen.mjs';
import { generatePrograms } from '../src/index.js';

const SEED = 5;
const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Of a process that is about to run a program: limits are drawn near it. */
const baseline = { mapCount: 11, totalVm: 10_200, lockedVm: 0, dataVm: 9_800 };

/** "call error" of every refusal of generated programs. */
function errorsOfModel(): ReadonlySet<string> {
  const found = new Set<string>();
  RELEASES.forEach((release, i) => {
    const profile = PROFILES[release];
    const options = { seed: SEED + i, programs: 50, steps: 40, profile, machineWide: true };
    for (const program of generatePrograms({ ...options, alphabet: 'all' })) {
      const session = new Session({ ...program, baseline }, profile);
      for (const step of program.steps) {
        const performed = session.perform(step);
        if (performed.kind !== 'done' || performed.outcome.ok || isMistakenAddress(step)) continue;
        found.add(`${step.op} ${performed.result.errno ?? performed.result.signal ?? '?'}`);
      }
    }
  });
  return found;
}

describe(`errors (seed ${SEED})`, () => {
  test('of the model were seen from a real kernel, or are listed with a reason', async () => {
    const seen: ReadonlyMap<string, unknown> = await seenErrors(traceFiles(root), root);
    const listed = new Set(EXPECTED.flatMap(([call, error, , why]) => (why === undefined ? [] : [`${call} ${error}`])));
    const ours = errorsOfModel();
    expect(ours.size).toBeGreaterThan(40);
    expect([...ours].filter((error) => !seen.has(error) && !listed.has(error))).toEqual([]);
  });

  test('that recorded traces show are all listed', async () => {
    const seen: ReadonlyMap<string, unknown> = await seenErrors(traceFiles(root), root);
    const listed = new Set(EXPECTED.map(([call, error]) => `${call} ${error}`));
    expect([...seen.keys()].filter((error) => !listed.has(error))).toEqual([]);
  });
});
