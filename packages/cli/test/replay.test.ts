import { expect, test } from 'vitest';
import { file, trace, vmacheck } from './run.js';

const agrees = file('agrees.ndjson', trace());
const disagrees = file(
  'dis agrees.ndjson',
  trace({ step: 2, fields: { result: { errno: 'EFAULT' }, after: 'unchanged' } }),
);

test('a trace that agrees exits 0 and prints the totals', async () => {
  const { code, out, err } = await vmacheck(['replay', agrees]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe('1 program, 3 steps, 0 disagreements, 0 unknown\n');
});

test('the JSON of a trace that agrees has exactly the promised fields', async () => {
  const { out } = await vmacheck(['replay', agrees, '--json']);
  expect(JSON.parse(out)).toEqual({ programs: 1, steps: 3, disagreements: 0, unknown: 0, details: [] });
});

test('a disagreement exits 1, with both sides drawn and the command that shows it again', async () => {
  const { code, out } = await vmacheck(['replay', disagrees]);
  expect(code).toBe(1);
  const lines = out.split('\n').map((line) => line.trim());
  expect(lines.slice(0, 5)).toEqual([
    'program hand-made',
    'diverged at step 2 of 3: mremap(old=2, oldLen=3, newLen=3, MREMAP_MAYMOVE|MREMAP_FIXED, new=9)',
    expect.stringMatching(/^before +\|\.\.AAA\.{11}\|$/),
    expect.stringMatching(/^model {3}-> moved to 9 +\|\.{9}AAA\.{4}\|$/),
    expect.stringMatching(/^kernel {2}-> EFAULT +\|\.\.[AB]{3}\.{11}\|$/),
  ]);
  expect(out).toContain('difference: the model says 0x10009000, the record EFAULT');
  expect(out).toContain("reproduce: vmacheck replay 'dis agrees.ndjson' --program hand-made --until 2\n");
  expect(out).toContain('1 program, 3 steps, 1 disagreement, 0 unknown\n');
});

test('the command that shows it again has the options that it was found with', async () => {
  const options = ['--profile', '7.3', '--as-intended', '--committed'];
  const { code, out } = await vmacheck(['replay', disagrees, ...options]);
  expect(code).toBe(1);
  expect(out).toContain(`--program hand-made --until 2 ${options.join(' ')}\n`);
});

test('the JSON of a disagreement says where and what', async () => {
  const { code, out } = await vmacheck(['replay', disagrees, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    disagreements: 1,
    details: [
      { program: 'hand-made', index: 0, step: 2, kind: 'disagreement', recorded: { result: { errno: 'EFAULT' } } },
    ],
  });
});

test('of several files each detail names its own', async () => {
  const { code, out } = await vmacheck(['replay', agrees, disagrees, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ programs: 2, details: [{ file: disagrees, index: 0, step: 2 }] });
});

test('--until stops after the named step, before the disagreement', async () => {
  const { code, out } = await vmacheck(['replay', disagrees, '--until', '1', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ steps: 2, disagreements: 0 });
});

test('--program chooses by id or index, and complains when there is none', async () => {
  const two = file('two.ndjson', trace() + trace().replace('hand-made', 'second'));
  for (const wanted of ['second', '1']) {
    const { out } = await vmacheck(['replay', two, '--program', wanted, '--json']);
    expect(JSON.parse(out)).toMatchObject({ programs: 1, steps: 3 });
  }
  const { code, err } = await vmacheck(['replay', two, '--program', 'third']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[CLI1004\]: no program is called third\n {2}--> two\.ndjson\n/);
});

test('a contents difference is a disagreement', async () => {
  const name = file('contents.ndjson', trace({ step: 2, fields: { contents: { '0x10009000': '0x8' } } }));
  const { code, out } = await vmacheck(['replay', name]);
  expect(code).toBe(1);
  expect(out).toContain('difference: contents of 0x10009000: 0x7 in the model, 0x8 recorded');
});

test('a program that nobody has run is performed, and the totals say that nothing was compared', async () => {
  const bare = trace()
    .split('\n')
    .map((line) => {
      if (line === '') return line;
      const {
        result: _result,
        after: _after,
        contents: _contents,
        ...rest
      } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify(rest);
    });
  const { code, out } = await vmacheck(['replay', file('bare.ndjson', bare.join('\n'))]);
  expect(code).toBe(0);
  expect(out).toContain('1 program without anything to compare with');
});

test('an interruption prints the totals so far and exits 130', async () => {
  const { code, out } = await vmacheck(['replay', agrees], { interrupted: () => true });
  expect(code).toBe(130);
  expect(out).toContain('1 program, 3 steps');
});
