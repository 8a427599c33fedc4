/** The working form of a definition: its body is resolved when it is first needed, its level found in a later pass. */
import type { Expression, FunctionDefinition, OperatorDefinition, Span } from '../syntax/ast.js';
import type { DefinitionSymbol, Level, LocalSymbol, ResolvedExpression } from './resolved.js';
import type { Env } from './scope.js';

/** Stands where an error was found; no spec with errors leaves the naming phase. */
export function hole(span: Span): ResolvedExpression {
  return { kind: 'setEnumeration', span, level: 0, items: [] };
}

/** What is fixed when a definition is made. */
export interface DefinitionHead {
  readonly name: string;
  readonly module: string;
  readonly parameters: readonly LocalSymbol[];
  readonly local: boolean;
  readonly place: DefinitionSymbol['place'];
  readonly doc: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly origin: DefinitionSymbol | undefined;
  /** The text that it comes from: two definitions of the same text are no conflict. */
  readonly syntax: OperatorDefinition | FunctionDefinition | undefined;
}

/** The text of a definition or theorem, and where it stands. */
export interface DefinitionSource {
  readonly body: Expression;
  readonly env: Env;
}

export class Definition implements DefinitionSymbol {
  readonly kind = 'definition';
  readonly name: string;
  readonly module: string;
  readonly local: boolean;
  readonly place: DefinitionSymbol['place'];
  readonly origin: DefinitionSymbol | undefined;
  readonly doc: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly parameters: readonly LocalSymbol[];
  readonly isFunction: boolean;
  readonly syntax: OperatorDefinition | FunctionDefinition | undefined;
  recursive = false;
  level: Level = 0;
  body: ResolvedExpression;
  /** Definitions that the body mentions, in that order. */
  readonly uses = new Set<Definition>();
  /** What names of its subexpressions are followed through. */
  source: DefinitionSource | undefined;
  /** Its body is not complete, and asked for by what the body mentions. */
  isBeingResolved = false;
  private resolve: (() => ResolvedExpression) | undefined;

  constructor(head: DefinitionHead) {
    this.name = head.name;
    this.module = head.module;
    this.parameters = head.parameters;
    this.local = head.local;
    this.place = head.place;
    this.origin = head.origin;
    this.doc = head.doc;
    this.span = head.span;
    this.nameSpan = head.nameSpan;
    this.syntax = head.syntax;
    this.isFunction = head.syntax?.kind === 'functionDefinition';
    this.body = hole(head.nameSpan);
  }

  /** Says how the body is resolved when it is needed. */
  complete(resolve: () => ResolvedExpression): void {
    this.resolve = resolve;
  }

  /** Resolves the body if that has not begun yet: inside of itself a definition is only mentioned. */
  force(): void {
    const { resolve } = this;
    this.resolve = undefined;
    if (!resolve) return;
    this.isBeingResolved = true;
    this.body = resolve();
    this.isBeingResolved = false;
  }
}
