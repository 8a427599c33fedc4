/** Tables of plain text: columns as wide as their widest cell, two blanks between them. */

/** One column: its head, and on which side its cells stand. */
export interface Column {
  readonly head: string;
  /** Numbers stand on the right. */
  readonly align?: 'left' | 'right';
}

/** The lines of a table; no column head is printed when all of them are empty. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const heads = columns.map(({ head }) => head);
  const all = heads.every((head) => head === '') ? rows : [heads, ...rows];
  const widths = columns.map((_, i) => Math.max(0, ...all.map((row) => (row[i] ?? '').length)));
  return all.map((row) =>
    columns
      .map(({ align }, i) => {
        const cell = row[i] ?? '';
        const width = widths[i] as number;
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

/** "12,345": digits in groups of three. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "14.2 %" of a whole; "-" when the whole is nothing. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** "1 step", "2 steps", "1,000 steps". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}
