/** The parts that nothing reached, and why, where that is known. */
import { grouped } from '@vmacheck/report';
import type { Measured } from './measure.js';
import { type Reason, reasonFor } from './reasons.js';
import { isReached, type Part } from './tally.js';

/** A part that nothing reached; those of one reason are told at once, where the first is. */
export interface Left {
  /** File, line and column. */
  readonly place: string;
  /** What it is, of which operator, and how many more there are. */
  readonly what: string;
  readonly reason: Reason | undefined;
}

/** Those of the parts that nothing reached. */
export const unreached = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => !isReached(part));

/** All that was not reached, without parts inside of one that is told; in the order of the text. */
export function leftOf({ tally, reasons, source }: Measured): readonly Left[] {
  const all = tally.operators().flatMap(({ module, name, parts }) => {
    const left = unreached(parts);
    const isInside = ({ span }: Part): boolean =>
      left.some(({ span: out }) => out.offset <= span.offset && span.endOffset <= out.endOffset && out !== span);
    return left
      .filter((part) => !isInside(part))
      .map(({ kind, span }) => {
        const text = (source(span.file) ?? '').slice(span.offset, span.endOffset);
        const reason = reasonFor(reasons, { module, operator: name, text });
        return { place: `${span.file}:${span.line}:${span.column}`, what: `${kind} of ${name}`, reason };
      });
  });
  return all.flatMap((one, i) => {
    const { what, reason } = one;
    if (reason === undefined) return [one];
    if (all.findIndex((other) => other.reason === reason) < i) return [];
    const more = all.filter((other) => other.reason === reason).length - 1;
    return [more === 0 ? one : { ...one, what: `${what}, and ${grouped(more)} more` }];
  });
}

/** Reasons for what is reached, or is no more. */
export const needless = (reasons: readonly Reason[], left: readonly Left[]): readonly string[] =>
  reasons
    .filter((reason) => !left.some((one) => one.reason === reason))
    .map(({ module, operator, part }) => `${module}!${operator}${part === undefined ? '' : ` (${part})`}`);
