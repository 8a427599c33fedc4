/** Colour for terminals. Reports take a `Paint`, so that what goes to a file or a pipe has none. */

/** Ways to set off a piece of text. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

const same = (text: string): string => text;

/** No colour at all. */
export const PLAIN: Paint = { bold: same, dim: same, good: same, bad: same, warn: same };

const sgr =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

/** Colours of ANSI terminals. */
export const ANSI: Paint = { bold: sgr(1), dim: sgr(2), good: sgr(32), bad: sgr(31), warn: sgr(33) };

/**
 * Colour only on a terminal, and never where NO_COLOR is set to anything but nothing (https://no-color.org) or the
 * terminal is "dumb".
 */
export function paintFor(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Paint {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return isTerminal && !refused ? ANSI : PLAIN;
}
