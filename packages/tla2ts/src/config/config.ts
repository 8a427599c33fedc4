/** What a configuration file of TLC says. */
import type { Span } from '../syntax/span.js';

export interface ModelConfig {
  readonly file: string;
  readonly specification: ConfigName | undefined;
  readonly init: ConfigName | undefined;
  readonly next: ConfigName | undefined;
  readonly invariants: readonly ConfigName[];
  readonly properties: readonly ConfigName[];
  readonly constraints: readonly ConfigName[];
  readonly actionConstraints: readonly ConfigName[];
  readonly symmetry: ConfigName | undefined;
  readonly view: ConfigName | undefined;
  readonly alias: ConfigName | undefined;
  readonly postconditions: readonly ConfigName[];
  /** Undefined if the file does not say; TLC checks for deadlock then. */
  readonly checkDeadlock: boolean | undefined;
  /** `N = 3`, `Op(1, 2) = 5`, `N = [M] 3` */
  readonly constants: readonly ConstantAssignment[];
  /** `N <- Def`, `N <- [M] Def` */
  readonly overrides: readonly Override[];
}

/** The name of a definition in the root module. */
export interface ConfigName {
  readonly text: string;
  readonly span: Span;
}

export interface ConstantAssignment {
  readonly name: ConfigName;
  /** Not empty for one value of an operator constant. */
  readonly args: readonly ConfigValue[];
  readonly value: ConfigValue;
  /** Only in this module. */
  readonly module: ConfigName | undefined;
}

export interface Override {
  readonly name: ConfigName;
  readonly by: ConfigName;
  /** Only in this module. */
  readonly module: ConfigName | undefined;
}

export type ConfigValue =
  | { readonly kind: 'number'; readonly span: Span; readonly value: bigint }
  | { readonly kind: 'string'; readonly span: Span; readonly value: string }
  | { readonly kind: 'boolean'; readonly span: Span; readonly value: boolean }
  /** A word that is nothing else: a value that equals only itself. */
  | { readonly kind: 'modelValue'; readonly span: Span; readonly name: string }
  | { readonly kind: 'set'; readonly span: Span; readonly items: readonly ConfigValue[] };
