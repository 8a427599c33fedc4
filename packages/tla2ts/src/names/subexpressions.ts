/** Names of subexpressions: `Op!2!<<`, `Op!(x)!1`, `Op!label(y)!:`, followed through the syntax tree of a definition. */
import type { Bound, Expression, Let, Name, Pattern, SelectionStep } from '../syntax/ast.js';

/** Where the steps lead. */
export interface Part {
  readonly expression: Expression;
  /** The names that are bound on the way, and what the steps give for them. */
  readonly bound: readonly { readonly name: Name; readonly value: Expression }[];
}

/** Undefined if there is no such part. */
export function partOf(body: Expression, steps: readonly SelectionStep[]): Part | undefined {
  let at = body;
  const bound: { readonly name: Name; readonly value: Expression }[] = [];
  const lets: Let[] = [];
  for (const step of steps) {
    while (at.kind === 'label' || at.kind === 'let') {
      if (at.kind === 'let') lets.push(at);
      at = at.body;
    }
    if (step.kind === 'name') {
      const labelled = findLabel(body, step.name);
      if (!labelled || labelled.parameters.length !== step.args.length) return undefined;
      for (const [i, name] of labelled.parameters.entries()) {
        const value = step.args[i];
        if (value) bound.push({ name, value });
      }
      at = labelled.body;
    } else if (step.kind === 'arguments') {
      const binding = bindingOf(at);
      if (!binding || binding.names.length !== step.args.length) return undefined;
      for (const [i, name] of binding.names.entries()) {
        const value = step.args[i];
        if (value) bound.push({ name, value });
      }
      at = binding.body;
    } else if (step.selector !== ':') {
      const index = step.selector === '<<' ? 1 : step.selector === '>>' ? 2 : step.selector;
      const child = index === '@' ? undefined : childrenOf(at)[index - 1];
      if (!child) return undefined;
      at = child;
    }
  }
  const expression = lets.reduceRight<Expression>((inner, l) => ({ ...l, body: inner }), at);
  return { expression, bound };
}

/** What numbers select from, the first being 1. */
function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'junction':
    case 'tuple':
    case 'setEnumeration':
      return e.items;
    case 'product':
      return e.factors;
    case 'apply':
      return e.args;
    case 'functionApply':
      return [e.function, ...(e.args.length === 1 ? e.args : [])];
    case 'field':
      return [e.record];
    case 'functionSet':
      return [e.domain, e.range];
    case 'record':
    case 'recordSet':
      return e.fields.map((f) => f.value);
    case 'except':
      return [e.function, ...e.updates.map((u) => u.value)];
    case 'if':
      return [e.condition, e.then, e.else];
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

function bindingOf(e: Expression): { readonly names: readonly Name[]; readonly body: Expression } | undefined {
  switch (e.kind) {
    case 'quantifier':
      return { names: namesIn(e.bounds), body: e.body };
    case 'functionConstructor':
      return { names: namesIn(e.bounds), body: e.body };
    case 'setMap':
      return { names: namesIn(e.bounds), body: e.element };
    case 'setFilter':
      return { names: namesIn([e.bound]), body: e.predicate };
    case 'choose':
      return { names: namesOf(e.pattern), body: e.body };
    default:
      return undefined;
  }
}

function namesIn(bounds: readonly Bound[]): readonly Name[] {
  return bounds.flatMap((b) => b.patterns.flatMap(namesOf));
}

function namesOf(pattern: Pattern): readonly Name[] {
  return pattern.kind === 'name' ? [pattern.name] : pattern.names;
}

/** The labelled part; labels inside of another label are reached through that one only. */
function findLabel(root: Expression, name: string): Extract<Expression, { kind: 'label' }> | undefined {
  const pending: Expression[] = [root];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === 'label') {
      if (e.name.text === name) return e;
      continue;
    }
    const inner = bindingOf(e)?.body ?? (e.kind === 'let' ? e.body : undefined);
    const arms =
      e.kind === 'case' ? [...e.arms.flatMap((a) => [a.condition, a.value]), ...(e.other ? [e.other] : [])] : [];
    pending.push(...childrenOf(e), ...arms, ...(inner ? [inner] : []));
  }
  return undefined;
}
