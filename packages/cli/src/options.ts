/** Values of options. */
import { InvalidArgumentError } from 'commander';
import { randomInt } from 'node:crypto';
import { bytesFrom } from 'tla2ts/node';

/** A whole number from 1 on. */
export function positive(text: string): number {
  const value = wholeNumber(text);
  if (value < 1) throw new InvalidArgumentError('It must be at least 1.');
  return value;
}

/** A number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return value;
}

/** A whole number from 0 on. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return Number(text);
}

/** Bytes, from a size such as `4G`. */
export function memorySize(text: string): number {
  const bytes = bytesFrom(text);
  if (bytes === undefined) throw new InvalidArgumentError('It must be a size such as 512M or 4G.');
  return bytes;
}

/** A seed: 32 bits. */
export function seedNumber(text: string): number {
  const value = wholeNumber(text);
  if (value > 0xffff_ffff) throw new InvalidArgumentError('It must be less than 4294967296.');
  return value;
}

/** A seed for a run whose user gave none. */
export function randomSeed(): number {
  return randomInt(0x7fff_ffff);
}
