/**
 * What the naming phase hands to every later phase: a tree in which each occurrence of a name points to its symbol. EXTENDS and INSTANCE are
 * gone: the definitions of an instance are definitions of their own (`I!Op`), with the substitution done and a parameterised instance's
 * parameters put before the operator's own. Labels, subexpression names and parentheses are gone as well.
 *
 * Identity matters: two symbols are the same if and only if they are the same object.
 */
import type { Module, Span } from '../syntax/ast.js';

/** 0 constant, 1 state, 2 action, 3 temporal (Specifying Systems, 17.2). */
export type Level = 0 | 1 | 2 | 3;

export const LEVEL_NAMES = ['constant', 'state', 'action', 'temporal'] as const;

/* ---------------------------------------------------------------- symbols ---------------------------------------------------------------- */

export type ResolvedSymbol = ConstantSymbol | VariableSymbol | DefinitionSymbol | LocalSymbol | BuiltinSymbol;

/** A declared CONSTANT; arity > 0 for an operator constant. */
export interface ConstantSymbol {
  readonly kind: 'constant';
  readonly name: string;
  readonly arity: number;
  readonly module: string;
  readonly span: Span;
}

/** A declared VARIABLE. */
export interface VariableSymbol {
  readonly kind: 'variable';
  readonly name: string;
  readonly module: string;
  readonly span: Span;
}

/** A parameter of an operator or LAMBDA, or a bound identifier (quantifier, CHOOSE, set, function). */
export interface LocalSymbol {
  readonly kind: 'local';
  readonly name: string;
  readonly role: 'parameter' | 'bound';
  /** > 0 only for parameters that are operators: `F(_, _)`. */
  readonly arity: number;
  readonly span: Span;
}

/** An operator of the language (module `TLA`: `/\`, `=`, `SUBSET`, `'`, `BOOLEAN`, ...) or of a standard module (`Naturals`: `+`). */
export interface BuiltinSymbol {
  readonly kind: 'builtin';
  /** The standard module that defines it, `TLA` for the language's own; `+` of Integers and Reals is `Naturals`' `+`. */
  readonly module: string;
  /** Canonical, see ../syntax/operators.ts. */
  readonly name: string;
  readonly arity: number;
  /** The arity that each argument has to have: 0 for a value, > 0 for an operator. */
  readonly argumentArities: readonly number[];
}

/** A definition at the top level of a module, in a LET, or made by an INSTANCE. */
export interface DefinitionSymbol {
  readonly kind: 'definition';
  /** As written in the root module's view: `Op`, `I!Op`. Not unique (LOCAL definitions, LETs). */
  readonly name: string;
  /** The module whose text has the definition. */
  readonly module: string;
  readonly parameters: readonly LocalSymbol[];
  /** For `f[x \in S] == e` a `functionConstructor`. */
  readonly body: ResolvedExpression;
  /** `f[x \in S] == e`: inside its own body the name means the function being defined. */
  readonly isFunction: boolean;
  /** The definition refers to itself, directly or through others. */
  readonly recursive: boolean;
  readonly local: boolean;
  /** `let` inside an expression, `top` in a module, `substitution` for what an INSTANCE substitutes for a constant or variable. */
  readonly place: 'top' | 'let' | 'substitution';
  /** Level of the body when every argument is constant; `applyLevel` adds the arguments'. */
  readonly level: Level;
  /** For a copy made by INSTANCE: the definition in the instantiated module; TLC's overrides by name apply to it. */
  readonly origin: DefinitionSymbol | undefined;
  /** The comment above it, without its comment signs. */
  readonly doc: string | undefined;
  /** Of the whole definition. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/* -------------------------------------------------------------- expressions -------------------------------------------------------------- */

export type ResolvedExpression =
  | { readonly kind: 'number'; readonly span: Span; readonly level: Level; readonly value: bigint }
  | { readonly kind: 'decimal'; readonly span: Span; readonly level: Level; readonly text: string }
  | { readonly kind: 'string'; readonly span: Span; readonly level: Level; readonly value: string }
  | { readonly kind: 'boolean'; readonly span: Span; readonly level: Level; readonly value: boolean }
  | ResolvedApplication
  | ResolvedJunction
  | {
      readonly kind: 'product';
      readonly span: Span;
      readonly level: Level;
      readonly factors: readonly ResolvedExpression[];
    }
  | ResolvedFunctionApplication
  | ResolvedFieldAccess
  | { readonly kind: 'at'; readonly span: Span; readonly level: Level }
  | {
      readonly kind: 'tuple';
      readonly span: Span;
      readonly level: Level;
      readonly items: readonly ResolvedExpression[];
    }
  | {
      readonly kind: 'setEnumeration';
      readonly span: Span;
      readonly level: Level;
      readonly items: readonly ResolvedExpression[];
    }
  | ResolvedSetFilter
  | ResolvedSetMap
  | ResolvedFunctionConstructor
  | ResolvedFunctionSet
  | { readonly kind: 'record'; readonly span: Span; readonly level: Level; readonly fields: readonly ResolvedField[] }
  | {
      readonly kind: 'recordSet';
      readonly span: Span;
      readonly level: Level;
      readonly fields: readonly ResolvedField[];
    }
  | ResolvedExcept
  | ResolvedIf
  | ResolvedCase
  | ResolvedLet
  | ResolvedChoose
  | ResolvedQuantifier
  | ResolvedActionSubscript
  | ResolvedFairness;

export type ResolvedKind = ResolvedExpression['kind'];

/**
 * Any use of a symbol as a value: a variable or constant (no arguments), an operator with as many arguments as its arity. Built-in operators
 * too: prime is the builtin `'`, ENABLED, UNCHANGED, `[]`, `<>`, `~>`, `=`, `=>`, `~`, `\in`, DOMAIN, ...; but `/\` and `\/` are always `junction`.
 */
export interface ResolvedApplication {
  readonly kind: 'apply';
  readonly span: Span;
  readonly level: Level;
  readonly operator: ResolvedSymbol;
  /** Where the operator's name stands. */
  readonly operatorSpan: Span;
  readonly args: readonly ResolvedArgument[];
}

/** Operators appear as arguments only where the parameter has an arity. */
export type ResolvedArgument = ResolvedExpression | OperatorArgument | LambdaArgument;

export interface OperatorArgument {
  readonly kind: 'operator';
  readonly span: Span;
  readonly level: Level;
  readonly operator: ResolvedSymbol;
  /**
   * Arguments that come before those of the caller: not empty only for an operator of a parameterised instance, `F(x)!Op`.
   */
  readonly leading: readonly ResolvedArgument[];
}

export interface LambdaArgument {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly level: Level;
  readonly parameters: readonly LocalSymbol[];
  readonly body: ResolvedExpression;
}

/** A bulleted list or a chain of the infix operator: `a /\ b /\ c` is one junction of three. */
export interface ResolvedJunction {
  readonly kind: 'junction';
  readonly span: Span;
  readonly level: Level;
  readonly operator: '/\\' | '\\/';
  readonly items: readonly ResolvedExpression[];
}

export interface ResolvedFunctionApplication {
  readonly kind: 'functionApply';
  readonly span: Span;
  readonly level: Level;
  readonly function: ResolvedExpression;
  /** More than one: the argument is the tuple of them. */
  readonly args: readonly ResolvedExpression[];
}

export interface ResolvedFieldAccess {
  readonly kind: 'field';
  readonly span: Span;
  readonly level: Level;
  readonly record: ResolvedExpression;
  readonly field: string;
}

/** `x, y \in S` is two bounds with the same set object. */
export interface ResolvedBound {
  readonly span: Span;
  readonly pattern: ResolvedPattern;
  readonly set: ResolvedExpression;
}

export type ResolvedPattern =
  | { readonly kind: 'name'; readonly symbol: LocalSymbol }
  | { readonly kind: 'tuple'; readonly symbols: readonly LocalSymbol[] };

export interface ResolvedSetFilter {
  readonly kind: 'setFilter';
  readonly span: Span;
  readonly level: Level;
  readonly bound: ResolvedBound;
  readonly predicate: ResolvedExpression;
}

export interface ResolvedSetMap {
  readonly kind: 'setMap';
  readonly span: Span;
  readonly level: Level;
  readonly element: ResolvedExpression;
  readonly bounds: readonly ResolvedBound[];
}

/** With two or more identifiers bound the domain is the product, the argument a tuple. */
export interface ResolvedFunctionConstructor {
  readonly kind: 'functionConstructor';
  readonly span: Span;
  readonly level: Level;
  readonly bounds: readonly ResolvedBound[];
  readonly body: ResolvedExpression;
}

export interface ResolvedFunctionSet {
  readonly kind: 'functionSet';
  readonly span: Span;
  readonly level: Level;
  readonly domain: ResolvedExpression;
  readonly range: ResolvedExpression;
}

export interface ResolvedField {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: ResolvedExpression;
}

export interface ResolvedExcept {
  readonly kind: 'except';
  readonly span: Span;
  readonly level: Level;
  readonly function: ResolvedExpression;
  readonly updates: readonly ResolvedUpdate[];
}

/** `at` in the value means what the path leads to before this update. */
export interface ResolvedUpdate {
  readonly span: Span;
  readonly path: readonly ResolvedPathStep[];
  readonly value: ResolvedExpression;
}

export type ResolvedPathStep =
  | { readonly kind: 'index'; readonly span: Span; readonly args: readonly ResolvedExpression[] }
  | { readonly kind: 'field'; readonly span: Span; readonly name: string };

export interface ResolvedIf {
  readonly kind: 'if';
  readonly span: Span;
  readonly level: Level;
  readonly condition: ResolvedExpression;
  readonly then: ResolvedExpression;
  readonly else: ResolvedExpression;
}

export interface ResolvedCase {
  readonly kind: 'case';
  readonly span: Span;
  readonly level: Level;
  readonly arms: readonly {
    readonly span: Span;
    readonly condition: ResolvedExpression;
    readonly value: ResolvedExpression;
  }[];
  readonly other: ResolvedExpression | undefined;
}

/** Definitions in an order in which each stands after those that it uses, but for recursion. They may refer to the locals around them. */
export interface ResolvedLet {
  readonly kind: 'let';
  readonly span: Span;
  readonly level: Level;
  readonly definitions: readonly DefinitionSymbol[];
  readonly body: ResolvedExpression;
}

export interface ResolvedChoose {
  readonly kind: 'choose';
  readonly span: Span;
  readonly level: Level;
  readonly pattern: ResolvedPattern;
  readonly set: ResolvedExpression | undefined;
  readonly body: ResolvedExpression;
}

/** Bounded: `bounds`. Unbounded (`\A x : p`, `\EE x : p`): `bounds` is empty and `unbounded` has the identifiers. */
export interface ResolvedQuantifier {
  readonly kind: 'quantifier';
  readonly span: Span;
  readonly level: Level;
  readonly quantifier: '\\A' | '\\E' | '\\AA' | '\\EE';
  readonly bounds: readonly ResolvedBound[];
  readonly unbounded: readonly LocalSymbol[];
  readonly body: ResolvedExpression;
}

export interface ResolvedActionSubscript {
  readonly kind: 'box' | 'angle';
  readonly span: Span;
  readonly level: Level;
  readonly action: ResolvedExpression;
  readonly subscript: ResolvedExpression;
}

export interface ResolvedFairness {
  readonly kind: 'fairness';
  readonly span: Span;
  readonly level: Level;
  readonly fairness: 'WF' | 'SF';
  readonly subscript: ResolvedExpression;
  readonly action: ResolvedExpression;
}

/* ---------------------------------------------------------------- the spec ---------------------------------------------------------------- */

/** A module read through the host, with what its own text declares. */
export interface ResolvedModule {
  readonly name: string;
  readonly file: string;
  readonly syntax: Module;
  /** Names as in its EXTENDS, standard modules too. */
  readonly extends: readonly string[];
  readonly doc: string | undefined;
  readonly constants: readonly ConstantSymbol[];
  readonly variables: readonly VariableSymbol[];
  /** In the order of the text; LOCAL ones too, imported ones not; what an unnamed INSTANCE brings in is there as copies. */
  readonly definitions: readonly DefinitionSymbol[];
  readonly assumptions: readonly ResolvedAssumption[];
  /** Every name that can be used at the end of the module, imported ones too. */
  readonly scope: ReadonlyMap<string, ResolvedSymbol>;
}

export interface ResolvedAssumption {
  readonly name: string | undefined;
  readonly module: string;
  readonly axiom: boolean;
  readonly body: ResolvedExpression;
  readonly span: Span;
}

/** A root module and all that it extends and instantiates. */
export interface ResolvedSpec {
  readonly root: ResolvedModule;
  /** The modules read through the host (not the builtin standard modules), each after those that it uses; the root is the last. */
  readonly modules: readonly ResolvedModule[];
  /** The root's and those of the modules that it extends, in the order of declaration. */
  readonly constants: readonly ConstantSymbol[];
  readonly variables: readonly VariableSymbol[];
  /**
   * Every definition (not those in LETs) of the root, of the modules that it extends, and every one of an instance that these use:
   * each after those that it uses, but for recursion.
   */
  readonly definitions: readonly DefinitionSymbol[];
  readonly assumptions: readonly ResolvedAssumption[];
}

/** Definitions that stand for operators of standard modules and of the community's. */
export interface OperatorLibrary {
  readonly definition: (module: string, operator: string) => DefinitionSymbol | undefined;
  /** The module that has them. */
  readonly module: (name: string) => ResolvedModule | undefined;
}
