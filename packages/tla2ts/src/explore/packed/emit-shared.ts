/**
 * Values of definitions that read the state and nothing else, such as `votes == [a \in Acceptor |-> ...]`, and of those with constant arguments where text has to be
 * short: a function for each, which computes the value when a word that it reads is another one than the last time. Actions and predicates of one state share it.
 */
import type { DefinitionSymbol, ResolvedExpression } from '../../names/resolved.js';
import { children } from '../../analysis/children.js';
import { type Code, TooLong } from './code.js';
import type { Logic } from './emit-logic.js';
import type { Env } from './env.js';
import type { Val } from './vals.js';

/** A value that is computed by a function. */
interface Shared {
  /** A value of the same form, with texts that do not count. */
  readonly shape: Val;
  /** Text that makes the value that of the current state. */
  readonly update: string;
  /** Where its parts are then. */
  readonly names: readonly string[];
}

/** Kinds of expressions that are worth a function. */
const costly: ReadonlySet<string> = new Set([
  'quantifier',
  'setFilter',
  'setMap',
  'functionConstructor',
  'choose',
  'let',
]);

/** By the words of the arguments. */
type Made = Map<DefinitionSymbol, Map<string, Shared | Error>>;

export class SharedValues {
  /** Values in the current state, and in the next one. Each its own: going to and fro between two states would compute them anew each time. */
  private readonly current: Made = new Map();
  private readonly next: Made = new Map();
  /** What a step that was taken has given to the variables: all of it is in the words of the next state. */
  taken: Env['next'] | undefined;
  private readonly worth = new Map<ResolvedExpression, boolean>();

  constructor(
    private readonly code: Code,
    private readonly logic: Logic,
  ) {}

  /** Whether the value of a definition is better computed once for a state. */
  isWorth({ level, recursive, body }: DefinitionSymbol, { primed, next }: Env): boolean {
    const isOfWords = next === this.taken || (level === 1 && !primed);
    return isOfWords && level > 0 && !recursive && this.isCostly(body);
  }

  private isCostly(e: ResolvedExpression): boolean {
    let known = this.worth.get(e);
    if (known === undefined) {
      const parts = children(e).filter(
        (part): part is ResolvedExpression => part.kind !== 'operator' && part.kind !== 'lambda',
      );
      known = e.level > 0 && (costly.has(e.kind) || parts.some((part) => this.isCostly(part)));
      this.worth.set(e, known);
    }
    return known;
  }

  /** The value in the current state, or primed. @param make makes the text that computes it */
  of(definition: DefinitionSymbol, args: string, primed: boolean, make: () => Val): Val {
    const { code, logic } = this;
    const all = primed ? this.next : this.current;
    const made = all.get(definition) ?? new Map<string, Shared | Error>();
    all.set(definition, made);
    const shared = made.get(args) ?? this.function(made, args, definition, make);
    if (shared instanceof Error) throw shared;
    return code.once(shared, () => {
      code.add(shared.update);
      // Another state may be looked at before this one is done with.
      const own = shared.names.map((name) => {
        const copy = code.fresh('v');
        code.add(`const ${copy} = ${name};\n`);
        return copy;
      });
      return logic.rebuild(shared.shape, own);
    });
  }

  private function(
    made: Map<string, Shared | Error>,
    args: string,
    definition: DefinitionSymbol,
    make: () => Val,
  ): Shared | Error {
    try {
      const shared = this.compile(definition, make);
      made.set(args, shared);
      return shared;
    } catch (error) {
      // With other loops it may be short enough.
      if (!(error instanceof TooLong) && error instanceof Error) made.set(args, error);
      throw error;
    }
  }

  private compile({ name }: DefinitionSymbol, make: () => Val): Shared {
    const { code, logic } = this;
    const [[shape, leaves], statements] = code.apart(() => {
      const val = make();
      return [val, logic.leaves(val, val)] as const;
    });
    const names = leaves.map(() => code.fresh('shared'));
    const assign = names.map((own, i) => `${own} = ${leaves[i]};\n`).join('');
    const read = [...new Set(Array.from(`${statements}${assign}`.matchAll(/\b[sn]\d+\b/g), ([word]) => word))];
    const keys = read.map(() => code.fresh('key'));
    const compute = code.fresh(name);
    const remember = keys.map((key, i) => `${key} = ${read[i]};\n`).join('');
    if (names.length + keys.length > 0) code.declare(`let ${[...names, ...keys].join(', ')};`);
    code.declare(`const ${compute} = (${read.join(', ')}) => {\n${statements}${assign}${remember}};`);
    const differs = keys.map((key, i) => `${key} !== ${read[i]}`).join(' || ') || 'true';
    return { shape, names, update: `if (${differs}) ${compute}(${read.join(', ')});\n` };
  }
}
