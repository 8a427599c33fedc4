/** Declarations, patterns and bounds: everything that introduces a name. */
import type { Bound, Expression, Name, OperatorDeclaration, Pattern } from './ast.js';
import { Cursor } from './cursor.js';
import { INFIX_OPERATORS, POSTFIX_OPERATORS, PREFIX_OPERATORS } from './operators.js';
import { spanFrom } from './span.js';

export abstract class NameParser extends Cursor {
  abstract expression(): Expression;

  /** `N`, `Op(_, _)`, `_ \prec _`, `-. _`, `_ ^+`: a constant, a parameter, or what RECURSIVE announces. */
  protected declaration(): OperatorDeclaration {
    const first = this.position;
    if (this.kind === 'operator') {
      const name = this.operatorName(PREFIX_OPERATORS.has(this.text));
      this.expect('_', 'for the argument of the operator');
      return { kind: 'declaration', span: this.spanSince(first), name, arity: 1 };
    }
    if (this.accept('_')) {
      const isInfix = INFIX_OPERATORS.has(this.text);
      const name = this.operatorName(isInfix || POSTFIX_OPERATORS.has(this.text));
      if (isInfix) this.expect('_', 'for the second argument of the operator');
      return { kind: 'declaration', span: this.spanSince(first), name, arity: isInfix ? 2 : 1 };
    }
    const name = this.name('a name');
    let arity = 0;
    if (this.kind === '(') {
      const opened = this.position++;
      do {
        this.expect('_', 'for an argument of the operator');
        arity++;
      } while (this.accept(','));
      this.close(')', opened);
    }
    return { kind: 'declaration', span: this.spanSince(first), name, arity };
  }

  protected declarations(): readonly OperatorDeclaration[] {
    const declarations = [this.declaration()];
    while (this.accept(',')) declarations.push(this.declaration());
    return declarations;
  }

  private operatorName(allowed: boolean): Name {
    if (this.kind !== 'operator' || !allowed) throw this.unexpected('an operator symbol');
    const name = { text: this.text, span: this.spanHere() };
    this.position++;
    return name;
  }

  protected names(what: string): readonly Name[] {
    const names = [this.name(what)];
    while (this.accept(',')) names.push(this.name(what));
    return names;
  }

  /** `x` or `<<x, y>>` */
  protected pattern(): Pattern {
    const first = this.position;
    if (!this.accept('<<')) return { kind: 'name', name: this.name('a name to bind') };
    const names = this.names('a name to bind');
    this.close('>>', first);
    return { kind: 'tuple', span: this.spanSince(first), names };
  }

  /** `x, y \in S, <<a, b>> \in T`, or without `\in` and sets where the construct allows it. */
  protected bounds(unbounded: 'unbounded allowed' | 'bounded only'): readonly Bound[] {
    const bounds: Bound[] = [];
    do {
      const patterns = [this.pattern()];
      while (this.accept(',')) {
        if (patterns[0]?.kind === 'tuple' || this.is('<<')) {
          throw this.failure('TLA1102', 'a tuple of names has a set of its own: `<<x, y>> \\in S, z \\in T`');
        }
        patterns.push(this.pattern());
      }
      if (unbounded === 'unbounded allowed' && bounds.length === 0 && !this.isOperator('\\in')) {
        return [{ span: this.patternsSpan(patterns), patterns, set: undefined }];
      }
      this.expectOperator('\\in', 'and the set that the names range over');
      const set = this.expression();
      bounds.push({ span: spanFrom(this.patternsSpan(patterns), set.span), patterns, set });
    } while (this.accept(','));
    return bounds;
  }

  private patternsSpan(patterns: readonly Pattern[]): Bound['span'] {
    const spans = patterns.map((p) => (p.kind === 'name' ? p.name.span : p.span));
    const [first, last] = [spans[0], spans.at(-1)];
    return first && last ? spanFrom(first, last) : this.spanHere();
  }

  /** Whether `x`, `x, y` or `<<x, y>>` and then `\in` stand at `position`: looks ahead only. */
  protected startsBound(position: number): boolean {
    let at = position;
    const isTuple = this.rawKind(at) === '<<';
    if (isTuple) at++;
    for (;;) {
      if (this.rawKind(at) !== 'identifier') return false;
      at++;
      if (this.rawKind(at) !== ',') break;
      at++;
    }
    if (isTuple && this.rawKind(at++) !== '>>') return false;
    return this.rawKind(at) === 'operator' && this.rawText(at) === '\\in';
  }
}
