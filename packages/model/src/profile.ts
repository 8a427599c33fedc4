/** Profiles of kernel releases, made from the table of facts. */
import { type Fact, FACTS } from './facts.js';
import type { Profile } from './types.js';

/** Series that the model follows, and the last release of each that it was compared with. */
const LAST_RELEASES = {
  '6.1': '6.1.176',
  '6.12': '6.12.107',
  '6.16': '6.16.12',
  '6.17': '6.17.13',
  '6.18': '6.18.44',
  '6.19': '6.19.14',
  '7.0': '7.0.13',
  '7.1': '7.1.13',
  '7.2': '7.2.13',
  '7.3': '7.3.4',
} as const;

/** A series that the model follows. */
export type Release = keyof typeof LAST_RELEASES;

/** All series, oldest first. */
export const RELEASES = Object.keys(LAST_RELEASES) as readonly Release[];

/** What is taken when nothing is known of the kernel. */
const DEFAULT_RELEASE = '6.18';
const OLDEST = '6.1';
const NEWEST = '7.3';

/** A profile and how it was found. */
export interface ProfileChoice {
  readonly profile: Profile;
  /** The modelled series; of one that is not modelled, the nearest below, or the oldest. */
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

/** Whether a fact holds in a release. */
function holds(fact: Fact, version: VersionNumber): boolean {
  return fact.ranges.some(
    ({ from, until }) => !isBefore(version, from) && (until === undefined || isBefore(version, until)),
  );
}

function isBefore(version: VersionNumber, bound: string | undefined): boolean {
  const other = bound === undefined ? undefined : parseVersion(bound);
  return other !== undefined && compareVersions(version, other) < 0;
}

function profileOf(version: VersionNumber): Profile {
  const entries = FACTS.map((fact) => [fact.name, holds(fact, version)] as const);
  return Object.fromEntries(entries) as Record<Fact['name'], boolean>;
}

/** The last release of each modelled series. */
export const PROFILES = Object.fromEntries(
  RELEASES.map((release) => [release, profileOf(parseVersion(LAST_RELEASES[release]) as VersionNumber)]),
) as Readonly<Record<Release, Profile>>;

/**
 * The profile for a kernel. `release` is what `uname -r` prints ("6.18.15+deb13-cloud-amd64") or a series ("6.17");
 * `version` is what `uname -v` prints, and is used when a release does not show its patch level.
 * A release that is newer than the modelled ones takes the newest and says so, an older one the oldest, one between them what the
 * table says of it.
 */
export function profileFor(release: string | null | undefined, version?: string | null): ProfileChoice {
  if (release === null || release === undefined || release === 'auto') {
    return instead(DEFAULT_RELEASE, `no kernel release is given: ${DEFAULT_RELEASE} is used`);
  }
  if (isModelled(release)) return { profile: PROFILES[release], release, exact: true, note: '' };
  const shown = parseVersion(release);
  if (shown === undefined) {
    return instead(DEFAULT_RELEASE, `kernel release ${release} is not understood: ${DEFAULT_RELEASE} is used`);
  }
  const series = `${shown[0]}.${shown[1]}`;
  const profile = profileOf(patchLevel(shown, version));
  if (isModelled(series)) return { profile, release: series, exact: true, note: '' };
  if (isBefore(shown, OLDEST))
    return instead(OLDEST, `kernel ${series} is older than what is modelled: ${OLDEST} is used`);
  const below = RELEASES.findLast((known) => !isBefore(shown, known)) ?? OLDEST;
  if (below === NEWEST) return instead(NEWEST, `kernel ${series} is newer than what is modelled: ${NEWEST} is used`);
  const note = `kernel ${series} was never compared with the model, which takes it for what the table of facts says`;
  return { profile, release: below, exact: false, note };
}

function isModelled(series: string): series is Release {
  return Object.hasOwn(LAST_RELEASES, series);
}

function instead(release: Release, note: string): ProfileChoice {
  return { profile: PROFILES[release], release, exact: false, note };
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
  return { ...profile, ...Object.fromEntries(chosen.map((fact) => [fact.name, false])) };
}
