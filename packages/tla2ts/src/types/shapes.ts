/**
 * The records of a specification, by name. A definition without parameters that is a record (`NoVma == [start |-> 0, ...]`)
 * or a set of records (`Vma == [start : Nat, ...]`) gives its fields a name; a record of which only some fields were
 * seen is taken for the one shape that has them all.
 */
import { MIXED, parts, type RecordType, resolve, type Type, unify, type VariantsType } from './type.js';

interface Shape {
  readonly name: string;
  readonly type: RecordType | VariantsType;
}

/** Words that say which value of a type a definition is, not which type. */
const prefix = /^(No|Empty|Zero|Initial|Intended|Idle)(?=[A-Z])/;

/** See the head of the file. */
export class Shapes {
  readonly #shapes: Shape[] = [];

  /** `reserved`: names that mean something else. */
  constructor(readonly reserved: ReadonlySet<string>) {}

  /** Remembers the type of a definition if it is a record. The first name stays. */
  learn(name: string, type: Type): void {
    const found = resolve(type);
    const record = found.kind === 'set' ? resolve(found.element) : found;
    if (record.kind !== 'record' && record.kind !== 'variants') return;
    if ((record.kind === 'record' && record.rest !== undefined) || this.named(record) !== undefined) return;
    const plain = name
      .replace(prefix, '')
      .replaceAll(/\W/g, '_')
      .replace(/^(?=\d)/, '_');
    this.#shapes.push({ name: this.reserved.has(plain) ? `${plain}Record` : plain, type: record });
  }

  /** The name of a record with exactly these fields. */
  named(record: RecordType | VariantsType): string | undefined {
    if (record.kind === 'record' && record.rest !== undefined) return undefined;
    return this.#shapes.find(({ type }) => hasFields(type, record) && sameType(type, record))?.name;
  }

  /** All shapes, in the order in which they were found. */
  all(): readonly Shape[] {
    return this.#shapes;
  }

  /** Closes the open records inside a type that fit one shape only. */
  complete(type: Type): void {
    const found = resolve(type);
    switch (found.kind) {
      case 'set':
      case 'sequence':
        return this.complete(found.element);
      case 'tuple':
        return found.items.forEach((item) => this.complete(item));
      case 'function':
        this.complete(found.argument);
        return this.complete(found.result);
      case 'variants':
        for (const field of found.fields.values()) this.complete(field);
        return;
      case 'record': {
        if (found.rest !== undefined) this.#close(found);
        else this.#join(found);
        const joined = resolve(type);
        if (joined.kind === 'record') for (const field of joined.fields.values()) this.complete(field);
        return;
      }
      default:
    }
  }

  /** A record with exactly the fields of a shape has its types too. */
  #join(record: RecordType): void {
    const shape = this.#shapes.find(({ type }) => type.kind === 'record' && hasFields(type, record));
    if (shape !== undefined) unify(record, shape.type);
  }

  #close(record: RecordType): void {
    const records = this.#shapes.filter(({ type }) => type.kind === 'record');
    const fits = records.filter(({ type }) => [...record.fields.keys()].every((field) => type.fields.has(field)));
    const [only] = fits;
    if (fits.length === 1 && only !== undefined) unify(record, only.type);
  }
}

function hasFields(type: RecordType | VariantsType, record: RecordType | VariantsType): boolean {
  return (
    type.kind === record.kind &&
    type.fields.size === record.fields.size &&
    [...type.fields.keys()].every((field) => record.fields.has(field))
  );
}

/** Whether two types are written alike. */
function sameType(a: Type, b: Type): boolean {
  const [x, y] = [resolve(a), resolve(b)];
  if (x === y) return true;
  if (x.kind !== y.kind) return false;
  if (x.kind === 'variants' && y.kind === 'variants') {
    if (x.shapes.join('|') !== y.shapes.join('|')) return false;
    return [...x.fields].every(([name, type]) => sameType(type, y.fields.get(name) ?? MIXED));
  }
  if (x.kind === 'record' && y.kind === 'record') {
    return [...x.fields].every(([name, type]) => sameType(type, y.fields.get(name) ?? MIXED)) && x.rest === y.rest;
  }
  const [own, others] = [parts(x), parts(y)];
  return (
    x.kind !== 'variable' && own.length === others.length && own.every((part, i) => sameType(part, others[i] as Type))
  );
}
