/** What is listed against what was seen. */
import { EXPECTED } from './expected.mjs';

const numbers = (release) => release.split('.').map(Number);

/**
 * @returns rows `{ call, error, when, why, times, kernels, example, status }`; the status is "seen", "missing" (it can be seen and
 * is not), "out of reach" (`why` says why) or "not listed"
 */
export function judged(seen) {
  const rows = EXPECTED.map(([call, error, when, why]) => {
    const found = seen.get(`${call} ${error}`);
    const status = found !== undefined ? 'seen' : why === undefined ? 'missing' : 'out of reach';
    return { call, error, when, why, status, ...numbersOf(found) };
  });
  const listed = new Set(rows.map(({ call, error }) => `${call} ${error}`));
  for (const [key, found] of seen) {
    if (listed.has(key)) continue;
    rows.push({ call: found.call, error: found.error, when: '', status: 'not listed', ...numbersOf(found) });
  }
  return rows;
}

function numbersOf(found) {
  if (found === undefined) return { times: 0, kernels: [], example: undefined };
  const kernels = [...found.kernels].sort((a, b) => numbers(a)[0] - numbers(b)[0] || numbers(a)[1] - numbers(b)[1]);
  return { times: found.times, kernels, example: found.example };
}
