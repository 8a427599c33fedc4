/** Making outcomes, and the result record that properties see. */
import { pageOf } from './pages.js';
import type {
  CallOp,
  Done,
  Errno,
  IllegalChoice,
  NotModelled,
  Outcome,
  Refused,
  Result,
  Signal,
  Signalled,
} from './types.js';

/** Success with 0, what most calls return. */
export const DONE: Done = { ok: true, value: 0n };

/** Success with a value. */
export function done(value: bigint): Done {
  return { ok: true, value };
}

/** A refusal; `why` names the check. */
export function refused(errno: Errno, why: string): Refused {
  return { ok: false, errno, why };
}

/** A signal; `why` names the reason. */
export function signalled(signal: Signal, why: string): Signalled {
  return { ok: false, signal, why };
}

/** The kernel cannot have chosen the address that was handed in. */
export function illegalChoice(illegal: string): IllegalChoice {
  return { ok: false, illegal };
}

/** The call uses something that the model does not know. */
export function notModelled(what: string): NotModelled {
  return { ok: false, notModelled: what };
}

/** The result in pages. `value` has a meaning only for calls that return an address. */
export function toResult(outcome: Outcome, op: CallOp): Result {
  if (outcome.ok) {
    const hasAddress = op === 'mmap' || op === 'mremap';
    return { ok: true, value: hasAddress ? pageOf(outcome.value) : 0, errno: '' };
  }
  if ('errno' in outcome) return { ok: false, value: 0, errno: outcome.errno };
  if ('signal' in outcome) return { ok: false, value: 0, errno: outcome.signal };
  return { ok: false, value: 0, errno: '?' };
}
