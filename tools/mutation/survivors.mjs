/** Mutants that were looked at and make no difference, with the reason. */
const SHORTCUT = 'a shortcut: the long way comes to the same';
const CACHE = 'a cache or the size of a chunk: only speed depends on it';
const NOBODY = 'nobody listens: the sink is asked for again where it is called';
const UNUSED = 'the value is replaced before anybody reads it';

/** `becomes` is left out where any change makes no difference. */
const REASONS = [
  { file: 'can-merge.ts', was: 'space.explain !== undefined', becomes: 'true', reason: NOBODY },
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
  { file: 'machine.ts', was: "{ ok: true, value: 0, errno: '' }", reason: UNUSED },
];

/** @returns why nothing can notice a change, if somebody found out */
export function reasonOf(file, original, made) {
  const known = REASONS.find(
    ({ file: end, was, becomes }) => file.endsWith(`/${end}`) && was === original && (becomes ?? made) === made,
  );
  return known?.reason;
}
