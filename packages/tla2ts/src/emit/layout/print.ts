/** Writes code with lines of at most `WIDTH` columns, and no parentheses that are not needed. */
import { type Code, type ObjectField, type Statement, strength } from './code.js';

/** The longest line, in columns; only a single name or literal may be longer. */
export const WIDTH = 110;

/** Strengths beside those of binary operators. */
const LOWEST = 0;
const CONDITIONAL = 1;
const UNARY = 9;
const POSTFIX = 10;

function strengthOf(code: Code): number {
  switch (code.kind) {
    case 'arrow':
      return LOWEST;
    case 'conditional':
    case 'cast':
      return CONDITIONAL;
    case 'binary':
      return strength(code.operator) as number;
    case 'unary':
      return UNARY;
    default:
      return POSTFIX;
  }
}

const isBlock = (body: Code | readonly Statement[]): body is readonly Statement[] => Array.isArray(body);

/** Whether the code has statements in it, which stand on lines of their own. */
function hasBlock(code: Code): boolean {
  return code.kind === 'arrow' ? isBlock(code.body) || hasBlock(code.body) : childrenOf(code).some(hasBlock);
}

function childrenOf(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'atom':
    case 'arrow':
      return [];
    case 'member':
      return [code.object];
    case 'index':
      return [code.object, code.index];
    case 'call':
      return [code.callee, ...code.args];
    case 'unary':
      return [code.operand];
    case 'binary':
    case 'array':
      return code.items;
    case 'conditional':
      return [code.test, code.yes, code.no];
    case 'cast':
      return [code.value];
    case 'object':
      return code.fields.map(({ value }) => value);
  }
}

/** On one line. */
function flat(code: Code, least = LOWEST): string {
  const text = flatText(code);
  return strengthOf(code) < least ? `(${text})` : text;
}

function flatText(code: Code): string {
  switch (code.kind) {
    case 'atom':
      return code.text;
    case 'member':
      return `${flat(code.object, POSTFIX)}.${code.name}`;
    case 'index':
      return `${flat(code.object, POSTFIX)}[${flat(code.index)}]`;
    case 'call':
      return `${flat(code.callee, POSTFIX)}${code.types}(${code.args.map((arg) => flat(arg)).join(', ')})`;
    case 'unary':
      return `${code.operator}${flat(code.operand, code.operator === '...' ? CONDITIONAL : UNARY)}`;
    case 'binary':
      return code.items.map((item, i) => flat(item, operandStrength(code, item, i))).join(` ${code.operator} `);
    case 'conditional':
      return `${flat(code.test, CONDITIONAL + 1)} ? ${flat(code.yes)} : ${flat(code.no)}`;
    case 'cast':
      return `${flat(code.value, UNARY)} as ${code.type}`;
    case 'array':
      return `[${code.items.map((item) => flat(item)).join(', ')}]`;
    case 'object':
      return code.fields.length === 0 ? '{}' : `{ ${code.fields.map(flatField).join(', ')} }`;
    case 'arrow':
      return isBlock(code.body) ? `${code.head} => { }` : `${code.head} => ${asResult(code.body, flat(code.body))}`;
  }
}

/** Operands of `||` that are conjunctions keep their parentheses, as those who read expect. */
function operandStrength(code: Code & { readonly kind: 'binary' }, item: Code, i: number): number {
  const own = strength(code.operator) as number;
  if (code.operator === '||' && item.kind === 'binary' && item.operator === '&&') return UNARY;
  return i === 0 ? own : own + 1;
}

/** After an arrow, a brace would begin statements. */
const beginsWithBrace = (body: Code): boolean =>
  body.kind === 'object' || (body.kind === 'cast' && body.value.kind === 'object');

const asResult = (body: Code, text: string): string => (beginsWithBrace(body) ? `(${text})` : text);

const shorthand = ({ name, value }: ObjectField): boolean => value.kind === 'atom' && value.text === name;

function flatField(field: ObjectField): string {
  if (field.name === undefined) return `...${flat(field.value, CONDITIONAL)}`;
  return shorthand(field) ? field.name : `${field.name}: ${flat(field.value)}`;
}

const pad = (indent: number): string => ' '.repeat(indent);

/**
 * Code that begins at `column` of a line indented by `indent`; `after` columns follow its end on its last line.
 * `least`: weaker code gets parentheses.
 */
function print(code: Code, indent: number, column: number, after: number, least = LOWEST): string {
  const line = flat(code, least);
  if (!hasBlock(code) && column + line.length + after <= WIDTH) return line;
  if (code.kind === 'arrow' && least > LOWEST) return `(${print(code, indent, column + 1, after + 1)})`;
  if (strengthOf(code) < least) {
    const inner = pad(indent + 2);
    return `(\n${inner}${print(code, indent + 2, indent + 2, 0)}\n${pad(indent)})`;
  }
  switch (code.kind) {
    case 'atom':
      return code.text;
    case 'member':
      return `${print(code.object, indent, column, after + code.name.length + 1, POSTFIX)}.${code.name}`;
    case 'index': {
      const index = flat(code.index);
      return `${print(code.object, indent, column, after + index.length + 2, POSTFIX)}[${index}]`;
    }
    case 'unary':
      return `${code.operator}${print(code.operand, indent, column + code.operator.length, after, code.operator === '...' ? CONDITIONAL : UNARY)}`;
    case 'call':
      return printCall(code, indent, column, after);
    case 'binary':
      return code.items
        .map((item, i) => print(item, indent, indent, 3, operandStrength(code, item, i)))
        .join(` ${code.operator}\n${pad(indent)}`);
    case 'conditional':
      return printConditional(code, indent, column, after);
    case 'cast':
      return `${print(code.value, indent, column, after + code.type.length + 4, UNARY)} as ${code.type}`;
    case 'array':
      return printList('[', code.items, ']', indent);
    case 'object':
      return `{\n${code.fields.map((field) => `${pad(indent + 2)}${printField(field, indent + 2)},\n`).join('')}${pad(indent)}}`;
    case 'arrow':
      return printArrow(code, indent, column, after);
  }
}

function printList(open: string, items: readonly Code[], close: string, indent: number): string {
  const lines = items.map((item) => `${pad(indent + 2)}${print(item, indent + 2, indent + 2, 1)},\n`);
  return `${open}\n${lines.join('')}${pad(indent)}${close}`;
}

function printField(field: ObjectField, indent: number): string {
  if (field.name === undefined) return `...${print(field.value, indent, indent + 3, 1, CONDITIONAL)}`;
  return shorthand(field)
    ? field.name
    : `${field.name}:${printBeside(field.value, indent, indent + field.name.length + 1, 1)}`;
}

/** What follows `=` or `:`: on the same line if it begins with a bracket or fits there, else on the next. */
function printBeside(value: Code, indent: number, column: number, after: number): string {
  const line = flat(value);
  if (!hasBlock(value)) {
    if (column + 1 + line.length + after <= WIDTH) return ` ${line}`;
    if (value.kind !== 'object' && indent + 2 + line.length + after <= WIDTH) return `\n${pad(indent + 2)}${line}`;
  }
  if (value.kind === 'binary' || value.kind === 'conditional') {
    return `\n${pad(indent + 2)}${print(value, indent + 2, indent + 2, after)}`;
  }
  return ` ${print(value, indent, column + 1, after)}`;
}

/** The last argument may go on over several lines if all before it stay on the first. */
function printCall(code: Code & { readonly kind: 'call' }, indent: number, column: number, after: number): string {
  const callee = `${print(code.callee, indent, column, 1, POSTFIX)}${code.types}`;
  const last = code.args.at(-1);
  if (last === undefined) return `${callee}()`;
  const at = callee.includes('\n') ? callee.length - callee.lastIndexOf('\n') - 1 : column + callee.length;
  const others = code.args.slice(0, -1);
  if (['arrow', 'object', 'array'].includes(last.kind) && !others.some(hasBlock)) {
    const head = others.map((arg) => `${flat(arg)}, `).join('');
    const start = at + 1 + head.length;
    const opening = last.kind === 'arrow' ? last.head.length + 5 : 2;
    if (start + opening <= WIDTH && others.every((arg) => flat(arg).length < 70)) {
      return `${callee}(${head}${print(last, indent, start, after + 1)})`;
    }
  }
  if (code.args.length === 1 && last.kind === 'call' && at < indent + 40) {
    return `${callee}(${print(last, indent, at + 1, after + 1)})`;
  }
  return `${callee}${printList('(', code.args, ')', indent)}`;
}

/** A chain of conditions, one on each line. */
function printConditional(
  code: Code & { readonly kind: 'conditional' },
  indent: number,
  column: number,
  after: number,
): string {
  const test = print(code.test, indent + 2, column, 2, CONDITIONAL + 1);
  const inner = indent + 2;
  const yes = print(code.yes, inner + 2, inner + 2, 0);
  const other = print(code.no, inner + (code.no.kind === 'conditional' ? 0 : 2), inner + 2, after);
  return `${test}\n${pad(inner)}? ${yes}\n${pad(inner)}: ${other}`;
}

function printArrow(code: Code & { readonly kind: 'arrow' }, indent: number, column: number, after: number): string {
  const { head, body } = code;
  if (isBlock(body)) return `${head} => {\n${printStatements(body, indent + 2)}${pad(indent)}}`;
  if (beginsWithBrace(body)) return `${head} => (${print(body, indent, column + head.length + 5, after + 1)})`;
  const line = flat(body);
  const hugs = ['call', 'array'].includes(body.kind) && (hasBlock(body) || indent + 2 + line.length + after > WIDTH);
  if (hugs) return `${head} => ${print(body, indent, column + head.length + 4, after)}`;
  return `${head} =>\n${pad(indent + 2)}${print(body, indent + 2, indent + 2, after)}`;
}

/** Statements, each on lines of its own, with the indentation in front. */
export function printStatements(statements: readonly Statement[], indent: number): string {
  return statements.map((statement) => `${pad(indent)}${printStatement(statement, indent)}\n`).join('');
}

function printStatement(statement: Statement, indent: number): string {
  switch (statement.kind) {
    case 'continue':
      return 'continue;';
    case 'const':
      return `const ${printAssignment(statement.name, statement.value, indent, 6)}`;
    case 'call':
      return `${print(statement.value, indent, indent, 1)};`;
    case 'let':
      return `let ${printAssignment(statement.name, statement.value, indent, 4)}`;
    case 'assign':
      return printAssignment(statement.target, statement.value, indent, 0);
    case 'return':
      return printReturn(statement.value, indent);
    case 'forever':
      return `for (;;) {\n${printStatements(statement.body, indent + 2)}${pad(indent)}}`;
    case 'block':
      return `{\n${printStatements(statement.body, indent + 2)}${pad(indent)}}`;
    case 'yield':
      return `yield ${print(statement.value, indent, indent + 6, 1)};`;
    case 'delegate':
      return `yield* ${print(statement.value, indent, indent + 7, 1)};`;
    case 'generator':
      return `function* ${statement.head} {\n${printStatements(statement.body, indent + 2)}${pad(indent)}}`;
    case 'of': {
      const values = print(statement.values, indent, indent + statement.pattern.length + 16, 3);
      return `for (const ${statement.pattern} of ${values}) {\n${printStatements(statement.body, indent + 2)}${pad(indent)}}`;
    }
    case 'count': {
      const { name, body } = statement;
      const low = flat(statement.low);
      const high = print(statement.high, indent, indent + low.length + 3 * name.length + 25, name.length + 7);
      return `for (let ${name} = ${low}; ${name} <= ${high}; ${name}++) {\n${printStatements(body, indent + 2)}${pad(indent)}}`;
    }
    case 'if': {
      const test = print(statement.test, indent + 2, indent + 4, 3);
      const wrapped =
        test.includes('\n') && statement.test.kind === 'binary'
          ? `\n${pad(indent + 2)}${print(statement.test, indent + 2, indent + 2, 0)}\n${pad(indent)}`
          : test;
      const [only] = statement.body;
      const { otherwise } = statement;
      if (statement.body.length === 1 && only !== undefined && otherwise.length === 0 && !wrapped.includes('\n')) {
        const line = printStatement(only, indent);
        if (
          !['if', 'of', 'count', 'generator'].includes(only.kind) &&
          !line.includes('\n') &&
          indent + 6 + wrapped.length + line.length <= WIDTH
        ) {
          return `if (${wrapped}) ${line}`;
        }
      }
      const yes = `if (${wrapped}) {\n${printStatements(statement.body, indent + 2)}${pad(indent)}}`;
      if (otherwise.length === 0) return yes;
      const [next] = otherwise;
      if (otherwise.length === 1 && next?.kind === 'if') return `${yes} else ${printStatement(next, indent)}`;
      return `${yes} else {\n${printStatements(otherwise, indent + 2)}${pad(indent)}}`;
    }
  }
}

function printAssignment(target: string, value: Code, indent: number, before: number): string {
  return `${target} =${printBeside(value, indent, indent + before + target.length + 2, 1)};`;
}

function printReturn(value: Code, indent: number): string {
  const line = flat(value);
  if (!hasBlock(value) && indent + 8 + line.length <= WIDTH) return `return ${line};`;
  if (value.kind !== 'binary') return `return ${print(value, indent, indent + 7, 1)};`;
  return `return (\n${pad(indent + 2)}${print(value, indent + 2, indent + 2, 0)}\n${pad(indent)});`;
}

/** An expression after `before` columns of a line without indentation. */
export function printValue(value: Code, before: number): string {
  return printBeside(value, 0, before, 1);
}
