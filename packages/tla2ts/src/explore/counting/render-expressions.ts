/** How often each part of a specification was evaluated, as a person reads it. */
import type { PointKind } from '../../analysis/points.js';
import type { Paint } from '../../diagnostics/paint.js';
import type { Span } from '../../syntax/span.js';
import { grouped } from '../grouped.js';
import type { ExpressionCount } from './counters.js';

/** What stands before the text of a part. */
const signs: ReadonlyMap<PointKind, string> = new Map([
  ['let', 'LET '],
  ['conjunct', '/\\ '],
  ['disjunct', '\\/ '],
  ['implied', '=> '],
  ['then', 'THEN '],
  ['else', 'ELSE '],
  ['case', '[] '],
  ['arm', '-> '],
  ['other', 'OTHER -> '],
  ['body', ': '],
]);

const head = 'evaluated';

/**
 * A line for each definition, and for each part whose number is another one than that of what is around it; then the parts that were never
 * evaluated, without those inside of others.
 * @param source the text of a file
 */
export const renderExpressions = (
  counts: readonly ExpressionCount[],
  source: (file: string) => string | undefined,
  width: number,
  paint: Paint,
): string => {
  const digits = Math.max(head.length, ...counts.map(({ count }) => grouped(count).length));
  const line = (number: string, text: string, place: string): string => {
    const room = width - digits - 6 - place.length;
    const shown = `  ${number.padStart(digits)}  ${shortened(text, room).padEnd(room)}`;
    return place === '' ? shown.trimEnd() : `${shown}  ${paint('dim', place)}`;
  };
  const lines = inOrder(counts).flatMap(({ part, depth }) => {
    const { kind, name, span, parent, count } = part;
    if (parent !== undefined && counts[parent]?.count === count) return [];
    const text = `${'  '.repeat(depth)}${signs.get(kind) ?? ''}${kind === 'definition' ? (name ?? '') : textOf(span, source)}`;
    return [line(grouped(count), text, kind === 'definition' ? placeOf(span) : `${span.line}:${span.column}`)];
  });
  const warnings = neverEvaluated(counts).map(({ kind, name, span }) => {
    const said = `: ${placeOf(span)} is never evaluated: `;
    const text = kind === 'definition' ? (name ?? '') : `${signs.get(kind) ?? ''}${textOf(span, source)}`;
    return paint('warning', 'warning') + said + shortened(text, Math.max(width - 'warning'.length - said.length, 24));
  });
  return [line(head, 'expression', ''), ...lines, ...warnings].join('\n');
};

/** The parts that were not evaluated although what is around them was. */
export const neverEvaluated = (counts: readonly ExpressionCount[]): readonly ExpressionCount[] =>
  counts
    .filter(({ count, parent }) => count === 0 && (parent === undefined || counts[parent]?.count !== 0))
    .toSorted((a, b) => (a.span.file === b.span.file ? a.span.offset - b.span.offset : 0));

/** Each part after what is around it, and how deep inside of others that are shown it is. */
const inOrder = (counts: readonly ExpressionCount[]): readonly { part: ExpressionCount; depth: number }[] => {
  const inside = new Map<number | undefined, number[]>();
  counts.forEach(({ parent }, i) => inside.set(parent, [...(inside.get(parent) ?? []), i]));
  const found: { part: ExpressionCount; depth: number }[] = [];
  const visit = (around: number | undefined, depth: number): void => {
    for (const i of inside.get(around) ?? []) {
      const part = counts[i] as ExpressionCount;
      found.push({ part, depth });
      const isShown = around === undefined || counts[around]?.count !== part.count;
      visit(i, isShown ? depth + 1 : depth);
    }
  };
  visit(undefined, 0);
  return found;
};

const placeOf = ({ file, line, column }: Span): string => `${file.replace(/^.*[\\/]/, '')}:${line}:${column}`;

const textOf = ({ file, offset, endOffset }: Span, source: (file: string) => string | undefined): string =>
  (source(file) ?? '').slice(offset, endOffset).replaceAll(/\s+/g, ' ');

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(length - 3, 0))}...`;

/** A part in the object that `check --json --coverage` prints. */
export interface ExpressionJson {
  readonly kind: PointKind;
  readonly name?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly count: number;
}

export const expressionsJson = (counts: readonly ExpressionCount[]): readonly ExpressionJson[] =>
  counts.map(({ kind, name, count, span: { file, line, column, endLine, endColumn } }) => ({
    kind,
    ...(name !== undefined && { name }),
    file,
    line,
    column,
    endLine,
    endColumn,
    count,
  }));
