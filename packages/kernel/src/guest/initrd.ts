/** An initial RAM disk: a gzipped archive in the "newc" form of cpio, which the kernel unpacks into its root. */
import { gzipSync } from 'node:zlib';

const MODE = { folder: 0o040755, program: 0o100755 } as const;

function entry(name: string, mode: number, content: Uint8Array): readonly Uint8Array[] {
  const path = Buffer.from(`${name}\0`);
  // Magic, then: inode, mode, owner, group, links, time, size, device and its numbers, length of the name, checksum.
  const numbers = [0, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, path.length, 0];
  const header = Buffer.from(`070701${numbers.map((value) => value.toString(16).padStart(8, '0')).join('')}`);
  const upToFour = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4);
  return [header, path, upToFour(header.length + path.length), content, upToFour(content.length)];
}

/**
 * @param programs executables by path, without the slash at the start
 * @param folders mount points
 */
export function makeInitrd(programs: Readonly<Record<string, Uint8Array>>, folders: readonly string[]): Buffer {
  const parts = [
    ...folders.flatMap((name) => entry(name, MODE.folder, new Uint8Array())),
    ...Object.entries(programs).flatMap(([name, content]) => entry(name, MODE.program, content)),
    ...entry('TRAILER!!!', 0, new Uint8Array()),
  ];
  return gzipSync(Buffer.concat(parts), { level: 1 });
}
