import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { file, vmacheck } from './run.js';

const facts = gunzipSync(readFileSync(new URL('../../../traces/facts.ndjson.gz', import.meta.url))).toString();

/** What one program did on one kernel. */
function recorded(id: string): string {
  const lines = facts.split('\n');
  const first = lines.findIndex((line) => line.includes(`"id":"${id}"`));
  const next = lines.findIndex((line, i) => i > first && line.includes('"type":"program"'));
  return `${lines.slice(first, next).join('\n')}\n`;
}

test('what kernels did has the properties of the specifications, with the facts of their releases', async () => {
  const { code, out } = await vmacheck(['check-trace', file('facts.ndjson', facts), '--json']);
  expect(code).toBe(0);
  const { violations, properties } = JSON.parse(out);
  expect(violations).toEqual([]);
  const counts = new Map(properties.map((count: { name: string }) => [count.name, count]));
  expect(counts.get('LockedVmExact')).toMatchObject({ kind: 'step', evaluated: expect.toSatisfy((n) => n > 300) });
  expect(counts.get('AnonVmaOnlyByFault')).toMatchObject({ notShown: expect.toSatisfy((n) => n > 300) });
});

test.for([
  ['6.18/dontunmapCountsLockedTwice', 'LockedVmExact'],
  ['6.18/partialDontunmapUnlocksAll', 'LocksOutsideUnchanged'],
  ['6.17/unlockHitsMerged', 'MovedKeepsLocks'],
  ['7.1/uffdResetHitsMerged', 'RegistrationOutsideUnchanged'],
  ['7.0/fixedShrinkLeaksCommit', 'CommittedExact'],
])('a defect shows in what the kernel did: %s', async ([id, property]) => {
  const trace = file(`${id?.replace('/', '-')}.ndjson`, recorded(id as string));
  expect((await vmacheck(['check-trace', trace])).code).toBe(0);
  const { code, out } = await vmacheck(['check-trace', trace, '--as-intended', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ programs: 1, violations: [{ program: id, name: property }] });
});

test('7.3 has none of them', async () => {
  const ids = [...facts.matchAll(/"id":"(7\.3\/[^"]*)"/g)].map(([, id]) => id as string);
  const trace = file('newest.ndjson', ids.map(recorded).join(''));
  const { code, out } = await vmacheck(['check-trace', trace, '--as-intended']);
  expect(code).toBe(0);
  expect(out).toMatch(/, 0 violations\n$/);
});
