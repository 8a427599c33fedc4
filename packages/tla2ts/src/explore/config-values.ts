/** The values that a configuration gives to constants, as values of the checker. */
import type { Overrides, Replacement } from './overrides.js';
import type { ConfigValue } from '../config/config.js';
import type { DefinitionSymbol, ResolvedSymbol } from '../names/resolved.js';
import type { ModelValue } from './values/values.js';
import type { ValueTable } from './values/value-table.js';
import { ascending } from './values/word-set.js';

/** What the emitter puts in the place of a symbol. */
export type SymbolText =
  | { readonly kind: 'definition'; readonly definition: DefinitionSymbol }
  /** Text of a value, or of a JavaScript function of the symbol's arguments. */
  | { readonly kind: 'text'; readonly text: string };

/** Values by the symbols that they stand for; model values of the same name are the same. */
export class ConfigValues {
  private readonly values: unknown[] = [];
  private readonly texts = new Map<ResolvedSymbol, SymbolText>();

  constructor(
    private readonly table: ValueTable,
    private readonly overrides: Overrides,
  ) {}

  /** What the text needs: `rt.configured[i]`. */
  library(): { readonly configured: readonly unknown[] } {
    return { configured: this.values };
  }

  /** The model value with a name. */
  atom(name: string): ModelValue {
    return this.table.modelValue(name);
  }

  /** What stands for a symbol; undefined: itself. */
  replacement(symbol: ResolvedSymbol): SymbolText | undefined {
    const by = this.overrides.of(symbol);
    if (by === undefined) return undefined;
    if (by.kind === 'definition') return by;
    let text = this.texts.get(symbol);
    if (text === undefined) {
      this.values.push(by.kind === 'value' ? this.value(by.value) : this.operator(by));
      text = { kind: 'text', text: `rt.configured[${this.values.length - 1}]` };
      this.texts.set(symbol, text);
    }
    return text;
  }

  /** `Op(1, 2) = 5`, `Op(2, 2) = 7`: an operator by its rows. */
  private operator({ rows }: Replacement & { kind: 'table' }): (...args: unknown[]) => unknown {
    const { encode } = this.table;
    const results = new Map(
      rows.map(({ args, value }) => [args.map((arg) => encode(this.value(arg))).join(), this.value(value)]),
    );
    return (...args) => results.get(args.map(encode).join());
  }

  private value(value: ConfigValue): unknown {
    switch (value.kind) {
      case 'number':
        return Number(value.value);
      case 'string':
      case 'boolean':
        return value.value;
      case 'modelValue':
        return this.atom(value.name);
      case 'set':
        return this.table.set(ascending(value.items.map((item) => this.table.encode(this.value(item)))));
    }
  }
}
