/** Modules and configurations from a file system. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { ModuleHost, ModuleSource } from '../names/modules.js';

/** The folder that the user stands in: npm moves to the root of the workspace and leaves it in INIT_CWD. */
export function userFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

/** A path as the user wrote it, made absolute. */
export function userPath(path: string): string {
  return resolve(userFolder(), path);
}

/** A path as messages show it: relative to the user's folder where that is shorter. */
export function shownPath(path: string): string {
  const short = relative(userFolder(), path);
  return short.length < path.length ? short : path;
}

export interface FolderHost extends ModuleHost {
  /** The text of a file that was read, by its shown name. */
  readonly source: (file: string) => string | undefined;
  /** The modules that were found, by name. */
  readonly modules: ReadonlyMap<string, ModuleSource>;
}

/** Finds `M.tla` in the first of the folders that has it. */
export function folderHost(folders: readonly string[]): FolderHost {
  const texts = new Map<string, string>();
  const modules = new Map<string, ModuleSource>();
  const find = (name: string): ModuleSource | undefined => {
    for (const folder of folders) {
      const path = join(folder, `${name}.tla`);
      const text = readIfThere(path);
      if (text === undefined) continue;
      const file = shownPath(path);
      texts.set(file, text);
      return { file, text };
    }
    return fromAnother(name, texts);
  };
  return {
    read(name) {
      const module = find(name);
      if (module !== undefined) modules.set(name, module);
      return module;
    },
    source: (file) => texts.get(file),
    modules,
  };
}

/**
 * A module that follows another one in a file that was read. Empty lines stand for what is before it, so that its places
 * are those in the file.
 */
function fromAnother(name: string, texts: ReadonlyMap<string, string>): ModuleSource | undefined {
  const head = new RegExp(`^-{4,}\\s*MODULE\\s+${name}\\b`, 'm');
  for (const [file, text] of texts) {
    const at = text.search(head);
    if (at <= 0) continue;
    const before = text.slice(0, at).split('\n').length - 1;
    return { file, text: '\n'.repeat(before) + text.slice(at) };
  }
  return undefined;
}

/** The name of the module in a file, and the folder to look for others. */
export function moduleOfPath(path: string): { readonly name: string; readonly folder: string } {
  return { name: basename(path).replace(/\.tla$/, ''), folder: dirname(path) };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
