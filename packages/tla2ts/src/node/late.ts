/** Modules of Node that take a millisecond or two to load, and that few runs need. */
import type * as Crypto from 'node:crypto';
import { createRequire } from 'node:module';
import type * as V8 from 'node:v8';

const load = createRequire(import.meta.url);

export const crypto = (): typeof Crypto => load('node:crypto') as typeof Crypto;
export const v8 = (): typeof V8 => load('node:v8') as typeof V8;
