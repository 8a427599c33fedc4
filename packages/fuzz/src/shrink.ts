/** Makes a failing program small: fewer steps, then plainer arguments, as long as it still fails. */
import type { Hex, Program, Step } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import { rebuiltBeginnings } from './rebuild.js';
import { simplerSteps } from './simpler-steps.js';

/** Does the program still fail in the way that is being looked for? */
export type Fails = (program: Program) => boolean | Promise<boolean>;

/** The same for several programs at once. */
export type FailsEach = (programs: readonly Program[]) => readonly boolean[] | Promise<readonly boolean[]>;

/** The smallest failing program that was found. */
export interface Shrunk {
  readonly program: Program;
  /** How many candidates were tried. */
  readonly tried: number;
}

/** How much to try, and how many candidates at once: where trying costs the same for one and for many, `width` is that many. */
export interface ShrinkOptions {
  readonly budget?: number;
  readonly width?: number;
}

/** Programs this short are worth trying without any two of their steps. */
const FEW = 14;

/** Delta debugging over steps, then over arguments, then from a rebuilt layout, until nothing can be taken away. */
export async function shrinkProgram(program: Program, fails: Fails, budget = 3000): Promise<Shrunk> {
  const each = async ([candidate]: readonly Program[]): Promise<readonly boolean[]> => [
    candidate !== undefined && (await fails(candidate)),
  ];
  return shrinkTogether(program, each, { budget, width: 1 });
}

/** The same with several candidates at a time. */
export async function shrinkTogether(
  program: Program,
  failsEach: FailsEach,
  { budget = 3000, width = 64 }: ShrinkOptions = {},
): Promise<Shrunk> {
  const search = new Search(program, failsEach, budget, width);
  for (let progress = true; progress && search.left > 0;) {
    progress = await search.tryAll(withoutBlocks);
    progress = (await search.tryAll(withoutMoves)) || progress;
    progress = (await search.tryAll(rebuiltFromScratch)) || progress;
    progress = (await search.tryAll(withPlainerArguments)) || progress;
    if (!progress) progress = await search.tryAll(withoutPairs);
  }
  return { program: search.best, tried: budget - search.left };
}

/** Smaller variants of the best program so far, which `best` gives at any time. */
type Candidates = (best: () => Program) => Iterable<Program>;

class Search {
  best: Program;
  left: number;
  readonly #failsEach: FailsEach;
  readonly #width: number;

  constructor(program: Program, failsEach: FailsEach, budget: number, width: number) {
    this.best = program;
    this.left = budget;
    this.#failsEach = failsEach;
    this.#width = width;
  }

  /** Tries candidates in their order; of those that are tried at once the first that fails becomes the best. */
  async tryAll(candidates: Candidates): Promise<boolean> {
    let progress = false;
    const source = candidates(() => this.best)[Symbol.iterator]();
    while (this.left > 0) {
      const batch: Program[] = [];
      for (let next = source.next(); next.done !== true; next = source.next()) {
        batch.push(next.value);
        if (batch.length >= Math.min(this.#width, this.left)) break;
      }
      if (batch.length === 0) return progress;
      this.left -= batch.length;
      const found = batch[(await this.#failsEach(batch)).indexOf(true)];
      if (found === undefined) continue;
      this.best = found;
      progress = true;
    }
    return progress;
  }
}

/** Blocks of steps dropped, large ones first. */
function* withoutBlocks(best: () => Program): Generator<Program> {
  for (let size = Math.max(1, best().steps.length >> 1); size >= 1; size >>= 1) {
    for (let at = best().steps.length - size; at >= 0; at -= size) yield withoutSteps(best(), at, size);
  }
}

/** Moves left out, so that the later steps find the memory where it was. */
function* withoutMoves(best: () => Program): Generator<Program> {
  for (let at = best().steps.length - 1; at >= 0; at--) {
    const candidate = withoutMove(best(), at);
    if (candidate !== undefined) yield candidate;
  }
}

/** Two steps dropped. */
function* withoutPairs(best: () => Program): Generator<Program> {
  const count = best().steps.length;
  if (count > FEW) return;
  for (let second = count - 1; second > 0; second--) {
    for (let first = second - 1; first >= 0; first--) {
      if (best().steps.length !== count) return;
      yield withoutSteps(withoutSteps(best(), second, 1), first, 1);
    }
  }
}

/** A layout that was made by many steps put together from scratch: fewer steps, where the history does not matter. */
function* rebuiltFromScratch(best: () => Program): Generator<Program> {
  const program = best();
  const beginnings = rebuiltBeginnings(program);
  for (let at = program.steps.length - 1; at > 1; at--) {
    const steps = [...(beginnings[at] ?? []), ...program.steps.slice(at)];
    if (steps.length >= best().steps.length || refersBack(steps)) continue;
    yield { ...program, steps };
  }
}

/** One step with plainer arguments. */
function* withPlainerArguments(best: () => Program): Generator<Program> {
  for (let i = 0; i < best().steps.length; i++) {
    for (const simpler of simplerSteps(best().steps[i] as Step)) {
      yield { ...best(), steps: best().steps.with(i, simpler) };
    }
  }
}

function refersBack(steps: readonly Step[]): boolean {
  return steps.some(({ args }) => Object.values(args).some((value) => typeof value === 'string' && /^r\d/.test(value)));
}

/** Drops steps, and whatever refers to their results; later references count on. */
function withoutSteps(program: Program, at: number, count: number): Program {
  const kept: Step[] = [];
  const place = new Map<number, number>();
  program.steps.forEach((step, i) => {
    if (i >= at && i < at + count) return;
    const moved = renumbered(step, place);
    if (moved === undefined) return;
    place.set(i, kept.length);
    kept.push(moved);
  });
  return { ...program, steps: kept };
}

/** Drops a move; addresses in its destination become those of its source. */
function withoutMove(program: Program, at: number): Program | undefined {
  const step = program.steps[at];
  if (step?.op !== 'mremap' || refersBack(program.steps)) return undefined;
  const from = parseHex(step.args.oldAddr as Hex);
  const to = parseHex(step.args.newAddr as Hex);
  const end = to + parseHex(step.args.newLen);
  const back = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const address = parseHex(value as Hex);
    return address >= to && address < end ? toHex(address - to + from) : value;
  };
  const steps = program.steps.flatMap((later, i) => {
    if (i === at) return [];
    if (i < at) return [later];
    const entries = Object.entries(later.args).map(([name, value]) => [name, /addr/i.test(name) ? back(value) : value]);
    return [{ ...later, args: Object.fromEntries(entries) as unknown } as Step];
  });
  return { ...program, steps };
}

function renumbered(step: Step, place: ReadonlyMap<number, number>): Step | undefined {
  let lost = false;
  const args = Object.fromEntries(
    Object.entries(step.args).map(([name, value]) => {
      const match = typeof value === 'string' ? /^r(\d+)\+(.*)$/.exec(value) : null;
      if (match === null) return [name, value];
      const target = place.get(Number(match[1]));
      if (target === undefined) lost = true;
      return [name, `r${target}+${match[2]}`];
    }),
  );
  return lost ? undefined : ({ ...step, args } as Step);
}
