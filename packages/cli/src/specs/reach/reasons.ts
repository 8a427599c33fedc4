/** Why parts of the specifications are reached by nothing: `unreached.json` beside them. */
import { CliError } from '../../errors.js';

/** See the head of the file. */
export interface Reason {
  readonly module: string;
  readonly operator: string;
  /** How the text of the parts begins; none: all parts of the operator. */
  readonly part?: string;
  readonly why: string;
}

/**
 * @param text of the file; undefined: there is none
 * @throws CliError CLI1002 when it is no list of reasons
 */
export function parseReasons(place: string, text: string | undefined): readonly Reason[] {
  if (text === undefined) return [];
  const help =
    'it is a list of objects with "module", "operator", "why", and "part" for parts whose text begins with it';
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new CliError('CLI1002', `cannot read ${place}: ${(error as Error).message}`, { place, help });
  }
  const wrong = Array.isArray(list) ? list.findIndex((one) => !isReason(one)) : 0;
  if (!Array.isArray(list) || wrong >= 0)
    throw new CliError('CLI1002', `cannot read ${place}: entry ${wrong + 1} gives no reason`, { place, help });
  return list;
}

function isReason(value: unknown): value is Reason {
  if (typeof value !== 'object' || value === null) return false;
  const { module, operator, part = '', why } = value as Readonly<Record<string, unknown>>;
  return [module, operator, part, why].every((field) => typeof field === 'string');
}

/** The reason of a part with this text, if there is one. */
export function reasonFor(
  reasons: readonly Reason[],
  part: Pick<Reason, 'module' | 'operator'> & { readonly text: string },
): Reason | undefined {
  return reasons.find(
    ({ module, operator, part: begin = '' }) =>
      module === part.module && operator === part.operator && part.text.startsWith(begin),
  );
}
