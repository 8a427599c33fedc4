/**
 * A layout put together from scratch: one mmap per VMA, and what it takes to give each VMA its state. Not everything about
 * a layout can be had this way (which VMAs share an anon_vma, say); a shrinker tries whether it is enough.
 */
import { profileFor, Session, type Vma } from '@vmacheck/replay';
import { MAP, MLOCK_ONFAULT, MREMAP, type Program, PROT, type Step, toHex } from '@vmacheck/trace';

const hex = (page: number): `0x${string}` => toHex(BigInt(page) * 4096n);

/** For every step of the program, other steps that lead to much the same layout as the steps before it. */
export function rebuiltBeginnings(program: Program): readonly (readonly Step[])[] {
  const session = new Session(program, profileFor(program.kernel, program.kernelVersion).profile);
  const files = Object.keys(program.files);
  return program.steps.map((step) => {
    const steps = rebuilt(session.space.vmas, files);
    session.perform(step);
    return steps;
  });
}

function rebuilt(vmas: readonly Vma[], files: readonly string[]): readonly Step[] {
  const moved = vmas.filter(isMoved);
  const plain = vmas.filter((vma) => !isMoved(vma));
  return [...moved.flatMap((vma) => madeElsewhere(vma)), ...plain.flatMap((vma) => made(vma, files))];
}

const isMoved = (vma: Vma): boolean => vma.file === 0 && vma.pgoff !== vma.start;

const range = ({ start, end }: { readonly start: number; readonly end: number }) => ({
  addr: hex(start),
  length: hex(end - start),
});

/** Anonymous memory whose page offset is that of another place comes from there. */
function madeElsewhere(vma: Vma): Step[] {
  const there = { ...vma, start: vma.pgoff, end: vma.pgoff + vma.end - vma.start };
  const length = hex(vma.end - vma.start);
  const args = { oldAddr: hex(vma.pgoff), oldLen: length, newLen: length, flags: MREMAP.MAYMOVE | MREMAP.FIXED };
  return [...made({ ...there, sealed: false, uffd: 0 }, []), move(args, vma.start), ...state(vma)];
}

function move(
  args: { oldAddr: `0x${string}`; oldLen: `0x${string}`; newLen: `0x${string}`; flags: number },
  to: number,
): Step {
  return { op: 'mremap', args: { ...args, newAddr: hex(to) } };
}

function made(vma: Vma, files: readonly string[]): Step[] {
  const name = files[vma.file - 1];
  const prot = (vma.read ? PROT.READ : 0) | (vma.write ? PROT.WRITE : 0) | (vma.exec ? PROT.EXEC : 0);
  const isWritten = vma.anonVma !== 0 && !vma.shared;
  const flags =
    MAP.FIXED |
    (vma.shared ? MAP.SHARED : MAP.PRIVATE) |
    (name === undefined ? MAP.ANONYMOUS : 0) |
    (vma.noreserve ? MAP.NORESERVE : 0);
  // Memory that was written and cannot be any more lost the permission afterwards.
  const madeProt = isWritten && !vma.write ? prot | PROT.WRITE : prot;
  const map: Step = {
    op: 'mmap',
    args: { ...range(vma), prot: madeProt, flags, fd: name ?? -1, offset: hex(name === undefined ? 0 : vma.pgoff) },
  };
  const store: Step = { op: 'store', args: { addr: hex(vma.start), value: '0x1' } };
  const protect: Step = { op: 'mprotect', args: { ...range(vma), prot } };
  return [
    map,
    ...(isWritten ? [store] : []),
    ...(madeProt === prot ? [] : [protect]),
    ...(isMoved(vma) ? [] : state(vma)),
  ];
}

/** What calls put on top of a mapping. */
function state(vma: Vma): Step[] {
  const steps: Step[] = [];
  if (vma.locked) steps.push({ op: 'mlock2', args: { ...range(vma), flags: vma.lockonfault ? MLOCK_ONFAULT : 0 } });
  if (vma.uffd !== 0) steps.push({ op: 'uffdRegister', args: { ...range(vma), mode: vma.uffd } });
  if (vma.sealed) steps.push({ op: 'mseal', args: { ...range(vma), flags: 0 } });
  return steps;
}
