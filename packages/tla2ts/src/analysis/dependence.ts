/** What the value of an expression depends on besides its identifiers: constants, the state, the next state. */
import type {
  ConstantSymbol,
  DefinitionSymbol,
  ResolvedArgument,
  ResolvedSpec,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import { children } from './children.js';

/** Variables whose values in the state, and in the next state, are read. */
export interface Dependence {
  readonly constants: boolean;
  readonly state: ReadonlySet<VariableSymbol>;
  readonly next: ReadonlySet<VariableSymbol>;
}

/** What a user of the specification gives a value: a CONSTANT, or a definition that only says what the value has to be like. */
export type Given = ConstantSymbol | DefinitionSymbol;

/** `NoValue == CHOOSE v : v \notin Value`: any such value will do, and nobody can find one by trying. */
export function isOpenChoice(symbol: ResolvedSymbol): boolean {
  if (symbol.kind !== 'definition' || symbol.place !== 'top' || symbol.parameters.length > 0) return false;
  return symbol.body.kind === 'choose' && symbol.body.set === undefined && symbol.level === 0;
}

/** The constants of a specification, in the order of the text. */
export function givenOf(spec: ResolvedSpec): readonly Given[] {
  return [...spec.constants, ...spec.definitions.filter((one) => isOpenChoice(one))];
}

const nothing: ReadonlySet<VariableSymbol> = new Set();
const independent: Dependence = { constants: false, state: nothing, next: nothing };
const onConstants: Dependence = { ...independent, constants: true };

function joined(parts: readonly Dependence[]): Dependence {
  const some = parts.filter((part) => part !== independent);
  if (some.length < 2) return some[0] ?? independent;
  return {
    constants: some.some(({ constants }) => constants),
    state: new Set(some.flatMap(({ state }) => [...state])),
    next: new Set(some.flatMap(({ next }) => [...next])),
  };
}

const sizeOf = ({ constants, state, next }: Dependence): number => Number(constants) + state.size + next.size;

/** Finds it for expressions and definitions, through the definitions that they use. */
export class Dependences {
  readonly #known = new Map<DefinitionSymbol, Dependence>();

  constructor(spec: ResolvedSpec) {
    const lets = spec.definitions.flatMap(({ body }) => [...letsIn(body)]);
    const all = [...lets, ...spec.definitions].filter((one) => !isOpenChoice(one));
    for (let changed = true; changed;) {
      changed = false;
      for (const definition of all) {
        const found = this.of(definition.body);
        if (sizeOf(found) === sizeOf(this.ofDefinition(definition))) continue;
        this.#known.set(definition, found);
        changed = true;
      }
    }
  }

  /** Of a definition, for arguments that depend on nothing. */
  ofDefinition(definition: DefinitionSymbol): Dependence {
    if (isOpenChoice(definition)) return onConstants;
    return this.#known.get(definition) ?? independent;
  }

  /** Of an expression with all that it uses. */
  of(e: ResolvedArgument): Dependence {
    const parts = children(e);
    if (e.kind === 'box' || e.kind === 'angle') return joined([this.of(e.action), unchanged(this.of(e.subscript))]);
    if (e.kind !== 'apply' && e.kind !== 'operator') return joined(parts.map((part) => this.of(part)));
    const { operator } = e;
    switch (operator.kind) {
      case 'constant':
        return joined([onConstants, ...parts.map((part) => this.of(part))]);
      case 'variable':
        return { ...independent, state: new Set([operator]) };
      case 'definition':
        return joined([this.ofDefinition(operator), ...parts.map((part) => this.of(part))]);
      case 'builtin': {
        const all = joined(parts.map((part) => this.of(part)));
        if (operator.name === "'") return { ...all, state: nothing, next: all.state };
        if (operator.name === 'UNCHANGED') return unchanged(all);
        return operator.name === 'ENABLED' ? { ...all, next: nothing } : all;
      }
      case 'local':
        return joined(parts.map((part) => this.of(part)));
    }
  }
}

function unchanged(all: Dependence): Dependence {
  return { ...all, next: all.state };
}

/** The definitions of the LETs in an expression, inner ones first. */
function* letsIn(e: ResolvedArgument): Generator<DefinitionSymbol> {
  if (e.kind === 'let') {
    for (const definition of e.definitions) {
      yield* letsIn(definition.body);
      yield definition;
    }
  }
  for (const part of children(e)) yield* letsIn(part);
}
