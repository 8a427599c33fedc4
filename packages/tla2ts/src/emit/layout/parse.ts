/**
 * Reads the text that the emitter has put together. It keeps to rules that make reading simple: `<` without a space before
 * it opens type arguments, `:` without a space before it a type.
 */
import { type BinaryOperator, type Code, negation, type ObjectField, type Statement, strength } from './code.js';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** No space before it. */
  readonly glued: boolean;
}

const pattern = /"(?:[^"\\]|\\.)*"|[\w$]+|=>|===|!==|<=|>=|&&|\|\||\.\.\.|[^\s]/gu;

/** The statements of a function's body. */
export function parseStatements(text: string): readonly Statement[] {
  return new Parser(text).statements('');
}

/** One expression. */
export function parseExpression(text: string): Code {
  return new Parser(text).expression();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(readonly text: string) {
    this.#tokens = [...text.matchAll(pattern)].map(({ 0: token, index }) => ({
      text: token,
      start: index,
      end: index + token.length,
      glued: index > 0 && !/\s/.test(text[index - 1] as string),
    }));
  }

  #is(text: string): boolean {
    return this.#tokens[this.#next]?.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next += 1;
    return true;
  }

  #expect(text: string): void {
    if (this.#accept(text)) return;
    const at = this.#tokens[this.#next]?.start ?? this.text.length;
    throw new Error(`generated text: ${text} expected at ${this.text.slice(Math.max(0, at - 40), at + 40)}`);
  }

  #take(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error(`generated text ends too early: ${this.text}`);
    this.#next += 1;
    return token;
  }

  /** Up to the closing token, which is taken. */
  statements(closing: string): readonly Statement[] {
    const found: Statement[] = [];
    while (this.#next < this.#tokens.length && !this.#accept(closing)) found.push(this.#statement());
    return found;
  }

  #statement(): Statement {
    if (this.#accept('return')) return { kind: 'return', value: this.#ended() };
    if (this.#accept('const')) {
      const name = this.#until('=');
      this.#expect('=');
      return { kind: 'const', name, value: this.#ended() };
    }
    if (this.#accept('let')) {
      const name = this.#until('=');
      this.#expect('=');
      return { kind: 'let', name, value: this.#ended() };
    }
    if (this.#accept('continue')) {
      this.#expect(';');
      return { kind: 'continue' };
    }
    if (this.#accept('if')) {
      this.#expect('(');
      const test = this.expression();
      this.#expect(')');
      this.#expect('{');
      const body = this.statements('}');
      return { kind: 'if', test, body, otherwise: this.#accept('else') ? this.#otherwise() : [] };
    }
    if (this.#accept('{')) return { kind: 'block', body: this.statements('}') };
    if (this.#accept('yield')) {
      const kind = this.#accept('*') ? 'delegate' : 'yield';
      return { kind, value: this.#ended() };
    }
    if (this.#accept('function')) {
      this.#expect('*');
      const head = this.#until('{');
      this.#expect('{');
      return { kind: 'generator', head, body: this.statements('}') };
    }
    if (this.#accept('for')) {
      if (this.#tokens[this.#next + 1]?.text === 'const') return this.#of();
      if (this.#tokens[this.#next + 1]?.text === 'let') return this.#count();
      for (const token of ['(', ';', ';', ')', '{']) this.#expect(token);
      return { kind: 'forever', body: this.statements('}') };
    }
    if (this.#isCall()) return { kind: 'call', value: this.#ended() };
    const target = this.#until('=');
    this.#expect('=');
    return { kind: 'assign', target, value: this.#ended() };
  }

  /** `name.push(`, which is no assignment. */
  #isCall(): boolean {
    const [dot, name] = [this.#tokens[this.#next + 1], this.#tokens[this.#next + 2]];
    return dot?.text === '.' && name?.text === 'push';
  }

  #otherwise(): readonly Statement[] {
    if (this.#is('if')) return [this.#statement()];
    this.#expect('{');
    return this.statements('}');
  }

  /** What follows `for`. */
  #of(): Statement {
    for (const token of ['(', 'const']) this.#expect(token);
    const pattern = this.#until('of');
    this.#expect('of');
    const values = this.expression();
    for (const token of [')', '{']) this.#expect(token);
    return { kind: 'of', pattern, values, body: this.statements('}') };
  }

  /** The same for a loop over numbers. */
  #count(): Statement {
    for (const token of ['(', 'let']) this.#expect(token);
    const name = this.#take().text;
    this.#expect('=');
    const low = this.#ended();
    for (const token of [name, '<=']) this.#expect(token);
    const high = this.#ended();
    for (const token of [name, '+', '+', ')', '{']) this.#expect(token);
    return { kind: 'count', name, low, high, body: this.statements('}') };
  }

  #ended(): Code {
    const value = this.expression();
    this.#expect(';');
    return value;
  }

  /** The source text up to a token outside of all brackets, which is not taken. */
  #until(text: string): string {
    const first = this.#tokens[this.#next] as Token;
    let depth = 0;
    let end = first.start;
    for (; ; this.#next += 1) {
      const token = this.#tokens[this.#next];
      if (token === undefined) throw new Error(`generated text: no ${text} in ${this.text}`);
      if (depth === 0 && token.text === text) break;
      if ('([{<'.includes(token.text)) depth += 1;
      if (')]}>'.includes(token.text)) depth -= 1;
      end = token.end;
    }
    return this.text.slice(first.start, end);
  }

  expression(): Code {
    const test = this.#binary(2);
    if (!this.#accept('?')) return test;
    const yes = this.expression();
    this.#expect(':');
    return { kind: 'conditional', test, yes, no: this.expression() };
  }

  #binary(weakest: number): Code {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens[this.#next]?.text ?? '';
      const own = strength(operator);
      if (own === undefined || own < weakest) return left;
      this.#next += 1;
      left = chain(operator as BinaryOperator, left, this.#binary(own + 1));
    }
  }

  #unary(): Code {
    if (this.#accept('!')) return negation(this.#unary());
    if (this.#accept('-')) return { kind: 'unary', operator: '-', operand: this.#unary() };
    return this.#postfix(this.#primary());
  }

  #postfix(first: Code): Code {
    let code = first;
    for (;;) {
      if (this.#accept('.')) code = { kind: 'member', object: code, name: this.#take().text };
      else if (this.#accept('[')) {
        code = { kind: 'index', object: code, index: this.expression() };
        this.#expect(']');
      } else if (this.#is('<') && this.#tokens[this.#next]?.glued === true) {
        const types = this.#until('(');
        this.#expect('(');
        code = { kind: 'call', callee: code, types, args: this.#list(')') };
      } else if (this.#accept('(')) code = { kind: 'call', callee: code, types: '', args: this.#list(')') };
      else return code;
    }
  }

  #list(closing: string): readonly Code[] {
    const items: Code[] = [];
    while (!this.#accept(closing)) {
      const spread = this.#accept('...');
      const item = this.expression();
      items.push(spread ? { kind: 'unary', operator: '...', operand: item } : item);
      if (!this.#is(closing)) this.#expect(',');
    }
    return items;
  }

  #primary(): Code {
    if (this.#is('(')) return this.#arrow() ?? this.#parenthesized();
    if (this.#accept('[')) return { kind: 'array', items: this.#list(']') };
    if (this.#accept('{')) return { kind: 'object', fields: this.#fields() };
    const { text } = this.#take();
    return { kind: 'atom', text: text.startsWith('"') ? quoted(text) : text };
  }

  #fields(): readonly ObjectField[] {
    const fields: ObjectField[] = [];
    while (!this.#accept('}')) {
      if (this.#accept('...')) fields.push({ name: undefined, value: this.expression() });
      else {
        const { text } = this.#take();
        this.#expect(':');
        fields.push({ name: text, value: this.expression() });
      }
      if (!this.#is('}')) this.#expect(',');
    }
    return fields;
  }

  #parenthesized(): Code {
    this.#expect('(');
    const code = this.expression();
    const type = this.#accept('as') ? this.#until(')') : undefined;
    this.#expect(')');
    return type === undefined ? code : { kind: 'cast', value: code, type };
  }

  /** undefined: the parenthesis here is not that of parameters. */
  #arrow(): Code | undefined {
    const start = this.#next;
    const from = (this.#tokens[start] as Token).start;
    let depth = 0;
    let end = start;
    for (; end < this.#tokens.length; end++) {
      const { text } = this.#tokens[end] as Token;
      if ('([{'.includes(text)) depth += 1;
      if (')]}'.includes(text)) depth -= 1;
      if (depth === 0) break;
    }
    const after = this.#tokens[end + 1];
    const typed = after?.text === ':' && after.glued;
    if (after?.text !== '=>' && !typed) return undefined;
    this.#next = end + 1;
    if (typed) this.#until('=>');
    const head = this.text.slice(from, (this.#tokens[this.#next - 1] as Token).end);
    this.#expect('=>');
    const body = this.#accept('{') ? this.statements('}') : this.expression();
    return { kind: 'arrow', head, body };
  }
}

/** `a && b && c` is one chain of three; so is a sum, from left to right. */
function chain(operator: BinaryOperator, left: Code, right: Code): Code {
  const logical = operator === '&&' || operator === '||';
  const items = [left, right].flatMap((item) =>
    logical && item.kind === 'binary' && item.operator === operator ? item.items : [item],
  );
  return { kind: 'binary', operator, items };
}

/** A string in single quotes. */
function quoted(text: string): string {
  const content = JSON.parse(text) as string;
  if (content.includes("'")) return text;
  return `'${text.slice(1, -1).replaceAll('\\"', '"')}'`;
}
