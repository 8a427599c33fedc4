import {
  type Check,
  address,
  bytes,
  count,
  flag,
  hex,
  list,
  nullable,
  oneOf,
  optional,
  raw,
  record,
  sortedVmas,
  table,
  text,
  value,
} from './checks.js';
import type { Op } from './types.js';

/** What each field of the format must be. The interfaces in types.ts say the same to the compiler. */

const anything: Check = () => undefined;

const vma = record({
  start: hex,
  end: hex,
  perms: value('permissions like "rw-p"', (found) => typeof found === 'string' && /^[r-][w-][x-][ps]$/.test(found)),
  offset: hex,
  file: nullable(text),
  vmFlags: optional(text),
  name: optional(text),
  anonymous: optional(flag),
});

const vmas = sortedVmas(vma);

const counters = record({
  mapCount: optional(count),
  totalVm: optional(count),
  lockedVm: optional(count),
  dataVm: optional(count),
  committed: optional(count),
});

const file: Check = (found, where) =>
  record({ kind: oneOf('memfd', 'file') })(found, where) ??
  ((found as { kind: string }).kind === 'memfd'
    ? record({ pages: count })(found, where)
    : record({ path: text, pages: nullable(count) })(found, where));

const context = record({ features: nullable(list(text)) });

const uffd: Check = (found, where) =>
  typeof found === 'object' && found !== null && 'contexts' in found
    ? record({ contexts: table(text, context) })(found, where)
    : context(found, where);

/** Fields that may be absent, by record: null says the same. */
export const optionalFields = {
  program: ['kernelVersion', 'limits', 'brk', 'baseline', 'config', 'origin'],
  step: ['result', 'after', 'contents', 'counters', 'events', 'vector', 'proc'],
} as const;

/** The fields of a program record. */
export const programFields: Check = record({
  id: text,
  kernel: nullable(text),
  kernelVersion: optional(text),
  arch: oneOf('x86_64'),
  pageSize: oneOf(4096),
  window: nullable(record({ start: hex, end: hex })),
  files: table(text, file),
  capIpcLock: flag,
  rlimitMemlock: bytes,
  limits: optional(record({ maxMapCount: optional(count), rlimitAs: optional(bytes), rlimitData: optional(bytes) })),
  uffd: nullable(uffd),
  mappings: vmas,
  origin: optional(oneOf('execve', 'fork')),
  brk: optional(hex),
  baseline: optional(counters),
  config: optional(
    record({
      thp: optional(oneOf('always', 'madvise', 'never')),
      softDirty: optional(flag),
      anonNames: optional(flag),
      overcommit: optional(oneOf(0, 1, 2)),
      mmapMinAddr: optional(hex),
      mmapBase: optional(hex),
    }),
  ),
});

const range = { addr: address, length: hex };
const flagged = record({ ...range, flags: raw });
const ctx = { ctx: optional(text) };

/** The arguments of each operation. Its keys are the operations of the format. */
export const argumentFields: Readonly<Record<Op, Check>> = {
  mmap: record({
    ...range,
    prot: raw,
    flags: raw,
    fd: value('-1, the name of a file, or "unknown"', (found) => found === -1 || typeof found === 'string'),
    offset: hex,
  }),
  munmap: record(range),
  mlock: record(range),
  munlock: record(range),
  mprotect: record({ ...range, prot: raw }),
  mremap: record({ oldAddr: address, oldLen: hex, newLen: hex, flags: raw, newAddr: address }),
  madvise: record({ ...range, advice: raw }),
  mlock2: flagged,
  mseal: flagged,
  msync: flagged,
  mlockall: record({ flags: raw }),
  munlockall: anything,
  mincore: record(range),
  brk: record({ addr: address }),
  uffdRegister: record({ ...range, mode: raw, ...ctx }),
  uffdUnregister: record({ ...range, ...ctx }),
  uffdClose: optional(record(ctx)),
  store: record({ addr: address, value: hex }),
  load: record({ addr: address }),
  fork: anything,
  exit: anything,
  setLimit: record({
    resource: oneOf('memlock', 'as', 'data', 'maxMapCount'),
    value: (found, where) =>
      typeof found === 'string' && found !== 'unlimited' ? hex(found, where) : bytes(found, where),
  }),
  setCapability: record({ name: text, on: flag }),
  faulted: record({ addr: address }),
  other: record({ call: text }),
  drift: record({ why: text }),
};

const result: Check = (found, where) => {
  const object = record({})(found, where);
  if (object) return object;
  const given = Object.keys(found as object).filter((name) => ['value', 'errno', 'signal'].includes(name));
  if (given.length !== 1) {
    return value('exactly one of {"value":"0x.."}, {"errno":"EFAULT"}, {"signal":"SIGSEGV"}', () => false)(
      found,
      where,
    );
  }
  return record({
    value: optional(hex),
    errno: optional(value('a symbolic errno like "EFAULT"', (name) => typeof name === 'string' && /^E\w+$/.test(name))),
    signal: optional(oneOf('SIGSEGV', 'SIGBUS')),
  })(found, where);
};

/** What a step may carry beside its operation and arguments. */
export const stepFields: Check = record({
  result: optional(result),
  after: optional((found, where) =>
    typeof found === 'string' ? oneOf('unchanged')(found, where) : vmas(found, where),
  ),
  contents: optional(table(hex, hex)),
  counters: optional(counters),
  events: optional(
    list(record({ ctx: text, event: text, from: optional(hex), to: optional(hex), len: optional(hex) })),
  ),
  vector: optional(value('a string of 0 and 1', (found) => typeof found === 'string' && /^[01]*$/.test(found))),
  proc: optional(count),
});
