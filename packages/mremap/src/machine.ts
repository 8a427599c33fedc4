/**
 * mremap as a machine: one phase at a time (mm/mremap.c: `do_mremap`, `remap_move`, `remap_at`).
 *
 *     params ─ lock ─ lookup ─┬─ unmapDest ─ shrink ─ choose ─ charge ─ copy ─ movePages ─ account ─ unmapSource ─ next ─┐
 *                     ▲       └─ (what a call does not need is left out)                                               │
 *                     └───────────────────────── the next VMA of a range ─────────────────────────────────────────────┤
 *                                                                                                  unlock ─ notify ─ done
 *
 * All of lookup to next happens under one hold of the mmap write lock.
 */
import {
  type AddressSpace,
  addressOf,
  DONE,
  done,
  NO_VMA,
  populate,
  type RawMremap,
  toCall,
  wrapAdd,
} from '@vmacheck/model';
import { finish } from './finish.js';
import { lookupNext, lookupOne } from './lookup.js';
import { account, charge, copy, moveEntries } from './move.js';
import { checkParams } from './params.js';
import { checkRoom } from './room.js';
import { releaseSource } from './source.js';
import { choose, shrink, unmapDestination } from './target.js';
import type { Machine, Working } from './types.js';

/** A call that is about to begin. */
export function begin(space: AddressSpace, raw: RawMremap): Machine {
  return start(space, raw);
}

/** Performs one phase: changes the space and returns the machine after it. At phase `done` nothing happens. */
export function step(space: AddressSpace, machine: Machine): Machine {
  const next: Working = { ...machine };
  advance(space, next);
  return next;
}

/** A machine to be advanced in place. */
export function start(space: AddressSpace, raw: RawMremap): Working {
  const call = toCall(space, raw);
  return {
    phase: 'params',
    call,
    lock: 'none',
    cursor: call.addr,
    target: call.newAddr,
    lastEnd: 0,
    seen: false,
    addr: call.addr,
    len: call.len,
    newAddr: call.newAddr,
    newLen: call.newLen,
    iterValid: false,
    iterUsed: false,
    vma: NO_VMA,
    moved: [],
    result: { ok: true, value: 0, errno: '' },
    outcome: DONE,
    raw,
    moveOnly: space.profile.multiVmaMove && call.fixed && call.len === call.newLen,
    delta: 0,
    resize: 'none',
    inPlace: false,
    copy: NO_VMA,
    populate: false,
    told: space.events.length,
  };
}

/** Performs one phase in place. */
export function advance(space: AddressSpace, m: Working): void {
  if (m.phase === 'done') return;
  m.iterUsed = false;
  perform(space, m);
  m.iterValid = m.vma !== NO_VMA && space.holds(m.vma);
}

function perform(space: AddressSpace, m: Working): void {
  switch (m.phase) {
    case 'params': {
      const refusal = checkParams(m.raw, space.profile) ?? checkRoom(space, m, 'params');
      if (refusal !== undefined) return finish(m, refusal);
      m.phase = 'lock';
      return;
    }
    case 'lock': {
      m.lock = 'write';
      const refusal = checkRoom(space, m, 'lock');
      if (refusal !== undefined) return finish(m, refusal);
      m.phase = 'lookup';
      return;
    }
    case 'lookup':
      return m.moveOnly ? lookupNext(space, m) : lookupOne(space, m);
    case 'unmapDest':
      return unmapDestination(space, m);
    case 'shrink':
      return shrink(space, m);
    case 'choose':
      return choose(space, m);
    case 'charge':
      return charge(space, m);
    case 'copy':
      return copy(space, m);
    case 'movePages':
      return moveEntries(space, m);
    case 'account':
      return account(space, m);
    case 'unmapSource':
      return releaseSource(space, m);
    case 'next':
      return goOn(m);
    case 'unlock':
      m.lock = 'none';
      m.vma = NO_VMA;
      m.phase = 'notify';
      return;
    case 'notify':
      return notify(space, m);
    case 'done':
      return;
  }
}

/** Phase `next`: the walk resumes at the end of the VMA as it was found, whatever has become of it. */
function goOn(m: Working): void {
  if (!m.moveOnly) return finish(m, done(addressOf(m.newAddr)));
  m.seen = true;
  m.target = m.newAddr + m.newLen;
  m.cursor = m.lastEnd;
  m.phase = 'lookup';
}

/** Phase `notify`, without the lock: locked memory that grew is populated; failures to do so are not reported. */
function notify(space: AddressSpace, m: Working): void {
  if (m.outcome.ok && m.populate) {
    const from = wrapAdd(m.newAddr, m.len);
    populate(space, from, from + m.delta, true);
  }
  m.phase = 'done';
}
