import { shown } from './checks.js';
import { type Problem, TraceError } from './errors.js';
import { parseAddress } from './hex.js';
import { argumentFields, optionalFields, programFields, stepFields } from './schema.js';
import { FORMAT_VERSION, type Op, type Program, type ProgramHeader, type Step } from './types.js';

/** Lines, or several whole lines at once; with or without the newline at the end. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/** One line of a trace. `line` counts from 1. */
export type TraceRecord =
  | { readonly kind: 'program'; readonly header: ProgramHeader; readonly line: number }
  | { readonly kind: 'step'; readonly step: Step; readonly line: number };

type Parsed =
  { readonly kind: 'program'; readonly header: ProgramHeader } | { readonly kind: 'step'; readonly step: Step };

const isProblem = (found: Parsed | Problem): found is Problem => 'code' in found;

/** Some recorders write null for what they did not see. */
function dropNulls(record: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) if (record[name] === null) delete record[name];
}

function parseHeader(found: Record<string, unknown>): Parsed | Problem {
  const { type: _type, version, ...header } = found;
  if (version !== FORMAT_VERSION) {
    return {
      code: 'TRACE1004',
      message: `the program's version is ${shown(version)}`,
      help: `this reader knows version ${FORMAT_VERSION}: write "version":${FORMAT_VERSION}, or use a newer vmacheck`,
    };
  }
  if ('steps' in header) {
    return {
      code: 'TRACE1007',
      message: 'a program record has a field `steps`',
      help: 'write every step as a line of its own after the program',
    };
  }
  dropNulls(header, optionalFields.program);
  return programFields(header, '') ?? { kind: 'program', header: header as unknown as ProgramHeader };
}

/** References may only name steps that come before. */
function badReference(args: Readonly<Record<string, unknown>>, index: number): Problem | undefined {
  for (const name of ['addr', 'oldAddr', 'newAddr']) {
    const text = args[name];
    if (typeof text !== 'string' || !text.startsWith('r')) continue;
    const parsed = parseAddress(text);
    if (parsed?.kind === 'reference' && parsed.step >= index) {
      return {
        code: 'TRACE1009',
        message: `field \`args.${name}\` is ${shown(text)}, but this is step ${index}`,
        help: 'refer to a step that comes before; steps count from 0 in each program',
      };
    }
  }
  return undefined;
}

function parseStep(found: Record<string, unknown>, index: number): Parsed | Problem {
  const { type: _type, ...step } = found;
  const op = step['op'];
  if (typeof op !== 'string' || !Object.hasOwn(argumentFields, op)) {
    const known = Object.keys(argumentFields).join(', ');
    return op === undefined
      ? { code: 'TRACE1006', message: 'field `op` is missing', help: `add "op": one of ${known}` }
      : { code: 'TRACE1005', message: `the operation ${shown(op)} is not known`, help: `use one of ${known}` };
  }
  dropNulls(step, optionalFields.step);
  const problem =
    argumentFields[op as Op](step['args'], 'args') ??
    badReference((step['args'] ?? {}) as Record<string, unknown>, index) ??
    stepFields(step, '');
  return problem ?? { kind: 'step', step: { ...step, args: step['args'] ?? {} } as unknown as Step };
}

function parseLine(text: string, index: number | undefined): Parsed | Problem {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { code: 'TRACE1001', message: `the line is not JSON: ${why}`, help: 'write one JSON object per line' };
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    return { code: 'TRACE1002', message: `the line holds ${shown(found)}`, help: 'write one JSON object per line' };
  }
  const fields = found as Record<string, unknown>;
  if (fields['type'] === 'program') return parseHeader(fields);
  if (fields['type'] !== 'step') {
    return fields['type'] === undefined
      ? { code: 'TRACE1006', message: 'field `type` is missing', help: 'add "type":"program" or "type":"step"' }
      : {
          code: 'TRACE1003',
          message: `the type ${shown(fields['type'])} is not known`,
          help: 'write "type":"program" or "type":"step"',
        };
  }
  if (index === undefined) {
    return {
      code: 'TRACE1010',
      message: 'a step stands before any program',
      help: 'begin with a record of "type":"program"',
    };
  }
  return parseStep(fields, index);
}

/**
 * Reads a trace line by line, with one line in memory. Blank lines are skipped. Fields that the format does not know are kept.
 *
 * @throws TraceError at the first line that is not as the format says
 */
export async function* readRecords(lines: Lines): AsyncGenerator<TraceRecord> {
  let line = 0;
  let steps: number | undefined;
  for await (const item of typeof lines === 'string' ? [lines] : lines) {
    const parts = item.includes('\n') ? (item.endsWith('\n') ? item.slice(0, -1) : item).split('\n') : [item];
    for (const part of parts) {
      line++;
      const text = line === 1 && part.charCodeAt(0) === 0xfeff ? part.slice(1) : part;
      if (text.trim() === '') continue;
      const parsed = parseLine(text, steps);
      if (isProblem(parsed)) throw new TraceError(parsed, line);
      steps = parsed.kind === 'program' ? 0 : (steps ?? 0) + 1;
      yield { ...parsed, line };
    }
  }
}

/**
 * Reads the programs of a trace, one after the other, with one program in memory.
 *
 * @param lines lines of text; for chunks that may break anywhere use `splitLines` first
 * @throws TraceError at the first line that is not as the format says, or at the end of a file without a program
 */
export async function* readPrograms(lines: Lines): AsyncGenerator<Program> {
  let header: ProgramHeader | undefined;
  let steps: Step[] = [];
  for await (const record of readRecords(lines)) {
    if (record.kind === 'step') {
      steps.push(record.step);
      continue;
    }
    if (header) yield { ...header, steps };
    header = record.header;
    steps = [];
  }
  if (!header) {
    const help = 'give a file with at least one line of "type":"program"';
    throw new TraceError({ code: 'TRACE1012', message: 'the trace holds no program', help }, 0);
  }
  yield { ...header, steps };
}

/** Turns chunks of text or of UTF-8 bytes, broken anywhere, into lines. Memory: one chunk and one line. */
export async function* splitLines(
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // Pieces of a line that is longer than a chunk are joined once, so that a very long line costs linear time.
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, at));
      yield pieces.length === 1 ? (pieces[0] as string) : pieces.join('');
      pieces = [];
      from = at + 1;
    }
    if (from < text.length) pieces.push(text.slice(from));
  }
  pieces.push(decoder.decode());
  const last = pieces.join('');
  if (last !== '') yield last;
}
