/**
 * The manifest of a folder of specifications: the form of tlaplus/Examples, and for each model which operators must be
 * reached ("sometimes") and which broken variants must be caught ("mutants").
 */

/** Verdicts in the words of tlaplus/Examples. */
export type ManifestResult =
  'success' | 'safety failure' | 'liveness failure' | 'deadlock failure' | 'assumption failure' | 'assertion failure';

/** A patch of a source text that breaks something; nothing is written to disk. */
export interface ManifestMutant {
  readonly name: string;
  /** The file that is patched, relative to the manifest. */
  readonly file: string;
  /** Must occur exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The property that must be the one that is violated; `Deadlock` for a deadlock. */
  readonly violates: string;
  /** Another configuration than the model's own. */
  readonly config?: string;
}

/** A module with a configuration, and what is expected of it. */
export interface ManifestModel {
  /** The .cfg, relative to the manifest. */
  readonly path: string;
  readonly result: ManifestResult;
  readonly distinctStates?: number;
  readonly totalStates?: number;
  readonly stateDepth?: number;
  readonly tags?: readonly string[];
  readonly sometimes?: readonly string[];
  readonly mutants?: readonly ManifestMutant[];
}

/** A module and its models. */
export interface ManifestModule {
  readonly path: string;
  readonly models: readonly ManifestModel[];
}

/** See the head of the file. */
export interface Manifest {
  readonly modules: readonly ManifestModule[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the text of a manifest. @returns the manifest, or a sentence that says what is wrong with it */
export const parseManifest = (text: string): Manifest | string => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  try {
    const modules = list(fields(json, 'the manifest'), 'modules', 'the manifest').map((module) => {
      const { path, models } = checkedModule(module);
      return { path, models };
    });
    return { modules };
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
};

class Malformed extends Error {}

const fields = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what} is no object`);
  return value as Fields;
};

const text = (object: Fields, key: string, what: string): string => {
  const value = object[key];
  if (typeof value !== 'string' || value === '') throw new Malformed(`${what}: \`${key}\` must be a text`);
  return value;
};

const list = (object: Fields, key: string, what: string): readonly unknown[] => {
  const value = object[key] ?? [];
  if (!Array.isArray(value)) throw new Malformed(`${what}: \`${key}\` must be a list`);
  return value;
};

const texts = (object: Fields, key: string, what: string): readonly string[] =>
  list(object, key, what).map((item) => {
    if (typeof item !== 'string') throw new Malformed(`${what}: \`${key}\` must be a list of texts`);
    return item;
  });

const count = (object: Fields, key: string, what: string): { [key: string]: number } => {
  const value = object[key];
  if (value === undefined) return {};
  if (!Number.isSafeInteger(value)) throw new Malformed(`${what}: \`${key}\` must be an integer`);
  return { [key]: value as number };
};

const results: readonly ManifestResult[] = [
  'success',
  'safety failure',
  'liveness failure',
  'deadlock failure',
  'assumption failure',
  'assertion failure',
];

const checkedModule = (value: unknown): ManifestModule => {
  const object = fields(value, 'a module');
  const path = text(object, 'path', 'a module');
  return { path, models: list(object, 'models', path).map((model) => checkedModel(model, path)) };
};

const checkedModel = (value: unknown, module: string): ManifestModel => {
  const object = fields(value, `a model of ${module}`);
  const path = text(object, 'path', `a model of ${module}`);
  const result = text(object, 'result', path) as ManifestResult;
  if (!results.includes(result)) throw new Malformed(`${path}: \`result\` must be one of: ${results.join(', ')}`);
  return {
    path,
    result,
    ...count(object, 'distinctStates', path),
    ...count(object, 'totalStates', path),
    ...count(object, 'stateDepth', path),
    tags: texts(object, 'tags', path),
    sometimes: texts(object, 'sometimes', path),
    mutants: list(object, 'mutants', path).map((mutant) => checkedMutant(mutant, path)),
  };
};

const checkedMutant = (value: unknown, model: string): ManifestMutant => {
  const object = fields(value, `a mutant of ${model}`);
  const name = text(object, 'name', `a mutant of ${model}`);
  const what = `mutant ${name} of ${model}`;
  if (typeof object['replace'] !== 'string') throw new Malformed(`${what}: \`replace\` must be a text`);
  return {
    name,
    file: text(object, 'file', what),
    find: text(object, 'find', what),
    replace: object['replace'],
    violates: text(object, 'violates', what),
    ...(object['config'] === undefined ? {} : { config: text(object, 'config', what) }),
  };
};

/** The text with the mutant's patch, or a sentence that says why it does not fit. */
export const applyMutant = (source: string, mutant: ManifestMutant): { readonly text: string } | string => {
  const occurrences = source.split(mutant.find).length - 1;
  if (occurrences !== 1) {
    return `mutant ${mutant.name}: its text occurs ${occurrences} times in ${mutant.file}, not once`;
  }
  return { text: source.replace(mutant.find, () => mutant.replace) };
};
