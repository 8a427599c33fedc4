/** Records on real kernels what the programs of find.mjs end in. */
import { openPlace, recordPrograms } from '../../packages/kernel/dist/index.js';
import { profileFor, replayProgram } from '../../packages/replay/dist/index.js';
import { series } from './seen.mjs';
import { directedPrograms } from './directed.mjs';
import { findPrograms } from './find.mjs';

/** @returns the recorded programs; those that do not end as the model says are printed */
export async function recordErrors(kernel, { seed, programs }) {
  const place = await openPlace(kernel);
  try {
    const machineWide = kernel !== 'live';
    const options = { counters: true, machineWide };
    const { release, version } = place.kernel;
    const { profile } = profileFor(release, version);
    const baseline = await baselineOf(place, options);
    const directed = directedPrograms(NOTHING, baseline, machineWide);
    const found = [...directed, ...(await findPrograms({ seed, programs, profile, baseline, machineWide }))];
    const wanted = [...new Map(found)].map(([about, program]) => {
      const { baseline: _model, ...header } = program;
      return { ...header, id: `${series(release)}/${about}`, about };
    });
    const recorded = [];
    for await (const program of recordPrograms(wanted, options, place)) {
      const verdict = replayProgram(program);
      const last = program.steps.at(-1).result;
      const ended = program.about.includes(` ${last.errno ?? last.signal}: `);
      if (ended && verdict.kind === 'agrees' && verdict.unknown.length === 0) recorded.push(program);
      else console.error(`${program.id}: ended in ${JSON.stringify(last)}, ${verdict.kind}`);
    }
    return recorded;
  } finally {
    await place.close();
  }
}

const NOTHING = {
  id: 'nothing',
  kernel: null,
  arch: 'x86_64',
  pageSize: 4096,
  window: { start: '0x10000000000', end: '0x10000030000' },
  files: { F0: { kind: 'memfd', pages: 96 }, F1: { kind: 'memfd', pages: 16 } },
  capIpcLock: true,
  rlimitMemlock: 'unlimited',
  uffd: { features: ['SIGBUS'] },
  mappings: [],
  steps: [],
};

/** What a process has there that is about to run a program. */
async function baselineOf(place, options) {
  const program = { ...NOTHING, steps: [{ op: 'munlockall', args: {} }] };
  for await (const { baseline } of recordPrograms([program], options, place)) return baseline;
  throw new Error('nothing can be recorded there');
}
