/** Explores a specification with its generated functions, and the same specification with the checker. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ModelValue, setFrom, sortedEntries, TlaSet } from 'tla2ts-runtime';
import { checkSpec } from '../../src/explore/index.js';
import type { ConfigValue, ModelConfig } from '../../src/index.js';
import { type EmittedFile, emitTypeScript, loadSpec, parseConfig } from '../../src/index.js';
import type { ResolvedSpec } from '../../src/names/resolved.js';
import { exportsOf } from './evaluate.js';

type Exports = Readonly<Record<string, unknown>>;

/** A specification with its configuration, compiled. */
export interface Model {
  readonly root: string;
  readonly spec: ResolvedSpec;
  readonly config: ModelConfig;
  readonly files: readonly EmittedFile[];
}

/** What an exploration finds: how many states there are, and which invariants are true in all of them. */
export interface Findings {
  readonly states: number;
  readonly invariants: Readonly<Record<string, boolean>>;
}

/** The model of a `.cfg` file. */
export function modelOf(path: string): Model {
  const root = basename(path, '.cfg');
  const { config } = parseConfig(path, readFileSync(path, 'utf8'));
  const { spec, diagnostics } = loadSpec(root, {
    read: (name) => ({ file: `${name}.tla`, text: readFileSync(join(dirname(path), `${name}.tla`), 'utf8') }),
  });
  if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const names = { specification: config.specification?.text, init: config.init?.text, next: config.next?.text };
  const { files, warnings } = emitTypeScript(spec, {
    behaviours: names,
    invariants: config.invariants.map(({ text }) => text),
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join('\n'));
  return { root, spec, config, files };
}

/** With `initialStates` and `nextStates`, breadth first. */
export function exploredByCode({ root, spec, config, files }: Model): Findings {
  const exported = exportsOf(files);
  const all: Exports = Object.assign(
    {},
    ...spec.modules.map(({ name }) => (hasFile(files, name) ? exported(name) : {})),
  );
  const constants = constantsOf(config, all);
  const { initialStates, nextStates } = exported(root) as Readonly<
    Record<string, (...args: readonly unknown[]) => Iterable<unknown>>
  >;
  if (initialStates === undefined || nextStates === undefined) throw new Error('no behaviours');
  const given = Object.keys(constants).length === 0 ? [] : [constants];
  const found = new Map<string, unknown>();
  let level = [...initialStates(...given)];
  while (level.length > 0) {
    const fresh = level.filter((state) => !found.has(keyOf(state)) && found.set(keyOf(state), state));
    level = fresh.flatMap((state) =>
      [...nextStates(...given, state)].map((step) => (step as { state: unknown }).state),
    );
  }
  const invariants = exported(root)['invariants'] as readonly { readonly name: string; readonly holds: unknown }[];
  const holds = (name: string): boolean => {
    const test = invariants.find((one) => one.name === name)?.holds as (...args: readonly unknown[]) => boolean;
    return [...found.values()].every((state) => (test.length === 1 ? test(state) : test(constants, state)));
  };
  return {
    states: found.size,
    invariants: Object.fromEntries(config.invariants.map(({ text }) => [text, holds(text)])),
  };
}

const hasFile = (files: readonly EmittedFile[], module: string): boolean =>
  files.some(({ name }) => name === `${module}.ts`);

/** With `check`: once without invariants, and once for each of them. */
export function exploredByCheck({ spec, config }: Model): Findings {
  const check = (invariants: ModelConfig['invariants']): { readonly distinct: number; readonly result: string } => {
    const outcome = checkSpec(spec, { ...config, invariants, checkDeadlock: false });
    if (!('result' in outcome)) throw new Error(outcome.map(({ message }) => message).join('\n'));
    return outcome;
  };
  const whole = check([]);
  if (whole.result !== 'success') throw new Error(whole.result);
  const verdicts = config.invariants.map((one) => [one.text, check([one]).result === 'success'] as const);
  return { states: whole.distinct, invariants: Object.fromEntries(verdicts) };
}

/** The constants of a configuration; model values are strings. */
function constantsOf(config: ModelConfig, exported: Exports): Readonly<Record<string, unknown>> {
  const values = config.constants.map(({ name, value }) => [name.text, valueOf(value)] as const);
  const definitions = config.overrides.map(({ name, by }) => [name.text, exported[by.text]] as const);
  return Object.fromEntries([...values, ...definitions]);
}

function valueOf(value: ConfigValue): unknown {
  switch (value.kind) {
    case 'number':
      return Number(value.value);
    case 'modelValue':
      return value.name;
    case 'set':
      return setFrom(value.items.map(valueOf));
    default:
      return value.value;
  }
}

/** Text that equal values share, whatever represents them. */
function keyOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof ModelValue) return value.name;
  if (value instanceof TlaSet) return `{${value.elements().map(keyOf).join()}}`;
  return `[${sortedEntries(value)
    .map(([key, result]) => `${keyOf(key)}:${keyOf(result)}`)
    .join()}]`;
}
