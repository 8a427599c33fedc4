/** TLC's configuration files. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt, sortDiagnostics } from '../diagnostics/sink.js';
import { closest } from '../names/suggest.js';
import { spanFrom } from '../syntax/span.js';
import { lexConfig, type ConfigToken } from './config-lexer.js';
import type { ConfigName, ConfigValue, ConstantAssignment, ModelConfig, Override } from './config.js';

export interface ConfigResult {
  /** All that could be read; complete if there are no diagnostics. */
  readonly config: ModelConfig;
  readonly diagnostics: readonly Diagnostic[];
}

/** Statements with one name. */
const SINGLE = {
  SPECIFICATION: 'specification',
  INIT: 'init',
  NEXT: 'next',
  SYMMETRY: 'symmetry',
  VIEW: 'view',
  ALIAS: 'alias',
} as const;

/** Statements with a list of names. */
const LISTS = {
  INVARIANT: 'invariants',
  INVARIANTS: 'invariants',
  PROPERTY: 'properties',
  PROPERTIES: 'properties',
  CONSTRAINT: 'constraints',
  CONSTRAINTS: 'constraints',
  ACTION_CONSTRAINT: 'actionConstraints',
  ACTION_CONSTRAINTS: 'actionConstraints',
  POSTCONDITION: 'postconditions',
  POSTCONDITIONS: 'postconditions',
} as const;

const KEYWORDS = [...Object.keys(SINGLE), ...Object.keys(LISTS), 'CONSTANT', 'CONSTANTS', 'CHECK_DEADLOCK'];

/** Reads a configuration file; `file` is its name for messages. */
export function parseConfig(file: string, source: string): ConfigResult {
  const { tokens, diagnostics } = lexConfig(file, source);
  const parser = new ConfigParser(tokens, [...diagnostics]);
  const config = { file, ...parser.parse() };
  return { config, diagnostics: sortDiagnostics(parser.diagnostics) };
}

type Single = (typeof SINGLE)[keyof typeof SINGLE];
type List = (typeof LISTS)[keyof typeof LISTS];

class ConfigParser {
  private at = 0;
  private readonly single = new Map<Single, ConfigName>();
  private readonly lists = new Map<List, ConfigName[]>();
  private readonly constants: ConstantAssignment[] = [];
  private readonly overrides: Override[] = [];
  private checkDeadlock: boolean | undefined;

  constructor(
    private readonly tokens: readonly ConfigToken[],
    readonly diagnostics: Diagnostic[],
  ) {}

  parse(): Omit<ModelConfig, 'file'> {
    while (!this.isAtEnd()) this.statement();
    const { single, lists, constants, overrides, checkDeadlock } = this;
    return {
      specification: single.get('specification'),
      init: single.get('init'),
      next: single.get('next'),
      symmetry: single.get('symmetry'),
      view: single.get('view'),
      alias: single.get('alias'),
      invariants: lists.get('invariants') ?? [],
      properties: lists.get('properties') ?? [],
      constraints: lists.get('constraints') ?? [],
      actionConstraints: lists.get('actionConstraints') ?? [],
      postconditions: lists.get('postconditions') ?? [],
      checkDeadlock,
      constants,
      overrides,
    };
  }

  /** A method, since the compiler would remember what a property was before the last move. */
  private isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  private get token(): ConfigToken {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    if (!token) throw new Error('a token stream ends with `end`');
    return token;
  }

  private statement(): void {
    const keyword = this.token;
    this.at++;
    if (isKey(keyword.text, SINGLE)) this.one(keyword, SINGLE[keyword.text]);
    else if (isKey(keyword.text, LISTS)) this.list(LISTS[keyword.text]);
    else if (keyword.text === 'CONSTANT' || keyword.text === 'CONSTANTS') this.assignments();
    else if (keyword.text === 'CHECK_DEADLOCK') this.deadlock(keyword);
    else this.unexpected(keyword);
  }

  private unexpected(token: ConfigToken): void {
    const similar = token.kind === 'word' ? closest(token.text, KEYWORDS) : undefined;
    const help = similar
      ? `did you mean \`${similar}\`?`
      : `statements begin with ${KEYWORDS.filter((k) => !KEYWORDS.includes(`${k}S`) && k !== 'PROPERTY').join(', ')}`;
    this.complain(token, `found ${show(token)}, expected a statement`, help);
    while (!this.isAtEnd() && !KEYWORDS.includes(this.token.text)) this.at++;
  }

  private one(keyword: ConfigToken, field: Single): void {
    const name = this.name(`a name after ${keyword.text}`);
    if (!name) return;
    if (this.single.has(field)) this.twice(keyword);
    this.single.set(field, name);
  }

  private list(field: List): void {
    const names = this.lists.get(field) ?? [];
    this.lists.set(field, names);
    while (!this.isAtEnd() && !KEYWORDS.includes(this.token.text)) {
      if (this.token.text === ',') {
        this.complain(this.token, 'found `,` between names', 'names are separated by spaces or lines only');
        this.at++;
        continue;
      }
      const name = this.name('a name');
      if (!name) return;
      names.push(name);
    }
  }

  private deadlock(keyword: ConfigToken): void {
    const { token } = this;
    if (token.text !== 'TRUE' && token.text !== 'FALSE') {
      this.complain(token, `found ${show(token)}, expected TRUE or FALSE after CHECK_DEADLOCK`);
      if (!KEYWORDS.includes(token.text)) this.at++;
      return;
    }
    if (this.checkDeadlock !== undefined) this.twice(keyword);
    this.checkDeadlock = token.text === 'TRUE';
    this.at++;
  }

  /** `N = 3`, `N <- Def`, `I!N = 3`, `Op(1) = 2`, each also for one module: `= [M] 3`. */
  private assignments(): void {
    while (!this.isAtEnd() && !KEYWORDS.includes(this.token.text)) {
      const name = this.name('the name of a constant or definition');
      if (!name || !this.assignment(name)) {
        while (!this.isAtEnd() && !KEYWORDS.includes(this.token.text) && !this.startsAssignment()) this.at++;
      }
    }
  }

  private startsAssignment(): boolean {
    const next = this.tokens[this.at + 1]?.text;
    return this.token.kind === 'word' && (next === '=' || next === '<-');
  }

  private assignment(name: ConfigName): boolean {
    if (this.accept('<-')) {
      const module = this.module();
      const by = this.name('the name of a definition');
      if (by) this.overrides.push({ name, by, module });
      return by !== undefined;
    }
    const args: ConfigValue[] = [];
    if (this.accept('(')) {
      do {
        const arg = this.value();
        if (!arg) return false;
        args.push(arg);
      } while (this.accept(','));
      if (!this.expect(')', 'after the arguments')) return false;
    }
    if (!this.expect('=', 'or `<-` after the name')) return false;
    const module = this.module();
    const value = this.value();
    if (!value) return false;
    if (args.length === 0 && this.constants.some((c) => c.name.text === name.text && c.module?.text === module?.text)) {
      this.diagnostics.push(errorAt('TLA1403', name.span, `\`${name.text}\` is given a value twice`));
    }
    this.constants.push({ name, args, value, module });
    return true;
  }

  private module(): ConfigName | undefined {
    // Anything else in brackets is no module but a value that a configuration cannot have.
    if (this.token.text !== '[' || this.tokens[this.at + 2]?.text !== ']') return undefined;
    this.at++;
    const module = this.name('the name of a module');
    this.expect(']', 'after the name of the module');
    return module;
  }

  /** A word, also with instance prefixes: `I!Op`. */
  private name(what: string): ConfigName | undefined {
    const first = this.token;
    if (first.kind !== 'word' || KEYWORDS.includes(first.text)) {
      this.complain(first, `found ${show(first)}, expected ${what}`);
      if (first.kind !== 'end' && !KEYWORDS.includes(first.text)) this.at++;
      return undefined;
    }
    this.at++;
    let { text, span } = first;
    while (this.token.text === '!' && this.tokens[this.at + 1]?.kind === 'word') {
      const part = this.tokens[this.at + 1];
      this.at += 2;
      if (part) {
        text += `!${part.text}`;
        span = spanFrom(span, part.span);
      }
    }
    return { text, span };
  }

  private value(): ConfigValue | undefined {
    const { token } = this;
    const { span, text } = token;
    if (token.kind === 'number') {
      this.at++;
      return { kind: 'number', span, value: BigInt(text) };
    }
    if (token.kind === 'string') {
      this.at++;
      return { kind: 'string', span, value: text.slice(1, -1) };
    }
    if (text === '-' && this.tokens[this.at + 1]?.kind === 'number') {
      this.at++;
      const digits = this.token;
      this.at++;
      return { kind: 'number', span: spanFrom(span, digits.span), value: -BigInt(digits.text) };
    }
    if (text === '{') return this.set();
    if (token.kind !== 'word' || KEYWORDS.includes(text)) {
      this.diagnostics.push(
        errorAt('TLA1402', span, `found ${show(token)}, expected a value`, {
          help: 'a value is a number, a string, TRUE, FALSE, a model value, or a set of these; for others write `Name <- Definition`',
        }),
      );
      return undefined;
    }
    this.at++;
    if (text === 'TRUE' || text === 'FALSE') return { kind: 'boolean', span, value: text === 'TRUE' };
    return { kind: 'modelValue', span, name: text };
  }

  private set(): ConfigValue | undefined {
    const open = this.token;
    this.at++;
    const items: ConfigValue[] = [];
    if (this.token.text !== '}') {
      do {
        const item = this.value();
        if (!item) return undefined;
        items.push(item);
      } while (this.accept(','));
    }
    const close = this.token;
    if (!this.expect('}', 'at the end of the set')) return undefined;
    return { kind: 'set', span: spanFrom(open.span, close.span), items };
  }

  private accept(symbol: string): boolean {
    if (this.token.kind !== 'symbol' || this.token.text !== symbol) return false;
    this.at++;
    return true;
  }

  private expect(symbol: string, purpose: string): boolean {
    if (this.accept(symbol)) return true;
    this.complain(this.token, `found ${show(this.token)}, expected \`${symbol}\` ${purpose}`);
    return false;
  }

  private twice(keyword: ConfigToken): void {
    this.diagnostics.push(errorAt('TLA1403', keyword.span, `${keyword.text} is given twice`));
  }

  private complain(token: ConfigToken, message: string, help?: string): void {
    this.diagnostics.push(errorAt('TLA1401', token.span, message, { help }));
  }
}

function show(token: ConfigToken): string {
  return token.kind === 'end' ? 'the end of the file' : `\`${token.text}\``;
}

function isKey<T extends object>(key: string, table: T): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}
