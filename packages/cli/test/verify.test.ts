import { PLAIN } from '@vmacheck/report';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { Progress, type Terminal } from '../src/terminal.js';
import { exploreSpecs } from '../src/verify/specs-stage.js';
import type { Stage, StageContext, StageResult } from '../src/verify/stage.js';
import { runStages } from '../src/verify/run-stages.js';
import { captured, file, folder } from './run.js';

const contextOf = (terminal: Terminal): StageContext => ({
  terminal,
  progress: new Progress(terminal),
  paint: PLAIN,
  seed: 1,
});

mkdirSync(join(folder, 'specs'));
file(
  'specs/Ring.tla',
  "---- MODULE Ring ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 4\nThree == x = 3\nFive == x = 5\n====\n",
);
file('specs/Ring.cfg', 'INIT Init\nNEXT Next\n');

const explored = async (model: object): Promise<StageResult> => {
  const manifest = { modules: [{ path: 'Ring.tla', models: [{ path: 'Ring.cfg', result: 'success', ...model }] }] };
  file('specs/manifest.json', JSON.stringify(manifest));
  return exploreSpecs(pathToFileURL(join(folder, 'specs/')), contextOf(captured().terminal));
};

test('specifications pass when the manifest names what is found', async () => {
  const { result, lines, measured } = await explored({ distinctStates: 4, stateDepth: 4, sometimes: ['Three'] });
  expect(result).toBe('passed');
  expect(lines[1]).toMatch(/^Ring\.cfg +success +4 +5 +4 +\d\.\d +1 of 1$/);
  expect(measured).toMatchObject({ models: [{ config: 'Ring.cfg', distinct: 4, depth: 4, problems: [] }] });
});

test('another count of states fails, and so does a "sometimes" that is never reached', async () => {
  const { result, why, lines } = await explored({ distinctStates: 5, sometimes: ['Five'] });
  expect({ result, why }).toEqual({ result: 'failed', why: 'not as the manifest says: Ring.cfg' });
  expect(lines.slice(2)).toEqual(['Ring.cfg: 4 distinct states, not 5', 'Ring.cfg: Five is never reached']);
});

test('without a manifest the stage is skipped and says why', async () => {
  const { result, why } = await exploreSpecs(pathToFileURL(join(folder, 'none/')), contextOf(captured().terminal));
  expect(result).toBe('skipped');
  expect(why).toMatch(/there is no .*manifest\.json/);
});

const stage = (name: Stage['name'], result: StageResult['result'], why?: string): Stage => ({
  name,
  title: 'a stage',
  run: () =>
    Promise.resolve({ result, lines: ['measured'], measured: { number: 7 }, ...(why === undefined ? {} : { why }) }),
});

const run = async (stages: readonly Stage[], json = false, required: readonly string[] = []) => {
  const { terminal, out } = captured();
  const code = await runStages(stages, { seed: 1, json, require: required }, terminal).catch((error: unknown) => error);
  return { code, out: out() };
};

test('stages that passed end with `passed`', async () => {
  const { code, out } = await run([stage('specs', 'passed'), stage('fuzz', 'passed')]);
  expect(code).toBe(0);
  expect(out).toMatch(/^specs: a stage\n {2}measured\n {2}passed \(0\.0 s\)\n\nfuzz: .*\npassed\n$/s);
});

test('a skipped stage is named with its reason, counted, and not counted as passed', async () => {
  const { code, out } = await run([stage('specs', 'passed'), stage('kernel', 'skipped', 'this is plan9')]);
  expect(code).toBe(0);
  expect(out).toContain('  skipped: this is plan9');
  expect(out).toMatch(/\npassed, 1 stage skipped\n$/);
});

test('--require turns a skipped stage into exit code 4', async () => {
  const { code } = await run([stage('kernel', 'skipped', 'this is plan9')], false, ['kernel']);
  expect(code).toMatchObject({ code: 'CLI4002', exitCode: 4, message: 'stage kernel was skipped: this is plan9' });
});

test('a failed stage fails the run, and the others run all the same', async () => {
  const { code, out } = await run([stage('specs', 'failed', 'why'), stage('fuzz', 'passed')]);
  expect(code).toBe(1);
  expect(out).toMatch(/failed: why.*passed.*\nfailed\n$/s);
});

test('the JSON has the result, how many stages were skipped, and what each measured', async () => {
  const { out } = await run([stage('specs', 'passed'), stage('kernel', 'skipped', 'no')], true);
  expect(JSON.parse(out)).toEqual({
    result: 'passed, 1 stage skipped',
    skipped: 1,
    stages: [
      { name: 'specs', result: 'passed', seconds: expect.any(Number), number: 7 },
      { name: 'kernel', result: 'skipped', why: 'no', seconds: expect.any(Number), number: 7 },
    ],
  });
});
