/** Sizes of memory as people write them. */

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** `4G`, `512M`, `1.5GiB` in bytes, by powers of 1024; undefined: it is no size. */
export function bytesFrom(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  if (found === null) return undefined;
  const bytes = Math.floor(Number(found[1]) * (units[(found[2] ?? '').toLowerCase()] as number));
  return bytes > 0 ? bytes : undefined;
}
