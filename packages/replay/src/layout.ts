/** How the model's VMAs look in a trace, and where two layouts differ. */
import { addressOf, type Vma, vmaPerms, vmFlagCodes } from '@vmacheck/model';
import { compareHex, parseHex, toHex, type VmaRecord } from '@vmacheck/trace';

/** A range of pages under observation; undefined: the whole address space. */
export type Window = { readonly start: number; readonly end: number } | undefined;

/** The model's VMAs that intersect the window, as a recorder would write them. */
export function layoutOf(
  vmas: readonly Vma[],
  window: Window,
  fileName: (file: number) => string | null,
): readonly VmaRecord[] {
  const seen = window === undefined ? vmas : vmas.filter((vma) => vma.start < window.end && vma.end > window.start);
  return seen.map((vma) => ({
    start: toHex(addressOf(vma.start)),
    end: toHex(addressOf(vma.end)),
    perms: vmaPerms(vma),
    offset: vma.file === 0 ? '0x0' : toHex(addressOf(vma.pgoff)),
    file: fileName(vma.file),
    vmFlags: vmFlagCodes(vma),
  }));
}

/** The first difference between two layouts in words; undefined when they agree in all that both show. */
export function layoutDifference(model: readonly VmaRecord[], recorded: readonly VmaRecord[]): string | undefined {
  const count = Math.min(model.length, recorded.length);
  for (let i = 0; i < count; i++) {
    const difference = vmaDifference(model[i] as VmaRecord, recorded[i] as VmaRecord);
    if (difference !== undefined) return difference;
  }
  const extra = model[count] ?? recorded[count];
  if (extra === undefined) return undefined;
  const who = model.length > count ? 'only the model' : 'only the record';
  return `${who} has a VMA at ${extra.start}-${extra.end}`;
}

function vmaDifference(model: VmaRecord, recorded: VmaRecord): string | undefined {
  const at = `the VMA at ${model.start}`;
  if (compareHex(model.start, recorded.start) !== 0 || compareHex(model.end, recorded.end) !== 0) {
    return `${at}: the model has ${model.start}-${model.end}, the record ${recorded.start}-${recorded.end}`;
  }
  if (model.perms !== recorded.perms) return `${at}: perms ${model.perms}, recorded ${recorded.perms}`;
  if (model.file !== recorded.file) return `${at}: file ${model.file}, recorded ${recorded.file}`;
  if (model.file !== null && compareHex(model.offset, recorded.offset) !== 0) {
    return `${at}: offset ${model.offset}, recorded ${recorded.offset}`;
  }
  if (model.vmFlags === undefined || recorded.vmFlags === undefined) return undefined;
  if (model.vmFlags === recorded.vmFlags) return undefined;
  // "??" is a flag that the recorded kernel has no name for; mlock-on-fault was one for long.
  const nameless = recorded.vmFlags.includes('??') ? ['lf', '??'] : [];
  const ours = comparableFlags(model.vmFlags, nameless);
  const theirs = comparableFlags(recorded.vmFlags, nameless);
  return ours === theirs ? undefined : `${at}: VmFlags "${ours}", recorded "${theirs}"`;
}

/** "sd" depends on the kernel's configuration; the order of the codes on nothing. */
export function comparableFlags(flags: string, without: readonly string[] = []): string {
  return flags
    .split(' ')
    .filter((code) => code !== '' && code !== 'sd' && !without.includes(code))
    .sort()
    .join(' ');
}

const known = new Set(
  'rd wr ex sh mr mw me ms ac nr lo lf um uw ui sl sd dc wf dd mg hg nh sr rr gd gu de io pf mm ??'.split(' '),
);

/** Flags that the model's VMAs have no field for. */
export function foreignFlags(flags: string): readonly string[] {
  return flags.split(' ').filter((code) => code !== '' && !known.has(code));
}

/** The other flags, in the form of `comparableFlags`. */
export function modelledFlags(flags: string): string {
  return comparableFlags(flags, foreignFlags(flags));
}

/** Bytes to pages, for the bounds of a window. */
export function windowOf(window: { readonly start: `0x${string}`; readonly end: `0x${string}` } | null): Window {
  if (window === null) return undefined;
  return { start: Number(parseHex(window.start) >> 12n), end: Number((parseHex(window.end) + 0xfffn) >> 12n) };
}
