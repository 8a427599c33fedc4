/**
 * Records of equal size in one piece of memory. Where it is told how many there may be at most, memory is reserved for all of them at
 * once: the operating system gives what is used of it, nothing is ever copied, and threads can share it from the beginning.
 */
import type { Words } from './model.js';

/** Thrown where there is no more room. */
export class NoRoom extends RangeError {
  constructor() {
    super('the table of states cannot grow any more');
  }
}

/** Whether there was no memory for an array. */
export const isOutOfMemory = (thrown: unknown): boolean =>
  thrown instanceof RangeError &&
  /allocation|invalid (typed )?array|maximum size|table of states/i.test(thrown.message);

/** Words of one typed array, at most. */
const mostWords = 2 ** 32 - 1;

const firstRecords = 2 ** 12;

/** Memory that was reserved, or as much of it as there is. */
export const reserved = (words: number, least: number, shared: boolean): Words => {
  for (let size = Math.min(words, mostWords); ; size = Math.floor(size / 2)) {
    try {
      return shared ? new Uint32Array(new SharedArrayBuffer(4 * size)) : new Uint32Array(size);
    } catch (thrown) {
      if (!isOutOfMemory(thrown) || size < 2 * least) throw thrown;
    }
  }
};

/** See the head of the file. */
export class Space {
  words: Words;

  /** @param records how many there may be, where memory for them is to be reserved */
  constructor(
    readonly wordsPerRecord: number,
    records: number | undefined,
    private readonly shared: boolean,
  ) {
    this.words = reserved((records ?? firstRecords) * wordsPerRecord, firstRecords * wordsPerRecord, shared);
  }

  /** The same memory, in another thread. */
  static of(wordsPerRecord: number, buffer: SharedArrayBuffer): Space {
    const space = new Space(wordsPerRecord, 0, false);
    space.words = new Uint32Array(buffer);
    return space;
  }

  /** Makes room for so many records. */
  ensure(records: number): void {
    const needed = records * this.wordsPerRecord;
    const { words } = this;
    if (needed <= words.length) return;
    if (this.shared || needed > mostWords) throw new NoRoom();
    const larger = new Uint32Array(Math.min(Math.max(needed, words.length * 2), mostWords));
    larger.set(words);
    this.words = larger;
  }

  /** The words of the records `from .. to - 1`. */
  part(from: number, to: number): Words {
    return this.words.subarray(from * this.wordsPerRecord, to * this.wordsPerRecord);
  }

  /** Bytes of so many records. */
  bytesOf(records: number): number {
    return records * this.wordsPerRecord * 4;
  }
}
