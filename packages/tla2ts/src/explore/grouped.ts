/** A count as people read it: 1,745,408. */
export const grouped = (count: number): string => count.toString().replace(/\B(?=(\d{3})+$)/g, ',');

/** "1 state", "2,000 states". */
export const counted = (count: number, singular: string): string =>
  `${grouped(count)} ${singular}${count === 1 ? '' : 's'}`;
