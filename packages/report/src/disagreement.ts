/** Reports of what went wrong: the step, both sides as pictures, and the command that shows it again. */
import { PAGE_SIZE, parseHex, type ProgramHeader, type Step, type StepResult, type VmaRecord } from '@vmacheck/trace';
import { type Paint, PLAIN } from './colour.js';
import { drawLayouts, layoutLines, type PageSpan } from './picture.js';
import { type Base, resultText, stepText } from './step-text.js';

/** What one side says of a step; `after` is undefined when nobody looked. */
export interface ReportedSide {
  readonly result: StepResult | undefined;
  readonly after: readonly VmaRecord[] | undefined;
}

/** A step at which model and record differ. */
export interface Disagreement {
  readonly header: ProgramHeader;
  readonly step: Step;
  /** Counted from 0. */
  readonly index: number;
  /** How many steps the program has. */
  readonly of: number;
  readonly before: readonly VmaRecord[];
  readonly model: ReportedSide;
  readonly recorded: ReportedSide;
  /** The difference in words. */
  readonly difference: string;
  /** The command that shows it again. */
  readonly reproduce: string;
}

/** The widest window that is drawn whole. */
const WIDEST = 128;

/** Pictures with more characters than this say less than a list. */
const WIDEST_PICTURE = 100;

/** The pages to draw for a program: its window where that is small. */
function spanOf(header: Pick<ProgramHeader, 'window'>): PageSpan | undefined {
  if (header.window === null) return undefined;
  const start = Number(parseHex(header.window.start) / BigInt(PAGE_SIZE));
  const end = Number(parseHex(header.window.end) / BigInt(PAGE_SIZE));
  return end - start > WIDEST ? undefined : { start, end };
}

/** Pages count from the start of the window; where there is none addresses are printed. */
function baseOf(header: Pick<ProgramHeader, 'window'>): Base {
  return header.window === null ? undefined : Number(parseHex(header.window.start) / BigInt(PAGE_SIZE));
}

/** One line per step with what the record says of it. */
export function stepLines(header: Pick<ProgramHeader, 'window'>, steps: readonly Step[]): readonly string[] {
  const base = baseOf(header);
  return steps.map((step, i) => `  ${i}  ${stepText(step, base)} -> ${resultText(step, step.result, base)}`);
}

/** The lines of a disagreement's report. Steps count from 0. */
export function disagreementLines(found: Disagreement, paint: Paint = PLAIN): readonly string[] {
  const { header, step, before, model, recorded } = found;
  const base = baseOf(header);
  const modelAfter = model.after ?? before;
  const layouts = recorded.after === undefined ? [before, modelAfter] : [before, modelAfter, recorded.after];
  const { pictures, legend, base: firstPage } = drawLayouts(layouts, spanOf(header));
  const results = ['before', `model   -> ${resultText(step, model.result, base)}`];
  results.push(`kernel  -> ${resultText(step, recorded.result, base)}`);
  const width = Math.max(...results.map((text) => text.length)) + 2;
  const drawn = (pictures[0] as string).length <= WIDEST_PICTURE;
  const shown = (i: number): string =>
    layouts[i] === undefined ? '(nobody looked)' : drawn ? (pictures[i] as string) : '';
  return [
    paint.bad(`diverged at step ${found.index} of ${found.of}: ${stepText(step, base)}`),
    ...results.map((text, i) => `  ${text.padEnd(width)}${shown(i)}`.trimEnd()),
    ...(drawn ? legendLines(legend, firstPage, base) : differingLines(layouts)),
    `  difference: ${found.difference}`,
    `reproduce: ${found.reproduce}`,
  ];
}

/** The VMAs that not all of the layouts have. */
function differingLines(layouts: readonly (readonly VmaRecord[])[]): readonly string[] {
  const lists = layouts.map(layoutLines);
  return lists.flatMap((list, i) => {
    const own = list.filter((line) => !lists.every((other) => other.includes(line)));
    return [`  ${['before', 'model', 'kernel'][i]}:`, ...own.map((line) => `    ${line}`)];
  });
}

function legendLines(legend: readonly string[], firstPage: number, base: Base): readonly string[] {
  const origin = base === undefined ? firstPage : base;
  const place = `page ${base === undefined ? 'of the first letter' : '0'} = 0x${(BigInt(origin) * BigInt(PAGE_SIZE)).toString(16)}`;
  return [`  ${[place, ...legend].join('; ')}`];
}

/** A program step by step, with a picture after each: how a shrunk failure is shown. */
export function programLines(
  header: ProgramHeader,
  steps: readonly {
    readonly step: Step;
    readonly result: StepResult | undefined;
    readonly after: readonly VmaRecord[];
  }[],
  paint: Paint = PLAIN,
): readonly string[] {
  const base = baseOf(header);
  const {
    pictures,
    legend,
    base: firstPage,
  } = drawLayouts(
    steps.map(({ after }) => after),
    spanOf(header),
  );
  const texts = steps.map(
    ({ step, result }, i) => `${i}  ${stepText(step, base)} -> ${resultText(step, result, base)}`,
  );
  return [
    ...texts.flatMap((text, i) => [`  ${text}`, `     ${paint.dim(pictures[i] as string)}`]),
    ...legendLines(legend, firstPage, base),
  ];
}
