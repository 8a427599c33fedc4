import type { Problem } from './errors.js';
import { compareHex, isHex, parseAddress } from './hex.js';
import type { Hex } from './types.js';

/** What was found, short enough for one line of an error. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Tests one value; `where` names it in the error ("args.addr"). undefined: nothing is wrong. */
export type Check = (value: unknown, where: string) => Problem | undefined;

const wrong = (where: string, value: unknown, expected: string): Problem => ({
  code: 'TRACE1007',
  message: `field \`${where}\` is ${shown(value)}`,
  help: `write ${expected}`,
});

const missing = (where: string, expected: string): Problem => ({
  code: 'TRACE1006',
  message: `field \`${where}\` is missing`,
  help: `add \`${where}\`: ${expected}`,
});

/** A check from a test and the words for what it accepts. */
export const value =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (found, where) =>
    found === undefined ? missing(where, expected) : holds(found) ? undefined : wrong(where, found, expected);

const isObject = (found: unknown): found is Record<string, unknown> =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

const hexExpected = 'a hexadecimal string of at most 64 bits, like "0x1000"';
const addressExpected = 'a hexadecimal string like "0x1000", or "r3+0x1000" for step 3\'s result plus an offset';

export const text = value('a string', (found) => typeof found === 'string');
export const flag = value('true or false', (found) => typeof found === 'boolean');
export const count = value('a non-negative integer', (found) => Number.isSafeInteger(found) && (found as number) >= 0);
export const bytes = value(
  'a number of bytes or "unlimited"',
  (found) => found === 'unlimited' || (Number.isSafeInteger(found) && (found as number) >= 0),
);
export const raw: Check = (found, where) =>
  typeof found === 'string'
    ? hex(found, where)
    : value('an integer or a hexadecimal string like "0x22"', (number) => Number.isSafeInteger(number))(found, where);

export const hex: Check = (found, where) =>
  isHex(found)
    ? undefined
    : typeof found === 'string'
      ? {
          code: 'TRACE1008',
          message: `field \`${where}\` is ${shown(found)}, not a number`,
          help: `write ${hexExpected}`,
        }
      : value(hexExpected, () => false)(found, where);

export const address: Check = (found, where) =>
  typeof found !== 'string'
    ? value(addressExpected, () => false)(found, where)
    : parseAddress(found)
      ? undefined
      : {
          code: 'TRACE1008',
          message: `field \`${where}\` is ${shown(found)}, not an address`,
          help: `write ${addressExpected}`,
        };

/** One of the given strings or numbers. */
export const oneOf = (...allowed: readonly (string | number)[]): Check =>
  value(`one of ${allowed.map(shown).join(', ')}`, (found) => allowed.includes(found as string | number));

/** The field may be absent. */
export const optional =
  (check: Check): Check =>
  (found, where) =>
    found === undefined ? undefined : check(found, where);

/** The value may be null. */
export const nullable =
  (check: Check): Check =>
  (found, where) =>
    found === null ? undefined : check(found, where);

/** An object with these fields; fields that are not named here are kept and not looked at. */
export const record = (fields: Readonly<Record<string, Check>>): Check => {
  const entries = Object.entries(fields);
  const object = value('an object', isObject);
  return (found, where) => {
    if (!isObject(found)) return object(found, where);
    for (const [name, check] of entries) {
      const problem = check(found[name], where === '' ? name : `${where}.${name}`);
      if (problem) return problem;
    }
    return undefined;
  };
};

/** An object used as a table: every key and every value is checked. */
export const table = (key: Check, entry: Check): Check => {
  const object = value('an object', isObject);
  return (found, where) => {
    if (!isObject(found)) return object(found, where);
    for (const [name, inner] of Object.entries(found)) {
      const problem = key(name, `${where} key`) ?? entry(inner, `${where}.${name}`);
      if (problem) return problem;
    }
    return undefined;
  };
};

export const list = (item: Check): Check => {
  const array = value('a list', Array.isArray);
  return (found, where) => {
    if (!Array.isArray(found)) return array(found, where);
    for (let i = 0; i < found.length; i++) {
      const problem = item(found[i], `${where}[${i}]`);
      if (problem) return problem;
    }
    return undefined;
  };
};

/** VMAs in a list are non-empty, disjoint, lowest first. */
export const sortedVmas =
  (item: Check): Check =>
  (found, where) => {
    const problem = list(item)(found, where);
    if (problem) return problem;
    let end: Hex = '0x0';
    for (const [i, vma] of (found as readonly { readonly start: Hex; readonly end: Hex }[]).entries()) {
      const unordered = compareHex(vma.start, end) < 0;
      if (unordered || compareHex(vma.end, vma.start) <= 0) {
        const why = unordered ? `begins below the end of the VMA before it, ${end}` : 'is empty';
        return {
          code: 'TRACE1011',
          message: `\`${where}[${i}]\`, ${vma.start}-${vma.end}, ${why}`,
          help: 'list non-empty, disjoint VMAs, lowest first',
        };
      }
      end = vma.end;
    }
    return undefined;
  };
