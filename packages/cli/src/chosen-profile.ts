/** Which release recorded programs are judged by. */
import { Option } from 'commander';
import { intended, type Profile, profileFor, PROFILES, type Release, RELEASES } from '@vmacheck/replay';
import type { Program } from '@vmacheck/trace';

export interface ProfileOptions {
  readonly profile: 'auto' | Release;
  /** Without the defects of the release. */
  readonly asIntended?: boolean;
}

/** `--profile`. `what`: the facts of the release as the command needs them. */
export const profileOption = (what: string): Option =>
  new Option('--profile <release>', what).choices(['auto', ...RELEASES]).default('auto');

export function chosenProfile(
  { kernel, kernelVersion }: Program,
  { profile, asIntended = false }: ProfileOptions,
): Profile {
  const chosen = profile === 'auto' ? profileFor(kernel, kernelVersion).profile : PROFILES[profile];
  return asIntended ? intended(chosen) : chosen;
}
