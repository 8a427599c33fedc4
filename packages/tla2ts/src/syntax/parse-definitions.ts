/** Definitions, in modules, LETs and proofs alike. */
import { docOf } from './comments.js';
import type {
  Expression,
  FunctionDefinition,
  Instance,
  InstanceDefinition,
  LetDefinition,
  Name,
  OperatorDeclaration,
  OperatorDefinition,
  RecursiveDeclaration,
  Substitution,
} from './ast.js';
import { INFIX_OPERATORS, POSTFIX_OPERATORS, PREFIX_OPERATORS } from './operators.js';
import { ExpressionParser } from './parse-expressions.js';

/** The left side of a definition, up to `==`. */
interface Head {
  readonly name: Name;
  readonly parameters: readonly OperatorDeclaration[];
}

export abstract class DefinitionParser extends ExpressionParser {
  letDefinition(): LetDefinition {
    if (this.kind === 'RECURSIVE') return this.recursive();
    if (this.kind === 'LOCAL') throw this.unexpected('a definition', 'LOCAL is for modules; all of LET is local');
    return this.definition(this.position, false);
  }

  protected recursive(): RecursiveDeclaration {
    const first = this.position++;
    const declarations = this.declarations();
    return { kind: 'recursive', span: this.spanSince(first), declarations };
  }

  /** `Op(a) == e`, `a + b == e`, `-. a == e`, `a^+ == e`, `f[x \in S] == e`, `I(x) == INSTANCE M`; `first` may be a LOCAL before it. */
  protected definition(first: number, local: boolean): OperatorDefinition | FunctionDefinition | InstanceDefinition {
    if (this.kind === 'identifier' && this.rawKind(this.position + 1) === '[')
      return this.functionDefinition(first, local);
    const { name, parameters } = this.head();
    const equals = this.position;
    this.expect('==', 'to define it');
    if (this.kind === 'INSTANCE') {
      const instance = this.instance();
      return { kind: 'instanceDefinition', span: this.spanSince(first), local, name, parameters, instance };
    }
    const doc = docOf(this.tokens, first, equals);
    const body = this.expression();
    return { kind: 'operatorDefinition', span: this.spanSince(first), local, name, parameters, body, doc };
  }

  private functionDefinition(first: number, local: boolean): FunctionDefinition {
    const name = this.name('a name');
    const opened = this.position++;
    const bounds = this.bounds('bounded only');
    this.close(']', opened);
    const equals = this.position;
    this.expect('==', 'to define the function');
    const doc = docOf(this.tokens, first, equals);
    const body = this.expression();
    return { kind: 'functionDefinition', span: this.spanSince(first), local, name, bounds, body, doc };
  }

  private head(): Head {
    if (this.kind === 'operator') {
      if (!PREFIX_OPERATORS.has(this.text)) {
        throw this.unexpected(
          'a definition',
          this.text === '-' ? 'the prefix minus is defined as `-. a == ...`' : undefined,
        );
      }
      const name = this.symbolName();
      return { name, parameters: [this.plainParameter()] };
    }
    const first = this.position;
    const name = this.name('a definition');
    if (this.kind === '(') {
      const opened = this.position++;
      const parameters = this.declarations();
      this.close(')', opened);
      return { name, parameters };
    }
    if (!this.is('operator')) return { name, parameters: [] };
    const left: OperatorDeclaration = { kind: 'declaration', span: this.spanSince(first), name, arity: 0 };
    const isInfix = INFIX_OPERATORS.has(this.text) && this.rawKind(this.position + 2) === '==';
    if (isInfix) return { name: this.symbolName(), parameters: [left, this.plainParameter()] };
    if (POSTFIX_OPERATORS.has(this.text) && this.rawKind(this.position + 1) === '==') {
      return { name: this.symbolName(), parameters: [left] };
    }
    return { name, parameters: [] };
  }

  private symbolName(): Name {
    const name = { text: this.text, span: this.spanHere() };
    this.position++;
    return name;
  }

  private plainParameter(): OperatorDeclaration {
    const name = this.name('the name of a parameter');
    return { kind: 'declaration', span: name.span, name, arity: 0 };
  }

  /** `INSTANCE M WITH a <- e, b <- f` */
  protected instance(): Instance {
    const first = this.position++;
    const module = this.word('the name of a module');
    const substitutions: Substitution[] = [];
    if (this.accept('WITH')) {
      do substitutions.push(this.substitution());
      while (this.accept(','));
    }
    return { span: this.spanSince(first), module, substitutions };
  }

  private substitution(): Substitution {
    const first = this.position;
    const name = this.kind === 'operator' ? this.symbolName() : this.name('a constant or variable of the module');
    this.expect('<-', 'and what is substituted');
    const value: Expression = this.operatorOrExpression();
    return { span: this.spanSince(first), name, value };
  }

  protected startsDefinition(position: number): boolean {
    const kind = this.rawKind(position);
    const next = this.rawKind(position + 1);
    if (kind === 'operator') {
      return (
        PREFIX_OPERATORS.has(this.rawText(position)) && next === 'identifier' && this.rawKind(position + 2) === '=='
      );
    }
    if (kind !== 'identifier') return false;
    switch (next) {
      case '==':
        return true;
      case '(':
      case '[':
        return this.rawKind(this.skipBrackets(position + 1)) === '==';
      case 'operator':
        return (
          this.rawKind(position + 2) === '==' ||
          (this.rawKind(position + 2) === 'identifier' && this.rawKind(position + 3) === '==')
        );
      default:
        return false;
    }
  }

  /** Past the bracket that closes the one at `position`; gives up at the end of the file or at another `==`. */
  private skipBrackets(position: number): number {
    let depth = 0;
    for (let at = position; ; at++) {
      const kind = this.rawKind(at);
      if (kind === '(' || kind === '[' || kind === '{' || kind === '<<') depth++;
      else if (kind === ')' || kind === ']' || kind === '}' || kind === '>>') depth--;
      else if (kind === 'end' || kind === '==' || kind === '====') return at - 1;
      if (depth <= 0) return at + 1;
    }
  }
}
