import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Guest } from '../src/guest/guest.js';
import { GuestLost } from '../src/guest/guest.js';
import { guestChannel } from '../src/guest/guest-channel.js';

/** A channel to a guest that answers as told, and what happened. */
function channelTo(ask: () => Promise<{ readonly text: string }>) {
  const told: string[] = [];
  const guest = { ask } as unknown as Guest;
  const lost = (): Promise<void> => {
    told.push('lost');
    return Promise.resolve();
  };
  const open = guestChannel({ guest: () => Promise.resolve(guest), lost });
  const channel = open({
    text: (text) => told.push(`text ${text}`),
    ended: (why, alone) => told.push(`ended ${why} ${alone}`),
  });
  return { channel, told };
}

test('programs that wait go together, and their answers come back', async () => {
  const { channel, told } = channelTo(() => Promise.resolve({ text: 'answers' }));
  channel.write('one');
  channel.write('two');
  await turn();
  expect(told).toEqual(['text answers']);
});

test('a guest that is lost ends the channel', async () => {
  const { channel, told } = channelTo(() => Promise.reject(new GuestLost('gone')));
  channel.write('one');
  await turn();
  expect(told).toEqual(['lost', 'ended gone true']);
});

test('killed while it is busy: the guest is lost, and nobody hears how', async () => {
  let fail: (why: Error) => void = () => undefined;
  const { channel, told } = channelTo(() => new Promise((_, reject) => (fail = reject)));
  channel.write('one');
  await turn();
  channel.kill();
  fail(new Error('file closed'));
  await turn();
  expect(told).toEqual(['lost']);
});
