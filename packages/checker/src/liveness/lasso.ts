/** Makes a lasso shorter without changing what formulas say of it: they do not see stuttering. */
import type { Lasso } from './search.js';

export const tidy = ({ stem, cycle }: Lasso): Lasso => {
  const [only] = cycle;
  const stutters = cycle.every((state) => state === only);
  const round = stutters ? cycle.slice(0, 1) : cycle.filter((state, i) => state !== cycle[(i + 1) % cycle.length]);
  const way = stem.filter((state, i) => state !== stem[i - 1]);
  if (way.at(-1) === round[0]) way.pop();
  while (way.length > 0 && way.at(-1) === round.at(-1)) {
    round.unshift(...round.splice(-1));
    way.pop();
  }
  return { stem: way, cycle: round };
};
