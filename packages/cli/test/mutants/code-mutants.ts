/**
 * Broken variants of the model and of mremap: patches of a few lines that are applied when the code is loaded for a test. Each is a
 * mistake that somebody made, or could make.
 */

/** A text that must occur exactly once in a source file, and what stands there instead. */
interface Patch {
  /** Relative to `packages`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** See the head of the file. */
export interface CodeMutant {
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  readonly patches: readonly Patch[];
}

const lookup = 'mremap/src/lookup.ts';
const move = 'mremap/src/move.ts';
const source = 'mremap/src/source.ts';
const target = 'mremap/src/target.ts';
const vma = 'model/src/vma.ts';
const canMerge = 'model/src/can-merge.ts';

const one = (name: string, what: string, file: string, find: string, replace: string): CodeMutant => ({
  name,
  what,
  patches: [{ file, find, replace }],
});

/** Caught by the generated properties alone. */
export const CAUGHT_BY_PROPERTIES: readonly CodeMutant[] = [
  {
    name: 'eligibility-after-move',
    what: 'a registered VMA is moved, and only then found to be one that may not be moved with others',
    patches: [
      { file: lookup, find: 'refuseAmongOthers(m, end) ?? prepareVma', replace: 'prepareVma' },
      {
        file: 'mremap/src/machine.ts',
        find: '  m.seen = true;\n',
        replace: `  if (m.vma.uffd !== 0 && (m.seen || m.lastEnd < m.call.addr + m.call.len)) {
    return finish(m, { ok: false, errno: 'EFAULT', why: 'mutant' });
  }
  m.seen = true;
`,
      },
    ],
  },
  one(
    'hole-from-range-start',
    "a piece's place is counted from the start of the range instead of the end of the piece before",
    lookup,
    'vma.start - m.lastEnd',
    'vma.start - m.call.addr',
  ),
  one(
    'every-piece-to-the-start',
    'every piece goes to the start of the destination',
    lookup,
    'm.newAddr = m.target + (m.seen',
    'm.newAddr = m.call.newAddr + (m.seen',
  ),
  one(
    'unmaps-under-holes',
    'what lies in the destination under a hole of the source is unmapped',
    target,
    'unmapPages(space, m.newAddr, m.newLen)',
    'unmapPages(space, m.target, m.newAddr - m.target + m.newLen)',
  ),
  one(
    'last-armed-refused',
    'a registered VMA that ends with the range is refused although it is alone',
    lookup,
    'm.vma.end < end',
    'm.vma.end <= end',
  ),
  one(
    'resets-faulted-pgoff',
    'the page offset of memory that was written is reset by a move',
    'model/src/copy.ts',
    'isAnonymous(source) && source.anonVma === 0',
    'isAnonymous(source)',
  ),
  one(
    'keeps-unfaulted-pgoff',
    'the page offset of memory that was never written is kept by a move',
    'model/src/copy.ts',
    'const pgoff = unfaulted ? to : pgoffAt(source, from)',
    'const pgoff = pgoffAt(source, from)',
  ),
  one(
    'merges-files',
    'mappings of two files are merged',
    vma,
    "if (a.file !== b.file) return 'file';",
    "if ((a.file === 0) !== (b.file === 0)) return 'file';",
  ),
  one(
    'merges-anon-vmas',
    'mappings with two anon_vmas are merged',
    canMerge,
    'return a === 0 || b === 0 || a === b;',
    'return true;',
  ),
  one(
    'three-way-merge-unchecked',
    'a range joins the VMAs on both sides without a look at their anon_vmas',
    canMerge,
    'const together = anonVmasGoTogether((p.prev as Vma).anonVma, (p.next as Vma).anonVma);',
    'const together = true;',
  ),
  one(
    'merges-accounts',
    'charged and uncharged mappings are merged',
    vma,
    "if (a.account !== b.account) return 'account';",
    '',
  ),
  one(
    'split-forgets-pgoff',
    'the upper part of a split keeps the page offset of the lower one',
    'model/src/split.ts',
    'vma.end, pgoffAt(vma, at)',
    'vma.end, vma.pgoff',
  ),
  one(
    'charges-length',
    'a move charges the whole length instead of the difference',
    move,
    'm.call.dontUnmap ? m.newLen : m.delta',
    'm.newLen',
  ),
  one(
    'stale-source',
    'the source is not looked up again after the destination was unmapped',
    target,
    '  if (!lookUpAgain(space, m)) return;\n',
    '',
  ),
  one(
    'moves-sealed',
    'sealed memory can be remapped',
    'mremap/src/prep.ts',
    'if (vma.sealed) return',
    'if (false) return',
  ),
];

/** States and results that the properties leave open, but the kernel does not. */
export const CAUGHT_BY_KERNEL: readonly CodeMutant[] = [
  one(
    'anon-vma-not-shared',
    'memory that is written for the first time never shares the anon_vma of a neighbour',
    'model/src/anon-vma.ts',
    'reusableFromNeighbours(space, vma) || newAnonVma(space)',
    'newAnonVma(space)',
  ),
  one(
    'dontunmap-keeps-anon-vma',
    'the emptied mapping of MREMAP_DONTUNMAP keeps its anon_vma',
    source,
    'whole && !selfMerged ? neverWritten(profile, kept) : kept',
    'kept',
  ),
  one(
    'missing-does-not-fault',
    'a write to a missing page of registered memory succeeds',
    'model/src/fault.ts',
    '  if ((vma.uffd & UFFD_MISSING) !== 0) return MISSING;\n  if (isHuge)',
    '  if (isHuge)',
  ),
];
