import { readFileSync } from 'node:fs';
import { type Program, type Step, toHex } from '@vmacheck/trace';
import { expect, test } from 'vitest';
import { compileRunner } from '../src/compile.js';
import { livePlace, type Outcome, Recorder, recordPrograms, runPrograms } from '../src/index.js';
import {
  at,
  FIXED,
  liveKernel,
  load,
  mmap,
  mremap,
  munmap,
  program,
  register,
  run,
  RW,
  withUffd,
  when,
} from './programs.js';

const kernel = await liveKernel();
const reasonOf = async (each: Program): Promise<string> => {
  const [outcome] = await run([each]);
  return outcome === undefined || outcome.kind === 'recorded' ? 'recorded' : `${outcome.kind}: ${outcome.reason}`;
};
const fine = program([mmap(0, 1, RW)]);
/** Takes a second or more. */
const long = program([mmap(0, 1, RW), ...Array.from({ length: 100_000 }, () => munmap(5, 1))]);

when(kernel).each<[string, Step]>([
  ['munmap of everything', { op: 'munmap', args: { addr: '0x0', length: toHex(0x7ffffffff000) } }],
  [
    'a mapping over the recorder',
    {
      op: 'mmap',
      args: { addr: toHex(0x7ffff7ffd000), length: '0x1000', prot: 0, flags: 0x32, fd: -1, offset: '0x0' },
    },
  ],
  [
    'a move onto the recorder',
    {
      op: 'mremap',
      args: { oldAddr: at(0), oldLen: '0x1000', newLen: '0x1000', flags: 3, newAddr: toHex(0x7ffff7ffd000) },
    },
  ],
  ['a store into the recorder', { op: 'store', args: { addr: toHex(0x7ffff7ffd000), value: '0x0' } }],
  [
    'a shrink over the recorder',
    {
      op: 'mremap',
      args: { oldAddr: at(0), oldLen: toHex(0x700000000000), newLen: '0x1000', flags: 0, newAddr: '0x0' },
    },
  ],
  ['poisoned memory', { op: 'madvise', args: { addr: at(0), length: '0x1000', advice: 100 } }],
  ['a vector of too many pages', { op: 'mincore', args: { addr: '0x0', length: toHex(2 ** 40) } }],
  [
    'a mapping of much memory at once',
    { op: 'mmap', args: { addr: '0x0', length: toHex(2 ** 30), prot: 3, flags: 0x8022, fd: -1, offset: '0x0' } },
  ],
  ['a FIXED move that shrinks by 17 pages', mremap(0, 20, 3, FIXED, 30)],
])('%s is refused, and its program skipped', async (_, step) => {
  expect(await reasonOf(program([mmap(0, 20, RW), step]))).toMatch(/^skipped: step 1 was refused: /);
});

when(kernel)('what the kernel is sure to reject is not refused', async () => {
  const steps: Step[] = [
    { op: 'munmap', args: { addr: at(0), length: toHex(2n ** 63n) } },
    { op: 'mremap', args: { oldAddr: at(0), oldLen: toHex(2n ** 63n), newLen: '0x0', flags: 3, newAddr: '0x0' } },
    { op: 'mprotect', args: { addr: at(2), length: toHex(0x7fff00000000), prot: 0 } },
    { op: 'mprotect', args: { addr: toHex(0x7ffff7ffd001), length: '0x1000', prot: 0 } },
  ];
  expect(await reasonOf(program([mmap(0, 1, RW), ...steps]))).toBe('recorded');
});

when(kernel && kernel.config.overcommit !== 2)(
  'a FIXED move that shrinks a little runs, and its leak is reported',
  async () => {
    const [outcome] = await run([program([mmap(0, 2, RW), mremap(0, 2, 1, FIXED, 10)])]);
    expect(outcome).toMatchObject({ kind: 'recorded', leakedPages: 1 });
  },
);

when(kernel).each<[RegExp, Program]>([
  [/step 0: faulted is not executed/, program([{ op: 'faulted', args: { addr: at(0) } }])],
  [/no file is called F9/, program([mmap(0, 1, RW, 0x12, 'F9')])],
  [/no file is called unknown/, program([mmap(0, 1, RW, 0x12, 'unknown')])],
  [/F1 is not a memfd/, program([], { files: { F1: { kind: 'file', path: '/x', pages: null } } })],
  [/declares no uffd/, program([register(0, 1)])],
  [
    /begins with mappings/,
    program([], { mappings: [{ start: '0x1000', end: '0x2000', perms: 'r--p', offset: '0x0', file: null }] }),
  ],
  [/forked process/, program([], { origin: 'fork' })],
  [/max_map_count 100/, program([], { limits: { maxMapCount: 100 } })],
  [/its process is not there/, program([{ ...munmap(0, 1), proc: 1 }])],
  [/the first process runs the steps/, program([{ op: 'exit', args: {} }])],
  [/forks more than 15 times/, program(Array.from({ length: 16 }, (): Step => ({ op: 'fork', args: {} })))],
  [/capability CAP_NICE/, program([{ op: 'setCapability', args: { name: 'CAP_NICE', on: true } }])],
  [/setting of the whole machine/, program([{ op: 'setLimit', args: { resource: 'maxMapCount', value: 100 } }])],
  [/signal|gave no value/, program([load(0), { op: 'load', args: { addr: 'r0+0x0' } }])],
])('a program that this recorder cannot run is skipped: %s', async (reason, each) => {
  expect(await reasonOf(each)).toMatch(reason);
});

when(kernel)('a program that takes too long is ended and reported, and the next one runs', async () => {
  const outcomes = await run([long, fine], { timeoutMs: 300 });
  expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'recorded']);
  expect(outcomes[0]).toMatchObject({
    reason: expect.stringMatching(/longer than 300 ms and was ended at step \d+$/) as string,
  });
});

when(kernel)('a runner that dies costs one program; the others run in a new one', async () => {
  const recorder = new Recorder(await livePlace());
  const outcomes = [long, fine, fine].map((each) => recorder.run(each));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);
  const runners = children.filter((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('runner-'));
  expect(runners).toHaveLength(1);
  process.kill(runners[0] as number, 'SIGKILL');
  const kinds = (await Promise.all(outcomes)).map(({ kind }) => kind);
  recorder.close();
  expect(kinds).toEqual(['failed', 'recorded', 'recorded']);
});

when(kernel)(
  'outcomes come in the order of the programs, and only recorded ones are yielded by recordPrograms',
  async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      i % 3 === 0
        ? program([{ op: 'exit', args: {} }], { id: `${i}` })
        : program([mmap(0, 1, RW)], { id: `${i}`, ...withUffd }),
    );
    const outcomes: Outcome[] = [];
    const ids: string[] = [];
    for await (const each of recordPrograms(many, { onOutcome: (outcome) => outcomes.push(outcome) }))
      ids.push(each.id);
    expect(outcomes.map((outcome) => outcome.program.id)).toEqual(many.map(({ id }) => id));
    expect(ids).toEqual(many.map(({ id }) => id).filter((id) => Number(id) % 3 !== 0));
  },
);

when(kernel)('a consumer may stop early', async () => {
  const endless = function* (): Generator<Program> {
    for (;;) yield fine;
  };
  for await (const outcome of runPrograms(endless())) {
    expect(outcome.kind).toBe('recorded');
    break;
  }
});

test('without a C compiler the reason says so', async () => {
  const before = process.env['CC'];
  process.env['CC'] = 'no-such-compiler';
  try {
    expect(await compileRunner()).toEqual({
      ok: false,
      reason: 'there is no C compiler: `no-such-compiler` was not found',
    });
  } finally {
    if (before === undefined) delete process.env['CC'];
    else process.env['CC'] = before;
  }
});

when(kernel)('the recorder compiles without a warning', async () => {
  const before = process.env['CC'];
  process.env['CC'] = `${before ?? 'cc'} -Werror -Wpedantic`;
  try {
    expect(await compileRunner()).toMatchObject({ ok: true });
  } finally {
    if (before === undefined) delete process.env['CC'];
    else process.env['CC'] = before;
  }
});
