/**
 * JavaScript text that is being made: statements of the function at hand, and tables that all functions share. Texts of values are free of effects and
 * cannot fail; what can fail is a statement before them that gives up (`throw bail`), after which the same is done by the program on values of the table.
 */
import { UntracedError } from '../untraced-error.js';

/** Thrown at compile time for what has no packed form: the expression, predicate or action is left to the program on values. */
export class Unsupported extends UntracedError {
  override readonly name: string = 'Unsupported';
}

/** Thrown at compile time where the text of a function would be too long. */
export class TooLong extends Unsupported {
  override readonly name: string = 'TooLong';
}

const tooLong = (what: string): never => {
  throw new TooLong(what);
};

export const unsupported = (what: string): never => {
  throw new Unsupported(what);
};

/** Thrown at compile time where the evaluation fails for certain, if it comes there. */
export class Fails extends Unsupported {
  override readonly name: string = 'Fails';
}

export const fails = (what: string): never => {
  throw new Fails(what);
};

/** The statement that leaves the rest to the program on values. */
export const giveUp = 'throw bail;';

/** Names by what they stand for. */
interface Names {
  readonly known: Map<object, unknown>;
  readonly around: Names | undefined;
}

/** Characters of a function at most: engines do not optimise very large ones. */
const mostText = 60_000;

/** Characters that are made for a function at most, also those that are put into others again. */
const mostWork = 1_000_000;

/** Words of values that are searched for. */
export const mostSearched = 3;

/** A hash table of rows of words. */
const searching = `const searching = (rows, numbers) => {
let mask = 3;
while (mask < 2 * numbers.length) mask = 2 * mask + 1;
const slots = new Int32Array(mask + 1);
const first = (a, b, c) => (Math.imul(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c, 0xc2b2ae35) >>> 8) & mask;
for (let i = 0; i < numbers.length; i++) {
let at = first(rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]);
while (slots[at] !== 0) at = (at + 1) & mask;
slots[at] = i + 1;
}
return (a, b, c) => {
for (let at = first(a, b, c); ; at = (at + 1) & mask) {
const i = slots[at] - 1;
if (i < 0) return -1;
if (rows[3 * i] === a && rows[3 * i + 1] === b && rows[3 * i + 2] === c) return numbers[i];
}
};
};`;

/** Texts that cost nothing to repeat. */
const simple = /^-?[\w$]+$/;

export class Code {
  private count = 0;
  private statements: string[] = [];
  /** There are statements of the function around those at hand. */
  private nested = false;
  private size = 0;
  private work = 0;
  /** What was named in the statements at hand, and in those around them. */
  private names: Names = { known: new Map(), around: undefined };
  private readonly declared: string[] = [];
  /** Bodies of functions inside of others, where they are called `@` and their number: they do not count to the length of those. */
  private readonly parts: string[] = [];
  private readonly tables = new Map<string, string>();

  fresh(hint: string): string {
    return `${hint.replaceAll(/\W/g, '')}_${++this.count}`;
  }

  add(statement: string): void {
    this.size += statement.length;
    if (this.size > mostText) tooLong('the function would be too long');
    this.take(statement);
    this.statements.push(statement);
  }

  /** Accounts for text that was made. */
  take<T extends string>(text: T): T {
    this.work += text.length;
    if (this.work > mostWork) tooLong('the function would take too long to make');
    return text;
  }

  /** A name or number for the value of a text, so that it may be repeated. */
  bind(text: string, hint = 't'): string {
    if (simple.test(text)) return text;
    const name = this.fresh(hint);
    this.add(`const ${name} = ${text};\n`);
    return name;
  }

  /** Gives up. */
  bail(condition?: string): void {
    this.add(condition === undefined ? `${giveUp}\n` : `if (${condition}) ${giveUp}\n`);
  }

  /** What `make` gives, and the statements that it made. */
  inside<T>(make: () => T): readonly [T, string] {
    const { statements, size, names, nested } = this;
    this.nested = nested || statements.length > 0;
    this.statements = [];
    this.names = { known: new Map(), around: names };
    try {
      const made = make();
      return [made, this.statements.join('')];
    } finally {
      this.statements = statements;
      this.size = size;
      this.names = names;
      this.nested = nested;
    }
  }

  /** What `make` gives; what it added is taken away again when it throws. */
  attempt<T>(make: () => T, otherwise: (error: unknown) => T): T {
    const { size, work, statements, names, nested } = this;
    const [count, known] = [statements.length, [...names.known.keys()]];
    try {
      return make();
    } catch (error) {
      Object.assign(this, { size, work, statements, names, nested });
      statements.length = count;
      for (const key of names.known.keys()) if (!known.includes(key)) names.known.delete(key);
      return otherwise(error);
    }
  }

  /** What `make` gives, made once for the statements at hand and those inside them: it adds statements that name it. */
  once<T>(key: object, make: () => T): T {
    for (let at: Names | undefined = this.names; at !== undefined; at = at.around) {
      if (at.known.has(key)) return at.known.get(key) as T;
    }
    const made = make();
    this.names.known.set(key, made);
    return made;
  }

  /** The same; undefined and a statement that gives up where it fails. */
  trying<T>(make: () => T): readonly [T | undefined, string] {
    try {
      return this.inside(make);
    } catch (error) {
      if (error instanceof Fails) return [undefined, `${giveUp}\n`];
      throw error;
    }
  }

  /** The same for a function of its own. */
  apart<T>(make: () => T): readonly [T, string] {
    const { statements, size, work, names, nested } = this;
    this.statements = [];
    this.nested = false;
    this.size = 0;
    this.work = 0;
    this.names = { known: new Map(), around: undefined };
    try {
      return this.inside(make);
    } finally {
      this.statements = statements;
      this.nested = nested;
      this.size = size;
      this.work = work;
      this.names = names;
    }
  }

  /** Adds what `make` adds as a function inside of the one at hand, which sees all names of that: engines optimise it apart. */
  split(make: () => void): void {
    const { size } = this;
    this.size = 0;
    try {
      const [, text] = this.trying(make);
      if (text !== '') this.statements.push(`@${this.parts.push(text) - 1};\n`);
    } finally {
      this.size = size;
    }
  }

  /** The text of a function with those inside of it. */
  whole(text: string): string {
    return text.replaceAll(/@(\d+);/g, (_, i) => `(() => {\n${this.whole(this.parts[i] as string)}})();`);
  }

  /** The same as `trying` for what stands in a loop. */
  repeated<T>(make: () => T): readonly [T | undefined, string] {
    const { nested } = this;
    this.nested = true;
    try {
      return this.trying(make);
    } finally {
      this.nested = nested;
    }
  }

  /** There is no statement of the function yet. */
  get isEmpty(): boolean {
    return !this.nested && this.statements.length === 0;
  }

  /** A declaration that all functions see. */
  declare(text: string): void {
    this.declared.push(text);
  }

  /** The name of a table with these numbers. */
  table(numbers: readonly number[]): string {
    const low = numbers.reduce((a, b) => Math.min(a, b), 0);
    const high = numbers.reduce((a, b) => Math.max(a, b), 0);
    const kind = low >= -128 && high < 128 ? 'Int8Array' : low >= -32768 && high < 32768 ? 'Int16Array' : 'Int32Array';
    const text = numbers.join();
    let name = this.tables.get(text);
    if (name === undefined) {
      name = this.fresh('table');
      this.tables.set(text, name);
      this.declare(`const ${name} = new ${kind}([${text}]);`);
    }
    return name;
  }

  /** The name of a function that finds the number of `mostSearched` words, which lie in `rows` one value after the other; -1 where they are not there. */
  search(rows: readonly number[], numbers: readonly number[]): string {
    const [all, found] = [this.table(rows), this.table(numbers)];
    const key = `${all} ${found}`;
    let name = this.tables.get(key);
    if (name === undefined) {
      if (!this.declared.includes(searching)) this.declare(searching);
      name = this.fresh('numberOf');
      this.tables.set(key, name);
      this.declare(`const ${name} = searching(${all}, ${found});`);
    }
    return name;
  }

  declarations(): string {
    return this.declared.join('\n');
  }
}
