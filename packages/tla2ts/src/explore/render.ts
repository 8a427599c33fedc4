/** A counterexample as a person reads it: the name of each action, and only what it changed. */
import type { CheckOutcome, TraceStep } from './outcome.js';
import { type Paint, paintWith } from '../diagnostics/paint.js';
import { type Reader, changes } from './differences.js';
import { counted, grouped } from './grouped.js';
import { renderExpressions } from './counting/render-expressions.js';

/** How a text is set. */
export interface Look {
  /** Characters of a line; default 80. */
  readonly width?: number | undefined;
  /** With terminal colours; default without. */
  readonly color?: boolean | undefined;
}

const WIDTH = 80;

/**
 * The text of a trace, a line per value.
 * @param loop the index of the state that comes after the last one, for a behaviour without an end
 */
export const renderTrace = (trace: readonly TraceStep[], reader: Reader, look: Look = {}, loop?: number): string => {
  const { width = WIDTH, color } = look;
  const paint = paintWith(color);
  const lines: string[] = [];
  trace.forEach(({ label, location, values }, i) => {
    const number = `${String(i + 1).padStart(3)}  `;
    const action = label ?? 'initial state';
    const place = location === undefined ? '' : paint('dim', beside(number + action, location, width));
    lines.push(number + paint('bold', action) + place);
    const before = trace[i - 1]?.values;
    const shown = Object.entries(values).flatMap(([name, value]) =>
      before === undefined || !(name in before)
        ? [{ path: name, after: value }]
        : changes(name, before[name], value, reader),
    );
    if (shown.length === 0) lines.push('       (nothing changes)');
    for (const { path, after } of shown)
      lines.push(...assignment(path, reader.layout(after, Math.max(width - path.length - 10, 20)), paint));
  });
  if (loop !== undefined) lines.push(loop === trace.length - 1 ? '     Stuttering' : `     Back to state ${loop + 1}`);
  return lines.join('\n');
};

/** A place at the right edge, or on a line of its own. */
const beside = (head: string, place: string, width: number): string =>
  head.length + place.length + 2 <= width ? place.padStart(width - head.length) : `\n       ${place}`;

/** `path = text`, where a long text is broken and set under its beginning. */
const assignment = (path: string, text: string, paint: Paint): string[] => {
  const [first = '', ...more] = text.split('\n');
  const indent = ' '.repeat(path.length + 3);
  return [`       ${paint('blue', path)} = ${first}`, ...more.map((line) => `       ${indent}${line}`)];
};

/** What a verdict is made of. */
type Finding = Pick<CheckOutcome, 'result' | 'violation' | 'failure' | 'bound'> &
  Partial<Pick<CheckOutcome, 'temporal'>>;

/** The verdict in a sentence. */
export const renderVerdict = (outcome: Finding): string => {
  const { result, violation, failure, bound, temporal = [] } = outcome;
  switch (result) {
    case 'success':
      if (bound !== undefined) return `no error in any state before ${boundText(bound.kind, bound.limit)}`;
      return `holds: no error in any state${temporal.length === 0 ? '' : `, nor in any behaviour (${temporal.join(', ')})`}`;
    case 'safety-violation':
    case 'liveness-violation':
      return violation === undefined ? 'violated' : violationText[violation.kind](violation.name);
    case 'deadlock':
      return 'violated: a state without a successor is reached (deadlock)';
    case 'assertion':
      return `violated: ${failure?.message ?? 'an assertion'}${placeOf(outcome)}`;
    case 'error':
      return `error${failure?.code === undefined ? '' : `[${failure.code}]`}: ${failure?.message ?? ''}${placeOf(outcome)}`;
    case 'inconclusive':
      return `inconclusive: ${bound === undefined ? 'stopped' : boundText(bound.kind, bound.limit)}`;
  }
};

const violationText = {
  invariant: (name: string) => `violated: invariant ${name}`,
  initial: (name: string) => `violated: property ${name}, by an initial state`,
  step: (name: string) => `violated: property ${name}, by the last step`,
  temporal: (name: string) => `violated: temporal property ${name}`,
} as const;

const placeOf = ({ failure }: Finding): string => {
  const span = failure?.span;
  return span === undefined ? '' : `\n  --> ${span.file}:${span.line}:${span.column}`;
};

const boundText = (kind: NonNullable<CheckOutcome['bound']>['kind'], limit: number): string => {
  switch (kind) {
    case 'states':
      return `the limit of ${grouped(limit)} states was reached`;
    case 'depth':
      return `the limit of ${grouped(limit)} levels was reached`;
    case 'memory':
      return `the limit of ${grouped(Math.round(limit / 2 ** 20))} MiB of memory was reached`;
    case 'time':
      return `the limit of ${grouped(limit)} seconds was reached`;
    case 'interrupted':
      return 'interrupted';
    case 'exit':
      return 'the specification ended the search (TLCSet("exit", TRUE))';
  }
};

const probability = (value: number): string => (value === 0 ? '0' : `at most ${value.toExponential(1)}`);

/** The verdict as a terminal shows it: what it is in colour. */
export const paintedVerdict = (outcome: Finding, paint: Paint): string => {
  const style = outcome.result === 'success' ? 'good' : outcome.result === 'inconclusive' ? 'warning' : 'error';
  return renderVerdict(outcome).replace(/^[^:]+/, (word) => paint(style, word));
};

/** Verdict, counterexample, and counts. */
export const renderOutcome = (outcome: CheckOutcome, look: Look = {}): string => {
  const { reader, trace, loop, distinct, generated, depth, seconds, queue, missProbability } = outcome;
  const paint = paintWith(look.color);
  const left = queue > 0 ? `, ${grouped(queue)} not expanded` : '';
  const found = `${counted(distinct, 'distinct state')}, ${grouped(generated)} generated, depth ${grouped(depth)}`;
  return [
    paintedVerdict(outcome, paint),
    ...(trace === undefined || trace.length === 0 ? [] : ['', renderTrace(trace, reader, look, loop), '']),
    `${found}, ${seconds.toFixed(2)} s${left}`,
    ...(missProbability === undefined
      ? []
      : [`a state was missed with a probability of ${probability(missProbability)}`]),
    ...outcome.sometimes
      .filter(({ reached }) => !reached)
      .map(({ name }) => `${paint('warning', 'never reached')}: ${name}`),
  ].join('\n');
};

/**
 * How often each action led somewhere, and each expression was evaluated; and those that never did or were.
 * @param source the text of a file
 */
export const renderCoverage = (
  { coverage, expressions }: Pick<CheckOutcome, 'coverage' | 'expressions'>,
  source: (file: string) => string | undefined,
  look: Look = {},
): string => {
  const { width = WIDTH, color } = look;
  const paint = paintWith(color);
  const rows = coverage.map(({ name, generated, distinct }) => [name, grouped(generated), grouped(distinct)] as const);
  const heads = ['action', 'steps', 'new states'] as const;
  const column = (i: 0 | 1 | 2): number => Math.max(heads[i].length, ...rows.map((row) => row[i].length));
  const [names, steps, states] = [column(0), column(1), column(2)];
  const line = ([name, a, b]: readonly [string, string, string], place = ''): string => {
    const head = `  ${name.padEnd(names)}  ${a.padStart(steps)}  ${b.padStart(states)}`;
    return place === '' ? head : head + paint('dim', beside(head, place, width));
  };
  const never = coverage.filter(({ generated }) => generated === 0);
  return [
    line(heads),
    ...rows.map((row, i) => line(row, coverage[i]?.location)),
    ...never.map(
      ({ name, location }) =>
        `${paint('warning', 'warning')}: ${name} never happens${location === undefined ? '' : ` (${location})`}`,
    ),
    ...(expressions === undefined ? [] : ['', renderExpressions(expressions, source, width, paint)]),
  ].join('\n');
};
