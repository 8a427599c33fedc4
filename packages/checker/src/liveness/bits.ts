/** A growing list of bits. */
export class Bits {
  private words: Uint32Array;

  constructor(size = 1024) {
    this.words = new Uint32Array(Math.max(32, Math.ceil(size / 32)));
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  get(index: number): boolean {
    return (((this.words[index >>> 5] as number) >>> (index & 31)) & 1) === 1;
  }

  /** Makes the bit 1; bits that were never set are 0. */
  set(index: number): void {
    this.reserve(index);
    const word = index >>> 5;
    this.words[word] = (this.words[word] as number) | (1 << (index & 31));
  }

  /** Room for the bit, so that it can be read. */
  reserve(index: number): void {
    if (index < this.words.length * 32) return;
    const larger = new Uint32Array(Math.max(this.words.length * 2, (index >>> 5) + 1));
    larger.set(this.words);
    this.words = larger;
  }
}
