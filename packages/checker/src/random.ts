/** Random numbers that a seed fixes, the same on every machine: sfc32, which passes the usual batteries of tests. */

/** Numbers from 0 to `below - 1`, each equally likely. */
export type RandomBelow = (below: number) => number;

/** A stream of numbers for the pair of a seed and an index: streams of different pairs look independent. */
export const randomStream = (seed: number, index: number): RandomBelow => {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = index | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first numbers still show the seed.
  for (let i = 0; i < 15; i++) next();
  return (below) => {
    // Numbers past the last multiple of `below` would make the small ones likelier.
    const most = 2 ** 32 - (2 ** 32 % below);
    let number = next();
    while (number >= most) number = next();
    return number % below;
  };
};
