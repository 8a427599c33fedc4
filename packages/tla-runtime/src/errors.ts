/** Something that a specification does and that TLA+ gives no meaning to. */
export type TlaErrorCode =
  'domain' | 'type' | 'choose' | 'case' | 'empty' | 'infinite' | 'range' | 'assertion' | 'unassigned';

/** Thrown by generated code. `at` is the place in the specification, "Vma.tla:41:3", where it is known. */
export class TlaError extends Error {
  constructor(
    readonly code: TlaErrorCode,
    message: string,
    readonly at?: string,
  ) {
    super(at === undefined ? message : `${at}: ${message}`);
    this.name = 'TlaError';
  }
}
