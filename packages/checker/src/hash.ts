/** Hashes of words: multiply and rotate per word, and a last mix so that every bit of the result depends on all words. */
import type { Words } from './model.js';

/** A 32-bit hash (as a signed integer) of `count` words from `at`. */
export type HashWords = (words: Words, at: number, count: number) => number;

/** The hash that the state set uses by default. */
export const hashWords: HashWords = (words, at, count) => {
  let hash = count;
  for (let i = at, end = at + count; i < end; i++) {
    hash = Math.imul(hash ^ (words[i] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return mixed(hash);
};

const mixed = (hash: number): number => {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

/** Words of a fingerprint. */
export const fingerprintWords = 2;

/**
 * Writes 64 bits of hash of `count` words from `at` to `words[to..]`. Two lanes take in every word in different ways, and each
 * goes on with a part of the other, so that states that agree in one lane do not agree in both.
 */
export const fingerprint = (words: Words, at: number, count: number, to: number): void => {
  let a = 0x243f6a88 ^ count;
  let b = 0x85a308d3;
  for (let i = at, end = at + count; i < end; i++) {
    const word = words[i] as number;
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul((b + word) | 0, 0xcc9e2d51);
    b = ((b << 13) | (b >>> 19)) ^ a;
    b = Math.imul(b, 0x1b873593);
  }
  b ^= Math.imul(a, 0x2c1b3c6d);
  a ^= b >>> 7;
  words[to] = mixed(a);
  words[to + 1] = mixed(b);
};
