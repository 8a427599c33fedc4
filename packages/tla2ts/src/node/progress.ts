/** The line that tells how far a search is. */
import type { Counts } from '@vmacheck/checker';
import { grouped } from '../explore/grouped.js';
import { tell } from './terminal.js';

/** Seconds over which rates are taken, about; of less than that nothing is said about what is to come. */
const window = 5;

/** Characters of the line, at most: a line that is broken cannot be taken back. */
const width = 79;

type Seen = Pick<Counts, 'distinct' | 'queue' | 'seconds'>;

/** Makes the line from counts that come one after the other. */
export class ProgressText {
  private before: readonly Seen[] = [];

  /** `1,745,408 states, 412k/s, 12,345 left, depth 17, 4 s, 2 s to go`: what was found, what is still to be expanded. */
  of({ distinct, queue, depth, seconds }: Counts): string {
    this.before = [...this.before.filter((counts) => seconds - counts.seconds <= window), { distinct, queue, seconds }];
    const first = this.before[0] as Seen;
    const time = seconds - first.seconds;
    const rate = time > 0 ? (distinct - first.distinct) / time : distinct / Math.max(seconds, 0.001);
    const done = `${grouped(distinct)} states, ${perSecond(rate)}, ${grouped(queue)} left, depth ${depth}, ${duration(seconds)}`;
    const fewer = (first.queue - queue) / time;
    // While more states are found than are expanded nobody knows how many there are.
    const toGo = time >= window / 2 && fewer > 0 ? `, ${duration(Math.ceil(queue / fewer))} to go` : '';
    return (done + toGo).slice(0, width);
  }
}

const perSecond = (rate: number): string =>
  rate >= 1e6
    ? `${(rate / 1e6).toFixed(1)}M/s`
    : rate >= 1e4
      ? `${Math.round(rate / 1e3)}k/s`
      : `${Math.round(rate)}/s`;

const duration = (seconds: number): string => {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};

/** The line on stderr, rewritten in place; nothing where that is no terminal. */
export class ProgressLine {
  private readonly text = new ProgressText();
  private shown = false;

  show(counts: Counts): void {
    if (!process.stderr.isTTY) return;
    tell(`\r\u001b[K${this.text.of(counts)}`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) tell('\r\u001b[K');
    this.shown = false;
  }
}
