/** Which parts of the specifications were reached, by what. */
import type { ExpressionCount } from 'tla2ts/node';

/** Ways to reach a part: exploring the bounds, generated programs, programs that ran on kernels. */
export const WAYS = ['explored', 'fuzzed', 'recorded'] as const;
export type Way = (typeof WAYS)[number];

/** A part, and how often each way came there; undefined where it never can. */
export interface Part {
  readonly kind: ExpressionCount['kind'];
  readonly span: ExpressionCount['span'];
  readonly counts: Partial<Record<Way, number>>;
}

/** An operator of a module, with its parts: itself is the first. */
export interface OperatorParts {
  readonly module: string;
  readonly name: string;
  readonly parts: readonly Part[];
}

interface OwnedPart extends Part {
  readonly operator: string;
  readonly counts: Partial<Record<Way, number>>;
}

/** See the head of the file. */
export class Tally {
  readonly #parts = new Map<string, OwnedPart>();

  /** Adds what was counted in some run. The same part may be in several. */
  add(way: Way, counted: readonly ExpressionCount[]): void {
    for (const one of counted) {
      const { kind, span, count } = one;
      const key = `${kind} ${span.file} ${span.offset} ${span.endOffset}`;
      let part = this.#parts.get(key);
      if (part === undefined)
        this.#parts.set(key, (part = { kind, span, counts: {}, operator: nameAround(one, counted) }));
      part.counts[way] = (part.counts[way] ?? 0) + count;
    }
  }

  /** In the order of the files' names, and of the text. */
  operators(): readonly OperatorParts[] {
    const found = new Map<string, { module: string; name: string; parts: Part[] }>();
    const inOrder = [...this.#parts.values()].sort(
      (a, b) => a.span.file.localeCompare(b.span.file) || a.span.offset - b.span.offset,
    );
    for (const { operator, ...part } of inOrder) {
      const module = /(\w+)\.tla$/.exec(part.span.file)?.[1] ?? part.span.file;
      const key = `${module}!${operator}`;
      const known = found.get(key) ?? { module, name: operator, parts: [] };
      known.parts.push(part);
      found.set(key, known);
    }
    return [...found.values()];
  }
}

/** The name of the definition that a part stands in. */
function nameAround(part: ExpressionCount, all: readonly ExpressionCount[]): string {
  let around = part;
  while (around.parent !== undefined) around = all[around.parent] as ExpressionCount;
  return around.name ?? '';
}

/** How many of the parts a way reached; undefined where it can reach none. */
export function reachedBy(way: Way, parts: readonly Part[]): number | undefined {
  const possible = parts.filter(({ counts }) => counts[way] !== undefined);
  return possible.length === 0 ? undefined : possible.filter(({ counts }) => (counts[way] as number) > 0).length;
}

/** Whether anything reached it. */
export const isReached = ({ counts }: Part): boolean => WAYS.some((way) => (counts[way] ?? 0) > 0);
