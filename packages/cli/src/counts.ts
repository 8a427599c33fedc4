/** The counts of an exploration that is under way, in one line. */
import type { Counts } from '@vmacheck/checker';
import { grouped } from '@vmacheck/report';

export function countsLine({ distinct, generated, depth, queue, seconds }: Counts): string {
  return (
    `${grouped(distinct)} distinct states, ${grouped(generated)} generated, depth ${depth}, ` +
    `${grouped(queue)} left, ${seconds.toFixed(0)} s`
  );
}
