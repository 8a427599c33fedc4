/** The community's modules of numbers. */
import { isRecord } from '../values.js';
import type { Kit, Operators } from './kit.js';

/** A fraction whose denominator is a power of two. */
interface Dyadic {
  readonly num: number;
  readonly den: number;
}

export const numberOperators = (kit: Kit): Operators => {
  const { fail, int, lazyFunction, multiply, natural, naturals } = kit;
  const word = (value: unknown): number =>
    Math.abs(int(value)) < 2 ** 31 ? int(value) : fail(`${int(value)} is no number whose bits can be looked at`);
  const factorial = (n: number): number => {
    let product = 1;
    for (let i = 2; i <= n; i++) product = multiply(product, i);
    return product;
  };
  const choose = (n: number, k: number): number => {
    let ways = 1;
    for (let i = 1; i <= Math.min(k, n - k); i++) ways = multiply(ways, n - i + 1) / i;
    return k > n ? 0 : ways;
  };
  const dyadic = (value: unknown): Dyadic =>
    isRecord(value) ? { num: int(kit.field(value, 'num')), den: int(kit.field(value, 'den')) } : fail('no fraction');
  const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
  const reduced = ({ num, den }: Dyadic): Dyadic => {
    const divisor = gcd(num, den);
    return { num: num / divisor, den: den / divisor };
  };

  return {
    'Bitwise!&': (a: unknown, b: unknown) => word(a) & word(b),
    'Bitwise!|': (a: unknown, b: unknown) => word(a) | word(b),
    'Bitwise!^^': (a: unknown, b: unknown) => word(a) ^ word(b),
    // As many bits as the number has.
    'Bitwise!Not': (a: unknown) => ~word(a) & (2 ** (32 - Math.clz32(natural(a))) - 1),
    'Bitwise!shiftR': (a: unknown, by: unknown) => (word(a) >>> natural(by)) | 0,
    'Combinatorics!factorial': () => lazyFunction(naturals, (n) => factorial(int(n))),
    'Combinatorics!choose': (n: unknown, k: unknown) => choose(natural(n), natural(k)),
    'DyadicRationals!Zero': (): Dyadic => ({ num: 0, den: 1 }),
    'DyadicRationals!One': (): Dyadic => ({ num: 1, den: 1 }),
    'DyadicRationals!IsDyadicRational': (p: unknown) => {
      const { den } = dyadic(p);
      return den > 0 && Number.isInteger(Math.log2(den));
    },
    'DyadicRationals!Add': (p: unknown, q: unknown) => {
      const [a, b] = [dyadic(p), dyadic(q)];
      if (a.num === 0 && a.den === 1) return b;
      const den = Math.max(a.den, b.den);
      const scaled = ({ num, den: own }: Dyadic): number => multiply(num, kit.divide(den, own));
      return reduced({ num: kit.add(scaled(a), scaled(b)), den });
    },
    'DyadicRationals!Half': (p: unknown) => {
      const { num, den } = dyadic(p);
      return reduced({ num, den: multiply(den, 2) });
    },
    'DyadicRationals!PrettyPrint': (p: unknown) => {
      const { num, den } = dyadic(p);
      return den === 1 && (num === 0 || num === 1) ? String(num) : `${num}/${den}`;
    },
    'IOUtils!zeroPadN': (n: unknown, width: unknown) => kit.show(n).padStart(int(width), '0'),
  };
};
