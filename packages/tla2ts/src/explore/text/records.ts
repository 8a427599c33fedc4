/** Text that reads and replaces fields of records and values of functions. */
import { children } from '../../analysis/children.js';
import type { ResolvedArgument, ResolvedExcept, ResolvedUpdate } from '../../names/resolved.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import type { Scope } from '../expressions.js';

/** Field names that objects of other kinds have too. */
const commonNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
  'id',
  'domain',
  'values',
  'size',
  'elements',
  'words',
  'has',
  'low',
  'high',
  'base',
  'range',
  'fields',
  'factors',
]);

/** The name of a function that gives the field of a record. */
export function getter(w: ExpressionEmitter, name: string): string {
  const key = JSON.stringify(name);
  const test = commonNames.has(name) ? '' : `const v = r[${key}]; if (v !== undefined) return v; `;
  return w.text.helper(`get ${name}`, () => `(r) => { ${test}return rt.field(r, ${key}); }`);
}

/** Text of an EXCEPT. */
export function except(w: ExpressionEmitter, e: ResolvedExcept, scope: Scope): string {
  const fields = e.updates.map(({ path: [step, ...more] }) =>
    step?.kind === 'field' && more.length === 0 && !commonNames.has(step.name) ? step.name : undefined,
  );
  const names = fields.filter((name) => name !== undefined);
  if (names.length < fields.length || new Set(names).size < names.length) {
    let text = w.value(e.function, scope);
    for (const update of e.updates) text = w.at(e, replaced(w, text, update, update.path, scope));
    return text;
  }
  const old = w.text.fresh('old');
  const values = e.updates.map(({ value }, i) =>
    w.value(value, { ...scope, at: `${getter(w, names[i] as string)}(${old})` }),
  );
  const text = `${setter(w, names)}(${[old, ...values].join(', ')})`;
  // A field that is not there has no old value, and gets no new one.
  const asked = e.updates.flatMap(({ value }, i) => (usesAt(value) ? [names[i] as string] : []));
  const there = asked.map((name) => `${old}[${JSON.stringify(name)}] === undefined`).join(' || ');
  if (there === '') return w.at(e, `((${old}) => ${text})(${w.value(e.function, scope)})`);
  let slow = old;
  for (const update of e.updates) slow = replaced(w, slow, update, update.path, scope);
  return w.at(e, `((${old}) => (${there} ? ${slow} : ${text}))(${w.value(e.function, scope)})`);
}

/** Replaces fields of a record that has them. */
function setter(w: ExpressionEmitter, names: readonly string[]): string {
  return w.text.helper(`with ${names.join(' ')}`, () => {
    const fields = names.map((name, i) => `${JSON.stringify(name)}: v${i}`).join(', ');
    const present = names.map((name) => `r[${JSON.stringify(name)}] !== undefined`).join(' && ');
    const slow = names.map((name, i) => `r = rt.update(r, ${JSON.stringify(name)}, () => v${i});`).join(' ');
    return `(r, ${names.map((_, i) => `v${i}`).join(', ')}) => {
if (${present}) return { ...r, ${fields} };
${slow} return r;
}`;
  });
}

/** Text of a value with another in the place to which the rest of a path leads. */
function replaced(
  w: ExpressionEmitter,
  f: string,
  update: ResolvedUpdate,
  path: ResolvedUpdate['path'],
  scope: Scope,
): string {
  const [step, ...rest] = path;
  if (step === undefined) return f;
  const old = w.text.fresh('old');
  const args = step.kind === 'field' ? [JSON.stringify(step.name)] : step.args.map((arg) => w.value(arg, scope));
  const key = args.length === 1 ? args[0] : `[${args.join(', ')}]`;
  const inner =
    rest.length === 0 ? w.value(update.value, { ...scope, at: old }) : replaced(w, old, update, rest, scope);
  return `rt.update(${f}, ${key}, (${old}) => ${inner})`;
}

/** Whether the new value in an EXCEPT is made of the old one. */
const usesAt = (e: ResolvedArgument): boolean =>
  e.kind === 'at' || (e.kind === 'except' ? usesAt(e.function) : childrenAndLets(e).some(usesAt));

const childrenAndLets = (e: ResolvedArgument): readonly ResolvedArgument[] =>
  e.kind === 'let' ? [e.body, ...e.definitions.map(({ body }) => body)] : children(e);
