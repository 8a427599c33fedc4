import type { ResolvedExpression } from '../../names/resolved.js';

/** Declarations that all the texts of a program see, and the names that nothing else has. */
export class Declarations {
  readonly #texts: string[] = [];
  readonly #constants = new Map<ResolvedExpression, string>();
  readonly #helpers = new Map<string, string>();
  #count = 0;

  readonly fresh = (hint: string): string => `${hint.replaceAll(/\W/g, '')}_${++this.#count}`;

  readonly add = (text: string): void => void this.#texts.push(text);

  /** A JavaScript variable. */
  variable(name: string): void {
    const text = `let ${name};`;
    if (!this.#texts.includes(text)) this.#texts.push(text);
  }

  /** The name of a function that is the same wherever it has this key. */
  helper(key: string, text: () => string): string {
    let name = this.#helpers.get(key);
    if (name === undefined) {
      name = this.fresh(key);
      this.#helpers.set(key, name);
      this.#texts.push(`const ${name} = ${text()};`);
    }
    return name;
  }

  /** Text of a value that is computed once, when it is first needed. */
  once(e: ResolvedExpression, text: () => string): string {
    let name = this.#constants.get(e);
    if (name === undefined) {
      name = this.fresh('constant');
      this.#constants.set(e, name);
      this.#texts.push(`const ${name} = rt.lazy(() => ${text()});`);
    }
    return `${name}()`;
  }

  toString(): string {
    return this.#texts.join('\n');
  }
}
