/** Traces in files: ITF, the JSON of TLC's `-dumpTrace`, text; and a line of JSON for each state, as programs record them. */
import { type Json, isList, isObject, jsonOf } from './json-values.js';
import type { CheckOutcome } from '../outcome.js';
import { renderTrace } from '../render.js';

/** What a trace in a file says of each state: the values of some variables. */
export interface RecordedTrace {
  readonly states: readonly Readonly<Record<string, Json>>[];
}

/** A file that is no trace, and why. */
export class TraceFileError extends Error {
  override readonly name = 'TraceFileError';
}

/** The text of a file for a counterexample: `.itf.json` and `.json` are the two forms of JSON, others are text. */
export const traceText = (path: string, { trace = [], loop, reader, spec }: CheckOutcome): string => {
  const states = (form: 'itf' | 'tlc'): Record<string, Json>[] =>
    trace.map(({ values }) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, jsonOf(value, reader.table, form)])),
    );
  const vars = Object.keys(trace[0]?.values ?? {});
  if (path.endsWith('.itf.json')) {
    const numbered = states('itf').map((state, index) => ({
      '#meta': { index, ...(trace[index]?.label !== undefined && { action: trace[index].label }) },
      ...state,
    }));
    const meta = {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: spec,
    };
    return `${JSON.stringify({ '#meta': meta, vars, states: numbered, ...(loop !== undefined && { loop }) })}\n`;
  }
  if (!path.endsWith('.json')) return `${renderTrace(trace, reader, {}, loop)}\n`;
  const state = states('tlc').map((values, i) => [i + 1, values] as const);
  const action = trace.slice(1).map(({ label, location }, i) => [state[i], actionOf(label, location), state[i + 1]]);
  const back = loop === undefined ? [] : [[state.at(-1), { name: 'Back to state' }, state[loop]]];
  return `${JSON.stringify({ counterexample: { action: [...action, ...back], state }, vars })}\n`;
};

/** An action as TLC describes it: its name and where it stands. */
const actionOf = (label: string | undefined, location: string | undefined): Json => {
  const name = label?.replace(/\(.*$/s, '') ?? '';
  const place = /([^/]*)\.tla:(\d+):(\d+)$/.exec(location ?? '');
  if (place === null) return { name };
  return { name, location: { module: place[1] as string, beginLine: Number(place[2]), beginColumn: Number(place[3]) } };
};

/** Reads a trace in any of the forms of JSON. */
export const readTrace = (text: string): RecordedTrace => {
  const whole = parsed(text);
  const states = whole === undefined ? linesOf(text) : statesOf(whole);
  if (states.length === 0) throw new TraceFileError('it has no states');
  return {
    states: states.map((state, i) => {
      if (!isObject(state)) throw new TraceFileError(`its state ${i + 1} is no object with the values of variables`);
      return Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith('#')));
    }),
  };
};

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

const linesOf = (text: string): readonly Json[] =>
  text
    .split('\n')
    .map((line, i) => [line.trim(), i + 1] as const)
    .filter(([line]) => line !== '')
    .map(([line, number]) => {
      const json = parsed(line);
      if (json === undefined) throw new TraceFileError(`line ${number} is no JSON`);
      return json;
    });

const statesOf = (whole: Json): readonly Json[] => {
  if (isList(whole)) return whole;
  if (!isObject(whole)) throw new TraceFileError('it is no trace');
  if (isList(whole['states'])) return whole['states'];
  const { counterexample } = whole;
  const numbered = isObject(counterexample) ? counterexample['state'] : undefined;
  if (isList(numbered)) return numbered.map((pair) => (isList(pair) ? (pair[1] ?? null) : null));
  // A trace of one state.
  return [whole];
};
