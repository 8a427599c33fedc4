/**
 * Types that are inferred for generated code. They decide how a value is represented, never what it means. Types that meet
 * become one; where they cannot, all that was one with either becomes `mixed`, so that no place relies on a representation
 * that a value from another place does not have.
 */

/** A type that is not known yet; `ref` once it is. */
export interface TypeVariable {
  readonly kind: 'variable';
  readonly id: number;
  ref: Type | undefined;
}

/** `forward`: what the type has become since. */
interface Node {
  forward?: Type;
}

/** A record; with `rest` it may have more fields than are known. */
export interface RecordType extends Node {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, Type>;
  readonly rest: TypeVariable | undefined;
}

/** Records of several shapes: which fields there are in all, and which of them each shape has. */
export interface VariantsType extends Node {
  readonly kind: 'variants';
  readonly fields: ReadonlyMap<string, Type>;
  readonly shapes: readonly (readonly string[])[];
}

interface ScalarType extends Node {
  readonly kind: 'int' | 'boolean' | 'string';
}

interface ElementsType extends Node {
  readonly kind: 'set' | 'sequence';
  readonly element: Type;
}

interface TupleType extends Node {
  readonly kind: 'tuple';
  readonly items: readonly Type[];
}

interface FunctionType extends Node {
  readonly kind: 'function';
  readonly argument: Type;
  readonly result: Type;
}

/** Values of more than one kind: represented as they come, and looked at when the code runs. */
interface MixedType {
  readonly kind: 'mixed';
}

export type Type =
  ScalarType | ElementsType | TupleType | FunctionType | RecordType | VariantsType | TypeVariable | MixedType;

export const INT: Type = { kind: 'int' };
export const BOOL: Type = { kind: 'boolean' };
export const TEXT: Type = { kind: 'string' };
export const MIXED: Type = { kind: 'mixed' };

let made = 0;

/** A type that nothing is known of. */
export function freshType(): TypeVariable {
  made += 1;
  return { kind: 'variable', id: made, ref: undefined };
}

export const setType = (element: Type): Type => ({ kind: 'set', element });
export const sequenceType = (element: Type): Type => ({ kind: 'sequence', element });
export const functionType = (argument: Type, result: Type): Type => ({ kind: 'function', argument, result });

/** The types of literals and of the operators' results: they are what they are, whatever they meet. */
const fixed: ReadonlySet<Type> = new Set([INT, BOOL, TEXT, MIXED]);

/** The type at the end of what a type was made one with. */
function last(type: Type): Type {
  let end = type;
  for (;;) {
    const next = end.kind === 'variable' ? end.ref : end.kind === 'mixed' ? undefined : end.forward;
    if (next === undefined) return end;
    end = next;
  }
}

/** What a type is by now, as far as its outermost constructor is known; records with all the fields found so far. */
export function resolve(type: Type): Type {
  const end = last(type);
  if (end.kind !== 'record' || end.rest?.ref === undefined) return end;
  const rest = resolve(end.rest);
  if (rest.kind !== 'record') return { kind: 'record', fields: end.fields, rest: undefined };
  return { kind: 'record', fields: new Map([...end.fields, ...rest.fields]), rest: rest.rest };
}

/** Makes a type and all that it is made of mixed. */
export function degrade(type: Type): void {
  const end = last(type);
  if (fixed.has(end) || end.kind === 'mixed') return;
  if (end.kind === 'variable') end.ref = MIXED;
  else {
    end.forward = MIXED;
    parts(end).forEach(degrade);
  }
}

/** Makes two types one. @returns false when they cannot be: then both are mixed */
export function unify(left: Type, right: Type): boolean {
  const [a, b] = [last(left), last(right)];
  if (a === b) return true;
  if (a.kind === 'variable') return bind(a, b);
  if (b.kind === 'variable') return bind(b, a);
  if (a.kind === 'mixed' || b.kind === 'mixed') return clash(a, b, true);
  if (a.kind === 'tuple' || b.kind === 'tuple') return unifyTuple(a, b);
  if (a.kind === 'record' && b.kind === 'record') {
    return unifyRecords(resolve(a) as RecordType, resolve(b) as RecordType) || unifyVariants(a, b);
  }
  if (isRecord(a) && isRecord(b)) return unifyVariants(a, b);
  if (a.kind !== b.kind) return clash(a, b);
  if ('element' in a && 'element' in b) return unify(a.element, b.element);
  if (a.kind === 'function' && b.kind === 'function') {
    const argument = unify(a.argument, b.argument);
    return unify(a.result, b.result) && argument;
  }
  // Two scalars of one kind: what one meets later, the other has met.
  if (!fixed.has(a) && !fixed.has(b)) (a as Node).forward = b;
  return true;
}

type Records = RecordType | VariantsType;

const isRecord = (type: Type): type is Records => type.kind === 'record' || type.kind === 'variants';

/** The shapes that are known in full. */
function shapesOf(type: Records): readonly (readonly string[])[] {
  if (type.kind === 'variants') return type.shapes;
  return type.rest === undefined ? [[...type.fields.keys()]] : [];
}

/** Records with different fields are of one type that has the shapes of both. */
function unifyVariants(left: Records, right: Records): boolean {
  const [a, b] = [resolve(left) as Records, resolve(right) as Records];
  const fields = new Map(a.fields);
  const same: boolean[] = [];
  for (const [name, type] of b.fields) {
    const own = fields.get(name);
    if (own === undefined) fields.set(name, type);
    else same.push(unify(own, type));
  }
  const all = [...shapesOf(a), ...shapesOf(b)].map((shape) => shape.toSorted());
  const shapes = [...new Map(all.map((shape) => [shape.join(), shape])).values()];
  const joined: Type = { kind: 'variants', fields, shapes };
  // Fields may refer to the records themselves.
  if ([left, right].some((one) => [...fields.values()].some((field) => contains(field, one))))
    return clash(left, right);
  left.forward = joined;
  right.forward = joined;
  return same.every(Boolean);
}

function contains(type: Type, inner: Type): boolean {
  const found = resolve(type);
  return found === inner || parts(found).some((part) => contains(part, inner));
}

function clash(a: Type, b: Type, expected = false): boolean {
  degrade(a);
  degrade(b);
  return expected;
}

/** `<<a, b>>` is a sequence wherever it meets one, or a tuple of another length. */
function unifyTuple(a: Type, b: Type): boolean {
  const items = a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length ? a.items : undefined;
  if (items !== undefined) return items.map((item, i) => unify(item, (b as TupleType).items[i] as Type)).every(Boolean);
  if (![a, b].every(({ kind }) => kind === 'tuple' || kind === 'sequence')) return clash(a, b);
  const sequence = [a, b].find(({ kind }) => kind === 'sequence') ?? sequenceType(freshType());
  const { element } = sequence as ElementsType;
  let same = true;
  for (const tuple of [a, b]) {
    if (tuple.kind !== 'tuple') continue;
    tuple.forward = sequence;
    for (const item of tuple.items) same = unify(element, item) && same;
  }
  return same;
}

function bind(variable: TypeVariable, type: Type): boolean {
  if (occurs(variable, type)) return clash(variable, type);
  const scalar = type.kind === 'int' || type.kind === 'boolean' || type.kind === 'string';
  // A place that a literal came to may see other values later; the literal stays what it is.
  variable.ref = scalar && fixed.has(type) ? { kind: type.kind } : type;
  return true;
}

/** Whether two types could be made one, as far as is known. Nothing is changed. */
export function compatible(left: Type, right: Type): boolean {
  const [a, b] = [resolve(left), resolve(right)];
  if (a.kind === 'variable' || b.kind === 'variable') return true;
  if (a.kind === 'mixed' || b.kind === 'mixed') return false;
  if (a.kind === 'sequence' && b.kind === 'tuple') return b.items.every((item) => compatible(a.element, item));
  if (a.kind === 'tuple' && b.kind === 'sequence') return compatible(b, a);
  if (a.kind === 'record' && b.kind === 'record') return compatibleRecords(a, b);
  if (isRecord(a) && isRecord(b)) {
    return [...a.fields].every(([name, type]) => compatible(type, b.fields.get(name) ?? type));
  }
  if (a.kind !== b.kind) return false;
  const [own, others] = [parts(a), parts(b)];
  return own.length === others.length && own.every((part, i) => compatible(part, others[i] as Type));
}

function compatibleRecords(a: RecordType, b: RecordType): boolean {
  const fits = (x: RecordType, y: RecordType): boolean =>
    [...x.fields].every(([name, type]) => {
      const other = y.fields.get(name);
      return other === undefined ? y.rest !== undefined : compatible(type, other);
    });
  return fits(a, b) && fits(b, a);
}

function occurs(variable: TypeVariable, type: Type): boolean {
  const found = resolve(type);
  if (found === variable) return true;
  return parts(found).some((part) => occurs(variable, part));
}

/** The types that a type is made of. */
export function parts(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'set':
    case 'sequence':
      return [type.element];
    case 'tuple':
      return type.items;
    case 'function':
      return [type.argument, type.result];
    case 'variants':
      return [...type.fields.values()];
    case 'record':
      return [...type.fields.values(), ...(type.rest === undefined ? [] : [type.rest])];
    default:
      return [];
  }
}

function unifyRecords(a: RecordType, b: RecordType): boolean {
  for (const [name, type] of a.fields) {
    const other = b.fields.get(name);
    if (other !== undefined) unify(type, other);
  }
  const onlyA = new Map([...a.fields].filter(([name]) => !b.fields.has(name)));
  const onlyB = new Map([...b.fields].filter(([name]) => !a.fields.has(name)));
  if ((onlyA.size > 0 && b.rest === undefined) || (onlyB.size > 0 && a.rest === undefined)) return false;
  const rest = a.rest !== undefined && b.rest !== undefined ? freshType() : undefined;
  const close = (row: TypeVariable | undefined, fields: ReadonlyMap<string, Type>): void => {
    if (row !== undefined) row.ref = { kind: 'record', fields, rest };
  };
  if (a.rest === b.rest) return onlyA.size === 0 && onlyB.size === 0;
  close(a.rest, onlyB);
  close(b.rest, onlyA);
  return true;
}

/** A copy in which the variables are new, the same one for the same. */
export function instantiate(type: Type, fresh: Map<TypeVariable, TypeVariable>): Type {
  const found = resolve(type);
  const again = (part: Type): Type => instantiate(part, fresh);
  switch (found.kind) {
    case 'variable': {
      const copy = fresh.get(found) ?? freshType();
      fresh.set(found, copy);
      return copy;
    }
    case 'set':
      return setType(again(found.element));
    case 'sequence':
      return sequenceType(again(found.element));
    case 'tuple':
      return { kind: 'tuple', items: found.items.map(again) };
    case 'function':
      return functionType(again(found.argument), again(found.result));
    case 'variants':
      return { ...found, fields: new Map([...found.fields].map(([name, field]) => [name, again(field)])) };
    case 'record':
      return {
        kind: 'record',
        fields: new Map([...found.fields].map(([name, field]) => [name, again(field)])),
        rest: found.rest === undefined ? undefined : (again(found.rest) as TypeVariable),
      };
    case 'mixed':
      return found;
    default:
      return { kind: found.kind };
  }
}

/**
 * Whether a use of a definition relies on the representations that the definition has: where the definition knows a type,
 * the use has the same. `isResult`: nothing of the use is handed to the definition.
 */
export function agrees(definition: Type, use: Type, isResult = false): boolean {
  const [a, b] = [resolve(definition), resolve(use)];
  if (a.kind === 'variable' || a.kind === 'mixed') return true;
  if (isRecord(a) && isRecord(b)) {
    if (!fitsShapes(a, b)) return false;
    return [...a.fields].every(([name, type]) => !b.fields.has(name) || agrees(type, b.fields.get(name) as Type));
  }
  if (a.kind === 'sequence' && b.kind === 'tuple') return b.items.every((item) => agrees(a.element, item));
  // A tuple is an array, too.
  if (a.kind === 'tuple' && b.kind === 'sequence' && isResult) return a.items.every((item) => agrees(item, b.element));
  if (a.kind !== b.kind) return false;
  const [own, others] = [parts(a), parts(b)];
  return own.length === others.length && own.every((part, i) => agrees(part, others[i] as Type, isResult));
}

/** Whether records of a use have the fields that the definition counts on. */
function fitsShapes(definition: Records, use: Records): boolean {
  if (definition.kind === 'variants') {
    const known = new Set(definition.shapes.map((shape) => shape.join()));
    return shapesOf(use).every((shape) => known.has(shape.toSorted().join()));
  }
  const names = [...definition.fields.keys()];
  if (use.kind === 'record') return names.every((name) => use.fields.has(name));
  return use.shapes.every((shape) => names.every((name) => shape.includes(name)));
}

/** The variables in a type, in the order in which they occur. */
export function variablesIn(type: Type, found: TypeVariable[] = []): readonly TypeVariable[] {
  const known = resolve(type);
  if (known.kind === 'variable' && !found.includes(known)) found.push(known);
  for (const part of parts(known)) variablesIn(part, found);
  return found;
}

/** Whether values of the type are keys of a JavaScript Map. */
export function isSimple(type: Type): boolean {
  return ['int', 'string', 'boolean'].includes(resolve(type).kind);
}

/** A type in words that tell it from others; what is open is the same everywhere. */
export function typeText(type: Type): string {
  const known = resolve(type);
  const fields =
    known.kind === 'record'
      ? `${[...known.fields.keys()].join()}${known.rest === undefined ? '' : '...'}`
      : known.kind === 'variants'
        ? `${[...known.fields.keys()].join()}:${known.shapes.join('|')}`
        : '';
  return `${known.kind}${fields}(${parts(known).map(typeText).join()})`;
}
