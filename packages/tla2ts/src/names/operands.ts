/** The parts of an expression that numbers select, what it binds, and its labels. */
import type { Bound, Expression, Label, Let, Name, Pattern } from '../syntax/ast.js';

/** What numbers select from, the first being 1. (The arms of CASE have two numbers.) */
export function operandsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'junction':
    case 'tuple':
    case 'setEnumeration':
      return e.items;
    case 'product':
      return e.factors;
    case 'apply':
      return e.operator.kind === 'selection' ? [...argumentsIn(e.operator), ...e.args] : e.args;
    case 'selection':
      return argumentsIn(e);
    case 'functionApply': {
      const [only, ...more] = e.args;
      const argument: Expression | undefined = more.length > 0 ? { kind: 'tuple', span: e.span, items: e.args } : only;
      return argument ? [e.function, argument] : [e.function];
    }
    case 'field':
      return [e.record, { kind: 'string', span: e.field.span, value: e.field.text }];
    case 'functionSet':
      return [e.domain, e.range];
    case 'record':
    case 'recordSet':
      return e.fields.map((f) => f.value);
    case 'except':
      // The new values have no meaning outside of it: they may have an `@`.
      return [e.function];
    case 'if':
      return [e.condition, e.then, e.else];
    case 'let':
      return [e.body];
    case 'box':
    case 'angle':
      return [e.action, e.subscript];
    case 'fairness':
      return [e.subscript, e.action];
    case 'quantifier':
    case 'setMap':
    case 'functionConstructor':
      return e.bounds.flatMap((b) => b.set ?? []);
    case 'setFilter':
      return e.bound.set ? [e.bound.set] : [];
    case 'choose':
      return e.set ? [e.set] : [];
    default:
      return [];
  }
}

/** The arguments of the instances on a path. */
function argumentsIn({ steps }: Extract<Expression, { kind: 'selection' }>): readonly Expression[] {
  return steps.flatMap((step) => (step.kind === 'name' ? step.args : []));
}

/** What an expression binds, and the expression below. */
export function bindingOf(e: Expression): { readonly names: readonly Name[]; readonly body: Expression } | undefined {
  switch (e.kind) {
    case 'quantifier':
    case 'functionConstructor':
      return { names: namesIn(e.bounds), body: e.body };
    case 'setMap':
      return { names: namesIn(e.bounds), body: e.element };
    case 'setFilter':
      return { names: namesIn([e.bound]), body: e.predicate };
    case 'choose':
      return { names: namesOf(e.pattern), body: e.body };
    case 'lambda':
      return { names: e.parameters.map((p) => p.name), body: e.body };
    default:
      return undefined;
  }
}

export function namesIn(bounds: readonly Bound[]): readonly Name[] {
  return bounds.flatMap((b) => b.patterns.flatMap(namesOf));
}

function namesOf(pattern: Pattern): readonly Name[] {
  return pattern.kind === 'name' ? [pattern.name] : pattern.names;
}

/** All expressions right inside of another, but for what it binds names in and for the definitions of a LET. */
function partsOf(e: Expression): readonly Expression[] {
  if (e.kind === 'case') {
    return [...e.arms.flatMap((a) => [a.condition, a.value]), ...(e.other ? [e.other] : [])];
  }
  return e.kind === 'except' ? [e.function, ...e.updates.map((u) => u.value)] : operandsOf(e);
}

/** The labelled part, and the LETs on the way to it; labels inside of another label are reached through that one only. */
export function findLabel(
  root: Expression,
  name: string,
): { readonly label: Label; readonly lets: readonly Let[] } | undefined {
  const pending: { readonly e: Expression; readonly lets: readonly Let[] }[] = [{ e: root, lets: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { e, lets } = next;
    if (e.kind === 'label') {
      if (e.name.text === name) return { label: e, lets };
      continue;
    }
    const inside = e.kind === 'let' ? [...lets, e] : lets;
    const inner = bindingOf(e)?.body;
    for (const part of [...partsOf(e), ...(inner ? [inner] : [])]) pending.push({ e: part, lets: inside });
  }
  return undefined;
}

/** What is wrong with the labels of a definition: each has the names as parameters that are bound around it, up to the next label or the definition. */
export function labelProblems(root: Expression, bound: readonly Name[]): readonly LabelProblem[] {
  const problems: LabelProblem[] = [];
  const visit = (e: Expression, names: readonly string[], siblings: Set<string>): void => {
    if (e.kind === 'label') {
      const { name, parameters } = e;
      if (siblings.has(name.text))
        problems.push({ code: 'TLA1204', name, problem: `the label \`${name.text}\` is there twice` });
      siblings.add(name.text);
      const missing = names.find((n) => !parameters.some((p) => p.text === n));
      const extra = parameters.find(
        (p, i) => !names.includes(p.text) || parameters.slice(0, i).some((q) => q.text === p.text),
      );
      if (missing !== undefined) {
        problems.push({
          code: 'TLA1213',
          name,
          problem: `the label \`${name.text}\` lacks the parameter \`${missing}\`, which is bound around it`,
        });
      }
      if (extra) {
        problems.push({
          code: 'TLA1213',
          name: extra,
          problem: `\`${extra.text}\` cannot be a parameter of the label \`${name.text}\``,
        });
      }
      visit(e.body, [], new Set());
      return;
    }
    for (const part of partsOf(e)) visit(part, names, siblings);
    const binding = bindingOf(e);
    if (binding) visit(binding.body, [...names, ...binding.names.map((n) => n.text)], siblings);
  };
  visit(
    root,
    bound.map((n) => n.text),
    new Set(),
  );
  return problems;
}

interface LabelProblem {
  readonly code: 'TLA1204' | 'TLA1213';
  readonly name: Name;
  readonly problem: string;
}
