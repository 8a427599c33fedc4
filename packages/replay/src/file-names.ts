/** Files of a program: their names in the trace, their identities in the model. */
import { type AddressSpace, type FileSpec, SharedObject } from '@vmacheck/model';
import type { FileRecord } from '@vmacheck/trace';
import type { FileTable } from './adopt.js';

/** Larger than any file: nothing lies beyond its end. */
const NO_END = 2 ** 51;

/** See the head of the file. */
export class FileNames {
  readonly ids = new Map<string, number>();
  /** Files whose contents, size or kind the trace does not say. */
  readonly vague = new Set<number>();
  readonly #names = new Map<number, string>();
  readonly #specs: FileSpec[] = [];

  constructor(files: Readonly<Record<string, FileRecord>>) {
    for (const [name, record] of Object.entries(files)) {
      const file = this.ids.size + 1;
      this.#enter(name, file, record.kind === 'file');
      const accounting = record.kind === 'file' ? 'none' : 'blocks';
      this.#specs.push({ file, pages: record.pages ?? NO_END, accounting });
    }
  }

  specs(): readonly FileSpec[] {
    return this.#specs;
  }

  /** As `after` names it: null is private anonymous memory, "shmem" an object without a name. */
  shown(file: number): string | null {
    return file === 0 ? null : (this.#names.get(file) ?? 'shmem');
  }

  /** For layouts that are taken over, which may name files that the program does not. */
  table(space: AddressSpace): FileTable {
    return {
      idOf: (name) => this.ids.get(name),
      nameOf: (id) => this.#names.get(id) ?? null,
      make: (name) => {
        const file = space.nextFile++;
        const isNamed = name !== 'shmem';
        space.objects.set(file, new SharedObject(file, NO_END, isNamed, 'none'));
        if (isNamed) this.#enter(name, file, true);
        else this.vague.add(file);
        return file;
      },
    };
  }

  #enter(name: string, file: number, isVague: boolean): void {
    this.ids.set(name, file);
    this.#names.set(file, name);
    if (isVague) this.vague.add(file);
  }
}
