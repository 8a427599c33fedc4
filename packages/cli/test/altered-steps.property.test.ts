/** A right step that is altered in any way is refused by the step relation, whatever the call; and the neighbourhood says of it what the whole states say. */
import { generatePrograms } from '@vmacheck/fuzz';
import { stepDifference } from '@vmacheck/invariants';
import {
  type Call,
  type Moment,
  NearMonitor,
  type Profile,
  profileFor,
  PropertyMonitor,
  type Result,
  Session,
} from '@vmacheck/replay';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEAR, PROPERTIES } from '../src/properties.js';
import { readSpec } from './specs-folder.js';

type Space = Session['space'];

/** What the call did in a space that is not touched again. */
interface Step {
  readonly before: Moment;
  readonly call: Call;
  readonly result: Result;
  /** A space in the state after the step, to be altered. */
  readonly after: () => Space;
}

const SEED = 20261130;
const PROFILE: Profile = profileFor('6.18').profile;

/** The calls of which the specifications say what they do: each `c.op = "..."` that leads to a function of that call. */
const OPS = ['Calls.tla', 'Mremap.tla'].flatMap((file) =>
  [...(readSpec(file) ?? '').matchAll(/c\.op = "(\w+)" (?:->|THEN) \w+\(s/g)].map(([, op]) => op as string),
);

/** Right steps of every call, some that succeed and some that fail. */
function rightSteps(perKind: number): ReadonlyMap<string, readonly Step[]> {
  const found = new Map<string, Step[]>(OPS.map((op) => [op, []]));
  const programs = (['mremap', 'all'] as const).flatMap((alphabet) => [
    ...generatePrograms({ seed: SEED, programs: 400, steps: 32, alphabet }),
  ]);
  for (const program of programs) {
    const session = new Session(program, PROFILE, {
      step: (before, call, result, after) => {
        const list = found.get(call.op);
        const known = new Set(before.frames.values());
        if (list === undefined || after.vmas.length < 2 || ![...after.frames.values()].some((one) => known.has(one)))
          return;
        if (list.filter((step) => step.result.ok === result.ok).length >= perKind) return;
        const kept = session.space.clone();
        list.push({ before, call, result, after: () => kept.clone() });
      },
      phase: () => undefined,
    });
    for (const step of program.steps) session.perform(step);
  }
  return found;
}

const flags = ['read', 'write', 'exec', 'shared', 'account', 'noreserve', 'locked', 'lockonfault', 'sealed'] as const;

/** Alters a space; `which` chooses the place. `kept`: pages with their frames that were there before. What a call brings in may have any frame that is free. */
type Alteration = (space: Space, which: number, kept: readonly (readonly [page: number, frame: number])[]) => void;

const ALTERATIONS: Readonly<Record<string, readonly Alteration[]>> = {
  map: [
    ...flags.map((flag) => (space: Space, which: number): void => {
      const vma = nth(space.vmas, which);
      space.update(vma, { ...vma, [flag]: !vma[flag] });
    }),
    ...(['pgoff', 'file', 'uffd'] as const).map((field) => (space: Space, which: number): void => {
      const vma = nth(space.vmas, which);
      space.update(vma, { ...vma, [field]: vma[field] + 1 });
    }),
    (space, which) => {
      const vma = nth(space.vmas, which);
      space.update(vma, { ...vma, anonVma: vma.anonVma === 0 ? 1000 : 0 });
    },
    (space, which) => {
      const { start, end } = nth(space.vmas, which);
      space.tree.splice(start, end, []);
    },
    (space) => {
      const last = nth(space.vmas, space.vmas.length - 1);
      space.tree.splice(last.end + 5, last.end + 6, [{ ...last, start: last.end + 5, end: last.end + 6 }]);
    },
  ],
  pages: [
    (space, which, kept) => space.frameTable.delete(nth(kept, which)[0]),
    (space, which, kept) => space.frameTable.set(nth(kept, which)[0], 100_000),
    (space, which, kept) => {
      const [page, frame] = nth(kept, which);
      space.frameTable.delete(page);
      space.frameTable.set(page + 100_000, frame);
    },
    (space, which, kept) => {
      const [page, frame] = nth(kept, which);
      space.frameTable.set(page + 100_000, frame);
    },
  ],
  mapCount: [(space, which) => void (space.mapCount += 1 + (which % 3))],
  totalVm: [(space, which) => void (space.totalVm += 1 + (which % 3))],
  lockedVm: [(space, which) => void (space.lockedVm += 1 + (which % 3))],
  committed: [(space, which) => void (space.committed += 1 + (which % 3))],
  guards: [(space, which) => space.guards.set(100_000 + which, true)],
  process: [
    (space) => void (space.lockFuture = { locked: !space.lockFuture.locked, lockonfault: false }),
    (space) => void (space.brk += 0x1000n),
  ],
};

/** Pages whose frames were in use before the step. */
function keptIn({ before, after }: Step): readonly (readonly [number, number])[] {
  const known = new Set(before.frames.values());
  return [...after().frames].filter(([, frame]) => known.has(frame));
}

const nth = <T>(list: readonly T[], which: number): T => list[which % list.length] as T;

/** An errno that no call gives is excused by nothing. */
const NEVER: Result = { ok: false, value: 0, errno: 'ENXIO' };

/** Another value; where the address is the kernel's to choose, it is the map that does not fit. */
const otherValue = ({ ok, value }: Result): Result => ({ ok: true, value: ok ? value + 1 : 0, errno: '' });

/** Whether the relation has something to say of a step: of failures for an open reason, and of memory of objects, it does not. */
function speaks({ before, call, result, after }: Step): boolean {
  if (stepDifference(before.state, call, result, after().snapshot(), PROFILE) !== '') return false;
  const counted = after();
  counted.mapCount += 1;
  counted.committed += 1;
  return (
    call.argClass === 'ok' &&
    !(call.op === 'mmap' && call.file !== 0) &&
    stepDifference(before.state, call, result, counted.snapshot(), PROFILE) !== ''
  );
}

const steps = rightSteps(40);

test.each(OPS)('%s: a difference of any kind is told by its name', (op) => {
  const speaking = (steps.get(op) as readonly Step[]).filter(speaks);
  expect(speaking.length).toBeGreaterThan(5);
  const refused = new Set<string>();
  const property = fc.property(
    fc.constantFrom(...speaking),
    fc.constantFrom(...Object.keys(ALTERATIONS)),
    fc.nat(1000),
    fc.nat(1000),
    (step, kind, way, which) => {
      const space = step.after();
      nth(ALTERATIONS[kind] as readonly Alteration[], way)(space, which, keptIn(step));
      expect(stepDifference(step.before.state, step.call, step.result, space.snapshot(), PROFILE)).toBe(kind);
      refused.add(kind);
    },
  );
  fc.assert(property, { numRuns: 400, seed: SEED });
  expect([...refused].sort()).toEqual(Object.keys(ALTERATIONS).sort());
});

test.each(OPS)('%s: another result is told', (op) => {
  const speaking = (steps.get(op) as readonly Step[]).filter(speaks);
  for (const { before, call, result, after } of speaking) {
    const seen = after().snapshot();
    expect(stepDifference(before.state, call, NEVER, seen, PROFILE)).toBe('result');
    expect(stepDifference(before.state, call, otherValue(result), seen, PROFILE)).toMatch(/^(result|map)$/);
  }
});

test('of altered steps the neighbourhood says what the whole states say', () => {
  const all = [...steps.values()].flat();
  const kinds = Object.values(ALTERATIONS).flat();
  const whole = new PropertyMonitor(PROPERTIES);
  const inner = new PropertyMonitor(PROPERTIES);
  const near = new NearMonitor(inner, NEAR);
  let violated = 0;
  const property = fc.property(fc.constantFrom(...all), fc.nat(10_000), fc.nat(1000), (step, way, which) => {
    const space = step.after();
    nth(kinds, way)(space, which, keptIn(step));
    const after = space.moment();
    whole.reset();
    inner.reset();
    whole.step(step.before, step.call, step.result, after, PROFILE);
    near.step(step.before, step.call, step.result, after, PROFILE);
    expect(inner.violation).toEqual(whole.violation);
    if (whole.violation !== undefined) violated += 1;
  });
  fc.assert(property, { numRuns: 3000, seed: SEED });
  expect(violated).toBeGreaterThan(2500);
});
