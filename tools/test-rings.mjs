/**
 * The rings of the test suite, told by the file's name. Each ring can fail on its own, and each is reported on its own.
 */
export const rings = [
  { name: 'unit', what: 'one claim about one piece', of: () => true },
  {
    name: 'property',
    what: 'laws over generated input, with the seed printed',
    of: (file) => file.endsWith('.property.test.ts'),
  },
  { name: 'exact counts', what: 'state spaces of known size', of: (file) => file.endsWith('.counts.test.ts') },
  {
    name: 'mutants',
    what: 'broken code and broken specs that must be caught',
    of: (file) => file.endsWith('.mutants.test.ts'),
  },
  {
    name: 'differential',
    what: 'against the live kernel, or what it recorded',
    of: (file) => file.endsWith('.kernel.test.ts'),
  },
];

/** The last ring that claims the file: `unit` takes what no other ring wants. */
export const ringOf = (file) => rings.findLast((ring) => ring.of(file)).name;
