/** The interfaces of a specification's constants and of its states. */
import { givenOf } from '../analysis/dependence.js';
import type { ConstantSymbol, DefinitionSymbol, ResolvedSpec, VariableSymbol } from '../names/resolved.js';
import { isSignature, type Signature, type Types } from '../types/infer.js';
import type { Type } from '../types/type.js';
import { docComment } from './layout/declarations.js';
import { fieldName } from './names.js';

/** How parts of the text are written. */
interface Texts {
  readonly value: (type: Type) => string;
  readonly parameter: (type: Type | Signature) => string;
  /** Where a name is declared. */
  readonly place: (symbol: ConstantSymbol | VariableSymbol | DefinitionSymbol) => string;
}

/** The names of the interfaces that the specification needs. */
export function interfaceNames(spec: ResolvedSpec): ReadonlySet<string> {
  const names = [
    ...(givenOf(spec).length > 0 ? ['Constants'] : []),
    ...(spec.variables.length > 0 ? ['State', 'Step'] : []),
  ];
  return new Set(names);
}

/** Their text. */
export function interfaceTexts(spec: ResolvedSpec, types: Types, texts: Texts): readonly string[] {
  const field = (symbol: ConstantSymbol | VariableSymbol | DefinitionSymbol): string => {
    const type = types.symbol(symbol);
    const text = isSignature(type) ? texts.parameter(type) : texts.value(type);
    const doc = symbol.kind === 'definition' ? symbol.doc : undefined;
    const comment = docComment(doc, texts.place(symbol)).replaceAll(/^(?=.)/gm, '  ');
    return `${comment}  readonly ${fieldName(symbol.name)}: ${text};\n`;
  };
  const given = givenOf(spec);
  const constants =
    given.length === 0
      ? []
      : [
          `/** The constants: what a model of the specification chooses. */
export interface Constants {
${given.map(field).join('')}}
`,
        ];
  const states = [
    `/** A state: the values of all variables. */
export interface State {
${spec.variables.map(field).join('')}}
`,
    `/** A step: the action that makes it, with its arguments, and the state that it leads to. */
export interface Step {
  readonly action: string;
  readonly args: readonly unknown[];
  readonly state: State;
}
`,
  ];
  return [...constants, ...(spec.variables.length === 0 ? [] : states)];
}
