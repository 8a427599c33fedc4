/** What a specification may read of the world, and write to it: files and the environment. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { World } from '../explore/index.js';
import { userPath } from './files.js';
import { reasonOf } from './terminal.js';

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
  writeFile: (path, text, how) => {
    try {
      mkdirSync(dirname(userPath(path)), { recursive: true });
      if (how === 'append') appendFileSync(userPath(path), text);
      else writeFileSync(userPath(path), text);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  },
};
