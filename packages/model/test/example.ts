import { addressOf, AddressSpace, load, mmap, mprotect, munmap, store } from '@vmacheck/model';

const space = AddressSpace.create();
const page = (n: number) => addressOf(0x1000 + n);

// |AAAAAA|   six pages, private, anonymous, rw, at a fixed address
mmap(space, { op: 'mmap', addr: page(0), length: page(6) - page(0), prot: 3n, flags: 0x32n, file: 0, offset: 0n });
store(space, page(4), 0x2an);

// |AA|rr|AA|   then   |AA|..|AA|
mprotect(space, page(2), 2n * 4096n, 1n);
munmap(space, page(2), 2n * 4096n);

const { vmas, mapCount, committed } = space.snapshot();
console.log(vmas.map((vma) => [vma.start, vma.end, vma.anonVma]));
console.log({ mapCount, committed }, load(space, page(4)), load(space, page(2)));
