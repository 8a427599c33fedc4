/** Compares what userfaultfds were told with the model's messages. */
import { addressOf, type UffdEvent as ModelEvent } from '@vmacheck/model';
import { toHex, type UffdEvent } from '@vmacheck/trace';

/** The first difference between two lists of messages, in their order; undefined when there is none. */
export function eventsDifference(
  ours: readonly ModelEvent[],
  recorded: readonly UffdEvent[],
  nameOf: (ctx: number) => string,
): string | undefined {
  const made = ours.map((event) => show(asRecorded(event, nameOf)));
  const heard = recorded.map(show);
  const at = made.findIndex((text, i) => text !== heard[i]);
  if (at === -1 && heard.length <= made.length) return undefined;
  const i = at === -1 ? made.length : at;
  return `event ${i}: ${made[i] ?? 'none'} in the model, ${heard[i] ?? 'none'} recorded`;
}

function asRecorded(event: ModelEvent, nameOf: (ctx: number) => string): UffdEvent {
  const ctx = nameOf(event.ctx);
  if (event.event === 'FORK') return { ctx, event: 'FORK' };
  const { from, len } = event;
  const range = { ctx, event: event.event, from: toHex(addressOf(from)), len: toHex(addressOf(len)) };
  return event.event === 'REMAP' ? { ...range, to: toHex(addressOf(event.to)) } : range;
}

function show({ ctx, event, from, to, len }: UffdEvent): string {
  const parts = [from, to, len].map((hex) => (hex === undefined ? '-' : toHex(BigInt(hex))));
  return `${ctx} ${event} ${parts.join(' ')}`;
}
