/** What a program may change about itself between calls: setrlimit(2), capset(2), vm.max_map_count. */
import { DONE } from './outcome.js';
import type { AddressSpace } from './space.js';
import type { Limits, Outcome } from './types.js';

/** Sets a limit; `Infinity` takes it away. */
export function setLimit(space: AddressSpace, resource: keyof Limits, value: number): Outcome {
  // A limit of mappings is one of the system.
  const spaces = resource === 'maxMapCount' ? space.shared.spaces : [space];
  for (const each of spaces) each.limits = { ...each.limits, [resource]: value };
  return DONE;
}

/** Gives or takes a capability. Only CAP_IPC_LOCK and CAP_SYS_RAWIO decide anything here; the rest is accepted. */
export function setCapability(space: AddressSpace, name: string, on: boolean): Outcome {
  if (name === 'CAP_IPC_LOCK') space.capIpcLock = on;
  if (name === 'CAP_SYS_RAWIO') space.capRawIo = on;
  return DONE;
}
