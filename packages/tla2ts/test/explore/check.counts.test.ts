/** Numbers of states of specifications of our own. TLC finds the same: distinct, generated, depth. */
import { describe, expect, test } from 'vitest';
import { check } from './run.js';

const models = [
  ['Counter', 'Counter', 10, 11, 10],
  ['Jugs', 'JugsAll', 16, 97, 8],
  ['Commit', 'Commit', 288, 1146, 11],
  ['Ways', 'Ways', 756, 9354, 10],
  ['Ways', 'WaysConstrained', 336, 4159, 10],
  ['Ways', 'WaysView', 84, 1042, 8],
  ['Ways', 'WaysSteps', 756, 9354, 10],
  ['Guards', 'Guards', 68, 95992, 4],
] as const;

describe('counts are those of TLC', () => {
  test.each(models)(
    '%s with %s.cfg: %i distinct, %i generated, depth %i',
    (module, config, distinct, generated, depth) => {
      expect(check(module, config)).toMatchObject({ result: 'success', distinct, generated, depth });
    },
  );

  test('two-phase commit with six managers: 50816 distinct, 402306 generated, depth 20', () => {
    const config =
      'CONSTANT RM = {a, b, c, d, e, f}\nSPECIFICATION Spec\nINVARIANTS TypeOK Consistent\nCHECK_DEADLOCK FALSE';
    expect(check('Commit', config)).toMatchObject({ distinct: 50816, generated: 402306, depth: 20 });
  });
});
