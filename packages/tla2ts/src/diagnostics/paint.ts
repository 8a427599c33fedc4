/** Colour for terminals, where it is wanted. */
const STYLES = {
  error: '1;31',
  warning: '1;33',
  good: '1;32',
  bold: '1',
  dim: '2',
  blue: '1;34',
} as const;

/** A way to set off a piece of text. */
export type Style = keyof typeof STYLES;

/** Sets text off, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** @param color with the colours of ANSI terminals; without, the text is not changed */
export function paintWith(color: boolean | undefined): Paint {
  return color === true ? (style, text) => `\x1b[${STYLES[style]}m${text}\x1b[0m` : (_style, text) => text;
}
