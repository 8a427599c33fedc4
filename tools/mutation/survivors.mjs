/** Mutants that were looked at and make no difference, with the reason. */
const SHORTCUT = 'a shortcut: the long way comes to the same';
const CACHE = 'a cache or the size of a chunk: only speed depends on it';
const UNUSED = 'the value is replaced before anybody reads it';
const NEVER = 'this never happens: the type asks for it';
const TEXT = 'a text for readers';
const SLOWER = 'more is compared than has to be: only speed depends on it';
const SAME = 'the other conditions say the same';

/** `becomes` is left out where any change makes no difference; `within`: a part of the line, where the text alone says too little. */
const REASONS = [
  { file: 'zap.ts', was: 'space.guards.size > 0', reason: SHORTCUT },
  { file: 'zap.ts', was: 'table.size === 0', becomes: 'false', reason: SHORTCUT },
  { file: 'collapse.ts', was: 'guards.size > 0', reason: SHORTCUT },
  { file: 'fault.ts', was: 'vma.end - vma.start >= HUGE', becomes: 'true', reason: SHORTCUT },
  { file: 'fault.ts', was: 'vma.end - vma.start', reason: SHORTCUT },
  { file: 'vma.ts', was: 'sticky === 0', becomes: 'false', reason: SHORTCUT },
  { file: 'copy.ts', was: 'anonShift === attributes.anonShift', becomes: 'false', reason: SHORTCUT },
  { file: 'limits.ts', was: 'limits.data === Infinity', becomes: 'false', reason: SHORTCUT },
  { file: 'advice-flags.ts', was: 'extra === vma.extra', becomes: 'false', reason: SHORTCUT },
  { file: 'populate.ts', was: 'current.anonVma === 0 && write', reason: SHORTCUT },
  { file: 'populate.ts', was: 'current.anonVma === 0', becomes: 'true', reason: SHORTCUT },
  { file: 'chunk.ts', was: 'this.#widest === undefined', becomes: 'true', reason: CACHE },
  { file: 'store.ts', was: 'list.length <= MOST', reason: CACHE },
  { file: 'page-map.ts', was: 'child?.owner === this.#owner', becomes: 'false', reason: CACHE },
  { file: 'page-map.ts', was: '{ length: WIDTH }', reason: CACHE },
  { file: 'store.ts', was: 'chunk.owner === this.#owner', becomes: 'false', reason: CACHE },
  { file: 'block-sums.ts', was: 'block >= 0', becomes: 'true', reason: CACHE },
  { file: 'block-sums.ts', was: 'block < this.#blocks.length', becomes: 'block <= this.#blocks.length', reason: CACHE },
  { file: 'block-sums.ts', was: 'block < this.#blocks.length', becomes: 'true', reason: CACHE },
  { file: 'block-sums.ts', was: 'block >= 0 && block < this.#blocks.length', reason: CACHE },
  { file: 'block-sums.ts', was: 'this.#blocks.length <= block', reason: CACHE },
  { file: 'difference.ts', was: 'before === after', becomes: 'false', reason: SHORTCUT },
  { file: 'difference.ts', was: 'i < before.length', becomes: 'i <= before.length', reason: SHORTCUT },
  { file: 'difference.ts', was: 'k < after.length', becomes: 'k <= after.length', reason: SHORTCUT },
  { file: 'difference.ts', was: '[i, k]', reason: SLOWER },
  {
    file: 'difference.ts',
    was: 'x.start <= y.start',
    reason: SLOWER,
  },
  {
    file: 'difference.ts',
    was: 'x !== undefined',
    reason: SLOWER,
  },
  {
    file: 'difference.ts',
    was: 'x !== undefined && x.start <= y.start',
    reason: SLOWER,
  },
  {
    file: 'brk.ts',
    was: 'wanted <= space.brk',
    becomes: 'wanted < space.brk',
    reason: 'two that are equal end in the same page',
  },
  {
    file: 'copy.ts',
    was: 'source.file !== 0',
    becomes: 'true',
    reason: 'anonymous memory that goes on where other memory ends has moved as far',
  },
  {
    file: 'profile.ts',
    was: '/\\b(\\d+\\.\\d+\\.\\d+)-\\d/',
    becomes: '/\\b(\\d\\.\\d+\\.\\d+)-\\d/',
    reason: 'no release that is modelled has two digits before the point',
  },
  {
    file: 'machine.ts',
    within: 'populate(space, from',
    was: 'true',
    becomes: 'false',
    reason: 'what grew lies in one VMA, and nobody asks whether it was populated',
  },
  { file: 'moment.ts', was: 'this.#guards.size === 0', becomes: 'false', reason: SHORTCUT },
  { file: 'access.ts', was: 'page < TASK_PAGES', reason: SAME },
  { file: 'can-merge.ts', was: 'theirs !== 0', becomes: 'true', reason: SAME },
  { file: 'can-merge.ts', was: 'neighbour === undefined', becomes: 'false', reason: SAME },
  { file: 'can-merge.ts', was: 'name === undefined', becomes: 'false', reason: NEVER },
  { file: 'merge-existing.ts', was: 'start === middle.start', becomes: 'true', reason: SAME },
  { file: 'merge-existing.ts', was: 'end === middle.end', becomes: 'true', reason: SAME },
  { file: 'merge-existing.ts', was: '!atStart && !atEnd', becomes: 'false', reason: SHORTCUT },
  { file: 'merge-new.ts', was: 'p.next !== undefined', becomes: 'true', reason: NEVER },
  { file: 'copy.ts', was: "'any'", reason: 'only the other two ways are asked for' },
  { file: 'move.ts', was: "'any'", reason: 'only the other two ways are asked for' },
  { file: 'prep.ts', was: "'none'", reason: 'only the other two ways are asked for' },
  { file: 'prep.ts', was: 'm.newLen < m.len', becomes: 'm.newLen <= m.len', reason: SAME },
  { file: 'prep.ts', was: '!impliesTarget(m)', becomes: 'false', reason: 'what was checked before is checked again' },
  {
    file: 'room.ts',
    was: 'mapsCountedUnderLock',
    becomes: 'false',
    reason: 'nothing that may refuse lies between the two',
  },
  {
    file: 'source.ts',
    was: 'refusal === undefined',
    becomes: 'true',
    reason: 'there is room: it was asked for before',
  },
  { file: 'target.ts', was: "'mremap'", reason: TEXT },
  { file: 'machine.ts', was: "m.phase === 'done'", becomes: 'false', reason: SHORTCUT },
  { file: 'machine.ts', was: "'done'", reason: SHORTCUT },
  { file: 'machine.ts', was: "case 'done': return;", reason: SHORTCUT },
  { file: 'machine.ts', was: 'm.vma !== NO_VMA', becomes: 'true', reason: 'a space does not hold it' },
  { file: 'machine.ts', was: "{ ok: true, value: 0, errno: '' }", reason: UNUSED },
];

/** @returns why nothing can notice a change in this line, if somebody found out */
export function reasonOf(file, line, original, made) {
  const known = REASONS.find(
    ({ file: end, within = '', was, becomes = made }) =>
      file.endsWith(`/${end}`) && line.includes(within) && was === original && becomes === made,
  );
  return known?.reason;
}
