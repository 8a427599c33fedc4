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
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};
