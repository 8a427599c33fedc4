/** How /proc shows a VMA: the permissions of maps and the two-letter codes of the VmFlags line of smaps (fs/proc/task_mmu.c). */
import type { Profile, Vma } from './types.js';
import { EXTRA_CODES } from './vm-bits.js';
import { UFFD_MINOR, UFFD_MISSING, UFFD_WP } from './vma.js';

/** "rw-p". */
export function vmaPerms(vma: Vma): string {
  return `${vma.read ? 'r' : '-'}${vma.write ? 'w' : '-'}${vma.exec ? 'x' : '-'}${vma.shared ? 's' : 'p'}`;
}

/** The facts of a release that say which flags have names. */
type NamesOfFlags = Pick<Profile, 'mlockOnFaultPrinted'>;

/** "rd wr mr mw me ac": in the order of the kernel, without "sd", which depends on the kernel's configuration. */
export function vmFlagCodes(vma: Vma, { mlockOnFaultPrinted }: NamesOfFlags = { mlockOnFaultPrinted: true }): string {
  const codes: string[] = [];
  if (vma.read) codes.push('rd');
  if (vma.write) codes.push('wr');
  if (vma.exec) codes.push('ex');
  if (vma.shared) codes.push('sh');
  codes.push('mr', 'mw', 'me');
  if (vma.shared) codes.push('ms');
  if ((vma.uffd & UFFD_MISSING) !== 0) codes.push('um');
  if ((vma.uffd & UFFD_WP) !== 0) codes.push('uw');
  if (vma.locked) codes.push('lo');
  if (vma.lockonfault) codes.push(mlockOnFaultPrinted ? 'lf' : '??');
  if (vma.account) codes.push('ac');
  if (vma.noreserve) codes.push('nr');
  if ((vma.uffd & UFFD_MINOR) !== 0) codes.push('ui');
  if (vma.sealed) codes.push('sl');
  if (vma.extra !== 0) for (const [bit, code] of EXTRA_CODES) if ((vma.extra & bit) !== 0) codes.push(code);
  return codes.join(' ');
}

/** VM_LOCKONFAULT among the codes of a VMA: a release that has no name for it prints "??", as for no other flag of locked memory. */
export function isLockedOnFault(codes: ReadonlySet<string>): boolean {
  return codes.has('lf') || (codes.has('lo') && codes.has('??'));
}
