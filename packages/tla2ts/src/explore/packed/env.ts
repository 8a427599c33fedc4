/** What names mean at a place of an expression that is compiled into packed form. Never changed: a new one is made for an inner place. */
import type {
  DefinitionSymbol,
  LambdaArgument,
  LocalSymbol,
  OperatorArgument,
  ResolvedExpression,
  VariableSymbol,
} from '../../names/resolved.js';
import type { Val } from './vals.js';

/** A value that was computed before it is used. */
export interface Computed {
  readonly val: Val;
  /** Text of a Boolean: the computation did not fail; undefined: it cannot. */
  readonly valid: string | undefined;
}

/** A bound identifier or a parameter: its value, and where it is a parameter, what was written for it. */
export interface Binding {
  readonly computed: Computed | undefined;
  readonly source: { readonly expression: ResolvedExpression; readonly env: Env } | undefined;
}

/** An operator that was passed as an argument, and where that was written. */
export interface OperatorBinding {
  readonly argument: OperatorArgument | LambdaArgument;
  readonly env: Env;
}

export interface Env {
  readonly locals: ReadonlyMap<LocalSymbol, Binding>;
  readonly operators: ReadonlyMap<LocalSymbol, OperatorBinding>;
  /** Definitions of the LETs around: the value of those that were computed, the place of their bodies. */
  readonly lets: ReadonlyMap<DefinitionSymbol, { readonly computed: Computed | undefined; readonly env: () => Env }>;
  readonly at: Val | undefined;
  /** What the action has given to variables so far; `same`: what they have. */
  readonly next: ReadonlyMap<VariableSymbol, Val | 'same'>;
  /** Variables mean their value in the next state. */
  readonly primed: boolean;
}

export const emptyEnv: Env = {
  locals: new Map(),
  operators: new Map(),
  lets: new Map(),
  at: undefined,
  next: new Map(),
  primed: false,
};

export const withLocal = (env: Env, symbol: LocalSymbol, val: Val): Env => ({
  ...env,
  locals: new Map(env.locals).set(symbol, { computed: { val, valid: undefined }, source: undefined }),
});

export const withNext = (env: Env, next: Env['next']): Env => ({ ...env, next });
