import { addressOf, AddressSpace, mmap } from '@vmacheck/model';
import { begin, mremap, step } from '@vmacheck/mremap';

const space = AddressSpace.create();
const page = (n: number) => addressOf(0x1000 + n);
const map = (from: number, to: number, prot: bigint) =>
  mmap(space, { op: 'mmap', addr: page(from), length: page(to) - page(from), prot, flags: 0x32n, file: 0, offset: 0n });
map(0, 2, 3n);
map(3, 5, 1n);

// |AA|.|BB|......   ->   ......|AA|.|BB|   MREMAP_MAYMOVE | MREMAP_FIXED over both and the hole
const fivePages = 5n * 4096n;
const call = {
  op: 'mremap',
  oldAddr: page(0),
  oldLen: fivePages,
  newLen: fivePages,
  flags: 3n,
  newAddr: page(6),
} as const;

const branch = space.clone();
const phases: string[] = [];
for (let machine = begin(branch, call); machine.phase !== 'done'; machine = step(branch, machine)) {
  phases.push(machine.phase);
}
console.log(phases.join(' '));
console.log(
  mremap(space, call),
  space.vmas.map((vma) => [vma.start - 0x1000, vma.end - 0x1000]),
);
