/** The models of a manifest and their mutants, one model after the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grouped } from '@vmacheck/report';
import { parseConfig } from 'tla2ts';
import { type CheckOptions, type Manifest, type ModelReport, parseManifest, runCheck, runManifest } from 'tla2ts/node';
import { CliError } from '../errors.js';
import { type Progress } from '../terminal.js';

/** What was found of one model. */
export interface SpecReport extends ModelReport {
  /** Invariants and properties that its configuration asks for. */
  readonly properties: number;
}

/** See `runSpecs`. */
export interface SpecsRun {
  /** A folder with a manifest.json. */
  readonly folder: string;
  /** How messages name the folder. */
  readonly shown: string;
  /** Only these modules; all of them when there is none. */
  readonly modules: readonly string[];
  readonly mutants: boolean;
  /** Threads of each exploration. */
  readonly workers: number;
  /** See the options of the checker. */
  readonly explore?: Pick<CheckOptions, 'coverage' | 'maxStates'>;
}

/**
 * Explores the models that are chosen.
 * @returns what was found of each that was finished, and whether the user stopped it
 * @throws CliError CLI1002 when there is no manifest, or it cannot be read; CLI1001 when it has no such module
 */
export function runSpecs(
  { folder, shown, modules, mutants, workers, explore }: SpecsRun,
  progress: Progress,
): { readonly reports: readonly SpecReport[]; readonly interrupted: boolean } {
  const read = (path: string): string | undefined => textOf(join(folder, path));
  const host = { read, shown: (path: string) => join(shown, path) };
  const place = host.shown('manifest.json');
  const text = read('manifest.json');
  if (text === undefined) {
    const help = 'name a folder of specifications that has one with --folder';
    throw new CliError('CLI1002', `cannot read ${place}: there is no such file`, { place, help });
  }
  const manifest = parseManifest(text);
  if (typeof manifest === 'string') throw badManifest(place, manifest);
  const reports: SpecReport[] = [];
  for (const { path, config } of chosen(manifest, modules, place)) {
    let running = config;
    const found = runManifest(text, host, {
      models: (model, module) => module === path && model.path === config,
      mutants,
      check: (input, bounds) => runCheck(input, { ...bounds, workers }),
      onStart: ({ mutant }) => {
        running = mutant === undefined ? config : `${config}: mutant: ${mutant}`;
        progress.show(() => running.slice(0, 79));
      },
      explore: {
        ...explore,
        onProgress: ({ distinct }) => progress.show(() => `${running}: ${grouped(distinct)} states`.slice(0, 79)),
      },
    });
    if (!progress.show(() => config)) return { reports, interrupted: true };
    if (typeof found === 'string') throw badManifest(place, found);
    reports.push(...found.map((report) => ({ ...report, properties: propertiesOf(config, read(config) ?? '') })));
  }
  return { reports, interrupted: false };
}

function chosen(
  { modules }: Manifest,
  names: readonly string[],
  place: string,
): readonly { readonly path: string; readonly config: string }[] {
  const wanted = names.map((name) => (name.endsWith('.tla') ? name : `${name}.tla`));
  const unknown = wanted.find((name) => !modules.some(({ path }) => path === name));
  if (unknown !== undefined) {
    const help = `it has ${modules.map(({ path }) => path.replace(/\.tla$/, '')).join(', ')}`;
    throw new CliError('CLI1001', `${place} has no module ${unknown}`, { help });
  }
  return modules
    .filter(({ path }) => wanted.length === 0 || wanted.includes(path))
    .flatMap(({ path, models }) => models.map((model) => ({ path, config: model.path })));
}

function badManifest(place: string, message: string): CliError {
  const help = 'its form is that of tlaplus/Examples, with `sometimes` and `mutants` per model';
  return new CliError('CLI1002', `cannot read ${place}: ${message}`, { place, help });
}

function propertiesOf(file: string, text: string): number {
  const { config } = parseConfig(file, text);
  return config.invariants.length + config.properties.length;
}

/** The text of a file; undefined if it cannot be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
