/** Ranges of pages, and the part of a state that lies in them. */
import type { Moment, Space, Vma } from '@vmacheck/model';

/** Pages from `from` on, up to `to`, which is not among them. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** In order, those that overlap or touch as one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const made: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = made.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else made.push({ from, to });
  }
  return made;
}

/** The VMAs that overlap a span or touch it, and the next ones below and above. `spans`: in order. */
export function vmasNear(moment: Moment, spans: readonly Span[]): readonly Vma[] {
  const found: Vma[] = [];
  let last = -1;
  for (const { from, to } of spans) {
    const touching = moment.findBefore(from);
    const first = (touching && moment.findBefore(touching.start)) ?? touching ?? moment.find(from);
    for (let vma = first; vma !== undefined; vma = moment.find(vma.end)) {
      if (vma.start > last) {
        found.push(vma);
        last = vma.start;
      }
      if (vma.start > to) break;
    }
  }
  return found;
}

/** The private pages in the spans. */
export function framesNear(moment: Moment, spans: readonly Span[]): Space['frames'] {
  const frames = new Map<number, number>();
  for (const { from, to } of spans) {
    for (const page of moment.pagesIn(from, to)) frames.set(page, moment.frameOf(page) as number);
  }
  return frames;
}

/** The guards in the spans. */
export function guardsNear(moment: Moment, spans: readonly Span[]): Space['guards'] {
  const guards = new Map<number, boolean>();
  for (const { from, to } of spans) for (const page of moment.guardsIn(from, to)) guards.set(page, true);
  return guards;
}
