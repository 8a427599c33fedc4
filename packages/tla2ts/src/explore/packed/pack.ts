/** Makes the program on packed states for a program on values, if one is worth having. */
import type { DefinitionSymbol, ResolvedExpression, ResolvedSymbol } from '../../names/resolved.js';
import type { Domain } from './domains.js';
import { DomainFinder } from './domain-of-set.js';
import type { Library } from '../values/library.js';
import type { Program } from '../program.js';
import type { Selection } from '../program-text.js';
import { StateLayout } from './layout.js';
import type { ValueTable } from '../values/value-table.js';
import { actionsOf } from '../actions.js';
import { Generaliser } from './generalise.js';
import { type Samples, domainsOf } from './infer.js';
import { ValuePacker } from './pack-values.js';
import { packedProgram } from './packed-program.js';
import { packedText } from './packed-text.js';
import type { Evaluators } from './emit-outside.js';
import type { Permute } from './emit-symmetry.js';
import { permutersOf } from '../symmetry.js';

export interface PackOptions extends Evaluators {
  readonly program: Program;
  readonly selection: Selection;
  readonly table: ValueTable;
  readonly library: Library;
  readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined;
  /** The value of a constant expression; throws what the program throws. */
  readonly constantOf: (e: ResolvedExpression) => unknown;
  /** The conjuncts of a predicate, seen through names. */
  readonly conjuncts: (e: ResolvedExpression) => readonly ResolvedExpression[];
  /** Strings and model values of the specification. */
  readonly atoms: () => readonly unknown[];
  /** Sets of model values that are written somewhere. */
  readonly modelSets: () => readonly (readonly unknown[])[];
  readonly onUnpacked?: (what: string, why: string) => void;
  /** Also where values are thought to be quicker. */
  readonly packAlways?: boolean;
}

/** What was seen of the states, and how much room a layout has for what was not: 0 to 2. */
export interface Experience {
  readonly samples: Samples;
  readonly room: number;
}

/** Where fewer of the actions run on bits alone, states of values are as quick: what is remembered there is found by the variables' words, without a way from bits to values. */
const leastClean = 0.6;

/** And so many of them have to be packed, with questions to the values or without. */
const leastPacked = 0.75;

/** Whether states can be packed at all: not where they are judged over time by their values. */
export const isPackable = ({ temporal, init, next }: Selection): boolean =>
  temporal.length === 0 && init !== undefined && next !== undefined;

/** @returns undefined where the program on values does better */
export const pack = (options: PackOptions, { samples, room }: Experience): Program | undefined => {
  const { selection, table, library, definitionOf, constantOf, conjuncts } = options;
  const { variables, invariants } = selection;
  const finder = new DomainFinder(table, library);
  const generaliser = new Generaliser(finder, new ValuePacker(table), options.atoms(), options.modelSets(), room);
  const said = {
    variables,
    conjuncts: invariants.flatMap(({ expression }) => conjuncts(expression)),
    definitionOf,
    constantOf,
    finder,
  };
  return packAs(
    options,
    domainsOf(said, samples, (values) => generaliser.of(values)),
  );
};

const packAs = (options: PackOptions, domains: readonly Domain[]): Program | undefined => {
  const { program, selection, table, definitionOf, packAlways = false } = options;
  const { next, variables } = selection;
  if (next === undefined) return undefined;
  const layout = new StateLayout(domains, table);
  const actions = actionsOf(next.expression, next.name, definitionOf);
  const permutations = (): readonly Permute[] =>
    program.symmetry === undefined
      ? []
      : permutersOf(program.symmetry(), table).map(
          (permuter) =>
            (word): number =>
              permuter.word(word),
        );
  const mostUnclean = packAlways ? actions.length : Math.floor((1 - leastClean) * actions.length);
  const text = packedText({ ...options, actions, layout, permutations, mostUnclean });
  const kinds = variables.map(({ name }, i) => `${name}: ${domains[i]?.kind}`).join(', ');
  const { packedActions, cleanActions } = text;
  const kept = packedActions === cleanActions ? '' : `, ${packedActions - cleanActions} of them with questions`;
  options.onUnpacked?.('layout', `${packedActions} of ${actions.length} actions${kept}; ${kinds}`);
  if (!('text' in text) || cleanActions < actions.length - mostUnclean) return undefined;
  if (!packAlways && packedActions < leastPacked * actions.length) return undefined;
  return packedProgram(program, layout, text);
};
