import type { Call, Profile, Result, Space } from '@vmacheck/model';
import type { Machine } from '@vmacheck/mremap';

/** Sees what happens in the model while a program runs. */
export interface Observer {
  readonly step: (before: Space, call: Call, result: Result, after: Space, profile: Profile) => void;
  readonly phase: (before: Space, machine: Machine, after: Space, next: Machine) => void;
}
