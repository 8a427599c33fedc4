/**
 * Pictures of address spaces. A letter is a kind of VMA (protection, file, flags), a dot a page where nothing is mapped. Where two VMAs
 * of one kind meet without being one, the case changes:
 *
 *     |AAaa.BB~B|    A A: two VMAs of one kind side by side;  ~ stands for the middle of a long run
 *     A rw-p ac
 *     B r--p F0
 */
import { PAGE_SIZE, parseHex, type VmaRecord } from '@vmacheck/trace';

/** A range of page numbers, half-open. */
export interface PageSpan {
  readonly start: number;
  readonly end: number;
}

/** Pictures of several layouts over the same pages, with the same letters. */
export interface Pictures {
  /** One per layout: "|AA.BB|". */
  readonly pictures: readonly string[];
  /** What the letters mean, one line each. */
  readonly legend: readonly string[];
  /** The first page of the pictures. */
  readonly base: number;
}

/** So many pages are drawn one by one; in wider windows, runs longer than `LONGEST_RUN` are drawn as three characters. */
const PAGE_BY_PAGE = 64;
const LONGEST_RUN = 12;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

interface Drawn extends PageSpan {
  readonly kind: string;
  readonly record: VmaRecord;
}

/** Flags that the protection and the type of a mapping show already. */
const impliedFlags = new Set(['rd', 'wr', 'ex', 'sh', 'sd']);

const pageNumber = (hex: `0x${string}`): number => Number(parseHex(hex) / BigInt(PAGE_SIZE));

/**
 * Draws layouts one below the other.
 *
 * @param window the pages to draw; without it, what the layouts have
 */
export function drawLayouts(layouts: readonly (readonly VmaRecord[])[], window?: PageSpan): Pictures {
  const drawn = layouts.map((layout) => layout.map(toDrawn));
  const all = drawn.flat();
  const span = window ?? {
    start: Math.min(...all.map(({ start }) => start)),
    end: Math.max(...all.map(({ end }) => end)),
  };
  if (!(span.start < span.end)) return { pictures: layouts.map(() => '||'), legend: [], base: 0 };
  const kinds = [...new Map(all.filter((vma) => meets(vma, span)).map((vma) => [vma.kind, vma.record]))];
  const letters = new Map(kinds.map(([kind], i) => [kind, LETTERS[i] ?? '#']));
  const cuts = cutsOf(all, span);
  const longest = span.end - span.start <= PAGE_BY_PAGE ? PAGE_BY_PAGE : LONGEST_RUN;
  return {
    pictures: drawn.map((layout) => `|${draw(layout, cuts, letters, longest)}|`),
    legend: legendOf(kinds, letters),
    base: span.start,
  };
}

function toDrawn(record: VmaRecord): Drawn {
  const kind = `${record.perms} ${record.file ?? ''} ${flagsOf(record).join(' ')}`;
  return { start: pageNumber(record.start), end: pageNumber(record.end), kind, record };
}

function flagsOf(record: VmaRecord): readonly string[] {
  const codes = (record.vmFlags ?? '').split(' ').filter((code) => code !== '' && !impliedFlags.has(code));
  return [...new Set(codes)].sort();
}

const meets = (vma: PageSpan, span: PageSpan): boolean => vma.start < span.end && vma.end > span.start;

/** Where something begins or ends in any of the layouts, so that all are drawn to one scale. */
function cutsOf(vmas: readonly Drawn[], span: PageSpan): readonly number[] {
  const inside = vmas.flatMap(({ start, end }) => [start, end]).filter((page) => page > span.start && page < span.end);
  return [...new Set([span.start, ...inside, span.end])].sort((a, b) => a - b);
}

function draw(
  layout: readonly Drawn[],
  cuts: readonly number[],
  letters: ReadonlyMap<string, string>,
  longest: number,
): string {
  let text = '';
  let last: { readonly vma: Drawn; readonly sign: string } | undefined;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] as number;
    const end = cuts[i + 1] as number;
    const vma = layout.find((candidate) => meets(candidate, { start, end }));
    const sign = vma === undefined ? '.' : signOf(vma, letters.get(vma.kind) ?? '#', last);
    text += end - start > longest ? `${sign}~${sign}` : sign.repeat(end - start);
    last = vma === undefined ? undefined : { vma, sign };
  }
  return text;
}

function signOf(vma: Drawn, letter: string, last: { readonly vma: Drawn; readonly sign: string } | undefined): string {
  if (last?.vma === vma) return last.sign;
  return last?.sign === letter ? letter.toLowerCase() : letter;
}

/** Protection, file, and the flags that not all kinds have. */
function legendOf(
  kinds: readonly (readonly [string, VmaRecord])[],
  letters: ReadonlyMap<string, string>,
): readonly string[] {
  const flags = kinds.map(([, record]) => flagsOf(record));
  const common = new Set((flags[0] ?? []).filter((code) => flags.every((list) => list.includes(code))));
  if (kinds.length < 2) common.clear();
  return kinds.map(([kind, record], i) => {
    const rest = (flags[i] ?? []).filter((code) => !common.has(code));
    return [letters.get(kind) ?? '#', record.perms, ...(record.file === null ? [] : [record.file]), ...rest].join(' ');
  });
}

/** A layout as a list, for where a picture does not show enough: one line per VMA, as in /proc/PID/maps. */
export function layoutLines(layout: readonly VmaRecord[]): readonly string[] {
  return layout.map(({ start, end, perms, offset, file, vmFlags }) =>
    [`${start}-${end}`, perms, offset, file ?? '-', vmFlags ?? ''].join(' ').trimEnd(),
  );
}
