/** Functions that compare two values of a type which is known: `===` for each field, and no look at what kind of value it is. */
import { isSimple, resolve, type Type } from '../types/type.js';
import { functionText } from './layout/declarations.js';

/** The file that has them. */
export const EQUALITY = 'equality';

/** What names and types are called. */
export interface EqualitySurroundings {
  /** The name of a record type, if it has one. */
  readonly named: (type: Type) => string | undefined;
  /** Text of a type. */
  readonly text: (type: Type) => string;
}

/** See the head of the file. */
export class Equality {
  readonly #records = new Map<string, Type>();

  constructor(readonly around: EqualitySurroundings) {}

  /** Text of a comparison of two texts; `use`: called with the name of a function that the text mentions. undefined: it has to be looked at. */
  compared(type: Type, a: string, b: string, use: (name: string) => void): string | undefined {
    const known = resolve(type);
    if (known.kind === 'int' || known.kind === 'boolean' || known.kind === 'string') return `(${a} === ${b})`;
    const same = this.#function(known, use);
    if (same === undefined || same === SCALARS) return undefined;
    if (known.kind === 'record') return `${same}(${a}, ${b})`;
    const items = this.#items(known, use);
    const third = items === undefined || items === SCALARS ? '' : `, ${items}`;
    return `rt.${known.kind === 'sequence' ? 'sameSequences' : 'sameFunctions'}(${a}, ${b}${third})`;
  }

  /** Text of a function for values of a type. */
  #function(type: Type, use: (name: string) => void): string | undefined {
    const known = resolve(type);
    switch (known.kind) {
      case 'int':
      case 'boolean':
      case 'string':
        return SCALARS;
      case 'record': {
        const name = this.around.named(known);
        if (name === undefined) return undefined;
        this.#records.set(name, known);
        use(`same${name}`);
        return `same${name}`;
      }
      case 'sequence':
      case 'function': {
        const items = this.#items(known, use);
        if (items === undefined) return undefined;
        const compare = known.kind === 'sequence' ? 'sameSequences' : 'sameFunctions';
        return items === SCALARS ? `rt.${compare}` : `(a, b) => rt.${compare}(a, b, ${items})`;
      }
      default:
        return undefined;
    }
  }

  #items(known: Type, use: (name: string) => void): string | undefined {
    if (known.kind === 'sequence') return this.#function(known.element, use);
    return known.kind === 'function' && isSimple(known.argument) ? this.#function(known.result, use) : undefined;
  }

  /** Text of the functions. */
  texts(): readonly string[] {
    const written = new Map<string, string>();
    const write = (name: string, type: Type): void => {
      if (written.has(name) || type.kind !== 'record') return;
      written.set(name, '');
      const fields = [...type.fields].map(([field, fieldType]) => {
        const [a, b] = [`a.${field}`, `b.${field}`];
        return this.compared(fieldType, a, b, () => undefined) ?? `rt.equals(${a}, ${b})`;
      });
      const text = this.around.text(type);
      const result = `return (a === b || (${fields.length === 0 ? 'true' : fields.join(' && ')}));`;
      written.set(
        name,
        `/** Two records of the type ${name} are equal. */\n${functionText(`export function same${name}`, [`a: ${text}`, `b: ${text}`], 'boolean', result)}`,
      );
      for (const [other, otherType] of this.#records) write(other, otherType);
    };
    for (const [name, type] of this.#records) write(name, type);
    return [...written].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  }
}

/** Values that `===` compares. */
const SCALARS = '===';
