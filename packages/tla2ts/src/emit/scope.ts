/** What names mean at a place in the emitted text. */
import type { DefinitionSymbol, LocalSymbol, VariableSymbol } from '../names/resolved.js';
import { identifier } from './names.js';

/** Where the values of variables are. */
export interface StateText {
  /** Text of an object that has them all. */
  readonly whole: string | undefined;
  /** Text of those that are not in it, or that are there in any case. */
  readonly own: ReadonlyMap<VariableSymbol, string>;
}

/** Never changed: a new one is made for an inner place. */
export interface Scope {
  /** TypeScript text of the value of a bound identifier or parameter; of a parameter that is an operator, its function. */
  readonly locals: ReadonlyMap<LocalSymbol, string>;
  /** The same for the definitions of the LETs around. */
  readonly lets: ReadonlyMap<DefinitionSymbol, string>;
  /** Functions whose own body this is: text of the TypeScript function that computes their results. */
  readonly selves: ReadonlyMap<DefinitionSymbol, string>;
  /** Text of `@`. */
  readonly at: string | undefined;
  /** Variables, and variables that are primed; undefined: they have no values. */
  readonly state: StateText | undefined;
  readonly next: StateText | undefined;
  /** Names that mean something here. */
  readonly taken: ReadonlySet<string>;
}

/** Names of the parameters that operators have besides their own. */
export const CONSTANTS = 'constants';
export const STATE = 'state';
export const NEXT = 'next';

const whole = (name: string): StateText => ({ whole: name, own: new Map() });

/** The scope of a module, whose functions have these names. */
export function moduleScope(names: Iterable<string>): Scope {
  return {
    locals: new Map(),
    lets: new Map(),
    selves: new Map(),
    at: undefined,
    state: whole(STATE),
    next: whole(NEXT),
    taken: new Set(names),
  };
}

/** Where what is primed is meant. */
export function primed(scope: Scope): Scope {
  return { ...scope, state: scope.next, next: undefined };
}

/** The name itself, with a number where the text of one operator stands inside another's that has it too. */
export function freeName(name: string, { taken }: Scope): string {
  const plain = identifier(name);
  let free = plain;
  for (let i = 1; taken.has(free); i++) free = `${plain}_${i}`;
  return free;
}

/** The scope with one more name. */
export function withName(scope: Scope, name: string): Scope {
  return { ...scope, taken: new Set([...scope.taken, name]) };
}

/** The scope with one more local. */
export function withLocal(scope: Scope, local: LocalSymbol, name: string, text: string): Scope {
  return { ...withName(scope, name), locals: new Map([...scope.locals, [local, text]]) };
}

/** The scope with one more definition. */
export function withLet(scope: Scope, definition: DefinitionSymbol, name: string, text: string): Scope {
  return { ...withName(scope, name), lets: new Map([...scope.lets, [definition, text]]) };
}
