import {
  type Counters,
  type FileRecord,
  type Hex,
  type Program,
  type Step,
  type StepResult,
  type VmaRecord,
} from '@vmacheck/trace';
import { type Mutable, parseCounters, parseResult, resolved } from './answers.js';
import { heapOf } from './encode.js';
import type { Kernel } from './kernel.js';
import type { Outcome, RecordOptions } from './outcome.js';
import { contextsOf } from './uffd.js';

/** What was last seen of one process. */
interface Seen {
  vmas: VmaRecord[];
  counters: Counters;
}

/**
 * Puts the runner's answer to one program together, line by line (native/protocol.txt). VMAs that a step leaves alone are the
 * same objects in both lists.
 */
export class Answer {
  readonly #program: Program;
  readonly #kernel: Kernel;
  readonly #options: RecordOptions;
  readonly #fileNames: readonly string[];
  readonly #contextNames: readonly string[];
  /** Files that the process had mapped before the program began: the recorder's own, seen when the window is the whole space. */
  readonly #ownFiles = new Map<string, string>();
  readonly #results: StepResult[] = [];
  readonly #steps: Mutable<Step>[] = [];
  #header: Partial<Mutable<Program>> = {};
  #mappings: readonly VmaRecord[] = [];
  /** Of each process what its window and its counters were last; that of the step in hand is `#seen`. */
  readonly #processes = new Map<number, Seen>();
  #seen: Seen = { vmas: [], counters: {} };
  /** VMAs that are still to come of the list in hand, and what follows them. */
  #expected = 0;
  #tail: readonly VmaRecord[] = [];

  constructor(program: Program, kernel: Kernel, options: RecordOptions) {
    this.#program = program;
    this.#kernel = kernel;
    this.#options = options;
    this.#fileNames = Object.keys(program.files);
    this.#contextNames = contextsOf(program).map(([name]) => name);
  }

  /** Takes one line; the outcome when it was the last. */
  line(line: string): Outcome | undefined {
    const at = line.indexOf(' ');
    const word = at < 0 ? line : line.slice(0, at);
    switch (word) {
      case 'vma':
        this.#takeVma(line);
        return undefined;
      case 'step':
        this.#takeStep(parseResult(line.slice(at + 1)));
        return undefined;
      case 'event':
        this.#takeEvent(line.split(' '));
        return undefined;
      case 'vector':
        (this.#steps.at(-1) as Mutable<Step>).vector = line.slice(at + 1);
        return undefined;
      case 'has':
        this.#takeContents(line);
        return undefined;
      case 'after':
        this.#takeAfter(line.split(' '));
        return undefined;
      case 'sum':
        this.#takeCounters(parseCounters(line.split(' ').slice(1)));
        return undefined;
      case 'was':
        this.#takeCircumstances(line.split(' '));
        return undefined;
      case 'base':
        this.#seen.counters = parseCounters(line.split(' ').slice(1));
        this.#header.baseline = this.#seen.counters;
        this.#processes.set(0, this.#seen);
        return undefined;
      case '':
        return undefined;
      default:
        return this.#end(word, line.slice(at + 1));
    }
  }

  #end(word: string, rest: string): Outcome {
    const program = this.#program;
    const at = this.#steps.length;
    switch (word) {
      case 'done':
        return { kind: 'recorded', program: this.#recorded(), leakedPages: Number.parseInt(rest, 16) };
      case 'refused': {
        const [index = '0', ...why] = rest.split(' ');
        return { kind: 'skipped', program, reason: `step ${Number.parseInt(index, 16)} was refused: ${why.join(' ')}` };
      }
      case 'failed':
        return { kind: 'skipped', program, reason: `it could not be set up or observed: ${rest}` };
      case 'died':
        return {
          kind: 'failed',
          program,
          reason:
            rest === 'timeout'
              ? `it took longer than ${this.#options.timeoutMs ?? 10_000} ms and was ended at step ${at}`
              : rest === 'waits'
                ? `it waits at step ${at} or soon after for a page fault that nobody handles`
                : `its process ended at step ${at} (${rest})`,
        };
      default:
        return { kind: 'failed', program, reason: `the runner said ${JSON.stringify(`${word} ${rest}`)}` };
    }
  }

  #recorded(): Program {
    const { release, version, config, maxMapCount } = this.#kernel;
    const { steps: _steps, ...header } = this.#program;
    const heap = heapOf(this.#program);
    const own: Record<string, FileRecord> = {};
    for (const [path, name] of this.#ownFiles) own[name] = { kind: 'file', path, pages: null };
    return {
      ...header,
      kernel: release,
      kernelVersion: version,
      ...this.#header,
      files: { ...header.files, ...own },
      limits: { maxMapCount, ...header.limits },
      ...(heap === undefined ? {} : { brk: heap as Hex }),
      mappings: this.#mappings,
      config,
      steps: this.#steps as Step[],
    };
  }

  #takeCircumstances([, cap, memlock, uffd]: readonly string[]): void {
    this.#header.capIpcLock = cap === '1';
    this.#header.rlimitMemlock = memlock === '-' ? 'unlimited' : Number.parseInt(memlock ?? '0', 16);
    if (uffd === '0') this.#header.uffd = null;
  }

  #takeStep(result: StepResult): void {
    const planned = this.#program.steps[this.#steps.length];
    if (planned === undefined) return;
    const step: Mutable<Step> = resolved(planned, this.#results);
    this.#results.push(result);
    step.result = result;
    const number = planned.proc ?? 0;
    const known = this.#processes.get(number);
    this.#seen = known ?? { vmas: [], counters: {} };
    this.#processes.set(number, this.#seen);
    // A forked process has shown nothing before its first step, and a process that has ended has nothing to show.
    step.after = known === undefined || planned.op === 'exit' ? [] : 'unchanged';
    if (this.#options.counters && planned.op !== 'exit') step.counters = this.#seen.counters;
    this.#steps.push(step);
  }

  #takeAfter([, count, prefix, suffix]: readonly string[]): void {
    const before = this.#seen.vmas;
    this.#expected = Number.parseInt(count ?? '0', 16);
    this.#seen.vmas = before.slice(0, Number.parseInt(prefix ?? '0', 16));
    this.#tail = before.slice(before.length - Number.parseInt(suffix ?? '0', 16));
    if (this.#expected === 0) this.#finishList();
  }

  #takeVma(line: string): void {
    const named = line.indexOf(' =', 4);
    const [, start = '', end = '', perms = '', offset = '', file = '', ...flags] = line.split(' ');
    const vma: Mutable<VmaRecord> = {
      start: `0x${start}`,
      end: `0x${end}`,
      perms,
      offset: `0x${offset}`,
      file: file.startsWith('@')
        ? (this.#fileNames[Number.parseInt(file.slice(1), 16)] ?? null)
        : file === 'shmem'
          ? file
          : null,
    };
    if (flags[0]) vma.vmFlags = flags.join(' ');
    if (file === '=') {
      const name = line.slice(line.indexOf(' =', named + 2) + 2);
      const shown = line.slice(named + 3, line.length - name.length - 2);
      if (shown === '') delete vma.vmFlags;
      else vma.vmFlags = shown;
      vma.name = name;
      if (name.startsWith('/')) vma.file = this.#ownFile(name);
    }
    this.#seen.vmas.push(vma);
    if (--this.#expected === 0) this.#finishList();
  }

  #ownFile(path: string): string {
    let name = this.#ownFiles.get(path);
    if (name === undefined) {
      name = `own${this.#ownFiles.size}`;
      this.#ownFiles.set(path, name);
    }
    return name;
  }

  #finishList(): void {
    this.#seen.vmas.push(...this.#tail);
    const step = this.#steps.at(-1);
    if (step === undefined) this.#mappings = this.#seen.vmas;
    else step.after = this.#seen.vmas;
  }

  #takeEvent([, context = '0', event = '', from = '0', length = '0', to]: readonly string[]): void {
    const step = this.#steps.at(-1);
    if (step === undefined) return;
    const ctx = this.#contextNames[Number.parseInt(context, 16)] ?? context;
    const range = event === 'FORK' ? {} : { from: `0x${from}` as const, len: `0x${length}` as const };
    const target = event === 'REMAP' ? { to: `0x${to}` as const } : {};
    step.events = [...(step.events ?? []), { ctx, event, ...range, ...target }];
  }

  #takeContents(line: string): void {
    const words = line.split(' ');
    const contents: Record<Hex, Hex> = {};
    for (let i = 1; i + 1 < words.length; i += 2) contents[`0x${words[i]}`] = `0x${words[i + 1]}`;
    const step = this.#steps.at(-1);
    if (step) step.contents = contents;
  }

  #takeCounters(counters: Counters): void {
    this.#seen.counters = counters;
    const step = this.#steps.at(-1);
    if (step) step.counters = counters;
  }
}
