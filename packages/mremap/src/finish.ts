/** Ending a call: what is left to do is to unlock and to notify. */
import { type Outcome, toResult } from '@vmacheck/model';
import type { Working } from './types.js';

/** Sets the result; without the lock the call is over. */
export function finish(m: Working, outcome: Outcome): void {
  m.outcome = outcome;
  m.result = toResult(outcome, 'mremap');
  m.phase = m.lock === 'none' ? 'done' : 'unlock';
}
