/**
 * Names of subexpressions, followed through the syntax tree of a definition: `Op(a)!2!<<`, `Op!(x)!1`, `Op!label(y)`, `Op!:!D` for the definition D of a LET. Where
 * an operator is expected, `!@` goes below a binding without a value for what it binds.
 */
import type { Expression, Let, LetDefinition, Name, NameStep, SelectionStep, SelectorStep } from '../syntax/ast.js';
import { bindingOf, findLabel, operandsOf } from './operands.js';

/** Where the steps lead. */
export interface Part {
  readonly expression: Expression;
  /** The names that are bound on the way. */
  readonly bound: readonly BoundName[];
}

/** A name that is bound on the way, the arity of what it stands for, and what the steps give for it: nothing where an operator is wanted. */
export interface BoundName {
  readonly name: Name;
  readonly arity: number;
  readonly value: Expression | undefined;
}

/** Why the steps lead nowhere. */
export interface NoPart {
  readonly problem: string;
  readonly step: SelectionStep;
}

/** @param wanted how many names an operator that is wanted binds on the way; undefined: a value is wanted */
export function partOf(body: Expression, steps: readonly SelectionStep[], wanted: number | undefined): Part | NoPart {
  const path = new Path(body, steps, wanted !== undefined);
  try {
    return path.follow(wanted ?? 0);
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem, step: error.step };
    throw error;
  }
}

class Refused extends Error {
  constructor(
    readonly problem: string,
    readonly step: SelectionStep,
  ) {
    super(problem);
  }
}

/** What the last step was, since names mean different things after each. */
type Last = 'name' | 'label' | 'colon' | 'operand';

class Path {
  private at: Expression;
  /** Where labels are looked for. */
  private labelled: Expression;
  private last: Last = 'name';
  private next = 0;
  private readonly bound: BoundName[] = [];
  private readonly lets: Let[] = [];

  constructor(
    body: Expression,
    private readonly steps: readonly SelectionStep[],
    private readonly wantsOperator: boolean,
  ) {
    this.at = body;
    this.labelled = body;
  }

  follow(wanted: number): Part {
    let step: SelectionStep | undefined;
    for (; this.next < this.steps.length; this.next++) {
      step = this.steps[this.next] as SelectionStep;
      if (step.kind === 'name') this.name(step);
      else if (step.kind === 'arguments') this.below(step, step.args);
      else this.select(step);
    }
    if (step) this.endAt(step, wanted);
    const expression = this.lets.reduceRight<Expression>((inner, l) => ({ ...l, body: inner }), this.at);
    return { expression, bound: this.bound };
  }

  /** An argument that is an operator may be selected where an operator is wanted. */
  private endAt(step: SelectionStep, wanted: number): void {
    const { at, bound } = this;
    if (at.kind === 'lambda') {
      if (!this.wantsOperator) throw new Refused('this part is an operator, not a value', step);
      this.bind(at.parameters, [], step);
      this.at = at.body;
    } else if ((at.kind === 'identifier' || at.kind === 'selection') && bound.length < wanted) {
      // The names cannot be written, so they are no others' names.
      const names = Array.from({ length: wanted - bound.length }, (_, i) => ({
        text: `argument#${i + 1}`,
        span: at.span,
      }));
      for (const name of names) bound.push({ name, arity: 0, value: undefined });
      const args = names.map(({ text, span }): Expression => ({ kind: 'identifier', span, name: text }));
      this.at = { kind: 'apply', span: at.span, operator: at, args, fixity: 'call' };
    }
  }

  /** After the name of an operator or of a label: a label. Else: a definition of the LET that was selected. */
  private name(step: NameStep): void {
    if (this.last === 'name' || this.last === 'label') {
      const found = findLabel(this.labelled, step.name);
      if (!found) throw new Refused(`there is no label \`${step.name}\``, step);
      const { label, lets } = found;
      this.lets.push(...lets);
      this.bind(
        label.parameters.map((name) => ({ name, arity: 0 })),
        step.args,
        step,
      );
      this.at = this.labelled = label.body;
      this.last = 'label';
      return;
    }
    const at = withoutLabels(this.at);
    if (at.kind !== 'let') throw new Refused(`\`${step.name}\` cannot be selected here: this part is no LET`, step);
    const defined = at.definitions.find((d) => d.kind !== 'recursive' && d.name.text === step.name);
    if (!defined || defined.kind === 'recursive') {
      throw new Refused(`the LET has no definition \`${step.name}\``, step);
    }
    this.lets.push(at);
    this.at = this.labelled = this.bodyOf(defined, step);
    this.last = 'name';
  }

  private bodyOf(defined: Exclude<LetDefinition, { kind: 'recursive' }>, step: NameStep): Expression {
    if (defined.kind === 'instanceDefinition')
      throw new Refused('definitions of an instance in a LET have no names outside of it', step);
    if (defined.kind === 'functionDefinition') {
      this.bind([], step.args, step);
      // As a whole it is its name, so that it can use itself.
      const isWhole = this.next === this.steps.length - 1;
      return isWhole
        ? { kind: 'identifier', span: defined.name.span, name: defined.name.text }
        : { kind: 'functionConstructor', span: defined.span, bounds: defined.bounds, body: defined.body };
    }
    this.bind(defined.parameters, step.args, step);
    return defined.body;
  }

  /** Below a binding, with or without values for what it binds. */
  private below(step: SelectionStep, values: readonly Expression[] | undefined): void {
    const binding = bindingOf(withoutLabels(this.at));
    if (!binding) {
      throw new Refused(
        `${values ? '`!(...)`' : '`!@`'} goes below a quantifier or the like: this part has none`,
        step,
      );
    }
    if (!values && !this.wantsOperator) {
      throw new Refused('`!@` names an operator: as a value, write `!(...)` with values for what is bound', step);
    }
    const names = binding.names.map((name) => ({ name, arity: 0 }));
    if (values) this.bind(names, values, step);
    else this.bind(names, [], step);
    this.at = binding.body;
    this.last = 'operand';
  }

  private select(step: SelectorStep): void {
    const { selector } = step;
    if (selector === '@') return this.below(step, undefined);
    if (selector === ':') return this.colon(step);
    const at = withoutLabels(this.at);
    this.at = at.kind === 'case' ? this.armOf(step) : pick(operandsOf(at), step);
    if (at.kind === 'let') this.lets.push(at);
    this.last = 'operand';
  }

  /** `!i!1` is the condition of an arm of CASE, `!i!2` its value. */
  private armOf(step: SelectorStep): Expression {
    const at = withoutLabels(this.at);
    if (at.kind !== 'case') return this.at;
    const arms = [
      ...at.arms.map(({ condition, value }): readonly (Expression | undefined)[] => [condition, value]),
      ...(at.other ? [[undefined, at.other]] : []),
    ];
    const arm = pick(arms, step);
    const half = this.steps[this.next + 1];
    if (half?.kind !== 'selector') throw new Refused('a part of a CASE has two numbers: `!i!j`', step);
    this.next++;
    const chosen = pick(arm, half);
    if (!chosen) throw new Refused('OTHER is no expression', half);
    return chosen;
  }

  private colon(step: SelectorStep): void {
    const following = this.steps[this.next + 1];
    const fits = following === undefined ? this.last === 'name' : following.kind === 'name' && this.last !== 'operand';
    if (!fits || this.last === 'colon') {
      throw new Refused('`!:` stands after a name, at the end or before a definition of a LET', step);
    }
    this.last = 'colon';
  }

  private bind(
    names: readonly { readonly name: Name; readonly arity: number }[],
    values: readonly Expression[],
    step: SelectionStep,
  ): void {
    if (this.wantsOperator && values.length > 0) {
      throw new Refused('no arguments are given here: an operator is expected, and this name stands for it', step);
    }
    if (!this.wantsOperator && values.length !== names.length) {
      const needed = names.length === 1 ? '1 value is' : `${names.length} values are`;
      throw new Refused(
        `${needed} needed here, but ${values.length} ${values.length === 1 ? 'is' : 'are'} given`,
        step,
      );
    }
    for (const [i, { name, arity }] of names.entries()) this.bound.push({ name, arity, value: values[i] });
  }
}

function withoutLabels(e: Expression): Expression {
  return e.kind === 'label' ? withoutLabels(e.body) : e;
}

/** `<<` is the first of any number, `>>` the second of two. */
function pick<T>(of: readonly T[], step: SelectorStep): T {
  const { selector } = step;
  const index = selector === '<<' ? 1 : selector === '>>' ? (of.length === 2 ? 2 : 0) : Number(selector);
  const found = of[index - 1];
  if (index < 1 || index > of.length || found === undefined) {
    const parts = of.length === 1 ? 'one part' : of.length === 0 ? 'no parts' : `${of.length} parts`;
    throw new Refused(`the selected expression has ${parts}: there is no \`!${selector}\``, step);
  }
  return found;
}
