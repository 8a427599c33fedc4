/** Expressions that begin with a word: IF, CASE, LET, CHOOSE, quantifiers, fairness. Each extends as far as it can. */
import type { CaseArm, Expression, LetDefinition } from './ast.js';
import { NameUseParser } from './parse-name-uses.js';

export abstract class KeywordParser extends NameUseParser {
  abstract letDefinition(): LetDefinition;

  protected ifThenElse(): Expression {
    const first = this.position++;
    const condition = this.expression();
    this.expect('THEN', 'after the condition of IF');
    const then = this.expression();
    this.expect('ELSE', 'after the THEN part: an IF has both');
    const otherwise = this.expression();
    // oxlint-disable-next-line no-thenable -- the parts of an IF are called as in TLA+
    return { kind: 'if', span: this.spanSince(first), condition, then, else: otherwise };
  }

  protected caseOf(): Expression {
    const first = this.position++;
    const arms: CaseArm[] = [];
    let other: Expression | undefined;
    do {
      const at = this.position;
      if (arms.length > 0 && this.accept('OTHER')) {
        this.expect('->', 'after OTHER');
        other = this.expression();
        break;
      }
      const condition = this.expression();
      this.expect('->', 'after the condition of a CASE arm');
      const value = this.expression();
      arms.push({ span: this.spanSince(at), condition, value });
    } while (this.acceptOperator('[]'));
    return { kind: 'case', span: this.spanSince(first), arms, other };
  }

  private acceptOperator(name: string): boolean {
    if (!this.isOperator(name)) return false;
    this.position++;
    return true;
  }

  protected letIn(): Expression {
    const first = this.position++;
    const definitions = [this.letDefinition()];
    while (this.kind !== 'IN') {
      if (this.kind === 'end' || this.kind === 'outdent') throw this.unexpected('a definition or `IN`');
      definitions.push(this.letDefinition());
    }
    this.position++;
    const body = this.expression();
    return { kind: 'let', span: this.spanSince(first), definitions, body };
  }

  protected choose(): Expression {
    const first = this.position++;
    const pattern = this.pattern();
    const set = this.acceptOperator('\\in') ? this.expression() : undefined;
    this.expect(':', 'after what CHOOSE binds');
    const body = this.expression();
    return { kind: 'choose', span: this.spanSince(first), pattern, set, body };
  }

  protected quantifier(quantifier: '\\A' | '\\E' | '\\AA' | '\\EE'): Expression {
    const first = this.position++;
    const bounds = this.bounds('unbounded allowed');
    this.expect(':', 'after what the quantifier binds');
    const body = this.expression();
    return { kind: 'quantifier', span: this.spanSince(first), quantifier, bounds, body };
  }

  /** `WF_v(A)`: where the subscript is a name, `(A)` was read as its arguments. */
  protected fairness(fairness: 'WF' | 'SF'): Expression {
    const first = this.position++;
    const subscript = this.subscript();
    if (this.kind !== '(') {
      const isName = this.rawKind(first + 1) === 'identifier' && subscript.kind === 'apply';
      const [action] = isName && subscript.args.length === 1 ? subscript.args : [];
      if (!action || subscript.kind !== 'apply') throw this.unexpected(`\`(\` and the action of ${fairness}`);
      return { kind: 'fairness', span: this.spanSince(first), fairness, subscript: subscript.operator, action };
    }
    const action = this.parenthesised();
    return { kind: 'fairness', span: this.spanSince(first), fairness, subscript, action };
  }
}
