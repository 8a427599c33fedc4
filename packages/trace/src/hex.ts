import { errnoNumber } from './abi.js';
import type { Address, Hex, RawNumber, StepResult } from './types.js';

const hexPattern = /^0x[0-9a-f]{1,16}$/i;
const referencePattern = /^r(0|[1-9][0-9]{0,8})\+(0x[0-9a-f]{1,16})$/i;

/** Is this text a hexadecimal number of at most 64 bits? */
export function isHex(text: unknown): text is Hex {
  return typeof text === 'string' && hexPattern.test(text);
}

/** The number that a hexadecimal string of the format stands for. */
export function parseHex(hex: Hex): bigint {
  return BigInt(hex);
}

/** The format's way to write a number: "0x1000". Negative numbers are written as 64-bit two's complement. */
export function toHex(value: bigint | number): Hex {
  return `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;
}

/** The 64 bits of a raw ABI number; a negative JSON number stands for its two's complement. */
export function toBits(value: RawNumber): bigint {
  return BigInt.asUintN(64, BigInt(value));
}

/** An address that is a number, or one that depends on the result of an earlier step. */
export type ParsedAddress =
  | { readonly kind: 'absolute'; readonly value: bigint }
  | { readonly kind: 'reference'; readonly step: number; readonly offset: bigint };

/** Takes "0x10000005000" or "r3+0x1000" apart; undefined for anything else. */
export function parseAddress(text: string): ParsedAddress | undefined {
  if (isHex(text)) return { kind: 'absolute', value: BigInt(text) };
  const match = referencePattern.exec(text);
  if (!match) return undefined;
  return { kind: 'reference', step: Number(match[1]), offset: BigInt(match[2] as string) };
}

/**
 * The number that an address stands for once the steps before have run. The raw value of a failed call is -errno, as the
 * kernel returns it, so that a reference to one is an address that nothing can be mapped at. 64 bits, wrapping.
 *
 * @param results the results of the program's steps so far, by index
 * @returns undefined when the address is malformed, or refers to a step without a result or that ended in a signal
 */
export function resolveAddress(address: Address, results: readonly (StepResult | undefined)[]): bigint | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined || parsed.kind === 'absolute') return parsed?.value;
  const result = results[parsed.step];
  if (result?.value !== undefined) return BigInt.asUintN(64, BigInt(result.value) + parsed.offset);
  const errno = result?.errno === undefined ? undefined : errnoNumber(result.errno);
  return errno === undefined ? undefined : BigInt.asUintN(64, parsed.offset - BigInt(errno));
}

/** Compares two hexadecimal strings as numbers: negative, zero or positive. Canonical ones are compared without parsing. */
export function compareHex(a: Hex, b: Hex): number {
  if (a === b) return 0;
  const canonical = /^0x(?:0|[1-9a-f][0-9a-f]*)$/;
  if (canonical.test(a) && canonical.test(b)) return a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length;
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
