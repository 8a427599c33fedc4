/** Texts that are the same for what is certainly the same expression, in whatever property it stands. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedFunctionApplication,
} from '../names/resolved.js';

/** A loop over the indices of a sequence. */
export interface Indexed {
  readonly index: LocalSymbol;
  readonly sequence: DefinitionSymbol | undefined;
  /** The key of the sequence as it is found. */
  readonly found: string;
}

/** In a key: the item of the sequence that the loop around goes through. */
export const ITEM = '\0';

/** See the head of the file. */
export class Keys {
  /** The loop around; `key`: of its sequence. */
  loop: (Indexed & { readonly key: string }) | undefined;
  #parameters: ReadonlyMap<LocalSymbol, number> = new Map();
  readonly #numbers = new Map<DefinitionSymbol, number>();

  begin(parameters: readonly LocalSymbol[]): void {
    this.#parameters = new Map(parameters.map((parameter, i) => [parameter, i]));
  }

  /** undefined: the expression depends on something else than the parameters, or is of a kind that is not looked into. */
  of(e: ResolvedArgument): string | undefined {
    switch (e.kind) {
      case 'number':
      case 'boolean':
        return String(e.value);
      case 'string':
        return JSON.stringify(e.value);
      case 'field': {
        const record = this.of(e.record);
        return record && `${record}.${e.field}`;
      }
      case 'junction':
        return this.#list(e.operator, e.items);
      case 'tuple':
        return this.#list('<<', e.items);
      case 'if':
        return this.#list('IF', [e.condition, e.then, e.else]);
      case 'functionApply':
        return this.#isItem(e) ? ITEM : this.#list('[]', [e.function, ...e.args]);
      case 'apply':
        return this.#application(e);
      default:
        return undefined;
    }
  }

  #isItem({ function: f, args: [x] }: ResolvedFunctionApplication): boolean {
    return (
      this.loop !== undefined && x?.kind === 'apply' && x.operator === this.loop.index && this.of(f) === this.loop.key
    );
  }

  #application({ operator, args }: ResolvedApplication): string | undefined {
    switch (operator.kind) {
      case 'local': {
        const i = this.#parameters.get(operator);
        return i === undefined || args.length > 0 ? undefined : `$${i}`;
      }
      case 'builtin':
        return this.#list(`${operator.module}!${operator.name}`, args);
      case 'definition':
        // The value of a LET definition is that of its body.
        if (operator.place === 'let') return args.length > 0 || operator.recursive ? undefined : this.of(operator.body);
        return this.#list(`#${this.#numberOf(operator)}`, args);
      default:
        return undefined;
    }
  }

  #list(head: string, parts: readonly ResolvedArgument[]): string | undefined {
    const texts = parts.map((part) => this.of(part));
    return texts.includes(undefined) ? undefined : `${head}(${texts.join()})`;
  }

  #numberOf(definition: DefinitionSymbol): number {
    const number = this.#numbers.get(definition) ?? this.#numbers.size;
    this.#numbers.set(definition, number);
    return number;
  }
}
