/**
 * A stretch of source text. Lines and columns count from 1, offsets from 0, in UTF-16 units (as JavaScript strings do);
 * the end is exclusive. A tab is one column here: only junction lists see it as a jump to the next multiple of 8.
 */
export interface Span {
  /** The name that the host gave the file, for messages: `specs/Mremap.tla`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly endOffset: number;
}

/** The stretch from the start of one span to the end of another in the same file. */
export function spanFrom(first: Span, last: Span): Span {
  return {
    file: first.file,
    line: first.line,
    column: first.column,
    offset: first.offset,
    endLine: last.endLine,
    endColumn: last.endColumn,
    endOffset: last.endOffset,
  };
}
