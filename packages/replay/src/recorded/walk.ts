/** Goes through a recorded program step by step and says what of each can be judged, as long as it is one process. */
import {
  type Call,
  done,
  type Outcome,
  type RawCall,
  type Result,
  toCall,
  toResult,
  withChoice,
} from '@vmacheck/model';
import { compareHex, parseHex, type Program, type Step, type StepResult, type VmaRecord } from '@vmacheck/trace';
import { movedBy, rangesOf } from '../call-ranges.js';
import { contextNumbers } from '../circumstances.js';
import { FileNames } from '../file-names.js';
import { windowOf } from '../layout.js';
import { toRawCall, type Translation } from '../raw-call.js';
import { hidesState, isLimited, isSpecified, leavesSpecs } from '../specified.js';
import {
  type Elsewhere,
  elsewhereOf,
  type MapLimit,
  RecordedSpace,
  RecordedVmas,
  type Sighting,
} from './recorded-space.js';

/** What can be judged of a step. */
export interface Seen {
  /** Absent where the specifications do not speak of the step, or nobody saw the state before it. */
  readonly step: { readonly before: RecordedSpace; readonly call: Call; readonly result: Result } | undefined;
  readonly after: RecordedSpace;
}

/** These write to pages, or make pages of zeros: the bytes of a page do not tell which page it is. */
const WRITES: ReadonlySet<string> = new Set(['store', 'load', 'mmap', 'mlock', 'mlock2']);

/** vm.max_map_count where nobody has changed it. */
const MOST_MAPS = 65_530;

/** See the head of the file. */
export class Walk {
  readonly #program: Program;
  readonly #files: FileNames;
  readonly #vmas = new RecordedVmas();
  readonly #results: (StepResult | undefined)[] = [];
  readonly #maps: MapLimit;
  #beyondSpecs: boolean;
  #forked = false;
  /** undefined: not known, because something changed outside the window. */
  #elsewhere: Elsewhere | undefined = {};
  #last: Sighting | undefined;
  #space: RecordedSpace | undefined;

  constructor(program: Program) {
    this.#program = program;
    this.#files = new FileNames(program.files);
    for (const name of Object.keys(program.files)) this.#vmas.fileOf(name);
    const { limits, baseline } = program;
    this.#maps = { most: limits?.maxMapCount ?? MOST_MAPS, others: baseline?.mapCount ?? 0 };
    this.#beyondSpecs = isLimited(program);
    this.#last = { vmas: program.mappings, counters: undefined, contents: undefined };
    this.#space = new RecordedSpace(this.#last, {}, this.#vmas, this.#maps);
  }

  /** @returns undefined where nothing was seen */
  next(step: Step): Seen | undefined {
    const translation = toRawCall(step, {
      results: this.#results,
      files: this.#files.ids,
      contexts: contextNumbers(this.#program),
      hasHeap: this.#program.brk !== undefined,
    });
    this.#results.push(step.result);
    this.#forked ||= translation.kind === 'fork';
    if (this.#forked || (step.proc ?? 0) !== 0) return undefined;
    const before = this.#space;
    const inWindow = this.#staysInWindow(translation, step.result);
    if (!inWindow) this.#elsewhere = undefined;
    const after = this.#see(step);
    if (translation.kind !== 'faulted') {
      this.#beyondSpecs ||= translation.kind !== 'call' || leavesSpecs(translation.raw) || hidesState(translation.raw);
    }
    if (after === undefined) return undefined;
    const judged = translation.kind === 'call' && inWindow && !this.#beyondSpecs && isSpecified(translation.raw);
    if (!judged || before === undefined || step.result === undefined) return { step: undefined, after };
    before.showsFrames = after.showsFrames = !WRITES.has(step.op);
    return { step: { before, ...this.#callOf(translation.raw, step.result) }, after };
  }

  #callOf(raw: RawCall, recorded: StepResult): { readonly call: Call; readonly result: Result } {
    const known = this.#files.ids.size;
    const call = toCall({ objects: { has: (file) => file <= known }, nextFile: this.#vmas.fileOf('shmem') }, raw);
    const outcome = succeeded(recorded);
    if (outcome !== undefined) return { call: withChoice(call, outcome), result: toResult(outcome, call.op) };
    return { call, result: { ok: false, value: 0, errno: recorded.errno ?? recorded.signal ?? '' } };
  }

  /** Whether all that the call names and made lies where the layout was observed. */
  #staysInWindow(translation: Translation, result: StepResult | undefined): boolean {
    const window = windowOf(this.#program.window);
    if (window === undefined || translation.kind !== 'call') return true;
    const { raw } = translation;
    const outcome = result === undefined ? undefined : succeeded(result);
    const made = outcome === undefined ? undefined : movedBy(raw, outcome)?.to;
    return [...rangesOf(raw), ...(made === undefined ? [] : [made])].every(
      ({ start, end }) => start >= end || (start >= window.start && end <= window.end),
    );
  }

  #crossesWindow({ start, end }: VmaRecord): boolean {
    const { window } = this.#program;
    return window !== null && (compareHex(start, window.start) < 0 || compareHex(end, window.end) > 0);
  }

  #see({ after, counters, contents }: Step): RecordedSpace | undefined {
    const vmas = after === 'unchanged' ? this.#last?.vmas : after;
    this.#last = vmas === undefined ? undefined : { vmas, counters, contents };
    if (this.#last === undefined) return (this.#space = undefined);
    // What is split off such a VMA beyond the window is counted and not seen.
    if (vmas?.some((vma) => this.#crossesWindow(vma)) === true) this.#elsewhere = undefined;
    this.#space = new RecordedSpace(this.#last, this.#elsewhere ?? {}, this.#vmas, this.#maps);
    if (counters !== undefined && this.#elsewhere !== undefined && Object.keys(this.#elsewhere).length === 0) {
      this.#elsewhere = elsewhereOf(counters, this.#space.vmas);
      this.#space = new RecordedSpace(this.#last, this.#elsewhere, this.#vmas, this.#maps);
    }
    return this.#space;
  }
}

function succeeded({ value }: StepResult): Extract<Outcome, { readonly ok: true }> | undefined {
  return value === undefined ? undefined : done(parseHex(value));
}
