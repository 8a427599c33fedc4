/**
 * The parts of a specification that may be evaluated or not, whatever is evaluated around them: definitions, those of LETs, the items of
 * junctions, branches of IF and CASE, right sides of implications, and bodies that bind identifiers.
 */
import type { DefinitionSymbol, ResolvedArgument, ResolvedExpression, ResolvedSymbol } from '../names/resolved.js';
import type { Span } from '../syntax/span.js';
import { children } from './children.js';

/** `case`: the condition of an arm; `arm`: its value; `body`: what is evaluated for each element of a set. */
export type PointKind =
  'definition' | 'let' | 'conjunct' | 'disjunct' | 'implied' | 'then' | 'else' | 'case' | 'arm' | 'other' | 'body';

/** See the head of the file. */
export interface Point {
  readonly kind: PointKind;
  /** Of a definition. */
  readonly name: string | undefined;
  /** Of the expression; of a definition: from its name on. */
  readonly span: Span;
  /** The number of the point around it; undefined for a definition of a module. */
  readonly parent: number | undefined;
}

/** Points in the order of the text of each definition. The same text in several instances of its module is one point. */
export interface Points {
  readonly list: readonly Point[];
  /** The number of the point that an expression is. */
  readonly of: ReadonlyMap<ResolvedExpression, number>;
}

/** Where to begin: an expression, the name under which it is known, and the definition whose body it is, if it is one. */
export interface PointRoot {
  readonly name: string;
  readonly expression: ResolvedExpression;
  readonly operator?: DefinitionSymbol;
}

/**
 * @param definitionOf the definition that a symbol stands for
 * @returns the points of the roots and of all that they use
 */
export const pointsOf = (
  roots: readonly PointRoot[],
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): Points => {
  const finder = new PointFinder(definitionOf);
  for (const root of roots) finder.root(root);
  return { list: finder.list, of: finder.of };
};

class PointFinder {
  readonly list: Point[] = [];
  readonly of = new Map<ResolvedExpression, number>();
  private readonly numbers = new Map<string, number>();

  constructor(private readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined) {}

  root({ name, expression, operator }: PointRoot): void {
    const named = expression.kind === 'apply' ? this.definitionOf(expression.operator) : undefined;
    if (operator !== undefined) this.definition(operator);
    else if (named !== undefined) this.visit(expression, undefined);
    else this.point('definition', expression, undefined, { name, span: expression.span });
  }

  private point(
    kind: PointKind,
    e: ResolvedExpression,
    parent: number | undefined,
    of: { name?: string; span: Span } = e,
  ): void {
    if (this.of.has(e)) return;
    const { span } = of;
    const key = `${kind} ${span.file} ${span.offset} ${span.endOffset}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.list.push({ kind, name: of.name, span, parent }) - 1;
      this.numbers.set(key, number);
    }
    this.of.set(e, number);
    this.visit(e, number);
  }

  private definition(definition: DefinitionSymbol): void {
    const { body, name, nameSpan, span, place } = definition;
    if (this.of.has(body)) return;
    if (place !== 'top') return;
    const { endLine, endColumn, endOffset } = span;
    this.point('definition', body, undefined, { name, span: { ...nameSpan, endLine, endColumn, endOffset } });
  }

  private visit(e: ResolvedArgument, parent: number | undefined): void {
    const points = (kind: PointKind, ...parts: readonly ResolvedExpression[]): void =>
      parts.forEach((part) => this.point(kind, part, parent));
    if (e.kind === 'apply' || e.kind === 'operator') {
      const definition = this.definitionOf(e.operator);
      if (definition?.place === 'substitution') this.visit(definition.body, parent);
      else if (definition !== undefined) this.definition(definition);
    }
    switch (e.kind) {
      case 'junction':
        if (e.items.length > 1) return points(e.operator === '/\\' ? 'conjunct' : 'disjunct', ...e.items);
        break;
      case 'if':
        this.visit(e.condition, parent);
        return (points('then', e.then), points('else', e.else));
      case 'case':
        e.arms.forEach(({ condition, value }) => (points('case', condition), points('arm', value)));
        return e.other && points('other', e.other);
      case 'let':
        for (const { body, name, nameSpan, span } of e.definitions) {
          const { endLine, endColumn, endOffset } = span;
          this.point('let', body, parent, { name, span: { ...nameSpan, endLine, endColumn, endOffset } });
        }
        return this.visit(e.body, parent);
      case 'quantifier':
      case 'functionConstructor':
        e.bounds.forEach(({ set }) => this.visit(set, parent));
        return points('body', e.body);
      case 'setMap':
        e.bounds.forEach(({ set }) => this.visit(set, parent));
        return points('body', e.element);
      case 'setFilter':
        this.visit(e.bound.set, parent);
        return points('body', e.predicate);
      case 'choose':
        if (e.set !== undefined) this.visit(e.set, parent);
        return points('body', e.body);
      case 'lambda':
        return points('body', e.body);
      case 'apply':
        if (e.operator.kind !== 'builtin' || e.operator.name !== '=>') break;
        this.visit(e.args[0] as ResolvedExpression, parent);
        return points('implied', e.args[1] as ResolvedExpression);
    }
    for (const part of children(e)) this.visit(part, parent);
  }
}
