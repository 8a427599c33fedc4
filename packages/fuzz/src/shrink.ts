/** Makes a failing program small: fewer steps, then plainer arguments, as long as it still fails. */
import type { Hex, Program, Step } from '@vmacheck/trace';
import { parseHex, toHex } from '@vmacheck/trace';
import { rebuiltBeginnings } from './rebuild.js';
import { simplerSteps } from './simpler-steps.js';

/** Does the program still fail in the way that is being looked for? */
export type Fails = (program: Program) => boolean | Promise<boolean>;

/** The smallest failing program that was found. */
export interface Shrunk {
  readonly program: Program;
  /** How many candidates were tried. */
  readonly tried: number;
}

/** Programs this short are worth trying without any two of their steps. */
const FEW = 14;

/** Delta debugging over steps, then over arguments, then from a rebuilt layout, until nothing can be taken away. */
export async function shrinkProgram(program: Program, fails: Fails, budget = 3000): Promise<Shrunk> {
  const search = new Search(program, fails, budget);
  for (let progress = true; progress && search.left > 0;) {
    progress = await search.dropSteps();
    progress = (await search.stayPut()) || progress;
    progress = (await search.rebuild()) || progress;
    progress = (await search.simplifyArguments()) || progress;
    if (!progress) progress = await search.dropPairs();
  }
  return { program: search.best, tried: budget - search.left };
}

class Search {
  best: Program;
  left: number;
  readonly #fails: Fails;

  constructor(program: Program, fails: Fails, budget: number) {
    this.best = program;
    this.#fails = fails;
    this.left = budget;
  }

  async dropSteps(): Promise<boolean> {
    let progress = false;
    for (let size = Math.max(1, this.best.steps.length >> 1); size >= 1; size >>= 1) {
      for (let at = this.best.steps.length - size; at >= 0; at -= size) {
        progress = (await this.#accept(withoutSteps(this.best, at, size))) || progress;
      }
    }
    return progress;
  }

  /** Leaves moves out, and lets the later steps find the memory where it was. */
  async stayPut(): Promise<boolean> {
    let progress = false;
    for (let at = this.best.steps.length - 1; at >= 0; at--) {
      const candidate = withoutMove(this.best, at);
      if (candidate !== undefined) progress = (await this.#accept(candidate)) || progress;
    }
    return progress;
  }

  async dropPairs(): Promise<boolean> {
    const count = this.best.steps.length;
    if (count > FEW) return false;
    for (let second = count - 1; second > 0; second--) {
      for (let first = second - 1; first >= 0; first--) {
        if (await this.#accept(withoutSteps(withoutSteps(this.best, second, 1), first, 1))) return true;
      }
    }
    return false;
  }

  /** Puts a layout that was made by many steps together from scratch: fewer steps, where the history does not matter. */
  async rebuild(): Promise<boolean> {
    const beginnings = rebuiltBeginnings(this.best);
    for (let at = this.best.steps.length - 1; at > 1; at--) {
      const steps = [...(beginnings[at] ?? []), ...this.best.steps.slice(at)];
      if (steps.length >= this.best.steps.length || refersBack(steps)) continue;
      if (await this.#accept({ ...this.best, steps })) return true;
    }
    return false;
  }

  async simplifyArguments(): Promise<boolean> {
    let progress = false;
    for (let i = 0; i < this.best.steps.length; i++) {
      for (const simpler of simplerSteps(this.best.steps[i] as Step)) {
        progress = (await this.#accept({ ...this.best, steps: this.best.steps.with(i, simpler) })) || progress;
      }
    }
    return progress;
  }

  async #accept(candidate: Program): Promise<boolean> {
    if (this.left <= 0) return false;
    this.left -= 1;
    if (!(await this.#fails(candidate))) return false;
    this.best = candidate;
    return true;
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
