/**
 * Flags of a VMA that have no field of their own, because nothing but a comparison depends on most of them (include/linux/mm.h,
 * 6.18). `Vma.extra` is a sum of these.
 */

/** VM_DONTCOPY "dc": a forked process does not get it. */
export const VM_DONTCOPY = 1;
/** VM_WIPEONFORK "wf": a forked process gets it empty. */
export const VM_WIPEONFORK = 2;
/** VM_DONTDUMP "dd". */
export const VM_DONTDUMP = 4;
/** VM_MERGEABLE "mg": for same-page merging. */
export const VM_MERGEABLE = 8;
/** VM_HUGEPAGE "hg". */
export const VM_HUGEPAGE = 16;
/** VM_NOHUGEPAGE "nh". */
export const VM_NOHUGEPAGE = 32;
/** VM_SEQ_READ "sr". */
export const VM_SEQ_READ = 64;
/** VM_RAND_READ "rr". */
export const VM_RAND_READ = 128;
/** VM_GROWSDOWN "gd": a stack. */
export const VM_GROWSDOWN = 256;
/** VM_MAYBE_GUARD "gu": guard pages were put into it once. */
export const VM_MAYBE_GUARD = 512;

/** VM_DONTEXPAND "de". */
export const VM_DONTEXPAND = 1024;
/** VM_IO "io". */
export const VM_IO = 2048;
/** VM_PFNMAP "pf". */
export const VM_PFNMAP = 4096;
/** VM_MIXEDMAP "mm". */
export const VM_MIXEDMAP = 8192;

/** Memory of the kernel's own or of a device, such as [vvar]: never locked and never merged (VM_SPECIAL). */
export const VM_SPECIAL = VM_DONTEXPAND + VM_IO + VM_PFNMAP + VM_MIXEDMAP;

/** Flags that do not keep VMAs from merging, and that the result has if any part had them (VM_STICKY). */
export const VM_STICKY = VM_MAYBE_GUARD;

/** The two-letter codes of smaps. */
export const EXTRA_CODES: readonly (readonly [number, string])[] = [
  [VM_GROWSDOWN, 'gd'],
  [VM_SEQ_READ, 'sr'],
  [VM_RAND_READ, 'rr'],
  [VM_DONTCOPY, 'dc'],
  [VM_WIPEONFORK, 'wf'],
  [VM_DONTDUMP, 'dd'],
  [VM_HUGEPAGE, 'hg'],
  [VM_NOHUGEPAGE, 'nh'],
  [VM_MERGEABLE, 'mg'],
  [VM_MAYBE_GUARD, 'gu'],
  [VM_DONTEXPAND, 'de'],
  [VM_IO, 'io'],
  [VM_PFNMAP, 'pf'],
  [VM_MIXEDMAP, 'mm'],
];

/** "dc dd": the codes of these flags, those apart that do not keep VMAs from merging. */
export function extraCodes({ extra }: { readonly extra: number }): string {
  const kept = extra & ~VM_STICKY;
  return EXTRA_CODES.flatMap(([bit, code]) => ((kept & bit) === 0 ? [] : [code])).join(' ');
}
