/** What is mutated: mremap and the merge rules as a whole, and of the rest of the model a sample of its functions. */
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { dice } from '../bench/lib/measure.mjs';

/** The rules of merging and splitting. */
const MERGE = ['can-merge', 'merge-new', 'merge-existing', 'split', 'modify', 'anon-vma', 'copy'];
export const WHOLE = ['packages/mremap/src/**/*.ts', ...MERGE.map((name) => `packages/model/src/${name}.ts`)];

/** Mutants per line, about, so that a number of lines stands for a number of mutants. */
const PER_LINE = 1.5;

/** Places of the rest of the model, `FILE:LINE:COLUMN-LINE:COLUMN`, with about so many mutants; the same seed draws the same. */
export function sample(mutants, seed) {
  const die = dice(seed);
  const pool = rest().flatMap(functionsOf);
  const chosen = [];
  for (let lines = 0; pool.length > 0 && lines * PER_LINE < mutants;) {
    const [found] = pool.splice(die(pool.length), 1);
    chosen.push(found.place);
    lines += found.lines;
  }
  return chosen.sort();
}

const rest = () =>
  readdirSync('packages/model/src')
    .filter((file) => file !== 'index.ts' && !MERGE.includes(file.replace(/\.ts$/, '')))
    .map((file) => `packages/model/src/${file}`)
    .sort();

/** Functions at the top of a file, methods, and constants that hold a function. */
function functionsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement)) found.push(...statement.members.filter(ts.isFunctionLike));
    else if (ts.isFunctionDeclaration(statement) || ts.isVariableStatement(statement)) found.push(statement);
  }
  return found.map((node) => {
    const from = source.getLineAndCharacterOfPosition(node.getStart());
    const to = source.getLineAndCharacterOfPosition(node.getEnd());
    const place = `${file}:${from.line + 1}:${from.character}-${to.line + 1}:${to.character}`;
    return { place, lines: to.line - from.line + 1 };
  });
}
