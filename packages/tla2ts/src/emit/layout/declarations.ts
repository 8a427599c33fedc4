/** Declarations of a module: comments, imports, functions, values. */
import { parameterIn } from '../names.js';
import { parseExpression, parseStatements } from './parse.js';
import { printStatements, printValue, WIDTH } from './print.js';

/** A documentation comment; `place`: where the definition stands. */
export function docComment(doc: string | undefined, place: string | undefined): string {
  const lines = (doc ?? '')
    .trim()
    .split('\n')
    .flatMap((line) => wrapped(line.trimEnd()));
  const source = place === undefined ? [] : [`@source ${place}`];
  const all = [...(doc === undefined ? [] : lines), ...source];
  if (all.length === 1) return `/** ${all[0]} */\n`;
  return `/**\n${all.map((line) => (line === '' ? ' *\n' : ` * ${line}\n`)).join('')} */\n`;
}

/** A line of prose, cut at spaces where it is too long. */
function wrapped(line: string): readonly string[] {
  if (line.length <= WIDTH - 3) return [line];
  const cut = line.lastIndexOf(' ', WIDTH - 3);
  return cut <= 0 ? [line] : [line.slice(0, cut), ...wrapped(line.slice(cut + 1))];
}

/** An import with as many names on a line as fit. */
export function importText(names: readonly string[], from: string, keyword = 'import'): string {
  const line = `${keyword} { ${names.join(', ')} } from '${from}';\n`;
  if (line.length <= WIDTH + 1) return line;
  const lines = [''];
  for (const name of names) {
    const last = lines.at(-1) as string;
    if (last.length + name.length + 4 > WIDTH) lines.push(`${name}, `);
    else lines[lines.length - 1] = `${last}${name}, `;
  }
  return `${keyword} {\n${lines.map((text) => `  ${text.trimEnd()}\n`).join('')}} from '${from}';\n`;
}

/** `head(parameters): result { statements }`. */
export function functionText(head: string, parameters: readonly string[], result: string, statements: string): string {
  const body = printStatements(parseStatements(statements), 2);
  const texts = parameters.map((text) => parameterIn(text, body));
  const line = `${head}(${texts.join(', ')}): ${result} {\n`;
  const fits = line.length <= WIDTH + 1;
  const opening = fits
    ? line
    : `${head}(\n${texts.map((text) => `  ${brokenType(text, 2)},\n`).join('')}): ${result} {\n`;
  return `${opening}${body}}\n`;
}

/** A parameter whose type is a record with too many fields for a line. */
export function brokenType(text: string, indent: number): string {
  const open = text.indexOf('{ ');
  if (text.length + indent + 1 <= WIDTH || open < 0 || !text.endsWith(' }')) return text;
  const fields: string[] = [''];
  let depth = 0;
  for (const character of text.slice(open + 2, -2)) {
    if ('([{<'.includes(character)) depth += 1;
    if (')]}>'.includes(character)) depth -= 1;
    if (depth === 0 && character === ';') fields.push('');
    else fields[fields.length - 1] += character;
  }
  const pad = ' '.repeat(indent);
  return `${text.slice(0, open)}{\n${fields.map((field) => `${pad}  ${field.trim()};\n`).join('')}${pad}}`;
}

/** `head = value;` */
export function valueText(head: string, value: string): string {
  return `${head} =${printValue(parseExpression(value), head.length + 2)};\n`;
}
