/** Parts as rows of a table: how many there are, how many each way reached, how many nothing did. */
import { grouped } from '@vmacheck/report';
import { unreached } from './left.js';
import { type OperatorParts, type Part, reachedBy, WAYS } from './tally.js';

/** Parts of one name. */
export interface Row {
  readonly name: string;
  readonly parts: readonly Part[];
}

/** What stands above the numbers. */
export const HEADS: readonly string[] = ['parts', ...WAYS, 'none'];

/** The name and the numbers; `-`: not among what the way evaluates. */
export const cells = ({ name, parts }: Row): readonly string[] => [
  name,
  grouped(parts.length),
  ...WAYS.map((way) => {
    const reached = reachedBy(way, parts);
    return reached === undefined ? '-' : grouped(reached);
  }),
  grouped(unreached(parts).length),
];

/** All parts of some operators. */
export const whole = (name: string, operators: readonly OperatorParts[]): Row => ({
  name,
  parts: operators.flatMap(({ parts }) => parts),
});

/** Operators by module. */
export function modulesOf(operators: readonly OperatorParts[]): ReadonlyMap<string, readonly OperatorParts[]> {
  const found = new Map<string, OperatorParts[]>();
  for (const operator of operators) {
    const list = found.get(operator.module) ?? [];
    list.push(operator);
    found.set(operator.module, list);
  }
  return found;
}
