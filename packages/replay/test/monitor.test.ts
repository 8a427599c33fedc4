import { describe, expect, test } from 'vitest';
import { groupOf, PROFILES, type Properties, PropertyMonitor, Session } from '../src/index.js';
import { at, call, load, map, move, program } from './build.js';

const about = (name: string) => ({ name, doc: `${name} in words`, source: `specs/X.tla:1` });

function monitored(properties: Partial<Properties>): PropertyMonitor {
  const monitor = new PropertyMonitor({ state: [], step: [], phase: [], ...properties });
  const found = program([map(2, 3), move(2, 3, 9), call('munmap', 9, 3), load(9)]);
  const session = new Session(found, PROFILES['6.18'], monitor);
  for (const step of found.steps) session.perform(step);
  return monitor;
}

describe('the monitor', () => {
  test('evaluates state invariants after every step, and counts how often they said something', () => {
    const monitor = monitored({
      state: [
        groupOf({
          ...about('Some'),
          check: (s) => {
            if (s.vmas.length === 0) return 0;
            return s.mapCount === s.vmas.length ? 1 : -1;
          },
        }),
      ],
    });
    expect(monitor.counts).toMatchObject([{ name: 'Some', kind: 'state', evaluated: 4, antecedentTrue: 2 }]);
    expect(monitor.violation).toBeUndefined();
  });

  test('hands step properties both states, the call in pages, its result and the profile', () => {
    const seen: unknown[] = [];
    monitored({
      step: [
        groupOf({
          ...about('Seen'),
          check: (s, c, r, t, prof) => {
            seen.push([s.vmas.length, c.op, r.ok, t.vmas.length, prof === PROFILES['6.18']]);
            return 1;
          },
        }),
      ],
    });
    expect(seen).toEqual([
      [0, 'mmap', true, 1, true],
      [1, 'mremap', true, 1, true],
      [1, 'munmap', true, 0, true],
      [0, 'load', false, 0, true],
    ]);
  });

  test('sees every phase of mremap, from the parameters to the end', () => {
    const phases: string[] = [];
    const monitor = monitored({
      phase: [
        groupOf({
          ...about('Phases'),
          check: (_s, m, _t, n) => {
            phases.push(m.phase);
            return n.phase !== m.phase ? 1 : -1;
          },
        }),
      ],
    });
    expect(phases[0]).toBe('params');
    expect(phases).toContain('movePages');
    expect(phases.at(-1)).toBe('notify');
    expect(monitor.counts[0]?.evaluated).toBe(phases.length);
  });

  test('keeps the first violation with what the property says and where it stands', () => {
    const check = () => -1 as const;
    const [state, step] = [groupOf({ ...about('Never'), check }), groupOf({ ...about('NeverStep'), check })];
    const monitor = monitored({ state: [state], step: [step] });
    expect(monitor.violation).toEqual({ ...about('NeverStep'), kind: 'step' });
    monitor.reset();
    expect(monitor.violation).toBeUndefined();
    expect(monitor.counts.map(({ evaluated }) => evaluated)).toEqual([4, 4]);
  });

  test('asks step properties only of what the specifications speak of, and state invariants always', () => {
    const check = () => 1 as const;
    const monitor = new PropertyMonitor({
      state: [groupOf({ ...about('State'), check })],
      step: [groupOf({ ...about('Step'), check })],
      phase: [groupOf({ ...about('Phase'), check })],
    });
    const advise = (advice: number) => ({ op: 'madvise', args: { addr: at(2), length: '0x1000', advice } }) as const;
    const steps = [map(2, 3), advise(21), load(2), advise(14), load(2), move(2, 1, 9)];
    const session = new Session(program(steps), PROFILES['6.18'], monitor);
    for (const step of steps) session.perform(step);
    expect(monitor.counts.map(({ evaluated }) => evaluated)).toEqual([6, 2, 0]);
  });

  test('tells of several properties that do not hold the first, and counts them all', () => {
    const check = () => -1 as const;
    const vacuous = { ...about('Vacuous'), check: () => 0 as const };
    const group = groupOf(vacuous, { ...about('First'), check }, { ...about('Second'), check });
    const monitor = monitored({ state: [group] });
    expect(monitor.violation).toEqual({ ...about('First'), kind: 'state' });
    expect(monitor.counts.map(({ evaluated, antecedentTrue }) => [evaluated, antecedentTrue])).toEqual([
      [4, 0],
      [4, 4],
      [4, 4],
    ]);
  });
});
