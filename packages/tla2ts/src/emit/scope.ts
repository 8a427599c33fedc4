/** What names mean at a place in the emitted text. */
import type {
  DefinitionSymbol,
  LambdaArgument,
  LocalSymbol,
  OperatorArgument,
  VariableSymbol,
} from '../names/resolved.js';

/** An operator that was given as an argument, and where it was given. */
export interface OperatorValue {
  readonly argument: OperatorArgument | LambdaArgument;
  readonly scope: Scope;
}

/** Never changed: a new one is made for an inner place. */
export interface Scope {
  /** JavaScript text of the value of a bound identifier or parameter. */
  readonly locals: ReadonlyMap<LocalSymbol, string>;
  /** Parameters that are operators whose text is known. */
  readonly operators: ReadonlyMap<LocalSymbol, OperatorValue>;
  /** Definitions of the LETs around, and the scope in which their bodies stand. */
  readonly lets: ReadonlyMap<DefinitionSymbol, LetEntry>;
  /** Functions whose own body this is: text of the JavaScript function that computes their results. */
  readonly selves: ReadonlyMap<DefinitionSymbol, string>;
  /** Variables whose value in the state being made is known here: in the next state, or in the initial state. */
  readonly assigned: ReadonlyMap<VariableSymbol, Assignment>;
}

/** A definition of a LET: the JavaScript text of its value or function, and the scope of its body. */
export interface LetEntry {
  readonly name: string;
  readonly scope: () => Scope;
}

/** `same`: UNCHANGED, its word is copied. */
export type Assignment = 'same' | 'new';

/** A scope without locals. */
export const emptyScope: Scope = {
  locals: new Map(),
  operators: new Map(),
  lets: new Map(),
  selves: new Map(),
  assigned: new Map(),
};

/** The scope with one more local. */
export function withLocals(scope: Scope, locals: Iterable<readonly [LocalSymbol, string]>): Scope {
  return { ...scope, locals: new Map([...scope.locals, ...locals]) };
}
