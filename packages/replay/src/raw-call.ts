/** From a step of a trace to a call of the model: bytes stay bytes, names of files become identities. */
import { type Chosen, pageOf, type RawCall } from '@vmacheck/model';
import {
  type Address,
  MAP,
  MREMAP,
  parseHex,
  resolveAddress,
  type Step,
  type StepResult,
  toBits,
} from '@vmacheck/trace';

/** A call of the model, or why the model has none for the step. */
export type Translation =
  | { readonly kind: 'call'; readonly raw: RawCall }
  /** A process comes, or goes. */
  | { readonly kind: 'fork' }
  | { readonly kind: 'exit' }
  /** An observer saw that the VMA with this page has private memory. */
  | { readonly kind: 'faulted'; readonly page: number }
  /** `changes`: the step may have changed the layout, or what a layout does not show. */
  | { readonly kind: 'unknown'; readonly why: string; readonly changes: boolean };

/** What a step means depends on the steps before it and on the program's files. */
export interface StepContext {
  /** Results of the steps so far, by index, for addresses such as "r3+0x1000". */
  readonly results: readonly (StepResult | undefined)[];
  /** Name of a file -> its identity in the model. */
  readonly files: ReadonlyMap<string, number>;
  /** Name of a userfaultfd -> its number in the model. */
  readonly contexts: ReadonlyMap<string, number>;
  /** The program says where the heap begins. */
  readonly hasHeap: boolean;
}

const unknown = (why: string, changes = true): Translation => ({ kind: 'unknown', why, changes });
const call = (raw: RawCall): Translation => ({ kind: 'call', raw });

/** The call of a step. Where the kernel chose an address, the recorded one is handed on as its choice. */
export function toRawCall(step: Step, context: StepContext): Translation {
  const at = (address: Address): bigint => resolveAddress(address, context.results) ?? 0n;
  switch (step.op) {
    case 'mmap': {
      const { args } = step;
      const flags = toBits(args.flags);
      const file = args.fd === -1 ? 0 : context.files.get(args.fd);
      if (file === undefined && (flags & BigInt(MAP.ANONYMOUS)) === 0n) return unknown(`file ${args.fd} is not known`);
      const fixed = (flags & BigInt(MAP.FIXED | MAP.FIXED_NOREPLACE)) !== 0n;
      return call({
        op: 'mmap',
        addr: at(args.addr),
        length: parseHex(args.length),
        prot: toBits(args.prot),
        flags,
        file: file ?? 0,
        offset: parseHex(args.offset),
        ...(fixed ? {} : chosenBy(step.result)),
      });
    }
    case 'mremap': {
      const { args } = step;
      const flags = toBits(args.flags);
      return call({
        op: 'mremap',
        oldAddr: at(args.oldAddr),
        oldLen: parseHex(args.oldLen),
        newLen: parseHex(args.newLen),
        flags,
        newAddr: at(args.newAddr),
        ...((flags & BigInt(MREMAP.FIXED)) === 0n ? chosenBy(step.result) : {}),
      });
    }
    case 'munmap':
    case 'mlock':
    case 'munlock':
    case 'mincore':
      return call({ op: step.op, addr: at(step.args.addr), length: parseHex(step.args.length) });
    case 'mprotect':
      return call({ op: 'mprotect', ...range(step.args, at), prot: toBits(step.args.prot) });
    case 'mlock2':
    case 'mseal':
    case 'msync':
      return call({ op: step.op, ...range(step.args, at), flags: toBits(step.args.flags) });
    case 'mlockall':
      return call({ op: 'mlockall', flags: toBits(step.args.flags) });
    case 'munlockall':
      return call({ op: 'munlockall' });
    case 'brk':
      if (!context.hasHeap) return unknown('where the heap begins');
      return call({ op: 'brk', addr: at(step.args.addr) });
    case 'setLimit':
    case 'setCapability':
      return setting(step);
    case 'madvise':
      return call({ op: 'madvise', ...range(step.args, at), advice: toBits(step.args.advice) });
    case 'uffdRegister':
    case 'uffdUnregister':
    case 'uffdClose':
      return uffdCall(step, context, at);
    case 'load':
      return call({ op: 'load', addr: at(step.args.addr) });
    case 'store':
      return call({ op: 'store', addr: at(step.args.addr), value: parseHex(step.args.value) });
    case 'drift':
      return unknown(`something unobserved changed the layout: ${step.args.why}`);
    case 'other':
      return unknown(`${step.args.call} is not modelled`);
    case 'faulted':
      return { kind: 'faulted', page: pageOf(at(step.args.addr)) };
    case 'fork':
    case 'exit':
      return { kind: step.op };
  }
}

/** A context is a number in the model; a step that names none means the only one. */
function uffdCall(
  step: Step & { readonly op: 'uffdRegister' | 'uffdUnregister' | 'uffdClose' },
  { contexts }: StepContext,
  at: (address: Address) => bigint,
): Translation {
  const name = step.args.ctx;
  const ctx = name === undefined ? 1 : contexts.get(name);
  if (ctx === undefined) return unknown(`the userfaultfd ${name} is not known`);
  if (step.op === 'uffdClose') return call({ op: 'uffdClose', ctx });
  if (step.op === 'uffdUnregister') return call({ op: 'uffdUnregister', ...range(step.args, at), ctx });
  return call({ op: 'uffdRegister', ...range(step.args, at), mode: toBits(step.args.mode), ctx });
}

/** Whether the process may change them depends on more than a trace carries, so that a refusal is taken as it is. */
function setting(step: Step & { readonly op: 'setLimit' | 'setCapability' }): Translation {
  if (step.result?.errno !== undefined) return unknown('what the process may change about itself', false);
  if (step.op === 'setCapability') return call({ op: 'setCapability', name: step.args.name, on: step.args.on });
  const { resource, value } = step.args;
  return call({ op: 'setLimit', resource, value: limitOf(value) });
}

/** A limit as a number; `Infinity` is none. */
export function limitOf(value: number | `0x${string}` | 'unlimited'): number {
  return value === 'unlimited' ? Infinity : Number(value);
}

function range(
  args: { readonly addr: Address; readonly length: `0x${string}` },
  at: (address: Address) => bigint,
): { readonly addr: bigint; readonly length: bigint } {
  return { addr: at(args.addr), length: parseHex(args.length) };
}

/** The kernel's choice as the record has it: an address, no room, or nothing recorded. */
function chosenBy(result: StepResult | undefined): { readonly chosen?: Chosen } {
  if (result?.value !== undefined) return { chosen: parseHex(result.value) };
  return result?.errno === 'ENOMEM' ? { chosen: null } : {};
}
