/**
 * What the compiler of actions needs from the emitter of expressions. Everything is JavaScript text for one closure: state
 * variables, operators and actions of a specification see each other there.
 */
import type { EvaluationCode } from '../diagnostics/codes.js';
import type {
  DefinitionSymbol,
  LambdaArgument,
  LocalSymbol,
  OperatorArgument,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';

/** An operator that was given as an argument, and where it was given. */
interface OperatorValue {
  readonly argument: OperatorArgument | LambdaArgument;
  readonly scope: Scope;
}

/** An argument as it was written, for a body that primes its parameter. */
interface Source {
  readonly expression: ResolvedExpression;
  readonly scope: Scope;
}

/** What names mean at a place in the text. Never changed: a new one is made for an inner place. */
export interface Scope {
  /** JavaScript text of the value of a bound identifier or parameter. */
  readonly locals: ReadonlyMap<LocalSymbol, string>;
  /** Parameters that are operators of an inlined definition. */
  readonly operators: ReadonlyMap<LocalSymbol, OperatorValue>;
  /** The arguments of inlined definitions that depend on the state. */
  readonly sources: ReadonlyMap<LocalSymbol, Source>;
  /** Definitions of the LETs around. */
  readonly lets: ReadonlyMap<DefinitionSymbol, LetEntry>;
  /** Text of `@`. */
  readonly at: string | undefined;
  /** Variables whose value in the state being made is known here: in the next state, or in the initial state. */
  readonly assigned: ReadonlyMap<VariableSymbol, Assignment>;
  /** In a function that is called from several places: which variables are known is seen at run time. */
  readonly shared: boolean;
  /** In an initial predicate: the state being made is the current one. */
  readonly initial: boolean;
  /** Variables mean their value in the next state. */
  readonly primed: boolean;
}

/** A definition of a LET: text of its value or of the function, and the scope of its body. */
export interface LetEntry {
  readonly text: string;
  readonly scope: () => Scope;
}

/** Statements for the definitions of a LET, and the scope of its body. */
export interface LetText {
  readonly statements: string;
  /** Text of expressions, each with a comma behind it, that begin the LET again; empty where the statements do. */
  readonly begin: string;
  readonly scope: Scope;
}

/** `same`: UNCHANGED, its word is copied. */
export type Assignment = 'same' | 'new';

/** Text of expressions. */
export interface Expressions {
  readonly value: (expression: ResolvedExpression, scope: Scope) => string;
  /** A test: text of a JavaScript Boolean, with the error for other values. */
  readonly test: (expression: ResolvedExpression, scope: Scope) => string;
  /** The same, of an expression whose evaluation is counted by the statement that `counted` gives. */
  readonly uncounted: (expression: ResolvedExpression, scope: Scope) => string;
  /** A statement that counts an evaluation of the expression; empty where that is not asked for. */
  readonly counted: (expression: ResolvedExpression) => string;
  /** Text of something that a `for of` goes through, once or several times. */
  readonly elements: (set: ResolvedExpression, scope: Scope) => string;
  readonly equal: (left: string, right: string) => string;
  /** A pattern for `const PATTERN` and the scope in which its identifiers are known. */
  readonly bind: (pattern: ResolvedPattern, scope: Scope) => { readonly pattern: string; readonly scope: Scope };
  /**
   * Text for the definitions of a LET; `late`: nothing is evaluated before it is used; `again`: nor after the LET began again, while the statements stand where they
   * are executed once.
   */
  readonly lets: (
    definitions: readonly DefinitionSymbol[],
    body: ResolvedExpression,
    scope: Scope,
    when?: 'late' | 'again',
  ) => LetText;
  /** A JavaScript name that nothing else has. */
  readonly fresh: (hint: string) => string;
  /** The definition that a symbol stands for after the overrides of the configuration, if it stands for one. */
  readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;
  /** Text that throws the error at the place of the expression. */
  readonly raise: (message: string, at: ResolvedExpression, code?: EvaluationCode) => string;
}

/** A scope without locals. */
export const emptyScope: Scope = {
  locals: new Map(),
  operators: new Map(),
  sources: new Map(),
  lets: new Map(),
  at: undefined,
  assigned: new Map(),
  shared: false,
  initial: false,
  primed: false,
};
