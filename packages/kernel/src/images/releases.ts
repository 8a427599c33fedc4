/** The releases whose images Debian has, and which of its packages holds one. */

/** Series of releases that are known, oldest first. */
export const RELEASES = ['6.1', '6.12', '6.16', '6.17', '6.18', '6.19', '7.0', '7.1', '7.2', '7.3'] as const;
export type KnownRelease = (typeof RELEASES)[number];

/** Debian's suites that hold them side by side. */
export const SUITES = ['bookworm', 'trixie', 'trixie-backports', 'sid'] as const;

export const isKnownRelease = (name: string): name is KnownRelease => (RELEASES as readonly string[]).includes(name);

interface Candidate {
  readonly name: string;
  /** Patch level, then Debian's revision of it. */
  readonly version: readonly [number, number];
  /** From 6.19 on the image is in linux-binary-*, and linux-image-* only depends on it. */
  readonly isBinary: boolean;
}

/** The package of the newest cloud image of a series, among all names of packages; undefined when there is none. */
export function newestPackage(names: readonly string[], release: KnownRelease): string | undefined {
  const pattern = new RegExp(
    String.raw`^linux-(image|binary)-${release.replace('.', String.raw`\.`)}\.(\d+)(?:-(\d+))?(?:\+deb[\d.]+)?-cloud-amd64$`,
  );
  const candidates = names.flatMap((name): Candidate[] => {
    const match = pattern.exec(name);
    if (match === null) return [];
    return [{ name, version: [Number(match[2]), Number(match[3] ?? 0)], isBinary: match[1] === 'binary' }];
  });
  const better = (a: Candidate, b: Candidate): number =>
    b.version[0] - a.version[0] || b.version[1] - a.version[1] || Number(b.isBinary) - Number(a.isBinary);
  return candidates.sort((a, b) => better(a, b) || (a.name < b.name ? 1 : -1))[0]?.name;
}
