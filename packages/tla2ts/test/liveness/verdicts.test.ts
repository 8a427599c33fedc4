/**
 * Small specifications whose verdicts are known: manifest.json has what TLC says of each, or that TLC cannot handle the formula. Every lasso is looked at: it is a behaviour of the
 * specification, it is fair, and it does not satisfy the property.
 */
import { Exploration, type Outcome, checkTemporal } from '@vmacheck/checker';
import { type Lasso, after, holdsFrom } from './lasso.js';
import { checkCompiled, checkSpec, compileForChecker, renderOutcome } from '../../src/explore/index.js';
import { describe, expect, test } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import type { CompiledSpec } from '../../src/explore/index.js';
import type { ModelConfig } from '../../src/config/config.js';
import type { ResolvedSpec } from '../../src/names/resolved.js';
import { loadSpec } from '../../src/names/load-spec.js';
import { parseConfig } from '../../src/config/parse-config.js';

interface Row {
  readonly module: string;
  readonly config: string;
  readonly tlc: string;
  readonly result: Outcome['result'];
  readonly property?: string;
  readonly distinct?: number;
}

const folder = new URL('specs/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const rows = JSON.parse(readFileSync(new URL('manifest.json', import.meta.url), 'utf8')) as readonly Row[];

const specs = new Map<string, ResolvedSpec>();
const specOf = (module: string): ResolvedSpec => {
  const known = specs.get(module);
  if (known !== undefined) return known;
  const { spec, diagnostics } = loadSpec(module, {
    read: (name) => ({ file: `${name}.tla`, text: text(`${name}.tla`) }),
  });
  if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  specs.set(module, spec);
  return spec;
};

const load = ({ module, config }: Row): { spec: ResolvedSpec; config: ModelConfig; compiled: CompiledSpec } => {
  const spec = specOf(module);
  const parsed = parseConfig(`${config}.cfg`, text(`${config}.cfg`)).config;
  const compiled = compileForChecker(spec, parsed);
  if (!('program' in compiled)) throw new Error(compiled.map(({ message }) => message).join('; '));
  return { spec, config: parsed, compiled };
};

/** All states that the next-state relation allows after a state, and the state itself. */
const nextOf = ({ program: { model } }: CompiledSpec, state: Uint32Array): readonly string[] => {
  const target = new Uint32Array(model.wordsPerState);
  const found = [state.join()];
  for (const { successors } of model.actions) {
    successors(state, 0, target, 0, () => {
      const inside = model.constraint?.holds(target, 0) !== false;
      if (inside && model.stepConstraint?.holds(state, 0, target, 0) !== false) found.push(target.join());
      return true;
    });
  }
  return found;
};

const initialOf = ({ program: { model } }: CompiledSpec): readonly string[] => {
  const target = new Uint32Array(model.wordsPerState);
  const found: string[] = [];
  model.initial(target, 0, () => found.push(target.join()) > 0);
  return found;
};

test('the manifest is about all configurations, and enough of them', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cfg'));
  expect(rows.map(({ config }) => `${config}.cfg`).sort()).toEqual(files.sort());
  expect(new Set(rows.map(({ module }) => module)).size).toBeGreaterThanOrEqual(30);
  expect(rows.filter(({ result, tlc }) => result !== tlc).map(({ tlc }) => tlc)).toEqual(
    Array.from({ length: 4 }, () => 'cannot handle the formula'),
  );
});

test.each(rows)('$config: $result $property', (row) => {
  const { compiled } = load(row);
  const { program } = compiled;
  const exploration = new Exploration(program.model);
  const safe = exploration.advance() ?? exploration.interrupt();
  const temporal = program.temporal();
  const outcome = checkTemporal(program.model, temporal, exploration, safe);
  const { result, violation, trace = [], loop = -1 } = outcome;
  expect({ result, property: violation?.name }).toEqual({ result: row.result, property: row.property });
  if (row.distinct !== undefined) expect(outcome.distinct).toBe(row.distinct);
  if (result !== 'liveness-violation') return;

  const lasso: Lasso = { states: trace.map(({ words }) => words), loop };
  expect(initialOf(compiled)).toContain(lasso.states[0]?.join());
  lasso.states.forEach((state, i) => {
    expect(nextOf(compiled, state)).toContain(lasso.states[after(lasso, i)]?.join());
  });
  expect(temporal.assumptions.every((assumption) => holdsFrom(0, assumption, lasso))).toBe(true);
  const violated = temporal.properties.filter(({ formula }) => !holdsFrom(0, formula, lasso));
  expect(violated.map(({ name }) => name)).toContain(violation?.name);
});

test('an error in a temporal formula has its place, and a trace to the state where it is met', () => {
  const config = parseConfig(
    'Queue.cfg',
    'SPECIFICATION Spec\nCONSTANTS Clients = {1} Stack = FALSE\nPROPERTY First\n',
  ).config;
  const module = text('Queue.tla').replace('Served ==', 'First == []<>(Head(queue) = 1)\nServed ==');
  const { spec } = loadSpec('Queue', { read: (name) => ({ file: `${name}.tla`, text: module }) });
  const outcome = checkSpec(spec as ResolvedSpec, config);
  expect(outcome).toMatchObject({ result: 'error', failure: { span: { line: 12, column: 15 } } });
});

describe('a counterexample ends with the way it goes on', () => {
  const rendered = (config: string): string => {
    const { spec, config: parsed, compiled } = load(rows.find((row) => row.config === config) as Row);
    return renderOutcome({ ...checkCompiled(spec, parsed, compiled), seconds: 0 });
  };

  test('in a loop', () => {
    expect(rendered('LossyWeak')).toMatchInlineSnapshot(`
      "violated: temporal property Arrives

        1  initial state
             sent = 0
             channel = {}
             received = 1
        2  Send                                                          Lossy.tla:7:9
             channel = {0}
           Back to state 1

      10 distinct states, 25 generated, depth 8, 0.00 s"
    `);
  });

  test('and where there is none, the properties are named', () => {
    expect(rendered('RingStrong')).toMatch(/^holds: no error in any state, nor in any behaviour \(Found, Everyone\)\n/);
  });

  test('in a state that stays as it is', () => {
    expect(rendered('EndingBegins')).toMatchInlineSnapshot(`
      "violated: temporal property Begins

        1  initial state
             n = 1
           Stuttering

      7 distinct states, 13 generated, depth 1, 0.00 s"
    `);
  });
});
