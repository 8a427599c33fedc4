/** Where the variables lie in a state, and the way between such states and those of the program on values: a word of the table for each variable. */
import { type Domain, Packer, type Slot, ones } from './domains.js';
import { Overflow, ValuePacker } from './pack-values.js';
import { NodeTable } from '../values/node-table.js';
import type { ValueTable } from '../values/value-table.js';
import type { Words } from '@vmacheck/checker';

/** Words of values, and bits of values, that are remembered for a variable. */
const mostKept = 1 << 20;

export class StateLayout {
  readonly slots: readonly Slot[];
  readonly wordsPerState: number;
  private readonly packer: ValuePacker;
  private readonly wordOf: readonly Map<number, number>[];
  /** The same for values of several words. */
  private readonly largeWordOf: readonly LargeWords[];
  private readonly bitsOf: readonly Map<number, readonly number[]>[];

  /** @param domains one for each variable */
  constructor(
    domains: readonly Domain[],
    private readonly table: ValueTable,
  ) {
    this.packer = new ValuePacker(table);
    const placed = new Map<number, Slot>();
    const packer = new Packer();
    // Large ones first, so that small ones fill what they leave.
    const order = domains
      .map((_, i) => i)
      .sort((a, b) => size(domains[b] as Domain) - size(domains[a] as Domain) || a - b);
    for (const i of order) placed.set(i, packer.place(domains[i] as Domain));
    this.slots = domains.map((_, i) => placed.get(i) as Slot);
    this.wordsPerState = Math.max(1, packer.words);
    this.wordOf = domains.map(() => new Map());
    this.largeWordOf = domains.map(
      () => new LargeWords((slot, from, at) => this.table.encode(this.packer.unpack(slot, from, at))),
    );
    this.bitsOf = domains.map(() => new Map());
  }

  /** Writes the words of the variables' values to `wide[0..]`. */
  unpack(from: Words, at: number, wide: Words): void {
    this.slots.forEach((slot, i) => {
      wide[i] =
        slot.domain.words > 1
          ? (this.largeWordOf[i] as LargeWords).of(slot, from, at)
          : this.wordAt(slot, this.wordOf[i] as Map<number, number>, from, at);
    });
  }

  /** The value of a variable. */
  valueAt(variable: number, from: Words, at: number): unknown {
    return this.packer.unpack(this.slots[variable] as Slot, from, at);
  }

  private wordAt(slot: Slot, known: Map<number, number>, from: Words, at: number): number {
    const { domain, word, shift } = slot;
    const bits = ((from[at + word] as number) >>> shift) & ones(domain.bits);
    if (domain.kind === 'word') return bits;
    let made = known.get(bits);
    if (made === undefined) {
      made = this.table.encode(this.packer.unpack(slot, from, at));
      if (known.size >= mostKept) known.clear();
      known.set(bits, made);
    }
    return made;
  }

  /** Writes the state with these words of values; `Overflow` where a domain lacks one. */
  pack(wide: Words, to: Words, at: number): void {
    to.fill(0, at, at + this.wordsPerState);
    this.slots.forEach((slot, i) => {
      const known = this.bitsOf[i] as Map<number, readonly number[]>;
      const value = (wide[i] as number) | 0;
      let bits = known.get(value);
      if (bits === undefined) {
        const made = Array.from({ length: slot.domain.words }, () => 0);
        this.packVariable(i, this.table.decode(value), { ...slot, word: 0 }, made);
        bits = made;
        if (known.size >= mostKept) known.clear();
        known.set(value, bits);
      }
      for (let j = 0; j < bits.length; j++) (to[at + slot.word + j] as number) |= bits[j] as number;
    });
  }

  private packVariable(variable: number, value: unknown, slot: Slot, to: number[]): void {
    try {
      this.packer.pack(slot, value, to, 0);
    } catch (error) {
      throw error instanceof Overflow ? new LayoutOverflow(variable, value) : error;
    }
  }
}

/** The words of values that take several words of a state, remembered. */
class LargeWords {
  private nodes = new NodeTable();
  private words: number[] = [];

  constructor(private readonly compute: (slot: Slot, from: Words, at: number) => number) {}

  of(slot: Slot, from: Words, at: number): number {
    if (this.nodes.size >= mostKept) {
      this.nodes = new NodeTable();
      this.words = [];
    }
    const node = this.nodes.add(0, from, at + slot.word, slot.domain.words);
    return (this.words[node] ??= this.compute(slot, from, at));
  }
}

/** Thrown for a state that has no place in the layout. */
export class LayoutOverflow extends Error {
  override readonly name = 'LayoutOverflow';

  constructor(
    /** Number of the variable. */
    readonly variable: number,
    readonly value: unknown,
  ) {
    super('a variable has a value outside of the domain that was inferred');
  }
}

const size = ({ bits, words }: Domain): number => (words > 1 ? words * 32 : bits);
