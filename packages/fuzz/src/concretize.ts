/** From an intent and the layout it meets to a concrete step of the trace format. */
import { MAP, MLOCK_ONFAULT, MREMAP, PROT, type Step, toHex } from '@vmacheck/trace';
import { badStep } from './bad-arguments.js';
import { Dice } from './dice.js';
import { hugeStep } from './huge-steps.js';
import { againStep, otherStep, placeStep, populateStep, stackStep } from './other-steps.js';
import type { About, Intent } from './intent.js';
import {
  clampPage,
  insideOne,
  mappedPage,
  overSeveral,
  type PageRange,
  type Region,
  type Scene,
  somePage,
  targetFor,
} from './places.js';

/** What a step can build on besides the layout. */
export interface Surroundings {
  readonly scene: Scene;
  /** Names of the files and their sizes in pages. */
  readonly files: readonly { readonly name: string; readonly pages: number }[];
  /** Where memory was moved from, latest last. */
  readonly moves: readonly { readonly from: number; readonly to: number; readonly len: number }[];
  /** Names of the userfaultfd contexts; `[]`: one without a name; undefined: no userfaultfd. */
  readonly contexts: readonly string[] | undefined;
  /** The page at which the heap begins. */
  readonly heap: number | undefined;
  /** Limits and capabilities are part of the program. */
  readonly mayLimit: boolean;
  /** Limits of the whole machine, too. */
  readonly machineWide: boolean;
  readonly about: About;
  /** The calls of the whole alphabet are. */
  readonly everyCall: boolean;
  /** The range that the step before named, if it named one in the window. */
  readonly last: PageRange | undefined;
}

const PAGE = 4096n;
const hex = (pages: number): `0x${string}` => toHex(BigInt(pages) * PAGE);
const range = ({ start, len }: PageRange): { addr: `0x${string}`; length: `0x${string}` } => ({
  addr: hex(start),
  length: hex(len),
});

const protections = [
  PROT.READ | PROT.WRITE,
  PROT.READ,
  PROT.READ | PROT.WRITE,
  PROT.NONE,
  PROT.READ | PROT.EXEC,
  PROT.READ | PROT.WRITE,
] as const;

/** The longest range that a generated call moves or maps, in pages. */
const LONGEST = 14;

/** The step for an intent. What finds nothing to act on maps memory instead. */
export function concretize(intent: Intent, around: Surroundings): Step {
  const dice = new Dice(intent.dice);
  const step = attempt(intent, around, dice) ?? mapStep(around, dice);
  if (step.op !== 'uffdRegister' && step.op !== 'uffdUnregister' && step.op !== 'uffdClose') return step;
  const { contexts } = around;
  if (contexts === undefined) return mapStep(around, dice);
  return contexts.length === 0 ? step : ({ ...step, args: { ...step.args, ctx: dice.pick(contexts) } } as Step);
}

function attempt(intent: Intent, around: Surroundings, dice: Dice): Step | undefined {
  const { scene } = around;
  if (around.about === 'hugePages' && dice.chance(60)) return hugeStep(scene, around.files, dice);
  if (around.about === 'manyMappings' && dice.chance(70)) return lonePage(scene, dice);
  if (scene.regions.length < 3 && dice.chance(70)) return undefined;
  switch (intent.kind) {
    case 'mmap':
      return mapStep(around, dice);
    case 'fill':
      return fillStep(around, dice);
    case 'match':
      return matchStep(scene, dice);
    case 'store': {
      const addr = toHex(BigInt(mappedPage(scene, dice)) * PAGE + offsetIn(dice));
      return { op: 'store', args: { addr, value: toHex(1 + dice.roll(0xffff)) } };
    }
    case 'load': {
      const page = dice.chance(80) ? mappedPage(scene, dice) : somePage(scene, dice);
      return { op: 'load', args: { addr: toHex(BigInt(page) * PAGE + offsetIn(dice)) } };
    }
    case 'moveMany':
      return moveMany(around, dice);
    case 'move':
      return moveOne(around, dice);
    case 'resize':
      return resize(scene, dice);
    case 'munmap':
      return { op: 'munmap', args: range(anyRange(scene, dice)) };
    case 'mprotect':
      return { op: 'mprotect', args: { ...range(anyRange(scene, dice)), prot: dice.pick(protections) ?? 0 } };
    case 'mlock2':
      return {
        op: 'mlock2',
        args: { ...range(anyRange(scene, dice)), flags: dice.chance(70) ? MLOCK_ONFAULT : 0 },
      };
    case 'munlock':
      return { op: 'munlock', args: range(anyRange(scene, dice)) };
    case 'mseal': {
      const one = insideOne(scene, dice);
      // Mostly a single page: what is sealed stays in the way.
      const sealed = dice.chance(15) ? anyRange(scene, dice) : one && { ...one, len: 1 };
      return sealed && { op: 'mseal', args: { ...range(sealed), flags: 0 } };
    }
    case 'uffdRegister': {
      const one = insideOne(scene, dice);
      return (
        one && {
          op: 'uffdRegister',
          args: { ...range(one), mode: [1, 1, 3, 2, 4][dice.roll(5)] as number },
        }
      );
    }
    case 'uffdUnregister':
      return { op: 'uffdUnregister', args: range(anyRange(scene, dice)) };
    case 'bad':
      return badStep({ ...around, files: around.files.map(({ name }) => name) }, dice);
    case 'close':
      return { op: 'uffdClose', args: {} };
    case 'place':
      return placeStep(mapStep(around, dice), dice);
    case 'populate':
      return populateStep(mapStep(around, dice), dice);
    case 'stack':
      return stackStep(scene, range(anyRange(scene, dice)), dice);
    case 'again':
      return around.last && againStep(around, range(around.last), dice);
    default:
      return otherStep(intent.kind, around, range(anyRange(scene, dice)), dice);
  }
}

/** Mostly the start of a page; sometimes anywhere, and now and then across its end. */
function offsetIn(dice: Dice): bigint {
  if (!dice.chance(12)) return 0n;
  return dice.chance(30) ? BigInt(4089 + dice.roll(7)) : BigInt(dice.roll(4096));
}

/** A range inside one VMA, over several, or near an edge. */
function anyRange(scene: Scene, dice: Dice): PageRange {
  const choice = dice.roll(10);
  const several = choice >= 7 && choice < 9 ? overSeveral(scene, dice, 2 + dice.roll(2), 20) : undefined;
  const found = several ?? (choice < 9 ? insideOne(scene, dice) : undefined);
  if (found !== undefined) return found;
  const start = somePage(scene, dice);
  return { start, len: Math.min(1 + dice.roll(4), scene.end - start) };
}

function mapStep(around: Surroundings, dice: Dice): Step {
  const { scene } = around;
  const start = somePage(scene, dice);
  const len = Math.min(1 + dice.roll(dice.chance(20) ? 8 : 3), scene.end - start);
  const kind = dice.roll(10);
  const file = kind >= 8 ? dice.pick(around.files) : undefined;
  const shared = kind === 7 || (file !== undefined && dice.chance(50));
  const placing = dice.roll(20);
  const fixed = placing < 17 ? MAP.FIXED : placing === 17 ? MAP.FIXED_NOREPLACE : placing === 18 ? MAP.FIXED : 0;
  const flags =
    fixed |
    (shared ? MAP.SHARED : MAP.PRIVATE) |
    (file === undefined ? MAP.ANONYMOUS : 0) |
    (dice.chance(8) ? MAP.NORESERVE : 0);
  return {
    op: 'mmap',
    args: {
      ...range({ start, len }),
      prot: dice.pick(protections) ?? PROT.NONE,
      flags,
      fd: file === undefined ? -1 : file.name,
      offset: hex(file === undefined ? 0 : dice.roll(file.pages)),
    },
  };
}

/** One page anywhere, with a protection that its neighbours do not have. */
function lonePage(scene: Scene, dice: Dice): Step {
  const start = scene.start + ((dice.roll(0x10000) * 7 + dice.roll(0x10000)) % (scene.end - scene.start));
  const prot = start % 2 === 0 ? PROT.READ | PROT.WRITE : PROT.READ;
  const flags = MAP.PRIVATE | MAP.ANONYMOUS | MAP.FIXED;
  return { op: 'mmap', args: { ...range({ start, len: 1 }), prot, flags, fd: -1, offset: '0x0' } };
}

const protOf = ({ read, write, exec }: Region): number =>
  (read ? PROT.READ : 0) | (write ? PROT.WRITE : 0) | (exec ? PROT.EXEC : 0);

/** Maps what lies beside a VMA, up to the next one, so that it could merge with either. */
function fillStep({ scene, files }: Surroundings, dice: Dice): Step | undefined {
  const { regions } = scene;
  const gaps = regions.flatMap((region, i) => {
    const before = regions[i - 1]?.end ?? scene.start;
    const after = regions[i + 1]?.start ?? scene.end;
    return [
      { region, start: Math.max(before, region.start - 4), end: region.start, wholly: region.start - before <= 4 },
      { region, start: region.end, end: Math.min(after, region.end + 4), wholly: after - region.end <= 4 },
    ].filter(({ start, end }) => start < end);
  });
  const inner = gaps.filter(({ wholly }) => wholly);
  const gap = dice.chance(60) ? (dice.pick(inner) ?? dice.pick(gaps)) : dice.pick(gaps);
  if (gap === undefined) return undefined;
  const { region } = gap;
  // Now and then another file that differs in nothing else.
  const own = files[region.file - 1];
  const file = own !== undefined && dice.chance(25) ? dice.pick(files) : own;
  if (region.file !== 0 && file === undefined) return undefined;
  const size = gap.end - gap.start;
  const len = gap.wholly && dice.chance(80) ? size : 1 + dice.roll(size);
  const start = gap.start === region.end ? gap.start : gap.end - len;
  const offset = region.pgoff + start - region.start;
  return {
    op: 'mmap',
    args: {
      ...range({ start, len }),
      prot: protOf(region),
      flags:
        MAP.FIXED |
        (region.shared ? MAP.SHARED : MAP.PRIVATE) |
        (file === undefined ? MAP.ANONYMOUS : 0) |
        (region.noreserve ? MAP.NORESERVE : 0),
      fd: file === undefined ? -1 : file.name,
      offset: hex(file === undefined || offset < 0 ? 0 : offset),
    },
  };
}

/** Gives a VMA, or the part of it that touches its neighbour, the neighbour's protection. */
function matchStep({ regions }: Scene, dice: Dice): Step | undefined {
  const pairs = regions.flatMap((low, i) => {
    const high = regions[i + 1];
    if (high === undefined || low.end !== high.start || protOf(low) === protOf(high)) return [];
    return [
      { region: low, like: high, atEnd: true },
      { region: high, like: low, atEnd: false },
    ];
  });
  const pair = dice.pick(pairs);
  if (pair === undefined) return undefined;
  const { region, like, atEnd } = pair;
  const size = region.end - region.start;
  const len = dice.chance(30) ? 1 + dice.roll(size) : size;
  const start = atEnd ? region.end - len : region.start;
  return { op: 'mprotect', args: { ...range({ start, len }), prot: protOf(like) } };
}

function mremapStep(source: PageRange, newLen: number, flags: number, target: number): Step {
  const args = {
    oldAddr: hex(source.start),
    oldLen: hex(source.len),
    newLen: hex(newLen),
    flags,
    newAddr: hex(target),
  };
  return { op: 'mremap', args };
}

/** The move of two or more VMAs: mostly movable ones, sometimes on purpose with one that is not. */
function moveMany({ scene }: Surroundings, dice: Dice): Step | undefined {
  const spoilt = dice.chance(15);
  const movable = { ...scene, regions: scene.regions.filter(({ uffd, sealed }) => uffd === 0 && !sealed) };
  const count = 2 + dice.roll(3);
  const source =
    overSeveral(spoilt ? scene : movable, dice, count, LONGEST + 8) ??
    overSeveral(spoilt ? scene : movable, dice, 2, LONGEST + 8);
  if (source === undefined) return undefined;
  const target = targetFor(scene, dice, source, source.len);
  if (target === undefined) return undefined;
  const flags = MREMAP.MAYMOVE | MREMAP.FIXED | (dice.chance(15) ? MREMAP.DONTUNMAP : 0);
  return mremapStep(source, source.len, flags, target);
}

/** The move of one VMA or a part of it; sometimes back to where memory came from. */
function moveOne({ scene, moves }: Surroundings, dice: Dice): Step | undefined {
  const last = moves.at(-1);
  if (last !== undefined && dice.chance(25)) {
    return mremapStep({ start: last.to, len: last.len }, last.len, MREMAP.MAYMOVE | MREMAP.FIXED, last.from);
  }
  const source = insideOne(scene, dice);
  if (source === undefined) return undefined;
  const choice = dice.roll(10);
  const newLen = choice < 6 ? source.len : Math.max(1, source.len + dice.roll(5) - 2);
  const oldLen = choice === 9 ? 0 : source.len;
  const target = targetFor(scene, dice, { start: source.start, len: Math.max(1, oldLen) }, newLen);
  if (target === undefined) return undefined;
  const dontUnmap = choice < 2 ? MREMAP.DONTUNMAP : 0;
  const fixed = dontUnmap !== 0 && dice.chance(20) ? 0 : MREMAP.FIXED;
  return mremapStep({ start: source.start, len: oldLen }, newLen, MREMAP.MAYMOVE | fixed | dontUnmap, target);
}

/** Growing or shrinking in place, the old range now and then over several VMAs. */
function resize(scene: Scene, dice: Dice): Step | undefined {
  const one = insideOne(scene, dice);
  if (one === undefined) return undefined;
  const start = clampPage(scene, one.start);
  const grow = dice.chance(50);
  const extra = 1 + dice.roll(4);
  const source = { start, len: grow ? one.len : Math.min(one.len + extra, scene.end - start) };
  const newLen = grow ? Math.min(one.len + extra, scene.end - start) : Math.max(1, source.len - extra);
  return mremapStep(source, newLen, dice.chance(25) ? MREMAP.MAYMOVE : 0, 0);
}
