/** The host's side of the mailbox that native/guest/init.c describes. */
import { type FileHandle, open } from 'node:fs/promises';

const MAGIC = 0x6b63656863616d76n;
const BLOCK = 4096;
const HALF = 64 << 20;

/** The longest request in bytes. */
export const MOST_REQUEST = HALF - BLOCK;

const KIND = { run: 0n, probe: 1n, powerOff: 2n } as const;

/** What a guest answered. */
export interface Reply {
  /** The wait status of the runner: 0 when it ended by itself. */
  readonly status: number;
  readonly text: string;
}

export class Mailbox {
  readonly #file: FileHandle;
  #number = 0n;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Makes the disk of a guest. */
  static async create(path: string): Promise<Mailbox> {
    const file = await open(path, 'w+', 0o600);
    await file.truncate(2 * HALF);
    return new Mailbox(file);
  }

  /** Sends a request; `reply` tells when it is answered. */
  async send(kind: keyof typeof KIND, text = ''): Promise<void> {
    const bytes = Buffer.from(text, 'latin1');
    this.#number += 1n;
    await this.#file.write(bytes, 0, bytes.length, BLOCK);
    const header = Buffer.alloc(32);
    [MAGIC, this.#number, KIND[kind], BigInt(bytes.length)].forEach((word, i) => header.writeBigUInt64LE(word, 8 * i));
    await this.#file.write(header, 0, header.length, 0);
  }

  /** The answer to the last request; undefined while there is none. */
  async reply(): Promise<Reply | undefined> {
    const header = Buffer.alloc(32);
    await this.#file.read(header, 0, header.length, HALF);
    const [magic, number, status, length] = [0, 8, 16, 24].map((at) => header.readBigUInt64LE(at));
    if (magic !== MAGIC || number !== this.#number) return undefined;
    const bytes = Buffer.alloc(Number(length));
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, at, bytes.length - at, HALF + BLOCK + at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return { status: Number(status), text: bytes.toString('latin1') };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
