/** A specification from a file, with its complaints on stderr. */
import { statSync } from 'node:fs';
import { loadSpec, type LoadOptions } from '../names/load-spec.js';
import type { ResolvedSpec } from '../names/resolved.js';
import { folderHost, moduleOfPath, userPath, type FolderHost } from './files.js';
import { complain, fail, reasonOf } from './terminal.js';

export interface LoadedFile {
  readonly spec: ResolvedSpec;
  readonly host: FolderHost;
}

/** Undefined if there is an error, which was told. */
export function loadFile(path: string, options: LoadOptions = {}): LoadedFile | undefined {
  const file = userPath(path.endsWith('.tla') ? path : `${path}.tla`);
  try {
    // A folder, or a file that may not be read, is no missing module.
    if (!statSync(file).isFile()) throw new Error('it is not a file');
    const { name, folder } = moduleOfPath(file);
    const host = folderHost([folder]);
    const { spec, diagnostics } = loadSpec(name, host, options);
    complain(diagnostics, host.source);
    return spec && { spec, host };
  } catch (error) {
    fail(`cannot read ${path}: ${reasonOf(error)}`);
    return undefined;
  }
}
