import type { Program } from '@vmacheck/trace';

/** What became of a program that was to be run. Only `recorded` programs carry results. */
export type Outcome =
  | {
      readonly kind: 'recorded';
      readonly program: Program;
      /** Pages of commit that the program leaked for good: FIXED moves that shrink, on Linux 6.16 to 7.2. */
      readonly leakedPages: number;
    }
  /** Not run, or stopped before a step that must not run on a live machine. */
  | { readonly kind: 'skipped'; readonly program: Program; readonly reason: string }
  /** Its process did not end as it should: a time limit, a signal that nobody expected. */
  | { readonly kind: 'failed'; readonly program: Program; readonly reason: string };

/** How programs are run and what is observed of them. */
export interface RecordOptions {
  /** Record the first 8 bytes of every present page of the window after each step. Default true. */
  readonly contents?: boolean;
  /** Record mapCount, totalVm, lockedVm and dataVm after each step; costs about 20 µs per step. Default false. */
  readonly counters?: boolean;
  /** With counters, record the machine's committed pages too. Only a guest that runs nothing else makes sense of them. Default false. */
  readonly committed?: boolean;
  /** Record the VmFlags of VMAs; without them a step takes a third of the time. Default true. */
  readonly vmFlags?: boolean;
  /** Let programs set what holds for the whole machine (vm.max_map_count); it is put back after each. Default false; for guests. */
  readonly machineWide?: boolean;
  /** How long one program may take. Default 10,000. */
  readonly timeoutMs?: number;
}
