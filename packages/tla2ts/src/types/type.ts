/** Types that are inferred for generated code. They decide how a value is represented, never what it means. */

/** A type that is not known yet; `ref` once it is. */
export interface TypeVariable {
  readonly kind: 'variable';
  readonly id: number;
  ref: Type | undefined;
}

/** A record; with `rest` it may have more fields than are known. */
export interface RecordType {
  readonly kind: 'record';
  readonly fields: ReadonlyMap<string, Type>;
  readonly rest: TypeVariable | undefined;
}

export type Type =
  | { readonly kind: 'int' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'set'; readonly element: Type }
  | { readonly kind: 'sequence'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'function'; readonly argument: Type; readonly result: Type }
  | RecordType
  | TypeVariable
  /** Values of more than one kind: represented as they come, and looked at when the code runs. */
  | { readonly kind: 'mixed' };

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

/** What a type is by now, as far as its outermost constructor is known; records with all the fields found so far. */
export function resolve(type: Type): Type {
  if (type.kind === 'variable') return type.ref === undefined ? type : resolve(type.ref);
  if (type.kind !== 'record' || type.rest?.ref === undefined) return type;
  const rest = resolve(type.rest);
  if (rest.kind !== 'record') return { kind: 'record', fields: type.fields, rest: undefined };
  return { kind: 'record', fields: new Map([...type.fields, ...rest.fields]), rest: rest.rest };
}

/** Makes two types one. @returns false when they cannot be; what was unified on the way stays so */
export function unify(left: Type, right: Type): boolean {
  const a = resolve(left);
  const b = resolve(right);
  if (a === b) return true;
  if (a.kind === 'variable') return bind(a, b);
  if (b.kind === 'variable') return bind(b, a);
  if (a.kind === 'mixed' || b.kind === 'mixed') return true;
  if (a.kind === 'record' && b.kind === 'record') return unifyRecords(a, b);
  if (a.kind === 'set' && b.kind === 'set') return unify(a.element, b.element);
  if (a.kind === 'sequence' && b.kind === 'sequence') return unify(a.element, b.element);
  if (a.kind === 'function' && b.kind === 'function') {
    return unify(a.argument, b.argument) && unify(a.result, b.result);
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.items.length === b.items.length && a.items.every((item, i) => unify(item, b.items[i] as Type));
  }
  // <<a, b>> is a sequence wherever one is expected.
  if (a.kind === 'sequence' && b.kind === 'tuple') return b.items.every((item) => unify(a.element, item));
  if (a.kind === 'tuple' && b.kind === 'sequence') return unify(b, a);
  return a.kind === b.kind;
}

function bind(variable: TypeVariable, type: Type): boolean {
  if (occurs(variable, type)) return false;
  variable.ref = type;
  return true;
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
    case 'record':
      return [...type.fields.values(), ...(type.rest === undefined ? [] : [type.rest])];
    default:
      return [];
  }
}

function unifyRecords(a: RecordType, b: RecordType): boolean {
  for (const [name, type] of a.fields) {
    const other = b.fields.get(name);
    if (other !== undefined && !unify(type, other)) return false;
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

/** A copy in which the variables that `chosen` wants are new, the same one for the same. */
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
    case 'record':
      return {
        kind: 'record',
        fields: new Map([...found.fields].map(([name, field]) => [name, again(field)])),
        rest: found.rest === undefined ? undefined : (again(found.rest) as TypeVariable),
      };
    default:
      return found;
  }
}

/** The variables in a type, in the order in which they occur. */
export function variablesIn(type: Type, found: TypeVariable[] = []): readonly TypeVariable[] {
  const known = resolve(type);
  if (known.kind === 'variable' && !found.includes(known)) found.push(known);
  for (const part of parts(known)) variablesIn(part, found);
  return found;
}
