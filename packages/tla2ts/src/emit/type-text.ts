/** Types as TypeScript text. */
import { isSignature, type Signature } from '../types/infer.js';
import type { Shapes } from '../types/shapes.js';
import { isMentioned } from './names.js';
import {
  isSimple,
  MIXED,
  parts,
  type RecordType,
  resolve,
  type Type,
  type TypeVariable,
  variablesIn,
  type VariantsType,
} from '../types/type.js';

/** See the head of the file. */
export class TypePrinter {
  /** Names of types.ts that were printed since this was cleared. */
  readonly used = new Set<string>();
  /** Before the names of records, where a value has such a name: "types.". */
  prefix = '';
  #variables: readonly TypeVariable[] = [];
  #once: ReadonlySet<TypeVariable> = new Set();
  #named: readonly TypeVariable[] = [];
  /** Records that an operator takes and gives back, with all the fields that it does not speak of: by what stands for those. */
  #rows: ReadonlyMap<TypeVariable, RecordType> = new Map();

  /** What nobody restricts: no value ever has it, but for the fields of records, which are for all operators. */
  #unrestricted = 'never';

  constructor(readonly shapes: Shapes) {}

  /** A new operator: its unknown types become type parameters A, B, ... */
  begin(signature: Signature): void {
    const found: TypeVariable[] = [];
    const collect = (type: Type | Signature): void => {
      if (!isSignature(type)) variablesIn(type, found);
      else [...type.parameters, type.result].forEach(collect);
    };
    signature.parameters.forEach(collect);
    this.#variables = found.filter((variable) => !isRow(variable, signature));
    // A type that is mentioned once, as that of a parameter, relates nothing to anything.
    this.#once = new Set(
      this.#variables.filter((variable) => {
        const whole = signature.parameters.filter((type) => !isSignature(type) && resolve(type) === variable);
        return whole.length === 1 && occurrences(variable, signature) === 1;
      }),
    );
    this.#named = this.#variables.filter((variable) => !this.#once.has(variable));
    const given = new Map(signature.parameters.flatMap((type) => (isSignature(type) ? [] : openRecords(type))));
    const back = new Map(openRecords(signature.result));
    this.#rows = new Map([...given].filter(([row]) => back.has(row)));
  }

  /** What follows belongs to no operator. */
  beginDeclarations(): void {
    this.begin({ parameters: [], result: MIXED });
    this.#unrestricted = 'rt.TlaValue';
  }

  /** `<A, B>`, or nothing: those that the text mentions. */
  generics(text: string): string {
    const open = [...this.#rows.values()].map((record, i) => `${this.#rowName(i)} extends ${this.#fields(record)}`);
    const mentioned = (where: string): readonly string[] => open.filter((row) => isMentioned(row[0] as string, where));
    // A record may have others inside.
    const rows = mentioned([text, ...mentioned(text).map((row) => row.slice(1))].join(' '));
    const all = [text, ...rows].join(' ');
    const names = [...this.#named.map((_, i) => letter(i)).filter((name) => isMentioned(name, all)), ...rows];
    return names.length === 0 ? '' : `<${names.join(', ')}>`;
  }

  #rowName(i: number): string {
    return letter(this.#named.length + i);
  }

  text(type: Type): string {
    const known = resolve(type);
    switch (known.kind) {
      case 'int':
        return 'number';
      case 'boolean':
      case 'string':
        return known.kind;
      case 'set':
        return `rt.TlaSet<${this.text(known.element)}>`;
      case 'sequence': {
        const element = this.text(known.element);
        return `readonly ${/[ <]/.test(element) && !element.startsWith('rt.') ? `(${element})` : element}[]`;
      }
      case 'tuple':
        return `readonly [${known.items.map((item) => this.text(item)).join(', ')}]`;
      case 'function': {
        const argument = resolve(known.argument);
        const unknown = argument.kind === 'variable' && !this.#variables.includes(argument);
        const name = isSimple(argument) || unknown ? 'ReadonlyMap' : 'rt.FunctionLike';
        return `${name}<${this.text(argument)}, ${this.text(known.result)}>`;
      }
      case 'record': {
        const name = this.shapes.named(known);
        if (name !== undefined) {
          this.used.add(name);
          return `${this.prefix}${name}`;
        }
        const row = known.rest === undefined ? -1 : [...this.#rows.keys()].indexOf(resolve(known.rest) as TypeVariable);
        return row < 0 ? this.#fields(known) : this.#rowName(row);
      }
      case 'variants': {
        const name = this.shapes.named(known);
        if (name === undefined) return `(${this.#variants(known).join(' | ')})`;
        this.used.add(name);
        return `${this.prefix}${name}`;
      }
      case 'variable': {
        const i = this.#variables.indexOf(known);
        if (i < 0) return this.#unrestricted;
        return this.#once.has(known) ? 'unknown' : letter(this.#named.indexOf(known));
      }
      case 'mixed':
        return 'rt.TlaValue';
    }
  }

  /** A record type for each shape. */
  #variants({ fields, shapes }: VariantsType): readonly string[] {
    return shapes.map((shape) => {
      const own = [...fields].filter(([name]) => shape.includes(name));
      return this.#fields({ kind: 'record', fields: new Map(own), rest: undefined });
    });
  }

  #fields(record: RecordType): string {
    return `{ ${[...record.fields].map(([name, field]) => `readonly ${name}: ${this.text(field)}`).join('; ')} }`;
  }

  /** The file of all named records; `interfaces`: text of others. */
  declarations(header: string, interfaces: readonly string[]): string {
    const bodies = this.shapes.all().map(({ name, type }) => {
      if (type.kind === 'variants') {
        return `export type ${name} =\n${this.#variants(type)
          .map((shape) => `  | ${shape}`)
          .join('\n')};\n`;
      }
      const fields = [...type.fields].map(([field, t]) => `  readonly ${field}: ${this.text(t)};\n`);
      return `export interface ${name} {\n${fields.join('')}}\n`;
    });
    bodies.unshift(...interfaces);
    const runtime = bodies.some((body) => body.includes('rt.')) ? "import type * as rt from 'tla2ts-runtime';\n" : '';
    return `${header}${runtime}\n${bodies.join('\n')}`;
  }
}

function occurrences(variable: TypeVariable, type: Type | Signature): number {
  if (isSignature(type)) {
    return [...type.parameters, type.result].reduce((sum, part) => sum + occurrences(variable, part), 0);
  }
  const known = resolve(type);
  if (known === variable) return 1;
  return parts(known).reduce((sum, part) => sum + occurrences(variable, part), 0);
}

/** The records in a type that may have more fields, with what stands for those. */
function openRecords(type: Type): readonly (readonly [TypeVariable, RecordType])[] {
  const known = resolve(type);
  const inside = parts(known).flatMap(openRecords);
  if (known.kind !== 'record' || known.rest === undefined) return inside;
  const rest = resolve(known.rest);
  return rest.kind === 'variable' ? [[rest, known], ...inside] : inside;
}

function letter(i: number): string {
  return String.fromCodePoint(65 + i);
}

/** Whether the variable stands for further fields of a record: that is no type of its own in TypeScript. */
function isRow(variable: TypeVariable, signature: Signature): boolean {
  const inside = (type: Type): boolean => {
    const known = resolve(type);
    switch (known.kind) {
      case 'record':
        return known.rest === variable || [...known.fields.values()].some(inside);
      case 'variants':
        return [...known.fields.values()].some(inside);
      case 'set':
      case 'sequence':
        return inside(known.element);
      case 'tuple':
        return known.items.some(inside);
      case 'function':
        return inside(known.argument) || inside(known.result);
      default:
        return false;
    }
  };
  const anywhere = (type: Type | Signature): boolean =>
    isSignature(type) ? [...type.parameters, type.result].some(anywhere) : inside(type);
  return signature.parameters.some(anywhere);
}
