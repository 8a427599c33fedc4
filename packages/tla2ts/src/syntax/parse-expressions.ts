/** Expressions: operators by their precedence ranges, junction lists by their columns. */
import { errorAt } from '../diagnostics/sink.js';
import type { Expression, Identifier } from './ast.js';
import {
  grouping,
  INFIX_OPERATORS,
  POSTFIX_OPERATORS,
  PREFIX_OPERATORS,
  type Fixity,
  type OperatorInfo,
} from './operators.js';
import { KeywordParser } from './parse-keywords.js';
import { numberValue } from './parse-name-uses.js';
import { spanFrom } from './span.js';

/** An operator whose right operand is being read. */
interface Pending {
  readonly info: OperatorInfo;
  readonly position: number;
}

const MINUS = '-';
const NEGATE = PREFIX_OPERATORS.get('-.');

export abstract class ExpressionParser extends KeywordParser {
  /**
   * Operator precedence with ranges: operators wait on a stack until one to their right shows which of the two goes first. Where the ranges
   * overlap, neither does, and that is an error (not a fatal one).
   */
  expression(): Expression {
    this.enter();
    let levels = 1;
    const operands: Expression[] = [];
    const pending: Pending[] = [];
    for (;;) {
      if (this.pushPrefix(pending)) {
        this.enter();
        levels++;
        continue;
      }
      operands.push(this.operand(pending));
      const info = this.kind === 'operator' ? INFIX_OPERATORS.get(this.text) : undefined;
      if (!info) break;
      this.reduceFor(info, operands, pending);
      pending.push({ info, position: this.position });
      this.position++;
      this.enter();
      levels++;
    }
    while (pending.length > 0) this.reduce(operands, pending);
    this.leave(levels);
    const [result] = operands;
    if (!result) throw this.unexpected('an expression');
    return result;
  }

  /** Takes a prefix operator where an operand may begin. `-` in front of an operand is `-.`. */
  private pushPrefix(pending: Pending[]): boolean {
    if (this.kind !== 'operator') return false;
    const { text, position } = this;
    const info = text === MINUS ? NEGATE : text === '-.' ? undefined : PREFIX_OPERATORS.get(text);
    if (!info) return false;
    const left = pending.at(-1);
    // `a * -b`: an infix operator that binds tighter than the minus would take the minus alone.
    if (text === MINUS && left?.info.fixity === 'infix' && left.info.low > info.high)
      this.conflict(left, info, position);
    pending.push({ info, position });
    this.position++;
    return true;
  }

  /** An operand with the postfix operators, function arguments and fields after it, which bind tighter than nearly all that may wait on the left. */
  private operand(pending: readonly Pending[]): Expression {
    const start = this.position;
    let result = this.primary();
    let levels = 0;
    for (;;) {
      const { kind, position } = this;
      if (kind === '[') {
        this.position++;
        const args = this.expressions();
        this.close(']', position);
        result = { kind: 'functionApply', span: this.spanSince(start), function: result, args };
      } else if (kind === '.') {
        this.position++;
        const field = this.word('the name of a field');
        result = { kind: 'field', span: this.spanSince(start), record: result, field };
      } else {
        const info = kind === 'operator' ? POSTFIX_OPERATORS.get(this.text) : undefined;
        if (!info) break;
        const left = pending.at(-1);
        if (left && grouping(left.info, info) === 'conflict') this.conflict(left, info, position);
        this.position++;
        result = this.application('postfix', this.symbol(position), [result]);
      }
      this.enter();
      levels++;
    }
    this.leave(levels);
    return result;
  }

  /** Completes the operators on the left that go before `right`. */
  private reduceFor(right: OperatorInfo, operands: Expression[], pending: Pending[]): void {
    for (let left = pending.at(-1); left; left = pending.at(-1)) {
      const order = grouping(left.info, right);
      if (order === 'right') return;
      if (order === 'conflict') this.conflict(left, right, this.position);
      this.reduce(operands, pending);
    }
  }

  private reduce(operands: Expression[], pending: Pending[]): void {
    const operator = pending.pop();
    const right = operands.pop();
    if (!operator || !right) return;
    if (operator.info.fixity === 'prefix') {
      operands.push(this.application('prefix', this.symbol(operator.position, operator.info.name), [right]));
      return;
    }
    const left = operands.pop();
    if (!left) return;
    if (operator.info.name !== '\\X') {
      operands.push(this.application('infix', this.symbol(operator.position), [left, right]));
      return;
    }
    // Only a product that stands here without parentheses is continued; in parentheses its span begins behind the bracket.
    const continued = left.kind === 'product' && this.openProducts.has(left) ? left.factors : [left];
    const product: Expression = {
      kind: 'product',
      span: spanFrom(left.span, right.span),
      factors: [...continued, right],
    };
    this.openProducts.add(product);
    operands.push(product);
  }

  /** Products that no parenthesis encloses yet. */
  private readonly openProducts = new WeakSet<Expression>();

  protected override parenthesised(): Expression {
    const inner = super.parenthesised();
    this.openProducts.delete(inner);
    return inner;
  }

  private conflict(left: Pending, right: OperatorInfo, position: number): void {
    const same = left.info === right;
    const [a, b] = [this.spelling(left.position), this.spelling(position)];
    this.diagnostics.push(
      errorAt(
        same ? 'TLA1104' : 'TLA1103',
        this.tokens.span(position, position),
        same
          ? `\`${a}\` is not associative: a chain of it needs parentheses`
          : `\`${a}\` and \`${b}\` have overlapping precedences (${range(left.info)} and ${range(right)}): neither goes first`,
        {
          notes: [{ message: `\`${a}\` is here`, span: this.tokens.span(left.position, left.position) }],
          help: 'add parentheses that say which goes first',
        },
      ),
    );
  }

  private spelling(position: number): string {
    return this.tokens.source.slice(this.tokens.start(position), this.tokens.end(position));
  }

  private application(fixity: Fixity, operator: Identifier, args: readonly [Expression, ...Expression[]]): Expression {
    const first = fixity === 'prefix' ? operator.span : args[0].span;
    const last = fixity === 'postfix' ? operator.span : (args.at(-1) ?? args[0]).span;
    return { kind: 'apply', span: spanFrom(first, last), operator, args, fixity };
  }

  private primary(): Expression {
    const first = this.position;
    switch (this.kind) {
      case 'identifier':
      case 'step':
        return this.generalName();
      case 'number':
        this.position++;
        return { kind: 'number', span: this.spanSince(first), value: numberValue(this.rawText(first)) };
      case 'decimal':
        this.position++;
        return { kind: 'decimal', span: this.spanSince(first), text: this.rawText(first) };
      case 'string':
        this.position++;
        return { kind: 'string', span: this.spanSince(first), value: this.rawText(first) };
      case '@':
        this.position++;
        return { kind: 'at', span: this.spanSince(first) };
      case '(':
        return this.parenthesised();
      case '{':
        return this.braces();
      case '[':
        return this.squareBrackets();
      case '<<':
        return this.tupleOrAngle();
      case 'operator':
        if (this.text === '/\\' || this.text === '\\/') return this.junction(this.text);
        throw this.unexpected('an expression', this.text === '-.' ? 'a negative number is written `-1`' : undefined);
      case 'IF':
        return this.ifThenElse();
      case 'CASE':
        return this.caseOf();
      case 'LET':
        return this.letIn();
      case 'CHOOSE':
        return this.choose();
      case '\\A':
      case '\\E':
      case '\\AA':
      case '\\EE':
        return this.quantifier(this.kind);
      case 'WF_':
      case 'SF_':
        return this.fairness(this.kind === 'WF_' ? 'WF' : 'SF');
      case 'LAMBDA':
        throw this.failure('TLA1109', 'found LAMBDA where a value is expected', {
          help: 'a LAMBDA stands only where an operator is handed over: as an argument or in INSTANCE ... WITH',
        });
      default:
        throw this.unexpected('an expression');
    }
  }

  /** A bullet opens a list at its column; the same bullet in the same column goes on, anything else at or left of the column ends it. */
  private junction(operator: '/\\' | '\\/'): Expression {
    const first = this.position;
    const { tokens, limit } = this;
    const column = tokens.indent(first);
    const items: Expression[] = [];
    this.enter();
    do {
      this.position++;
      this.limit = column;
      items.push(this.expression());
      this.limit = limit;
    } while (
      tokens.indent(this.position) === column &&
      this.rawKind(this.position) === 'operator' &&
      this.text === operator
    );
    this.leave();
    return { kind: 'junction', span: this.spanSince(first), operator, items };
  }
}

function range({ low, high }: OperatorInfo): string {
  return low === high ? `${low}` : `${low}-${high}`;
}
