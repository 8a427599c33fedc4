/** What is mutated: mremap and the merge rules as a whole, and of the rest of the model a sample of its functions. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** The rules of merging and splitting. */
const MERGE = ['can-merge', 'merge-new', 'merge-existing', 'split', 'modify', 'anon-vma', 'copy'];
export const WHOLE = ['packages/mremap/src/**/*.ts', ...MERGE.map((name) => `packages/model/src/${name}.ts`)];

/** Mutants per line, about, so that a number of lines stands for a number of mutants. */
const PER_LINE = 1.5;

/**
 * Places of the rest of the model, `FILE:LINE:COLUMN-LINE:COLUMN`, with about so many mutants. The seed gives each function its
 * turn by its name, so that a new function changes little of a sample.
 */
export function sample(mutants, seed) {
  const turn = ({ name }) => createHash('sha256').update(`${seed} ${name}`).digest('hex');
  const pool = rest()
    .flatMap(functionsOf)
    .sort((a, b) => turn(a).localeCompare(turn(b)));
  let lines = 0;
  const chosen = pool.filter((found) => {
    const isOpen = lines * PER_LINE < mutants;
    if (isOpen) lines += found.lines;
    return isOpen;
  });
  return chosen.map(({ place }) => place).sort();
}

/** Whether a mutant, with lines and columns from 1, lies in one of the places. */
export function isInside(places, file, { start, end }) {
  return places.some((place) => {
    const [, name, ...numbers] = /^(.*?)(?::(\d+)(?::(\d+))?-(\d+)(?::(\d+))?)?$/.exec(place);
    const [line, column = 0, lastLine, lastColumn = Infinity] = numbers.map((n) => (n === undefined ? n : Number(n)));
    if (!matchesGlob(file, name)) return false;
    if (line === undefined) return true;
    const isAfter = start.line > line || (start.line === line && start.column > column);
    return isAfter && (end.line < lastLine || (end.line === lastLine && end.column - 1 <= lastColumn));
  });
}

/** Whether a file is meant by a name in which `**\/*` stands for any folders and a name. */
const matchesGlob = (file, name) =>
  name.includes('**/*')
    ? file.startsWith(name.split('**/*')[0]) && file.endsWith(name.split('**/*')[1])
    : file === name;

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
    return { name: `${file} ${nameOf(node)}`, place, lines: to.line - from.line + 1 };
  });
}

const nameOf = (node) =>
  ts.isVariableStatement(node)
    ? node.declarationList.declarations[0].name.getText()
    : (node.name?.getText() ?? 'constructor');
