/**
 * Functions that copy a record of a type which is known, field by field and always in the same order: all records of the type look alike to an engine that
 * keeps a description of each form that it meets, and whoever reads them is quick. A spread has a form of its own wherever it stands.
 */
import type { Type } from '../types/type.js';
import { docComment } from './layout/declarations.js';

/** The file that has them. */
export const COPIES = 'copies';

/** What names and types are called. */
export interface CopySurroundings {
  /** The name of a record type, if it has one. */
  readonly named: (type: Type) => string | undefined;
  /** The type of that name, with its fields in the order in which they were written. */
  readonly shape: (name: string) => Type | undefined;
  /** Text of a type. */
  readonly text: (type: Type) => string;
  /** Whether a module has the name for something else. */
  readonly isTaken: (name: string) => boolean;
}

/** See the head of the file. */
export class Copies {
  readonly #names = new Set<string>();

  constructor(readonly around: CopySurroundings) {}

  /** The function that copies records of this type; undefined: there is none. */
  functionFor(type: Type): string | undefined {
    const name = this.around.named(type);
    if (name === undefined || this.around.isTaken(`with${name}`)) return undefined;
    this.#names.add(name);
    return `with${name}`;
  }

  /** Text of the functions. */
  texts(): readonly string[] {
    return [...this.#names].sort().flatMap((name) => {
      const type = this.around.shape(name);
      if (type?.kind !== 'record') return [];
      const fields = [...type.fields.keys()].map((field) => `    ${field}: changed.${field} ?? from.${field},\n`);
      const text = this.around.text(type);
      const head = `export function with${name}(from: ${text}, changed: Partial<${text}>): ${text} {\n`;
      const doc = docComment(`A record of the type ${name} with some fields changed.`, undefined);
      return [`${doc}${head}  return {\n${fields.join('')}  };\n}\n`];
    });
  }
}
