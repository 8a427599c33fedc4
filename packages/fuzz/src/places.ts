/** Choosing pages and ranges near what is there. All in pages, relative to nothing: absolute page numbers. */
import type { Dice } from './dice.js';

/** What the choice of a range needs to know of a VMA. */
export interface Region {
  readonly start: number;
  readonly end: number;
  readonly sealed: boolean;
  readonly uffd: number;
  readonly read: boolean;
  readonly write: boolean;
  readonly exec: boolean;
  readonly shared: boolean;
  readonly noreserve: boolean;
  readonly file: number;
  readonly pgoff: number;
  /** It grows downwards. */
  readonly stack: boolean;
}

/** A half-open range of pages. */
export interface PageRange {
  readonly start: number;
  readonly len: number;
}

/** The window and what is mapped in it. */
export interface Scene {
  readonly start: number;
  readonly end: number;
  readonly regions: readonly Region[];
}

/** A page of the window, most often at the edge of a VMA. */
export function somePage(scene: Scene, dice: Dice): number {
  const span = scene.end - scene.start;
  const anywhere = scene.start + dice.roll(span);
  const region = dice.pick(scene.regions);
  if (region === undefined || dice.chance(25)) return anywhere;
  const page = [region.start, region.end, region.end - 1, region.start - 1, region.start + 1][dice.roll(5)] as number;
  return clampPage(scene, page);
}

/** A page that is mapped, if any is. */
export function mappedPage(scene: Scene, dice: Dice): number {
  const region = dice.pick(scene.regions);
  if (region === undefined) return somePage(scene, dice);
  return region.start + dice.roll(region.end - region.start);
}

/** A range inside one VMA, often the whole of it; undefined when nothing is mapped. */
export function insideOne(scene: Scene, dice: Dice): PageRange | undefined {
  const region = dice.pick(scene.regions);
  if (region === undefined) return undefined;
  const size = region.end - region.start;
  const skip = dice.chance(40) ? dice.roll(size) : 0;
  const len = dice.chance(40) ? 1 + dice.roll(size - skip) : size - skip;
  return { start: region.start + skip, len };
}

/** A range over `count` neighbouring VMAs at least, with the holes between them; undefined when there are not as many. */
export function overSeveral(scene: Scene, dice: Dice, count: number, longest: number): PageRange | undefined {
  const { regions } = scene;
  const fits: PageRange[] = [];
  for (let i = 0; i + count <= regions.length; i++) {
    const start = (regions[i] as Region).start;
    const len = (regions[i + count - 1] as Region).end - start;
    if (len <= longest) fits.push({ start, len });
  }
  const whole = dice.pick(fits);
  if (whole === undefined || !dice.chance(30)) return whole;
  const first = regions.find((region) => region.start === whole.start) as Region;
  const skip = dice.roll(first.end - first.start);
  const start = whole.start + skip;
  const len = Math.max(1, whole.len - skip + dice.roll(3) - 1);
  return { start, len: Math.min(len, scene.end - start) };
}

/** Where a range of `len` pages can go without overlapping `source`; undefined when nowhere. */
export function targetFor(scene: Scene, dice: Dice, source: PageRange, len: number): number | undefined {
  const free = (page: number): boolean =>
    page >= scene.start && page + len <= scene.end && (page + len <= source.start || page >= source.start + source.len);
  const near = scene.regions.flatMap(({ start, end }) => [end, start - len, start]).filter(free);
  if (near.length > 0 && dice.chance(60)) return dice.pick(near);
  const all: number[] = [];
  for (let page = scene.start; page + len <= scene.end; page++) if (free(page)) all.push(page);
  return dice.pick(all);
}

/** The page, brought into the window. */
export function clampPage(scene: Scene, page: number): number {
  return Math.min(Math.max(page, scene.start), scene.end - 1);
}
