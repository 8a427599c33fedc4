/** Profiles of kernel releases, made from the table of facts. */
import { FACTS, type Fact } from './facts.js';
import type { Profile } from './types.js';

/** Releases whose order of work the model follows. */
export type Release = '6.17' | '6.18';

/** A profile and how it was found. */
export interface ProfileChoice {
  readonly profile: Profile;
  /** The modelled series whose order of work is used. */
  readonly release: Release;
  /** The release is of a modelled series. */
  readonly exact: boolean;
  /** What a user should be told; "" when exact. */
  readonly note: string;
}

type VersionNumber = readonly [number, number, number];

function parseVersion(text: string): VersionNumber | undefined {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

function compareVersions(a: VersionNumber, b: VersionNumber): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function holds(fact: Fact, version: VersionNumber): boolean {
  const from = fact.from === undefined ? undefined : parseVersion(fact.from);
  const until = fact.until === undefined ? undefined : parseVersion(fact.until);
  if (from !== undefined && compareVersions(version, from) < 0) return false;
  return until === undefined || compareVersions(version, until) < 0;
}

function profileOf(version: VersionNumber): Profile {
  const entries = FACTS.map((fact) => [fact.name, holds(fact, version)] as const);
  return Object.fromEntries(entries) as unknown as Profile;
}

/** The last release of each modelled series. */
export const PROFILES: Readonly<Record<Release, Profile>> = {
  '6.17': profileOf([6, 17, 13]),
  '6.18': profileOf([6, 18, 44]),
};

/**
 * The profile for a kernel. `release` is what `uname -r` prints ("6.18.15+deb13-cloud-amd64") or a series ("6.17");
 * `version` is what `uname -v` prints, and is used when a release does not show its patch level.
 * A release that is newer than the modelled ones takes the newest and says so; an older one takes the oldest.
 */
export function profileFor(release: string | null | undefined, version?: string | null): ProfileChoice {
  const newest = { profile: PROFILES['6.18'], release: '6.18', exact: false } as const;
  if (release === null || release === undefined || release === 'auto') {
    return { ...newest, note: 'no kernel release is given: 6.18 is used' };
  }
  if (release === '6.17' || release === '6.18') {
    return { profile: PROFILES[release], release, exact: true, note: '' };
  }
  const shown = parseVersion(release);
  if (shown === undefined) return { ...newest, note: `kernel release ${release} is not understood: 6.18 is used` };
  const series = `${shown[0]}.${shown[1]}`;
  if (series === '6.17' || series === '6.18') {
    return { profile: profileOf(patchLevel(shown, version)), release: series, exact: true, note: '' };
  }
  if (compareVersions(shown, [6, 17, 0]) < 0) {
    const note = `kernel ${series} is older than what is modelled: 6.17 is used`;
    return { profile: PROFILES['6.17'], release: '6.17', exact: false, note };
  }
  return { ...newest, note: `kernel ${series} is newer than what is modelled: 6.18 is used` };
}

/** Debian's kernels carry the patch level in `uname -v` only when the release ends in .0. */
function patchLevel(shown: VersionNumber, version: string | null | undefined): VersionNumber {
  const inText = version ? /\b(\d+\.\d+\.\d+)-\d/.exec(version) : null;
  const full = inText === null ? undefined : parseVersion(inText[1] as string);
  return full !== undefined && full[0] === shown[0] && full[1] === shown[1] && shown[2] === 0 ? full : shown;
}

/** The profile with defects switched to what was intended: the named ones, or all when none is named. */
export function intended(profile: Profile, ...names: readonly (keyof Profile)[]): Profile {
  const chosen = FACTS.filter((fact) => fact.defect && (names.length === 0 || names.includes(fact.name)));
  return { ...profile, ...Object.fromEntries(chosen.map((fact) => [fact.name, fact.intended])) };
}
