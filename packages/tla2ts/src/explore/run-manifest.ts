/** Runs the models of a manifest and its mutants, and compares what comes out with what the manifest expects. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import {
  type ManifestModel,
  type ManifestMutant,
  type ManifestResult,
  applyMutant,
  parseManifest,
} from './manifest.js';
import type { CheckInput } from './check-input.js';
import type { CheckOutcome } from './outcome.js';
import type { SearchOptions } from './search.js';
import type { Verdict } from '@vmacheck/checker';
import type { ModuleHost, ModuleSource } from '../names/modules.js';
import { type CheckOptions, checkSpec } from './check.js';
import { loadSpec } from '../names/load-spec.js';
import { parseConfig } from '../config/parse-config.js';

/** The folder of a manifest; paths are relative to it. */
export interface ManifestHost {
  /** The text of a file; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
  /** How messages show the file; default: the path. */
  readonly shown?: (path: string) => string;
}

/** What may be said of each run. */
export type ManifestBounds = Omit<SearchOptions, 'save' | 'resume' | 'crewFor'>;

export interface ManifestOptions {
  /** Only models for which this is true. */
  readonly models?: (model: ManifestModel, module: string) => boolean;
  /** Run the mutants too; default true. */
  readonly mutants?: boolean;
  /** Bounds for each run. */
  readonly explore?: ManifestBounds;
  /** Explores a model; default: `checkSpec`, in this thread. */
  readonly check?: (
    input: CheckInput,
    bounds: ManifestBounds & Pick<CheckOptions, 'sometimes'>,
  ) => CheckOutcome | readonly Diagnostic[];
  /** Told before each run. */
  readonly onStart?: (what: { readonly module: string; readonly config: string; readonly mutant?: string }) => void;
}

/** A mutant and what caught it. */
export interface MutantReport {
  readonly name: string;
  readonly config: string;
  readonly expected: string;
  /** The property that was violated first, `Deadlock`, or undefined when nothing was. */
  readonly caughtBy: string | undefined;
  readonly ok: boolean;
  /** Why it is not ok. */
  readonly problem: string | undefined;
  /** Length of the counterexample. */
  readonly states: number | undefined;
  readonly seconds: number;
}

/** A model and what was found. */
export interface ModelReport {
  readonly module: string;
  readonly config: string;
  readonly result: Verdict | undefined;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly seconds: number;
  readonly sometimes: CheckOutcome['sometimes'];
  readonly mutants: readonly MutantReport[];
  /** Everything that differs from what the manifest expects. */
  readonly problems: readonly string[];
  /** No problem, and every mutant is caught as expected. */
  readonly ok: boolean;
  readonly outcome: CheckOutcome | undefined;
}

/** @returns a report for each model, or a sentence that says what is wrong with the manifest */
export const runManifest = (
  manifestText: string,
  host: ManifestHost,
  options: ManifestOptions = {},
): readonly ModelReport[] | string => {
  const manifest = parseManifest(manifestText);
  if (typeof manifest === 'string') return manifest;
  return manifest.modules.flatMap(({ path, models }) =>
    models
      .filter((model) => options.models?.(model, path) ?? true)
      .map((model) => runModel(path, model, host, options)),
  );
};

/** The verdict that is meant by the words of tlaplus/Examples. */
const verdicts: Readonly<Record<ManifestResult, Verdict>> = {
  success: 'success',
  'safety failure': 'safety-violation',
  'liveness failure': 'liveness-violation',
  'deadlock failure': 'deadlock',
  'assumption failure': 'assertion',
  'assertion failure': 'assertion',
};

const runModel = (module: string, model: ManifestModel, host: ManifestHost, options: ManifestOptions): ModelReport => {
  options.onStart?.({ module, config: model.path });
  const outcome = check(module, model.path, host, options, model.sometimes ?? []);
  const mutants =
    options.mutants === false
      ? []
      : (model.mutants ?? []).map((mutant) => runMutant(module, model, mutant, host, options));
  if (typeof outcome === 'string') {
    const none = { result: undefined, distinct: 0, generated: 0, depth: 0, seconds: 0, sometimes: [] };
    return { module, config: model.path, ...none, mutants, problems: [outcome], ok: false, outcome: undefined };
  }
  const problems = [...differences(model, outcome)];
  const { result, distinct, generated, depth, seconds, sometimes } = outcome;
  const ok = problems.length === 0 && mutants.every((mutant) => mutant.ok);
  return {
    module,
    config: model.path,
    result,
    distinct,
    generated,
    depth,
    seconds,
    sometimes,
    mutants,
    problems,
    ok,
    outcome,
  };
};

function* differences(model: ManifestModel, outcome: CheckOutcome): Generator<string> {
  const { result, distinct, generated, depth, failure, bound } = outcome;
  if (result !== verdicts[model.result]) {
    const why = outcome.violation?.name ?? failure?.message ?? bound?.kind;
    yield `the result is ${result}${why === undefined ? '' : ` (${why})`}, not ${verdicts[model.result]}`;
  }
  const counts = [
    ['distinct states', distinct, model.distinctStates],
    ['generated states', generated, model.totalStates],
    ['levels', depth, model.stateDepth],
  ] as const;
  for (const [what, found, expected] of counts) {
    if (expected !== undefined && found !== expected) yield `${found} ${what}, not ${expected}`;
  }
  for (const { name, reached } of outcome.sometimes) if (!reached) yield `${name} is never reached`;
}

const runMutant = (
  module: string,
  model: ManifestModel,
  mutant: ManifestMutant,
  host: ManifestHost,
  options: ManifestOptions,
): MutantReport => {
  const config = mutant.config ?? model.path;
  const about = { name: mutant.name, config, expected: mutant.violates };
  const nothing = { caughtBy: undefined, ok: false, states: undefined, seconds: 0 };
  options.onStart?.({ module, config, mutant: mutant.name });
  const source = host.read(mutant.file);
  if (source === undefined) return { ...about, ...nothing, problem: `there is no file ${mutant.file}` };
  const patched = applyMutant(source, mutant);
  if (typeof patched === 'string') return { ...about, ...nothing, problem: patched };
  const read = (path: string): string | undefined => (path === mutant.file ? patched.text : host.read(path));
  const outcome = check(module, config, { ...host, read }, options, []);
  if (typeof outcome === 'string') return { ...about, ...nothing, problem: outcome };
  const caughtBy = outcome.result === 'deadlock' ? 'Deadlock' : outcome.violation?.name;
  const ok = caughtBy === mutant.violates;
  const found = caughtBy === undefined ? `the result is ${outcome.result}` : `${caughtBy} is violated`;
  const why = outcome.failure === undefined ? '' : ` (${outcome.failure.message})`;
  const problem = ok ? undefined : `${found}${why}, not ${mutant.violates}`;
  return { ...about, caughtBy, ok, problem, states: outcome.trace?.length, seconds: outcome.seconds };
};

/** @returns the outcome, or a sentence that says what is wrong with specification or configuration */
const check = (
  module: string,
  configPath: string,
  host: ManifestHost,
  options: ManifestOptions,
  sometimes: readonly string[],
): CheckOutcome | string => {
  const shown = host.shown ?? ((path: string) => path);
  const folder = module.includes('/') ? module.slice(0, module.lastIndexOf('/') + 1) : '';
  const modules = new Map<string, ModuleSource>();
  const files: ModuleHost = {
    read: (name) => {
      const path = `${folder}${name}.tla`;
      const text = host.read(path);
      if (text === undefined) return undefined;
      const source = { file: shown(path), text };
      modules.set(name, source);
      return source;
    },
  };
  const { spec, diagnostics } = loadSpec(module.slice(folder.length).replace(/\.tla$/, ''), files);
  if (spec === undefined) return sentence(diagnostics);
  const configText = host.read(configPath);
  if (configText === undefined) return `there is no file ${configPath}`;
  const { config, diagnostics: wrong } = parseConfig(shown(configPath), configText);
  if (wrong.length > 0) return sentence(wrong);
  const run = options.check ?? ((input, bounds) => checkSpec(input.spec, input.config, bounds));
  const outcome = run({ spec, config, configText, modules }, { ...options.explore, sometimes });
  return 'result' in outcome ? outcome : sentence(outcome);
};

const sentence = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, message, span }) =>
        `${code}: ${message}${span === undefined ? '' : ` (${span.file}:${span.line}:${span.column})`}`,
    )
    .join('; ');
