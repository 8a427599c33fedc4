/**
 * The syntax tree of a TLA+ module: what was written, before any name is looked up. Every node has the span of its text.
 * Synonyms are gone (`\leq`, `=<` and `≤` are all `<=`, see operators.ts), parentheses and comments too, except a definition's own comment.
 * Later phases read the resolved tree of ../names/resolved.ts instead.
 */
import type { Span } from './span.js';

export type { Span } from './span.js';

/** A name where it is declared or mentioned as a mere word (field names, module names). */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/* ---------------------------------------------------------------- modules ---------------------------------------------------------------- */

export interface Module {
  readonly kind: 'module';
  readonly span: Span;
  readonly name: Name;
  readonly extends: readonly Name[];
  readonly units: readonly Unit[];
  /** The comment that stands first in the module or right above its head line. */
  readonly doc: string | undefined;
}

export type Unit =
  | ConstantDeclaration
  | VariableDeclaration
  | RecursiveDeclaration
  | OperatorDefinition
  | FunctionDefinition
  | InstanceDefinition
  | InstanceUnit
  | Assumption
  | Theorem
  | ProofStatement
  | NestedModule;

/** `CONSTANTS N, Op(_, _), _ \prec _` */
export interface ConstantDeclaration {
  readonly kind: 'constants';
  readonly span: Span;
  readonly declarations: readonly OperatorDeclaration[];
}

/** `VARIABLES x, y` */
export interface VariableDeclaration {
  readonly kind: 'variables';
  readonly span: Span;
  readonly names: readonly Name[];
}

/** `RECURSIVE Sum(_), _ ++ _` */
export interface RecursiveDeclaration {
  readonly kind: 'recursive';
  readonly span: Span;
  readonly declarations: readonly OperatorDeclaration[];
}

/** A name with the number of arguments that it takes: `N` (0), `Op(_, _)`, `_ \prec _` (2), `-. _` (1). */
export interface OperatorDeclaration {
  readonly kind: 'declaration';
  readonly span: Span;
  readonly name: Name;
  readonly arity: number;
}

/** `Op(a, F(_)) == body`, `a \prec b == body`, `-. a == body`, `a^+ == body`; names are canonical. */
export interface OperatorDefinition {
  readonly kind: 'operatorDefinition';
  readonly span: Span;
  readonly local: boolean;
  readonly name: Name;
  readonly parameters: readonly OperatorDeclaration[];
  readonly body: Expression;
  readonly doc: string | undefined;
}

/** `f[x \in S, <<a, b>> \in T] == body` */
export interface FunctionDefinition {
  readonly kind: 'functionDefinition';
  readonly span: Span;
  readonly local: boolean;
  readonly name: Name;
  readonly bounds: readonly Bound[];
  readonly body: Expression;
  readonly doc: string | undefined;
}

/** `I(x) == INSTANCE M WITH n <- e` */
export interface InstanceDefinition {
  readonly kind: 'instanceDefinition';
  readonly span: Span;
  readonly local: boolean;
  readonly name: Name;
  readonly parameters: readonly OperatorDeclaration[];
  readonly instance: Instance;
}

/** `INSTANCE M WITH n <- e` without a name: M's definitions come in under their own names. */
export interface InstanceUnit {
  readonly kind: 'instance';
  readonly span: Span;
  readonly local: boolean;
  readonly instance: Instance;
}

export interface Instance {
  readonly span: Span;
  readonly module: Name;
  readonly substitutions: readonly Substitution[];
}

export interface Substitution {
  readonly span: Span;
  readonly name: Name;
  /** An expression, or for operator constants an operator's name (`identifier` or `selection`) or a LAMBDA. */
  readonly value: Expression;
}

export interface Assumption {
  readonly kind: 'assumption';
  readonly span: Span;
  readonly name: Name | undefined;
  /** `AXIOM` is the same as `ASSUME` in meaning, but no tool checks it. */
  readonly axiom: boolean;
  readonly body: Expression;
}

/** A theorem. Its proof is skipped. The body is undefined for `ASSUME ... PROVE ...`, whose parts no tool but a prover reads. */
export interface Theorem {
  readonly kind: 'theorem';
  readonly span: Span;
  readonly name: Name | undefined;
  readonly body: Expression | undefined;
}

/** `USE ...` or `HIDE ...` at the level of the module: skipped. */
export interface ProofStatement {
  readonly kind: 'proofStatement';
  readonly span: Span;
}

export interface NestedModule {
  readonly kind: 'nestedModule';
  readonly span: Span;
  readonly module: Module;
}

/* -------------------------------------------------------------- expressions -------------------------------------------------------------- */

export type Expression =
  | NumberLiteral
  | DecimalLiteral
  | StringLiteral
  | BooleanLiteral
  | Identifier
  | Selection
  | Application
  | Junction
  | Product
  | FunctionApplication
  | FieldAccess
  | At
  | Tuple
  | SetEnumeration
  | SetFilter
  | SetMap
  | FunctionConstructor
  | FunctionSet
  | RecordConstructor
  | RecordSet
  | Except
  | If
  | Case
  | Let
  | Choose
  | Quantifier
  | Lambda
  | ActionSubscript
  | Fairness
  | Label;

export type ExpressionKind = Expression['kind'];

/** `12`, `\b1100`, `\o14`, `\hC` */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: bigint;
}

/** `3.14`, as written. */
export interface DecimalLiteral {
  readonly kind: 'decimal';
  readonly span: Span;
  readonly text: string;
}

/** The value, with the escapes undone. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly span: Span;
  readonly value: string;
}

export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

/** A name on its own: a variable, a nullary operator, or an operator handed over as an argument (`Op`, `+`, `-.`). */
export interface Identifier {
  readonly kind: 'identifier';
  readonly span: Span;
  readonly name: string;
}

/**
 * `I!Op`, `F(x)!G!Op`, `Op!1!<<`, `Op!lab(x)!:`: an instance path or a subexpression name; names alone do not tell which.
 * The arguments of the last step are with the `apply` around it.
 */
export interface Selection {
  readonly kind: 'selection';
  readonly span: Span;
  readonly steps: readonly SelectionStep[];
}

export type SelectionStep = NameStep | ArgumentStep | SelectorStep;

/** `I`, `F(x)`, also an operator symbol: `I!+` */
export interface NameStep {
  readonly kind: 'name';
  readonly span: Span;
  readonly name: string;
  readonly args: readonly Expression[];
}

/** `Op!(x, y)!...`: instantiates the bound identifiers of a subexpression. */
export interface ArgumentStep {
  readonly kind: 'arguments';
  readonly span: Span;
  readonly args: readonly Expression[];
}

/** `!1`, `!<<`, `!>>`, `!@`, `!:` */
export interface SelectorStep {
  readonly kind: 'selector';
  readonly span: Span;
  readonly selector: number | '<<' | '>>' | '@' | ':';
}

/**
 * Any operator with arguments: `Op(a, b)`, `a + b`, `-a` (operator `-.`), `x'` (operator `'`), `ENABLED A`, `UNCHANGED x`, `[]P`, `DOMAIN f`.
 * The operator's name is canonical.
 */
export interface Application {
  readonly kind: 'apply';
  readonly span: Span;
  readonly operator: Identifier | Selection;
  readonly args: readonly Expression[];
  readonly fixity: 'call' | 'prefix' | 'infix' | 'postfix';
}

/** A bulleted list, at least one item. Infix `/\` and `\/` are `apply`. */
export interface Junction {
  readonly kind: 'junction';
  readonly span: Span;
  readonly operator: '/\\' | '\\/';
  readonly items: readonly Expression[];
}

/** `A \X B \X C`: one node, since `\X` is not associative. */
export interface Product {
  readonly kind: 'product';
  readonly span: Span;
  readonly factors: readonly Expression[];
}

/** `f[a, b]` */
export interface FunctionApplication {
  readonly kind: 'functionApply';
  readonly span: Span;
  readonly function: Expression;
  readonly args: readonly Expression[];
}

/** `r.field` */
export interface FieldAccess {
  readonly kind: 'field';
  readonly span: Span;
  readonly record: Expression;
  readonly field: Name;
}

/** `@` in an EXCEPT. */
export interface At {
  readonly kind: 'at';
  readonly span: Span;
}

/** `<<a, b>>` */
export interface Tuple {
  readonly kind: 'tuple';
  readonly span: Span;
  readonly items: readonly Expression[];
}

/** `{a, b}` */
export interface SetEnumeration {
  readonly kind: 'setEnumeration';
  readonly span: Span;
  readonly items: readonly Expression[];
}

/** `{x \in S : p}`, `{<<x, y>> \in S : p}` */
export interface SetFilter {
  readonly kind: 'setFilter';
  readonly span: Span;
  readonly bound: Bound;
  readonly predicate: Expression;
}

/** `{e : x \in S, y \in T}` */
export interface SetMap {
  readonly kind: 'setMap';
  readonly span: Span;
  readonly element: Expression;
  readonly bounds: readonly Bound[];
}

/** `[x \in S, y \in T |-> e]` */
export interface FunctionConstructor {
  readonly kind: 'functionConstructor';
  readonly span: Span;
  readonly bounds: readonly Bound[];
  readonly body: Expression;
}

/** `[S -> T]` */
export interface FunctionSet {
  readonly kind: 'functionSet';
  readonly span: Span;
  readonly domain: Expression;
  readonly range: Expression;
}

/** `[a |-> e, b |-> f]` */
export interface RecordConstructor {
  readonly kind: 'record';
  readonly span: Span;
  readonly fields: readonly Field[];
}

/** `[a : S, b : T]` */
export interface RecordSet {
  readonly kind: 'recordSet';
  readonly span: Span;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: Name;
  readonly value: Expression;
}

/** `[f EXCEPT ![a].b = e, !.c = @ + 1]` */
export interface Except {
  readonly kind: 'except';
  readonly span: Span;
  readonly function: Expression;
  readonly updates: readonly Update[];
}

export interface Update {
  readonly span: Span;
  readonly path: readonly PathStep[];
  readonly value: Expression;
}

/** `[a, b]` or `.field` in the path of an EXCEPT. */
export type PathStep =
  | { readonly kind: 'index'; readonly span: Span; readonly args: readonly Expression[] }
  | { readonly kind: 'field'; readonly span: Span; readonly name: string };

export interface If {
  readonly kind: 'if';
  readonly span: Span;
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
}

export interface Case {
  readonly kind: 'case';
  readonly span: Span;
  readonly arms: readonly CaseArm[];
  readonly other: Expression | undefined;
}

export interface CaseArm {
  readonly span: Span;
  readonly condition: Expression;
  readonly value: Expression;
}

export interface Let {
  readonly kind: 'let';
  readonly span: Span;
  readonly definitions: readonly LetDefinition[];
  readonly body: Expression;
}

export type LetDefinition = OperatorDefinition | FunctionDefinition | InstanceDefinition | RecursiveDeclaration;

/** `CHOOSE x \in S : p`, `CHOOSE <<x, y>> \in S : p`, `CHOOSE x : p` (no set) */
export interface Choose {
  readonly kind: 'choose';
  readonly span: Span;
  readonly pattern: Pattern;
  readonly set: Expression | undefined;
  readonly body: Expression;
}

/** `\A x, y \in S, <<a, b>> \in T : p`, `\E x : p` (a bound without a set); `\AA` and `\EE` are temporal and never bounded. */
export interface Quantifier {
  readonly kind: 'quantifier';
  readonly span: Span;
  readonly quantifier: '\\A' | '\\E' | '\\AA' | '\\EE';
  readonly bounds: readonly Bound[];
  readonly body: Expression;
}

/** `x, y \in S`, `<<a, b>> \in S`. Without a set only in unbounded quantifiers. */
export interface Bound {
  readonly span: Span;
  readonly patterns: readonly Pattern[];
  readonly set: Expression | undefined;
}

export type Pattern =
  | { readonly kind: 'name'; readonly name: Name }
  | { readonly kind: 'tuple'; readonly span: Span; readonly names: readonly Name[] };

/** `LAMBDA x, y : e`, only as an argument or in a substitution. */
export interface Lambda {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly parameters: readonly OperatorDeclaration[];
  readonly body: Expression;
}

/** `[A]_v` (box) or `<<A>>_v` (angle) */
export interface ActionSubscript {
  readonly kind: 'box' | 'angle';
  readonly span: Span;
  readonly action: Expression;
  readonly subscript: Expression;
}

/** `WF_v(A)`, `SF_v(A)` */
export interface Fairness {
  readonly kind: 'fairness';
  readonly span: Span;
  readonly fairness: 'WF' | 'SF';
  readonly subscript: Expression;
  readonly action: Expression;
}

/** `lab(x) :: e` */
export interface Label {
  readonly kind: 'label';
  readonly span: Span;
  readonly name: Name;
  readonly parameters: readonly Name[];
  readonly body: Expression;
}
