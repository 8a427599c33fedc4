/**
 * What a module's properties are evaluated on: a class that has their arguments as fields, and what several of them need as values that are computed
 * when they are needed first.
 */
import type { DefinitionSymbol, LocalSymbol } from '../names/resolved.js';
import { isSignature, type Signature } from '../types/infer.js';
import { freshType, resolve, sequenceType, type Type, typeText } from '../types/type.js';
import { usedDefinitions } from '../analysis/children.js';
import type { Elsewhere, ExpressionWriter } from './expression.js';
import { brokenType, docComment } from './layout/declarations.js';
import { parseStatements } from './layout/parse.js';
import { printStatements } from './layout/print.js';
import { fieldName, isMentioned } from './names.js';
import { freeName, type Scope, withLet, withLocal, withName } from './scope.js';
import type { SharedRow, SharedValue, Sharing } from './shared.js';

/** What the class takes from the file that it stands in. */
export interface SubjectSurroundings {
  readonly writer: ExpressionWriter;
  readonly scope: Scope;
  readonly signature: (definition: DefinitionSymbol) => Signature;
  /** Text of a type that a property's parameter has. */
  readonly parameter: (definition: DefinitionSymbol, type: Type | Signature) => string;
}

/** Of LET definitions. */
type Texts = readonly (readonly [DefinitionSymbol, string])[];

interface Field {
  readonly name: string;
  readonly type: Type;
  readonly typeText: string;
}

/** See the head of the file. */
export class Subject {
  private constructor(
    readonly around: SubjectSurroundings,
    readonly properties: readonly DefinitionSymbol[],
    readonly sharing: Sharing,
    readonly fields: readonly Field[],
  ) {}

  /** undefined: the properties are not about the same things. */
  static of(
    around: SubjectSurroundings,
    properties: readonly DefinitionSymbol[],
    sharing: Sharing,
  ): Subject | undefined {
    const [first] = properties;
    if (first === undefined || first.parameters.length === 0) return undefined;
    const fields: Field[] = [];
    for (const [i, { name }] of first.parameters.entries()) {
      if (properties.some(({ parameters }) => parameters.length !== first.parameters.length)) return undefined;
      const types = properties.map((property) => around.signature(property).parameters[i] as Type | Signature);
      const type = types.some(isSignature) ? undefined : commonType(types as readonly Type[]);
      if (type === undefined) return undefined;
      // What no property looks at may be anything.
      const text = around.parameter(first, type).replaceAll(/\bnever\b/g, 'unknown');
      fields.push({ name: fieldName(name), type, typeText: text });
    }
    return new Subject(around, properties, sharing, fields);
  }

  /** The scope of a check, in which parameters are constants of the names that the fields have; `on`: the object's name. */
  scopeOf(property: DefinitionSymbol): { readonly scope: Scope; readonly on: string } {
    const on = freeName('on', this.around.scope);
    let scope = withName(this.around.scope, on);
    property.parameters.forEach((parameter, i) => {
      const { name } = this.fields[i] as Field;
      scope = withLocal(scope, parameter, name, name);
    });
    return { scope, on };
  }

  /** What is known of a property's parameters. */
  typesIn({ parameters }: DefinitionSymbol): ReadonlyMap<LocalSymbol, Type> {
    return new Map(parameters.map((parameter, i) => [parameter, (this.fields[i] as Field).type]));
  }

  /** `const { c, s } = on;` with those that the statements mention. */
  opening(statements: string, on: string): string {
    const names = this.fields.map(({ name }) => name).filter((name) => isMentioned(name, statements));
    return names.length === 0 ? '' : `const { ${names.join(', ')} } = ${on};\n`;
  }

  text(): string {
    const { values, rows } = this.sharing;
    const parameters = this.fields
      .map((field) => `    ${brokenType(`readonly ${field.name}: ${field.typeText}`, 4)},\n`)
      .join('');
    const members = [...values.map((value) => this.#member(value)), ...rows.map((row) => this.#row(row))];
    const slots = members.map(({ slot }) => slot).join('');
    const getters = members.map(({ getter }) => `\n${getter}`).join('');
    const doc =
      'What the properties are evaluated on, and what several of them need of it: computed when it is needed first, and once.';
    return (
      docComment(doc, undefined) +
      `export class Subject {\n${slots}${slots === '' ? '' : '\n'}  constructor(\n${parameters}  ) {}\n${getters}}\n`
    );
  }

  /** The list of properties with what evaluates them. */
  group(): string {
    const names = this.fields.map(({ name }) => name);
    const types = names.map((name) => `${name}: Subject['${name}']`).join(', ');
    return (
      '/** The properties, what makes an object to evaluate them on, and the evaluation of them all. */\n' +
      'export const group = {\n  properties,\n  evaluate,\n' +
      `  subject: (${types}): Subject =>\n    new Subject(${names.join(', ')}),\n};\n`
    );
  }

  #member(value: SharedValue): { readonly slot: string; readonly getter: string } {
    const { writer } = this.around;
    const { name, expression, original, property } = value;
    const type = writer.around.annotate(writer.typeOf(original)).slice(2);
    const text = writer.withShared(this.#inside(property), () =>
      writer.own(expression, this.#scopeIn(this.around.scope, property, value)),
    );
    const own = `this._${name}`;
    const statements = `if (${own} === undefined) {\n${own} = ${text};\n}\nreturn ${own};\n`;
    return {
      slot: `  private _${name}: ${/[ (]/.test(type) ? `(${type})` : type} | undefined = undefined;\n`,
      getter: `  get ${name}(): ${type} {\n${printStatements(parseStatements(statements), 4)}  }\n`,
    };
  }

  #inside(property: DefinitionSymbol): Elsewhere {
    return { subject: 'this', uses: this.sharing.uses, types: this.typesIn(property) };
  }

  /** A method that computes the value for an item when it is needed first. */
  #row(row: SharedRow): { readonly slot: string; readonly getter: string } {
    const { writer } = this.around;
    const { name, expression, property, of, sequence, index } = row;
    const type = writer.around.annotate(writer.typeOf(row.original)).slice(2);
    const outer = withLocal(this.around.scope, index, 'i', 'i');
    const texts: Texts = sequence === undefined ? [] : [[sequence, `this.${of.name}`]];
    const text = writer.withShared(this.#inside(property), () =>
      writer.own(expression, this.#scopeIn(outer, property, row, texts)),
    );
    const own = `this._${name}`;
    const statements = `const known = ${own}[i];\nif (known !== undefined) {\nreturn known;\n}\nconst value = ${text};\n${own}[i] = value;\nreturn value;\n`;
    return {
      slot: `  private readonly _${name}: ${/[ (]/.test(type) ? `(${type})` : type}[] = [];\n`,
      getter: `  ${name}(i: number): ${type} {\n${printStatements(parseStatements(statements), 4)}  }\n`,
    };
  }

  /** Parameters are fields here, and LET definitions the values of their bodies. `known`: texts of some of those. */
  #scopeIn(outer: Scope, { parameters }: DefinitionSymbol, { expression }: SharedValue, known: Texts = []): Scope {
    let scope = outer;
    parameters.forEach((parameter, i) => {
      const { name } = this.fields[i] as Field;
      scope = withLocal(scope, parameter, `this.${name}`, `this.${name}`);
    });
    const definitions = [...usedDefinitions(expression)].filter(({ place }) => place === 'let').toReversed();
    const texts = new Map(known);
    for (const definition of definitions) {
      const text = texts.get(definition);
      if (text !== undefined) {
        scope = withLet(scope, definition, definition.name, text);
        continue;
      }
      scope = withLet(scope, definition, definition.name, this.around.writer.value(definition.body, scope));
    }
    return scope;
  }
}

/** A type that is as good as each of these; of records one with the fields of them all. undefined: there is none. */
function commonType(types: readonly Type[]): Type | undefined {
  let common: Type = freshType();
  for (const type of types) {
    const next = joined(common, resolve(type));
    if (next === undefined) return undefined;
    common = next;
  }
  return common;
}

function joined(a: Type, b: Type): Type | undefined {
  if (a.kind === 'variable') return b;
  if (b.kind === 'variable') return a;
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    const element = commonType([a.element, b.element]);
    return element && sequenceType(element);
  }
  if (a.kind !== 'record' || b.kind !== 'record') return typeText(a) === typeText(b) ? a : undefined;
  const fields = new Map<string, Type>();
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const type = commonType([a.fields.get(name), b.fields.get(name)].filter((one) => one !== undefined));
    if (type === undefined) return undefined;
    fields.set(name, type);
  }
  return { kind: 'record', fields, rest: undefined };
}
