import type { Call, Moment, Profile, Result } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';

/** Sees what happens in the model while a program runs. */
export interface Observer {
  readonly step: (before: Moment, call: Call, result: Result, after: Moment, profile: Profile) => void;
  /** A step of which the specifications do not speak: all that can be judged is the state after it. */
  readonly state?: (after: Moment) => void;
  readonly phase: (before: Moment, machine: Machine, after: Moment, next: Machine) => void;
}
