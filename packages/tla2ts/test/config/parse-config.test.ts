import { describe, expect, it } from 'vitest';
import { parseConfig, type ConfigValue } from '../../src/index.js';

function show(value: ConfigValue): string {
  switch (value.kind) {
    case 'modelValue':
      return value.name;
    case 'set':
      return `{${value.items.map(show).join(', ')}}`;
    case 'string':
      return `"${value.value}"`;
    default:
      return `${value.value}`;
  }
}

function read(text: string): Readonly<Record<string, unknown>> {
  const { config, diagnostics } = parseConfig('M.cfg', text);
  expect(diagnostics).toEqual([]);
  return {
    ...config,
    constants: config.constants.map(
      (c) => `${c.name.text}(${c.args.map(show).join()}) = ${c.module ? `[${c.module.text}]` : ''}${show(c.value)}`,
    ),
    overrides: config.overrides.map((o) => `${o.name.text} <- ${o.module ? `[${o.module.text}]` : ''}${o.by.text}`),
    invariants: config.invariants.map((n) => n.text),
  };
}

describe('a configuration', () => {
  it('has every statement of TLC', () => {
    const { config, diagnostics } = parseConfig(
      'M.cfg',
      'SPECIFICATION Spec INVARIANT A INVARIANTS B C PROPERTY P PROPERTIES Q CONSTRAINT K CONSTRAINTS L\n' +
        'ACTION_CONSTRAINT M ACTION_CONSTRAINTS N SYMMETRY S VIEW V ALIAS X POSTCONDITION Z CHECK_DEADLOCK FALSE',
    );
    expect(diagnostics).toEqual([]);
    const texts = (names: readonly { readonly text: string }[]): readonly string[] => names.map((n) => n.text);
    expect(config.specification?.text).toBe('Spec');
    expect(texts(config.invariants)).toEqual(['A', 'B', 'C']);
    expect(texts(config.properties)).toEqual(['P', 'Q']);
    expect(texts(config.constraints)).toEqual(['K', 'L']);
    expect(texts(config.actionConstraints)).toEqual(['M', 'N']);
    expect(texts(config.postconditions)).toEqual(['Z']);
    expect([config.symmetry?.text, config.view?.text, config.alias?.text]).toEqual(['S', 'V', 'X']);
    expect(config.checkDeadlock).toBe(false);
  });

  it('has INIT and NEXT', () => {
    const { config } = parseConfig('M.cfg', 'INIT Init\nNEXT Next');
    expect([config.init?.text, config.next?.text, config.checkDeadlock]).toEqual(['Init', 'Next', undefined]);
  });

  it('gives values to constants', () => {
    expect(read('CONSTANTS N = 3 M = -1 s = "text" b = TRUE a1 = a1 P = {p1, p2} Q = {{1}, {}}')['constants']).toEqual([
      'N() = 3',
      'M() = -1',
      's() = "text"',
      'b() = true',
      'a1() = a1',
      'P() = {p1, p2}',
      'Q() = {{1}, {}}',
    ]);
  });

  it('gives values to operator constants, and to constants of one module', () => {
    expect(read('CONSTANT Op(1, a) = 5\nI!N = 3\nK = [Other] 4')['constants']).toEqual([
      'Op(1,a) = 5',
      'I!N() = 3',
      'K() = [Other]4',
    ]);
  });

  it('overrides definitions, also in one module only', () => {
    expect(read('CONSTANTS\n  Nat <- MyNat\n  Seq <- [Sequences] BoundedSeq')['overrides']).toEqual([
      'Nat <- MyNat',
      'Seq <- [Sequences]BoundedSeq',
    ]);
  });

  it('may have comments of both kinds anywhere', () => {
    expect(read('\\* first\nINVARIANT (* a (* nested *) one *) A \\* last\n\\* INVARIANT B')['invariants']).toEqual([
      'A',
    ]);
  });

  it('knows where everything stands', () => {
    const { config } = parseConfig('M.cfg', 'INVARIANTS\r\n  A\r\n\tB');
    expect(config.invariants.map((n) => [n.span.line, n.span.column])).toEqual([
      [2, 3],
      [3, 2],
    ]);
  });
});
