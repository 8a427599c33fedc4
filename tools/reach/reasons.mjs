/**
 * Why places of the sources are not reached: `[end of the file's name, a part of the line, reason]`. A file without a part stands
 * for all its lines.
 */
const DEFAULT = 'a default for who uses the model as a library; a program record leaves nothing open';
const ADOPTED =
  'mappings given to a new space by who uses the model as a library; programs adopt theirs through replay';
const IMPOSSIBLE = 'cannot be: for the compiler, or for a state that no call makes';
const HUGE = 'a huge page in a state that few programs make; the unit tests of the package have it';
const SCALE = 'only spaces of many hundred mappings; the property tests of the store have it';

const EXPLAINED = 'a merge of both sides that two anon_vmas forbid, in the one step of a program that is explained';
const RARE = 'two limits at once, in programs where few steps meet either; the unit tests of the package have it';
const FULL = 'the limit on mappings, met by just this call; a recorded trace has it';
const UPWARDS = 'the search goes upwards only where there is no room below, and finds none that is not at the end';
const LOW = 'the lowest addresses without CAP_SYS_RAWIO, in programs where few steps meet either';

export const REASONS = [
  ['model/src/space.ts', undefined, ADOPTED],
  ['model/src/store.ts', undefined, SCALE],
  ['model/src/objects.ts', 'object === undefined', IMPOSSIBLE],
  ['model/src/pageout.ts', 'object === undefined', IMPOSSIBLE],
  ['model/src/can-merge.ts', 'name === undefined', IMPOSSIBLE],
  ['model/src/profile.ts', '?? OLDEST', IMPOSSIBLE],
  ['model/src/uffd.ts', 'no userfaultfd', 'replay does not perform such a step of a program without one'],
  ['mremap/src/machine.ts', 'done', IMPOSSIBLE],
  ['mremap/src/target.ts', 'lookUpAgain', 'the tail that goes is not the source'],
  ['model/src/brk.ts', '!mayLock', RARE],
  ['model/src/can-merge.ts', undefined, EXPLAINED],
  ['model/src/choose.ts', undefined, UPWARDS],
  ['model/src/room.ts', undefined, UPWARDS],
  ['model/src/block-sums.ts', undefined, UPWARDS],
  ['model/src/call.ts', '?? FIRST_CONTEXT', DEFAULT],
  ['model/src/call.ts', 'lengthsDiffer(raw)', 'two flaws of one call at once; the unit tests of the package have it'],
  ['model/src/collapse.ts', undefined, HUGE],
  ['model/src/mlock.ts', 'VM_SPECIAL', 'mappings of drivers, which no call makes'],
  ['model/src/stack.ts', '!mayLock', RARE],
  ['model/src/uffd.ts', undefined, FULL],
  ['model/src/vm-flags.ts', "'??'", 'replay compares flags without their names'],
  ['mremap/src/machine.ts', 'return;', IMPOSSIBLE],
  ['mremap/src/target.ts', 'isTooLow', LOW],
  ['mremap/src/target.ts', 'm.raw.chosen', 'growing in place beyond the window, with the address that a trace shows'],
];
