import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FACTS, intended, profileFor, PROFILES, RELEASES } from '@vmacheck/model';
import { factRows, withoutPadding } from './facts-table.js';

describe('the profile of a kernel', () => {
  test.each([
    ['6.18', '6.18', true],
    ['6.1', '6.1', true],
    ['6.18.15+deb13-cloud-amd64', '6.18', true],
    ['6.17.8', '6.17', true],
    ['6.12.107', '6.12', true],
    ['7.3.4', '7.3', true],
    ['7.4.1', '7.3', false],
    ['8.0.0-rc1', '7.3', false],
    ['6.6.30', '6.1', false],
    ['6.15.2', '6.12', false],
    ['5.15.0-25-generic', '6.1', false],
    ['auto', '6.18', false],
    [null, '6.18', false],
    ['what', '6.18', false],
  ])('%s takes %s (exact: %s)', (release, expected, exact) => {
    const choice = profileFor(release);
    expect([choice.release, choice.exact, choice.note === '']).toEqual([expected, exact, exact]);
  });

  test('the newest is taken for what is newer, and the user is told', () => {
    expect(profileFor('7.9').profile).toBe(PROFILES['7.3']);
    expect(profileFor('7.9').note).toBe('kernel 7.9 is newer than what is modelled: 7.3 is used');
    expect(profileFor('5.4.1').note).toBe('kernel 5.4 is older than what is modelled: 6.1 is used');
  });

  test('a series between two modelled ones has what the table says of it', () => {
    const { profile, note } = profileFor('6.11.2');
    expect(profile).toMatchObject({ msealExists: true, multiVmaMove: false });
    expect(note).toContain('6.11');
  });

  test('facts change inside a series, also where only the version shows the patch level', () => {
    expect(profileFor('6.17.7').profile.dontunmapClearsAccount).toBe(true);
    expect(profileFor('6.17.8').profile.dontunmapClearsAccount).toBe(false);
    const fromVersion = profileFor('6.17.0-1-amd64', '#1 SMP Debian 6.17.9-1 (2025-11-20)').profile;
    expect(fromVersion.dontunmapClearsAccount).toBe(false);
    const inText = (release: string, version: string | null): boolean =>
      profileFor(release, version).profile.dontunmapClearsAccount;
    expect(inText('6.17.0-1-amd64', '#1 SMP Debian 6.17.13-1')).toBe(false);
    expect(inText('6.17.0-1-amd64', '#1 SMP Debian 6.17.7-1')).toBe(true);
    expect(inText('6.17.0-1-amd64', null)).toBe(true);
    // Where the release has a patch level, or the text is about another series, the text says nothing.
    expect(inText('6.17.7-1-amd64', '#1 SMP Debian 6.17.13-1')).toBe(true);
    expect(inText('6.17.0-1-amd64', '#1 SMP built with 6.18.13-1')).toBe(true);
    expect(inText('6.17.0-1-amd64', '#1 SMP built with 7.17.13-1')).toBe(true);
    expect(profileFor('6.12.0', '#1 SMP Debian 6.12.115-1').profile.dontunmapResetsOffset).toBe(true);
    expect(profileFor('6.12.0', '#1 SMP Debian 6.12.114-1').profile.dontunmapResetsOffset).toBe(false);
  });

  test('every modelled series has all facts', () => {
    const names = FACTS.map(({ name }) => name).sort();
    for (const release of RELEASES) expect(Object.keys(PROFILES[release]).sort()).toEqual(names);
  });
});

describe('facts', () => {
  test('every defect can be switched off, alone or with all others', () => {
    const defects = FACTS.filter(({ defect }) => defect).map(({ name }) => name);
    for (const release of RELEASES) {
      const meant = intended(PROFILES[release]);
      expect(defects.filter((name) => meant[name])).toEqual([]);
    }
    const one = intended(PROFILES['6.18'], 'uffdResetHitsMerged');
    expect(one).toEqual({ ...PROFILES['6.18'], uffdResetHitsMerged: false });
    expect(intended(PROFILES['6.18'], 'multiVmaMove')).toEqual(PROFILES['6.18']);
  });

  test('the table of the README is that of the facts', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const start = readme.indexOf('| fact ');
    const [, , ...rows] = withoutPadding(readme.slice(start, readme.indexOf('\n\n', start))).split('\n');
    expect(rows).toEqual(factRows());
  });

  test.each(FACTS)('$name holds in some modelled release and not in another', ({ name }) => {
    expect(new Set(RELEASES.map((release) => PROFILES[release][name])).size).toBe(2);
  });
});
