/** What begins with `(`, `{`, `[` or `<<`. */
import type { Expression, Field, PathStep, Update } from './ast.js';
import { NameParser } from './parse-names.js';

export abstract class BracketParser extends NameParser {
  /** Positions of brackets that were tried as `{x \in S : p}` or `[x \in S |-> e]` and are something else: tried once only. */
  private readonly notBinding = new Set<number>();

  protected parenthesised(): Expression {
    const opened = this.position++;
    const inner = this.expression();
    this.close(')', opened);
    return inner;
  }

  protected expressions(): readonly Expression[] {
    const items = [this.expression()];
    while (this.accept(',')) items.push(this.expression());
    return items;
  }

  /** `<<a, b>>` or `<<A>>_v` */
  protected tupleOrAngle(): Expression {
    const opened = this.position++;
    const items = this.kind === '>>' ? [] : this.expressions();
    const action = items[0];
    if (this.kind === '>>_' && action && items.length === 1) {
      this.position++;
      const subscript = this.subscript();
      return { kind: 'angle', span: this.spanSince(opened), action, subscript };
    }
    this.close('>>', opened);
    return { kind: 'tuple', span: this.spanSince(opened), items };
  }

  /** `{}`, `{a, b}`, `{x \in S : p}`, `{e : x \in S}` */
  protected braces(): Expression {
    const opened = this.position++;
    if (this.accept('}')) return { kind: 'setEnumeration', span: this.spanSince(opened), items: [] };
    const filter = this.bindingAttempt(opened, () => this.setFilter(opened));
    if (filter) return filter;
    const element = this.expression();
    if (this.accept(':')) {
      const bounds = this.bounds('bounded only');
      this.close('}', opened);
      return { kind: 'setMap', span: this.spanSince(opened), element, bounds };
    }
    const items = [element];
    while (this.accept(',')) items.push(this.expression());
    this.close('}', opened);
    return { kind: 'setEnumeration', span: this.spanSince(opened), items };
  }

  private setFilter(opened: number): Expression | undefined {
    const first = this.position;
    const pattern = this.pattern();
    if (!this.isOperator('\\in')) return undefined;
    this.position++;
    const set = this.expression();
    const bound = { span: this.spanSince(first), patterns: [pattern], set };
    if (!this.accept(':')) return undefined;
    const predicate = this.expression();
    this.close('}', opened);
    return { kind: 'setFilter', span: this.spanSince(opened), bound, predicate };
  }

  /** Both `{x \in S : p}` and `{x \in S}` begin alike; so the first reading is tried, and the tokens are read again if it fails. */
  private bindingAttempt(opened: number, parse: () => Expression | undefined): Expression | undefined {
    if (this.notBinding.has(opened) || !this.startsBound(this.position)) return undefined;
    const { position } = this;
    const complaints = this.diagnostics.length;
    const found = parse();
    if (found) return found;
    this.notBinding.add(opened);
    this.position = position;
    this.diagnostics.length = complaints;
    return undefined;
  }

  /** `[x \in S |-> e]`, `[a |-> e]`, `[a : S]`, `[S -> T]`, `[f EXCEPT ...]`, `[A]_v` */
  protected squareBrackets(): Expression {
    const opened = this.position++;
    const next = this.rawKind(this.position + 1);
    if (next === '|->') return { kind: 'record', ...this.fields('|->', opened), span: this.spanSince(opened) };
    if (next === ':') return { kind: 'recordSet', ...this.fields(':', opened), span: this.spanSince(opened) };
    const constructor = this.bindingAttempt(opened, () => this.functionConstructor(opened));
    if (constructor) return constructor;
    const first = this.expression();
    if (this.accept('->')) {
      const range = this.expression();
      this.close(']', opened);
      return { kind: 'functionSet', span: this.spanSince(opened), domain: first, range };
    }
    if (this.accept('EXCEPT')) {
      const updates = [this.update()];
      while (this.accept(',')) updates.push(this.update());
      this.close(']', opened);
      return { kind: 'except', span: this.spanSince(opened), function: first, updates };
    }
    if (this.accept(']_')) {
      const subscript = this.subscript();
      return { kind: 'box', span: this.spanSince(opened), action: first, subscript };
    }
    if (this.kind === ']') {
      throw this.unexpected(
        '`]_` and the variables of an action',
        'brackets alone mean nothing here: `[A]_v` is an action, `f[x]` a function applied, `<<x>>` a tuple',
      );
    }
    throw this.unexpected('`->`, `EXCEPT`, `|->` or `]_`');
  }

  private functionConstructor(opened: number): Expression | undefined {
    const bounds = this.bounds('bounded only');
    if (!this.accept('|->')) return undefined;
    const body = this.expression();
    this.close(']', opened);
    return { kind: 'functionConstructor', span: this.spanSince(opened), bounds, body };
  }

  private fields(separator: '|->' | ':', opened: number): { readonly fields: readonly Field[] } {
    const fields: Field[] = [];
    do {
      const name = this.word('the name of a field');
      this.expect(separator, `after the field \`${name.text}\``);
      fields.push({ name, value: this.expression() });
    } while (this.accept(','));
    this.close(']', opened);
    return { fields };
  }

  /** `![a].b = e` */
  private update(): Update {
    const first = this.position;
    this.expect('!', 'to begin an update of EXCEPT');
    const path: PathStep[] = [];
    while (this.kind === '[' || this.kind === '.') {
      const at = this.position++;
      if (this.rawKind(at) === '[') {
        const args = this.expressions();
        this.close(']', at);
        path.push({ kind: 'index', span: this.spanSince(at), args });
      } else {
        const name = this.word('the name of a field');
        path.push({ kind: 'field', span: this.spanSince(at), name: name.text });
      }
    }
    if (path.length === 0) throw this.unexpected('`[` or `.` after `!`');
    this.expectOperator('=', 'and the new value');
    const value = this.expression();
    return { span: this.spanSince(first), path, value };
  }

  /** What follows `]_` and `>>_`: a name with its arguments, or something in brackets. */
  protected subscript(): Expression {
    switch (this.kind) {
      case 'identifier':
        return this.generalName();
      case '(':
        return this.parenthesised();
      case '{':
        return this.braces();
      case '[':
        return this.squareBrackets();
      case '<<':
        return this.tupleOrAngle();
      default:
        throw this.unexpected('the variables of the action, as a name or in brackets');
    }
  }

  /** A name with instance prefixes, selectors and arguments. */
  protected abstract generalName(): Expression;
}
