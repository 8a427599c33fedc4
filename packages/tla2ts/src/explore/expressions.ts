/**
 * What the compiler of actions needs from the emitter of expressions. Everything is JavaScript text for one closure: state
 * variables, operators and actions of a specification see each other there.
 */
import type {
  DefinitionSymbol,
  LambdaArgument,
  LocalSymbol,
  OperatorArgument,
  ResolvedExpression,
  ResolvedPattern,
  VariableSymbol,
} from '../names/resolved.js';

/** An operator that was given as an argument, and where it was given. */
export interface OperatorValue {
  readonly argument: OperatorArgument | LambdaArgument;
  readonly scope: Scope;
}

/** What names mean at a place in the text. Never changed: a new one is made for an inner place. */
export interface Scope {
  /** JavaScript text of the value of a bound identifier or parameter. */
  readonly locals: ReadonlyMap<LocalSymbol, string>;
  /** Parameters that are operators. */
  readonly operators: ReadonlyMap<LocalSymbol, OperatorValue>;
  /** Definitions of the LETs around, and the scope in which their bodies stand. */
  readonly lets: ReadonlyMap<DefinitionSymbol, LetEntry>;
  /** Variables whose value in the state being made is known here: in the next state, or in the initial state. */
  readonly assigned: ReadonlyMap<VariableSymbol, Assignment>;
}

/** A definition of a LET: the emitter's JavaScript name for it, and the scope of its body. */
export interface LetEntry {
  readonly name: string;
  readonly scope: () => Scope;
}

/** `same`: UNCHANGED, its word is copied. */
export type Assignment = 'same' | 'new';

/** Text of expressions. */
export interface Expressions {
  readonly value: (expression: ResolvedExpression, scope: Scope) => string;
  /** A test: text of a JavaScript Boolean, with the error for other values. */
  readonly test: (expression: ResolvedExpression, scope: Scope) => string;
  /** Text of something that a `for of` goes through, once or several times. */
  readonly elements: (set: ResolvedExpression, scope: Scope) => string;
  /** Text of `value \in set`. */
  readonly member: (value: string, set: ResolvedExpression, scope: Scope) => string;
  readonly equal: (left: string, right: string) => string;
  /** A pattern for `const PATTERN` and the scope in which its identifiers are known. */
  readonly bind: (pattern: ResolvedPattern, scope: Scope) => { readonly pattern: string; readonly scope: Scope };
  /** Statements for the definitions of a LET, and the scope of its body. */
  readonly lets: (
    definitions: readonly DefinitionSymbol[],
    scope: Scope,
  ) => { readonly statements: string; readonly scope: Scope };
  /** A JavaScript name that nothing else has. */
  readonly fresh: (hint: string) => string;
  /** What a definition stands for after the overrides of the configuration. */
  readonly overridden: (definition: DefinitionSymbol) => DefinitionSymbol;
  /** Text that throws the error at the place of the expression. */
  readonly raise: (message: string, at: ResolvedExpression) => string;
}

/** A scope without locals. */
export const emptyScope: Scope = { locals: new Map(), operators: new Map(), lets: new Map(), assigned: new Map() };
