/** One process of a program: its address space, and what is not certain about it. */
import { type AddressSpace, exit, fork } from '@vmacheck/model';
import { ForeignFlags } from './foreign-flags.js';
import { PageSet } from './page-set.js';

/** See the head of the file. */
export class Process {
  constructor(
    readonly space: AddressSpace,
    readonly uncertain: PageSet = new PageSet(),
    readonly foreign: ForeignFlags = new ForeignFlags(),
  ) {}

  /** What is not certain about the parent is not certain about the child. */
  fork(): Process {
    return new Process(fork(this.space), this.uncertain.clone(), this.foreign.clone());
  }

  exit(): void {
    exit(this.space);
  }
}
