import * as fc from 'fast-check';
import { type Address, type Hex, type Program, type Step, toHex } from '../src/index.js';

const hex: fc.Arbitrary<Hex> = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(toHex);
const address = (index: number): fc.Arbitrary<Address> =>
  index === 0
    ? hex
    : fc.oneof(
        hex,
        fc.tuple(fc.nat(index - 1), hex).map(([i, offset]) => `r${i}+${offset}` as const),
      );
const raw = fc.oneof(hex, fc.integer());

/** Fields that the format does not know: names cannot collide with those that it does. */
const unknown = fc.dictionary(
  fc.string({ maxLength: 5 }).map((name) => `x-${name}`),
  fc.jsonValue({ maxDepth: 1 }),
  { maxKeys: 2 },
);

const vmas = fc
  .uniqueArray(fc.nat(1000), { maxLength: 8 })
  .map((pages) => pages.sort((a, b) => a - b))
  .map((pages) =>
    pages.slice(1).map((page, i) => ({
      start: toHex((pages[i] as number) * 4096),
      end: toHex(page * 4096),
      perms: 'rw-p',
      offset: toHex(0),
      file: i % 2 ? 'shmem' : null,
      vmFlags: 'rd wr mr mw me ac',
    })),
  );

const step = (index: number): fc.Arbitrary<Step> => {
  const range = fc.record({ addr: address(index), length: hex });
  const call = fc.oneof(
    fc.record({
      op: fc.constant('mmap'),
      args: fc.record({
        addr: address(index),
        length: hex,
        prot: raw,
        flags: raw,
        fd: fc.constantFrom(-1, 'F0'),
        offset: hex,
      }),
    }),
    fc.record({
      op: fc.constant('mremap'),
      args: fc.record({ oldAddr: address(index), oldLen: hex, newLen: hex, flags: raw, newAddr: address(index) }),
    }),
    fc.record({ op: fc.constantFrom('munmap', 'mlock', 'munlock', 'mincore', 'uffdUnregister'), args: range }),
    fc.record({ op: fc.constant('store'), args: fc.record({ addr: address(index), value: hex }) }),
    fc.record({ op: fc.constantFrom('fork', 'munlockall', 'exit'), args: fc.constant({}) }),
  );
  const observation = fc.record(
    {
      result: fc.oneof(fc.record({ value: hex }), fc.constant({ errno: 'EFAULT' }), fc.constant({ signal: 'SIGBUS' })),
      after: fc.oneof(vmas, fc.constant('unchanged')),
      contents: fc.dictionary(hex, hex, { maxKeys: 3 }),
      counters: fc.record({ mapCount: fc.nat(), lockedVm: fc.nat() }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(call, observation, unknown)
    .map(([what, seen, extra]) => ({ ...what, ...seen, ...extra }) as unknown as Step);
};

/** Any program that the format allows, run or not, with fields of later versions in it. */
export const program: fc.Arbitrary<Program> = fc
  .nat(6)
  .chain((length) =>
    fc.tuple(
      fc.record({
        id: fc.string(),
        kernel: fc.constantFrom(null, '6.18.15'),
        arch: fc.constant('x86_64'),
        pageSize: fc.constant(4096),
        window: fc.constantFrom(null, { start: toHex(0x1000), end: toHex(0x9000) }),
        files: fc.constant({ F0: { kind: 'memfd' as const, pages: 4 } }),
        capIpcLock: fc.boolean(),
        rlimitMemlock: fc.oneof(fc.nat(), fc.constant('unlimited' as const)),
        uffd: fc.constantFrom(null, { features: ['SIGBUS'] }, { contexts: { U0: { features: null } } }),
        mappings: vmas,
      }),
      unknown,
      fc.tuple(...Array.from({ length }, (_, index) => step(index))),
    ),
  )
  .map(([header, extra, steps]) => ({ ...header, ...extra, steps }) as unknown as Program);
