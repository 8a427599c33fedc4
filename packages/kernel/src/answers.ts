import { type Counters, type Hex, type Step, type StepResult, errnoName, resolveAddress, toHex } from '@vmacheck/trace';

/** A step without what an earlier recording said of it. */
function bare(step: Step): Step {
  const { result: _r, after: _a, contents: _c, counters: _n, events: _e, vector: _v, ...rest } = step;
  return rest as Step;
}

/** The step with the addresses that its references became. */
export function resolved(step: Step, results: readonly StepResult[]): Step {
  const args: Record<string, unknown> = { ...step.args };
  for (const name of ['addr', 'oldAddr', 'newAddr']) {
    const text = args[name];
    if (typeof text !== 'string' || !text.startsWith('r')) continue;
    const number = resolveAddress(text as Hex, results);
    if (number !== undefined) args[name] = toHex(number);
  }
  return { ...bare(step), args } as Step;
}

/** What a step gave: "v5000" a value, "ec" an errno, "s7" a signal. */
export function parseResult(word: string): StepResult {
  const value = word.slice(1);
  if (word.startsWith('v')) return { value: `0x${value}` };
  const number = Number.parseInt(value, 16);
  return word.startsWith('e') ? { errno: errnoName(number) } : { signal: number === 7 ? 'SIGBUS' : 'SIGSEGV' };
}

/** Counters in the runner's order; the machine's committed pages are there when they were asked for. */
export function parseCounters(words: readonly string[]): Counters {
  const [mapCount = 0, totalVm = 0, lockedVm = 0, dataVm = 0, committed] = words.map((word) =>
    Number.parseInt(word, 16),
  );
  return { mapCount, totalVm, lockedVm, dataVm, ...(committed === undefined ? {} : { committed }) };
}

/** A record under construction. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
