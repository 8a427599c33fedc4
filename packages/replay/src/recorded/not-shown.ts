/** Thrown where a property reads something of a recorded state that a kernel does not show. */
export class NotShown extends Error {
  constructor() {
    super('a kernel does not show this');
  }
}

/** One for all: it is thrown often, and where does not matter. */
const NOT_SHOWN = new NotShown();

/** Use as the body of a getter. */
export function notShown(): never {
  throw NOT_SHOWN;
}
