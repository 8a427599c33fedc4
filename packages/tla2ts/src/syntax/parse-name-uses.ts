/** Names in expressions, with their instances, selectors and arguments. */
import type { Expression, Identifier, Selection, SelectionStep } from './ast.js';
import { BracketParser } from './parse-brackets.js';
import { spanFrom } from './span.js';

export abstract class NameUseParser extends BracketParser {
  /** `x`, `Op(a, +, LAMBDA y : y)`, `I(x)!Op(y)`, `Op!1!<<`, `lab(x) :: e`; also a proof step's name. */
  protected generalName(): Expression {
    const first = this.position++;
    const name = this.rawText(first);
    if (name === 'TRUE' || name === 'FALSE')
      return { kind: 'boolean', span: this.spanSince(first), value: name === 'TRUE' };
    const identifier: Identifier = { kind: 'identifier', span: this.spanSince(first), name };
    const args = this.kind === '(' ? this.operatorArguments() : [];
    if (this.kind === '!') return this.selection({ kind: 'name', span: this.spanSince(first), name, args });
    if (this.kind === '::') return this.label(identifier, args, first);
    if (args.length === 0) return identifier;
    return { kind: 'apply', span: this.spanSince(first), operator: identifier, args, fixity: 'call' };
  }

  private selection(head: SelectionStep): Expression {
    const steps = [head];
    const first = head.span;
    while (this.accept('!')) steps.push(this.selectionStep());
    const last = steps.at(-1) ?? head;
    const span = spanFrom(first, last.span);
    if (last.kind !== 'name' || last.args.length === 0) return { kind: 'selection', span, steps };
    const { line, column, offset } = last.span;
    const length = last.name.length;
    const nameSpan = { ...last.span, endLine: line, endColumn: column + length, endOffset: offset + length };
    const bare: SelectionStep = { ...last, span: nameSpan, args: [] };
    const operator: Selection = {
      kind: 'selection',
      span: spanFrom(first, nameSpan),
      steps: [...steps.slice(0, -1), bare],
    };
    return { kind: 'apply', span, operator, args: last.args, fixity: 'call' };
  }

  private selectionStep(): SelectionStep {
    const first = this.position;
    const { kind, text } = this;
    switch (kind) {
      case '(':
        return { kind: 'arguments', args: this.operatorArguments(), span: this.spanSince(first) };
      case 'number':
        this.position++;
        return { kind: 'selector', span: this.spanSince(first), selector: Number(numberValue(text)) };
      case '<<':
      case '>>':
      case '@':
      case ':':
        this.position++;
        return { kind: 'selector', span: this.spanSince(first), selector: kind };
      case 'identifier':
      case 'operator': {
        this.position++;
        const args = this.kind === '(' ? this.operatorArguments() : [];
        return { kind: 'name', span: this.spanSince(first), name: text, args };
      }
      default:
        throw this.unexpected('a name after `!`');
    }
  }

  private label(identifier: Identifier, args: readonly Expression[], first: number): Expression {
    this.position++;
    const parameters = args.map((arg) => {
      if (arg.kind !== 'identifier') throw this.failure('TLA1102', 'the parameters of a label are names');
      return { text: arg.name, span: arg.span };
    });
    const body = this.expression();
    const name = { text: identifier.name, span: identifier.span };
    return { kind: 'label', span: this.spanSince(first), name, parameters, body };
  }

  /** The arguments in parentheses. */
  protected operatorArguments(): readonly Expression[] {
    const opened = this.position++;
    const args = [this.operatorOrExpression()];
    while (this.accept(',')) args.push(this.operatorOrExpression());
    this.close(')', opened);
    return args;
  }

  /** An argument or the right side of a substitution: also a bare operator symbol or a LAMBDA. */
  protected operatorOrExpression(): Expression {
    const first = this.position;
    if (this.kind === 'LAMBDA') {
      this.position++;
      const parameters = this.declarations();
      this.expect(':', 'after the parameters of LAMBDA');
      const body = this.expression();
      return { kind: 'lambda', span: this.spanSince(first), parameters, body };
    }
    if (this.kind === 'operator' && this.endsOperator(first + 1)) {
      this.position++;
      return this.symbol(first);
    }
    return this.expression();
  }

  /** A symbol that is followed by this is not part of a larger expression. */
  private endsOperator(position: number): boolean {
    const kind = this.rawKind(position);
    return (
      /^(?:[,)]|----|====|end|LOCAL|INSTANCE|THEOREM|ASSUM|AXIOM|CONSTANT|VARIABLE|RECURSIVE|IN$)/.test(kind) ||
      this.startsDefinition(position)
    );
  }

  /** Whether a definition's head stands at `position`. */
  protected abstract startsDefinition(position: number): boolean;

  protected symbol(position: number, name: string = this.rawText(position)): Identifier {
    return { kind: 'identifier', span: this.tokens.span(position, position), name };
  }
}

const BASES: Readonly<Record<string, string>> = { b: '0b', o: '0o', h: '0x' };

/** The value of a number token: decimal, or with `\\b`, `\\o`, `\\h` in front. */
export function numberValue(text: string): bigint {
  const base = text.startsWith('\\') ? BASES[(text[1] ?? '').toLowerCase()] : '';
  try {
    return BigInt(base ? base + text.slice(2) : text);
  } catch {
    return 0n;
  }
}
