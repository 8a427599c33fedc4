/** mremap(2) with raw arguments, run to the end; and a dispatcher for every call of the model. */
import { type AddressSpace, type Outcome, performModelCall, type RawCall, type RawMremap } from '@vmacheck/model';
import { advance, start } from './machine.js';

/** Performs the whole call; the space is changed in place. */
export function mremap(space: AddressSpace, raw: RawMremap): Outcome {
  const machine = start(space, raw);
  while (machine.phase !== 'done') advance(space, machine);
  return machine.outcome;
}

/** Performs any call. */
export function perform(space: AddressSpace, call: RawCall): Outcome {
  return call.op === 'mremap' ? mremap(space, call) : performModelCall(space, call);
}
