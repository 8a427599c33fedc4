/**
 * Evaluates properties on the neighbourhood of each call instead of on whole states, so that a step costs the same however many VMAs there are.
 *
 * The neighbourhood: the ranges that the call reaches (`Reach` in specs/Neighbourhood.tla); every VMA and every page that is not the same object
 * in both states, whoever changed it; and for what changed, where else the same frame is mapped, and some VMA that has the same anon_vma. Of
 * all these ranges, the VMAs that overlap or touch them and the next ones on both sides, before and after the call.
 *
 * What lies outside cannot change a verdict:
 *   - It is the same VMAs and pages in both states: what differs is inside. So is what the call names. A statement that a page outside stays
 *     as it was is true, and one about pages inside a range does not look there.
 *   - A look-up for a page of a range finds the same: the VMAs on both sides of each range are there. So do merges, splits and the walk, which
 *     look at neighbours.
 *   - A state invariant about one VMA, two neighbours or one page was judged when the VMAs or pages became what they are.
 *   - Two pages with one frame were told apart, or not, when the second came; an anon_vma is new exactly if no VMA outside has it, and one that has it is taken in.
 *     Frames and anon_vmas are names otherwise: which numbers are free does not matter.
 *   - Counters are compared with sums over VMAs. What the VMAs outside count for is the same before and after; it is taken off, and counts as mapped
 *     elsewhere where a limit is asked for. It is known from the sums of the whole, which are kept by difference.
 */
import type { Call, FrameChange, Moment, Profile, Result, Space, VmaDifference } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';
import type { PropertyMonitor } from '../monitor.js';
import type { Observer } from '../observer.js';
import type { NearOperators } from './operators.js';
import { framesNear, guardsNear, joined, type Span, vmasNear } from './spans.js';
import { type Sums, sumsOf, Whole } from './whole.js';

/** See the head of the file. The counts and the violation are the monitor's. */
export class NearMonitor implements Observer {
  readonly #monitor: PropertyMonitor;
  readonly #operators: NearOperators;
  readonly #whole: Whole;
  #last: Moment | undefined;

  constructor(monitor: PropertyMonitor, operators: NearOperators) {
    this.#monitor = monitor;
    this.#operators = operators;
    this.#whole = new Whole(operators);
  }

  step(before: Moment, call: Call, result: Result, after: Moment, profile: Profile): void {
    const [s, t] = this.#near(before, after, this.#operators.reach(before, call, result));
    this.#monitor.step(s, call, result, t, profile);
  }

  state(after: Moment): void {
    const [, t] = this.#near(this.#last ?? after, after, []);
    this.#monitor.state(t);
  }

  phase(before: Moment, machine: Machine, after: Moment, next: Machine): void {
    const { call, result, vma } = machine;
    const reached = this.#operators.reach(before, call, { ...result, ok: true, value: next.newAddr });
    const handles = [vma, next.vma].map(({ start, end }) => ({ from: start, to: end }));
    const [s, t] = this.#near(before, after, [...reached, ...handles]);
    this.#monitor.phase(s, machine, t, next);
  }

  #near(before: Moment, after: Moment, reached: readonly Span[]): readonly [Space, Space] {
    this.#whole.moveTo(before);
    const sums = this.#whole.sums;
    const vmas = after.vmasSince(before);
    const frames = after.framesSince(before);
    this.#whole.apply(vmas, frames, after);
    this.#last = after;
    const spans = joined([
      ...reached,
      ...[...vmas.removed, ...vmas.added].map(({ start, end }) => ({ from: start, to: end })),
      ...frames.map(({ page }) => onePage(page)),
      ...after.guardsSince(before).map(onePage),
      ...this.#elsewhere(vmas, frames),
    ]);
    return [this.#part(before, spans, sums), this.#part(after, spans, this.#whole.sums)];
  }

  /** Where else there is what came or went. */
  #elsewhere({ removed, added }: VmaDifference, frames: readonly FrameChange[]): readonly Span[] {
    const spans: Span[] = [];
    for (const { old, now } of frames) {
      for (const frame of [old, now]) {
        if (frame !== undefined) for (const page of this.#whole.pagesOf(frame)) spans.push(onePage(page));
      }
    }
    const gone = new Set(removed.map(({ anonVma }) => anonVma));
    const fresh = new Set(added.map(({ start }) => start));
    for (const { anonVma } of added) {
      if (anonVma === 0 || gone.has(anonVma)) continue;
      for (const start of this.#whole.startsOf(anonVma)) {
        if (fresh.has(start)) continue;
        spans.push(onePage(start));
        break;
      }
    }
    return spans;
  }

  /** The part of a state that lies near the spans, with counters that count nothing else. `whole`: what all its VMAs count for. */
  #part(moment: Moment, spans: readonly Span[], whole: Sums): Space {
    const vmas = vmasNear(moment, spans);
    const own = sumsOf(vmas, this.#operators);
    const outside = {
      maps: whole.count - own.count,
      total: whole.total - own.total,
      locked: whole.locked - own.locked,
    };
    const { elsewhere } = moment;
    return moment.withParts({
      vmas,
      frames: framesNear(moment, spans),
      guards: guardsNear(moment, spans),
      mapCount: moment.mapCount - outside.maps,
      totalVm: moment.totalVm - outside.total,
      lockedVm: moment.lockedVm - outside.locked,
      committed: moment.committed - (whole.account - own.account),
      elsewhere: {
        maps: elsewhere.maps + outside.maps,
        total: elsewhere.total + outside.total,
        data: elsewhere.data + whole.data - own.data,
        locked: elsewhere.locked + outside.locked,
      },
    });
  }
}

const onePage = (page: number): Span => ({ from: page, to: page + 1 });
