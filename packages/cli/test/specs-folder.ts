import { readFileSync } from 'node:fs';
import { parseManifest } from 'tla2ts/node';

const folder = new URL('../../../specs/', import.meta.url);

/** The text of a file of specs/; undefined if there is none. */
export function readSpec(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, folder), 'utf8');
  } catch {
    return undefined;
  }
}

/** How messages name the file. */
export const shownSpec = (path: string): string => `specs/${path}`;

/** The models of specs/manifest.json, each with its module. */
export const models = (() => {
  const manifest = parseManifest(readSpec('manifest.json') ?? '');
  if (typeof manifest === 'string') throw new Error(manifest);
  return manifest.modules.flatMap(({ path, models }) => models.map((model) => ({ module: path, model })));
})();
