/** From a step of a trace to a call of the model: bytes stay bytes, names of files become identities. */
import type { Chosen, RawCall } from '@vmacheck/model';
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
  /** `changes`: the step may have changed the layout, or what a layout does not show. */
  | { readonly kind: 'unknown'; readonly why: string; readonly changes: boolean };

/** What a step means depends on the steps before it and on the program's files. */
export interface StepContext {
  /** Results of the steps so far, by index, for addresses such as "r3+0x1000". */
  readonly results: readonly (StepResult | undefined)[];
  /** Name of a file -> its identity in the model. */
  readonly files: ReadonlyMap<string, number>;
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
    case 'uffdUnregister':
      return call({ op: step.op, addr: at(step.args.addr), length: parseHex(step.args.length) });
    case 'mprotect':
      return call({ op: 'mprotect', ...range(step.args, at), prot: toBits(step.args.prot) });
    case 'mlock2':
    case 'mseal':
      return call({ op: step.op, ...range(step.args, at), flags: toBits(step.args.flags) });
    case 'madvise':
      return call({ op: 'madvise', ...range(step.args, at), advice: toBits(step.args.advice) });
    case 'uffdRegister':
      return call({ op: 'uffdRegister', ...range(step.args, at), mode: toBits(step.args.mode) });
    case 'load':
      return call({ op: 'load', addr: at(step.args.addr) });
    case 'store':
      return call({ op: 'store', addr: at(step.args.addr), value: parseHex(step.args.value) });
    case 'drift':
      return unknown(`something unobserved changed the layout: ${step.args.why}`);
    case 'other':
      return unknown(`${step.args.call} is not modelled`);
    case 'mincore':
    case 'msync':
    case 'fork':
    case 'exit':
    case 'setLimit':
    case 'setCapability':
      return unknown(`${step.op} is not modelled`, false);
    case 'faulted':
      return unknown('page faults that an observer saw are not modelled', false);
    default:
      return unknown(`${step.op} is not modelled`);
  }
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
