/** JavaScript names for TLA+ names. */

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for ' +
    'function if implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof undefined var void while with yield rt'
  ).split(' '),
);

const words: Readonly<Record<string, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
  '\\': 'bs',
  '<': 'lt',
  '>': 'gt',
  '=': 'eq',
  '~': 'tilde',
  '!': '_',
  '#': 'hash',
  '%': 'mod',
  '^': 'hat',
  '&': 'and',
  '|': 'bar',
  '.': 'dot',
  '(': 'op',
  ')': 'cl',
  ':': 'colon',
  '?': 'q',
  '@': 'atSign',
  "'": 'prime',
  $: 'dollar',
  ',': '_',
  ' ': '_',
};

/** The name of a field that reads like the TLA+ name: infix operators are spelt out. */
export function fieldName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, (character) => words[character] ?? `u${character.codePointAt(0)}`);
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}

/** An identifier that reads like the TLA+ name: `I!Op` is `I_Op`, infix operators are spelt out. */
export function identifier(name: string): string {
  const plain = fieldName(name);
  return reserved.has(plain) ? `${plain}_` : plain;
}

/** Whether the text of code uses the name; as the name of a field or of a parameter it is not used. */
export function isMentioned(name: string, text: string): boolean {
  return new RegExp(`(^|[^\\w$.]|\\.\\.\\.)${name.replaceAll('$', '\\$')}($|[^\\w$:])`, 'm').test(text);
}

/** TypeScript wants parameters that are not used to begin with `_`. `parameter`: with its type, if it has one. */
export function parameterIn(parameter: string, body: string): string {
  const [name] = /^[\w$]+/.exec(parameter) as RegExpExecArray;
  return isMentioned(name, body) ? parameter : `_${parameter}`;
}
