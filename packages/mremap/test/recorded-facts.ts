/** What ten kernels did with the programs of facts.ndjson: traces/facts.ndjson.gz. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A program as one kernel ran it. */
export interface Recording {
  readonly fact: string;
  readonly kernel: string;
  readonly kernelVersion: string;
  /** After each step: the result, the VMAs, the messages, the counters as they changed since the first step. */
  readonly seen: unknown[];
}

interface Line {
  readonly type: 'program' | 'step';
  readonly id: string;
  readonly kernel: string;
  readonly kernelVersion: string;
  readonly result: unknown;
  readonly after: unknown;
  readonly events: unknown;
  readonly counters?: Readonly<Record<string, number>>;
}

/** All recordings, oldest kernel first. */
export function recordedFacts(): readonly Recording[] {
  const text = gunzipSync(readFileSync(new URL('../../../traces/facts.ndjson.gz', import.meta.url))).toString();
  const recordings: Recording[] = [];
  let first: Line['counters'];
  for (const json of text.trim().split('\n')) {
    const line = JSON.parse(json) as Line;
    if (line.type === 'program') {
      const { id, kernel, kernelVersion } = line;
      recordings.push({ fact: id.slice(id.indexOf('/') + 1), kernel, kernelVersion, seen: [] });
      first = undefined;
    } else {
      first ??= line.counters;
      const { result, after, events } = line;
      recordings.at(-1)?.seen.push({ result, after, events, counters: changes(first, line.counters) });
    }
  }
  return recordings;
}

function changes(first: Line['counters'], last: Line['counters']): readonly (readonly [string, number])[] {
  return Object.entries(last ?? {}).map(([name, value]) => [name, value - (first?.[name] ?? 0)]);
}
