/** What a specification may read of the world: files and the environment. */
import { readFileSync } from 'node:fs';
import type { World } from '../explore/index.js';
import { userPath } from './files.js';

export const world: World = {
  environment: Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ),
  readFile: (path) => {
    try {
      return readFileSync(userPath(path), 'utf8');
    } catch {
      return undefined;
    }
  },
};
