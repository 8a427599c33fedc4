/** Folds of the community's modules: an operator applied to the elements of a set, a function or a sequence, one after the other, in the order in which ../values does it. */
import type { ResolvedApplication, ResolvedArgument, ResolvedExpression } from '../../names/resolved.js';
import { type BoolVal, type Val, constant } from './vals.js';
import type { Env } from './env.js';
import { SetValue } from '../values/values.js';
import type { Expressions } from './emit-expression.js';
import { unsupported } from './code.js';

/** Operators by their names in the modules. */
const operators: ReadonlySet<string> = new Set([
  'FoldSet',
  'MapThenFoldSet',
  'FoldFunction',
  'FoldFunctionOnSet',
  'SumSet',
  'MapThenSumSet',
  'FoldSeq',
  'FoldLeft',
  'FoldRight',
]);

/** An element, and whether it is there. */
interface Item {
  /** Asked for where the element is there: elsewhere it may have no value. */
  readonly val: () => Val;
  readonly present: BoolVal;
}

export class Folds {
  constructor(private readonly emit: Expressions) {}

  has(name: string): boolean {
    return operators.has(name);
  }

  compute(name: string, { args, ...e }: ResolvedApplication, env: Env): Val {
    const value = (i: number): Val => this.emit.value(args[i] as ResolvedExpression, env);
    const apply = (i: number, ...given: readonly Val[]): Val =>
      this.emit.operators.appliedTo(args[i] as ResolvedArgument, e, given, env);
    const same = (val: Val): Val => val;
    const first = (val: Val, result: Val): Val => apply(0, val, result);
    const add = (val: Val, result: Val): Val => this.emit.sum(val, result);
    switch (name) {
      case 'FoldSet':
        return this.fold(this.elements(value(2), same), first, value(1));
      case 'MapThenFoldSet':
        return this.fold(
          this.elements(value(4), (x) => apply(2, x)),
          first,
          value(1),
        );
      case 'FoldFunction': {
        const f = value(2);
        return this.fold(
          this.elements(this.emit.functions.domainOf(f), (x) => this.emit.functions.apply(f, x)),
          first,
          value(1),
        );
      }
      case 'FoldFunctionOnSet': {
        const f = value(2);
        return this.fold(
          this.elements(value(3), (x) => this.emit.functions.apply(f, x)),
          first,
          value(1),
        );
      }
      case 'SumSet':
        return this.fold(this.elements(value(0), same), add, constant(0));
      case 'MapThenSumSet':
        return this.fold(
          this.elements(value(1), (x) => apply(0, x)),
          add,
          constant(0),
        );
      case 'FoldLeft':
        return this.fold(this.items(value(2)), (val, result) => apply(0, result, val), value(1));
      case 'FoldSeq':
        return this.fold(this.items(value(2)).toReversed(), first, value(1));
      default:
        return this.fold(this.items(value(1)).toReversed(), first, value(2));
    }
  }

  private fold(items: readonly Item[], op: (val: Val, result: Val) => Val, base: Val): Val {
    return items.reduce(
      (before, { val, present }) =>
        this.emit.logic.choice(
          present,
          () => op(val(), before),
          () => before,
        ),
      base,
    );
  }

  /** The elements of a set from the least to the greatest. */
  private elements(set: Val, of: (element: Val) => Val): readonly Item[] {
    const { library, packer, table } = this.emit.forms;
    if (set.kind === 'const' && !(set.value instanceof SetValue)) return unsupported('a fold over what is no set');
    const all = new Map(this.emit.forms.candidates(set).map((one) => [table.encode(one.value), one]));
    return library.ordered(packer.set([...all.keys()])).map((value) => ({
      val: () => of(constant(value)),
      present: all.get(table.encode(value))?.present as BoolVal,
    }));
  }

  private items(sequence: Val): readonly Item[] {
    return this.emit.sequences.elements(sequence).map(({ val, present }) => ({ val: () => val, present }));
  }
}
