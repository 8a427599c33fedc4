/**
 * Room for more mappings (sysctl vm.max_map_count; mm/mremap.c: `mremap_to`, later `check_mremap_params` and `do_mremap`;
 * `prep_move_vma`). A call that is sure to have room later asks once for more than it needs; each move asks again.
 *
 *     release          what asks          for    when
 *     6.1, 6.12        a new address      6      after the lookup, and the checks of the range
 *     6.16             a new address      6      before the lock, and before the checks of the range
 *     6.17 to 7.0      a new address      6      before the lock
 *     7.1              every call         4      under the lock, before the lookup
 *     7.2              MREMAP_DONTUNMAP   5      the same
 */
import { type AddressSpace, type Outcome, type Profile, refused, spareMaps } from '@vmacheck/model';
import type { Working } from './types.js';

/** A point of the call at which it may ask. */
export type Asking = 'params' | 'lock' | 'target';

/** MREMAP_FIXED or MREMAP_DONTUNMAP: the caller names a new address, to be had or as a hint. */
export function impliesTarget({ call }: Working): boolean {
  return call.fixed || call.dontUnmap;
}

/** Why the call cannot go on, if this is the point where it asks for room. */
export function checkRoom(space: AddressSpace, m: Working, at: Asking): Outcome | undefined {
  if (at !== askingPoint(space.profile) || spareMaps(space) >= roomOfCall(space.profile, m)) return undefined;
  return refused('ENOMEM', 'mremap: too many mappings already');
}

function askingPoint({ mapsCountedUnderLock, newAddressCheckedBeforeLookup }: Profile): Asking {
  if (mapsCountedUnderLock) return 'lock';
  return newAddressCheckedBeforeLookup ? 'params' : 'target';
}

function roomOfCall({ mapsCountedUnderLock, dontunmapCountsOneMore }: Profile, m: Working): number {
  if (!mapsCountedUnderLock) return impliesTarget(m) ? 6 : -Infinity;
  return m.call.dontUnmap && dontunmapCountsOneMore ? 5 : 4;
}

/** Why a piece cannot be moved. */
export function checkRoomToMove(space: AddressSpace): Outcome | undefined {
  if (spareMaps(space) >= (space.profile.mapsCountedUnderLock ? 2 : 4)) return undefined;
  return refused('ENOMEM', 'mremap: no room for another mapping');
}
