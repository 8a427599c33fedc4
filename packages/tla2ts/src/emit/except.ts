/** Text of EXCEPT: a spread with the fields that change where the value is a record. */
import { children } from '../analysis/children.js';
import type {
  ResolvedArgument,
  ResolvedExcept,
  ResolvedExpression,
  ResolvedPathStep,
  ResolvedUpdate,
} from '../names/resolved.js';
import { INT, isSimple, MIXED, resolve, type Type, type VariantsType } from '../types/type.js';
import type { ExpressionWriter } from './expression.js';
import { usedParameter } from './loops.js';
import { freeName, type Scope, withName } from './scope.js';

/** See the head of the file. */
export function except(w: ExpressionWriter, e: ResolvedExcept, scope: Scope): string {
  const base = w.value(e.function, scope);
  if (!needsName(w, e, scope)) return exceptOf(w, e, base, scope);
  const old = freeName('old', scope);
  return `((${old}) => (${exceptOf(w, e, old, withName(scope, old))}))(${base})`;
}

/** Whether the text mentions the old value more than once, and the old value is no name. */
export function needsName(w: ExpressionWriter, e: ResolvedExcept, scope: Scope): boolean {
  if (isName(w.value(e.function, scope)) || resolve(w.typeOf(e.function)).kind !== 'record') return false;
  return !areFields(e.updates) || e.updates.some(({ path, value }) => path.length > 1 || readsOld(value));
}

/** Whether the expression has an `@` that is not that of an EXCEPT inside of it. */
function readsOld(e: ResolvedArgument): boolean {
  if (e.kind === 'at') return true;
  if (e.kind === 'except') return readsOld(e.function);
  const bodies = e.kind === 'let' ? e.definitions.map(({ body }) => body) : [];
  return [...children(e), ...bodies].some(readsOld);
}

/** Every path begins with a field that no other begins with: then the paths do not read each other. */
function areFields(updates: readonly ResolvedUpdate[]): boolean {
  const fields = updates.map(({ path: [step] }) => step && fieldOf(step));
  return !fields.includes(undefined) && new Set(fields).size === fields.length;
}

/** The text on `base`. */
export function exceptOf(w: ExpressionWriter, e: ResolvedExcept, base: string, scope: Scope): string {
  const type = resolve(w.typeOf(e.function));
  if (type.kind === 'record' && areFields(e.updates)) {
    const texts = e.updates.map(({ path: [step, ...rest], value }) => {
      const field = fieldOf(step as ResolvedPathStep) as string;
      return `${field}: ${update(w, `${base}.${field}`, type.fields.get(field) ?? MIXED, rest, value, scope)}`;
    });
    return copied(w, type, base, texts.join(', '));
  }
  return e.updates.reduce((text, { path, value }) => {
    if (isName(text) || type.kind !== 'record') return update(w, text, type, path, value, scope);
    const old = freeName('old', scope);
    return `((${old}) => (${update(w, old, type, path, value, withName(scope, old))}))(${text})`;
  }, base);
}

/** A record with other fields. */
function copied(w: ExpressionWriter, type: Type, base: string, fields: string): string {
  const copy = w.around.copy(type);
  return copy === undefined ? `{ ...${base}, ${fields} }` : `${copy}(${base}, { ${fields} })`;
}

/** `base`, which is a name or no record, with a new value at the end of the path. */
function update(
  w: ExpressionWriter,
  base: string,
  type: Type,
  path: readonly ResolvedPathStep[],
  value: ResolvedExpression,
  scope: Scope,
): string {
  const [step, ...rest] = path;
  if (step === undefined) return w.value(value, { ...scope, at: base });
  const known = resolve(type);
  const name = fieldOf(step);
  if (known.kind === 'record' && name !== undefined) {
    const text = update(w, `${base}.${name}`, known.fields.get(name) ?? MIXED, rest, value, scope);
    return copied(w, known, base, `${name}: ${text}`);
  }
  if (known.kind === 'variants' && name !== undefined)
    return variantUpdate(w, base, known, name, rest, value, scope, step);
  const old = freeName('old', scope);
  const [, part] = partsOf(known);
  const text = update(w, seen(w, old, part, rest, value), part, rest, value, withName(scope, old));
  const result = rest.length === 0 ? w.resultType(value) : '';
  const arrow = `(${usedParameter(old, text)})${result} => ${text.startsWith('{') ? `(${text})` : text}`;
  if (known.kind === 'sequence' && step.kind === 'index' && step.args.length === 1) {
    const typed = isName(base) ? '' : w.typeArgument(known.element);
    return `rt.withItem${typed}(${base}, ${w.number(step.args[0] as ResolvedExpression, scope)}, ${arrow})`;
  }
  const x = step.kind === 'field' ? JSON.stringify(step.name) : w.argumentOf(step.args, scope);
  if (known.kind !== 'function') return `rt.except(${base}, ${x}, ${arrow}, ${w.where(step)})`;
  return `rt.${isSimple(known.argument) ? 'withEntry' : 'withResult'}(${base}, ${x}, ${arrow})`;
}

/** Records of several shapes: the field changes in those that have it. */
function variantUpdate(
  w: ExpressionWriter,
  base: string,
  type: VariantsType,
  name: string,
  rest: readonly ResolvedPathStep[],
  value: ResolvedExpression,
  scope: Scope,
  step: ResolvedPathStep,
): string {
  const old = freeName('old', scope);
  const field = type.fields.get(name) ?? MIXED;
  const text = update(w, w.looked(old, MIXED, field, w.where(step)), field, rest, value, withName(scope, old));
  const arrow = `(${usedParameter(old, text)}) => ${text.startsWith('{') ? `(${text})` : text}`;
  return w.looked(
    `rt.except(${base}, ${JSON.stringify(name)}, ${arrow}, ${w.where(step)})`,
    MIXED,
    type,
    w.where(step),
  );
}

const isName = (text: string): boolean => /^[\w$.]+$/.test(text);

/** The old value of a place of any type, where it is used as a value of one: the code looks at it. */
function seen(
  w: ExpressionWriter,
  old: string,
  part: Type,
  rest: readonly ResolvedPathStep[],
  value: ResolvedExpression,
): string {
  const at = rest.length > 0 || resolve(part).kind !== 'mixed' ? undefined : oldIn(value);
  return at === undefined ? old : w.looked(old, MIXED, w.typeOf(at), w.where(at));
}

/** An `@` of this EXCEPT. */
function oldIn(e: ResolvedArgument): ResolvedExpression | undefined {
  if (e.kind === 'at') return e;
  if (e.kind === 'except') return oldIn(e.function);
  const bodies = e.kind === 'let' ? e.definitions.map(({ body }) => body) : [];
  for (const part of [...children(e), ...bodies]) {
    const found = oldIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The field that a step of a path leads to. */
function fieldOf(step: ResolvedPathStep): string | undefined {
  if (step.kind === 'field') return step.name;
  const [only] = step.args;
  return step.args.length === 1 && only?.kind === 'string' ? only.value : undefined;
}

/** The types of a function's argument and result. */
export function partsOf(type: Type): readonly [argument: Type, result: Type] {
  if (type.kind === 'sequence') return [INT, type.element];
  return type.kind === 'function' ? [type.argument, type.result] : [MIXED, MIXED];
}
