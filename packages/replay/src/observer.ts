import type { Call, Profile, Result, Space } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';

/** Sees what happens in the model while a program runs. */
export interface Observer {
  readonly step: (before: Space, call: Call, result: Result, after: Space, profile: Profile) => void;
  /** A step of which the specifications do not speak: all that can be judged is the state after it. */
  readonly state?: (after: Space) => void;
  readonly phase: (before: Space, machine: Machine, after: Space, next: Machine) => void;
}
