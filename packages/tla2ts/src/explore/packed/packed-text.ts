/** The text of a program on packed states: a function for each action and predicate that has a packed form. */
import type { ResolvedExpression, VariableSymbol } from '../../names/resolved.js';
import { Code, TooLong, Unsupported } from './code.js';
import { Expressions, type Surroundings } from './emit-expression.js';
import { PackedState, loads, loadsNext } from './emit-state.js';
import { PackedAction } from './emit-action.js';
import { unrollings } from './emit-loops.js';
import { LeastState, type Permute } from './emit-symmetry.js';
import type { Outside } from './outside.js';
import { Representation } from './represent.js';
import type { ActionPath } from '../actions.js';
import type { Library } from '../values/library.js';
import type { Named, Selection } from '../program-text.js';
import type { StateLayout } from './layout.js';
import type { ValueTable } from '../values/value-table.js';
import { emptyEnv } from './env.js';
import { textOf } from './emit-logic.js';

export interface PackedTextOptions extends Pick<
  Surroundings,
  'definitionOf' | 'constantOf' | 'readBy' | 'evaluatorOf'
> {
  readonly selection: Selection;
  /** The conjuncts of a predicate, seen through names. */
  readonly conjuncts: (e: ResolvedExpression) => readonly ResolvedExpression[];
  readonly actions: readonly ActionPath[];
  readonly layout: StateLayout;
  readonly table: ValueTable;
  readonly library: Library;
  /** The permutations that states are the same under, without the one that changes nothing. */
  readonly permutations: () => readonly Permute[];
  /** Actions without a packed form, or with questions to the values, with which it is worth while. */
  readonly mostUnclean: number;
  /** Told what has no packed form, and why. */
  readonly onUnpacked?: (what: string, why: string) => void;
}

/** What was made of a specification. */
export interface PackedText extends Tally {
  readonly text: string;
  /** What the text asks the values for. */
  readonly outside: Outside;
}

export interface Tally {
  /** Actions that have a packed form, and those of them that ask the values for nothing. */
  readonly packedActions: number;
  readonly cleanActions: number;
}

const bitCount = `const bitCount = (x) => {
x -= (x >>> 1) & 0x55555555;
x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};`;

/** @returns how many actions were looked at with what result, where too many are not clean */
export const packedText = (options: PackedTextOptions): PackedText | Tally => {
  const { selection, actions, layout, table, library } = options;
  const code = new Code();
  const forms = new Representation(code, table, library);
  const state = new PackedState(forms, layout, selection.variables);
  const around: Surroundings = {
    definitionOf: options.definitionOf,
    constantOf: options.constantOf,
    readBy: options.readBy,
    evaluatorOf: options.evaluatorOf,
    current: state.current,
    domainOf: (variable: VariableSymbol) => state.domainOf(variable),
  };
  const expressions = new Expressions(code, forms, around);
  const compiler = new PackedAction(expressions, state, selection.variables);
  const attempt = (what: string, make: () => string): string => {
    let why = '';
    for (const unrolling of unrollings) {
      expressions.loops.unrolling = unrolling;
      try {
        return make();
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        why = error.message;
        if (!(error instanceof TooLong)) break;
      }
    }
    options.onUnpacked?.(what, why);
    return 'undefined';
  };
  const predicate = (e: ResolvedExpression): string => {
    const [result, statements] = code.apart(() => textOf(expressions.test(e, emptyEnv)));
    const body = `${statements}return ${result};\n`;
    return `(words, at) => {\n${loads(body, 'words')}${body}}`;
  };
  /** The conjuncts apart: one without a packed form leaves the others as they are. */
  const predicates = ({ name, expression }: Named): string =>
    `[${options
      .conjuncts(expression)
      .map((part) => attempt(name, () => predicate(part)))
      .join(',\n')}]`;
  const taken = { ...emptyEnv, next: state.taken() };
  expressions.shared.taken = taken.next;
  const step = (e: ResolvedExpression): string => {
    const [result, statements] = code.apart(() => textOf(expressions.test(e, taken)));
    const body = `${statements}return ${result};\n`;
    return `(from, at, to, toAt) => {\n${loads(body)}${loadsNext(body)}${body}}`;
  };
  const { next } = selection;
  let [packedActions, cleanActions] = [0, 0];
  const names: string[] = [];
  for (const { name, choices } of actions) {
    const asked = forms.outside.evaluated.length;
    const made = attempt(name, () => (next === undefined ? 'undefined' : compiler.compile(next.expression, choices)));
    if (made !== 'undefined') packedActions++;
    if (made !== 'undefined' && forms.outside.evaluated.length === asked) cleanActions++;
    names.push(made);
    if (names.length - cleanActions > options.mostUnclean) return { packedActions, cleanActions };
  }
  const lists = (['invariants', 'initialProperties', 'sometimes', 'constraints'] as const).map(
    (kind) => `${kind}: [${selection[kind].map(predicates).join(',\n')}]`,
  );
  const steps = (['stepProperties', 'stepConstraints'] as const).map(
    (kind) =>
      `${kind}: [${selection[kind].map(({ name, expression }) => attempt(name, () => step(expression))).join(',\n')}]`,
  );
  const least = attempt('symmetry', () => {
    const permutations = options.permutations();
    return permutations.length === 0 ? 'undefined' : new LeastState(code, forms, layout, permutations).compile();
  });
  const text = [
    "'use strict';",
    'const { bail, stop, run } = rt;',
    bitCount,
    code.declarations(),
    `return { actions: [${names.join(', ')}],\n${[...lists, ...steps, `least: ${least}`].join(',\n')} };`,
  ].join('\n');
  return {
    text,
    outside: forms.outside,
    packedActions,
    cleanActions,
  };
};
