/**
 * A property as a function that says whether it holds and whether it said anything, in one go: 1, it holds; -1, it does not; 0, the left side of its
 * implication is false, for every element if it is about elements.
 */
import { usedDefinitions } from '../analysis/children.js';
import { languageSymbol } from '../names/standard-modules.js';
import type { DefinitionSymbol, ResolvedBound, ResolvedExpression, ResolvedQuantifier } from '../names/resolved.js';
import { antecedentOf, implicationIn } from './antecedent.js';
import type { ExpressionWriter } from './expression.js';
import { loopOver } from './loop-statements.js';
import { freeName, type Scope, withLet } from './scope.js';
import { sequenceIn } from './sequences.js';
import type { SharedUse } from './shared.js';
import { hoisted, type Leave, type Place, Statements } from './statements.js';

/** Where a check ends. */
interface Exits {
  readonly silent: string;
  readonly holds: string;
  readonly violated: string;
  /** How a result that is not known yet ends it. */
  readonly open: Leave;
}

const VIOLATED = 'return -1;\n';

const AT_ONCE: Exits = {
  silent: 'return 0;\n',
  holds: 'return 1;\n',
  violated: VIOLATED,
  open: (result) => `return ${result} ? 1 : -1;\n`,
};

/** Inside of a loop over elements that all have to be looked at. */
const IN_LOOP: Exits = {
  silent: 'continue;\n',
  holds: 'said = 1;\ncontinue;\n',
  violated: VIOLATED,
  open: (result) => `if (!${result}) {\n${VIOLATED}}\nsaid = 1;\ncontinue;\n`,
};

/** Statements that end with `return` of 1, 0, or -1. */
export function checkStatements(w: ExpressionWriter, e: ResolvedExpression, scope: Scope): string {
  return new Check(w, AT_ONCE).of(e, { scope, pending: [], isLast: true });
}

class Check extends Statements {
  constructor(
    w: ExpressionWriter,
    readonly exits: Exits,
  ) {
    super(w, true, undefined, (result) => {
      if (result === 'true') return exits.holds;
      return result === 'false' ? exits.violated : exits.open(result);
    });
  }

  override of(e: ResolvedExpression, place: Place): string {
    if (e.kind === 'let') return this.of(e.body, { ...place, pending: [...place.pending, ...e.definitions] });
    if (e.kind === 'quantifier' && e.quantifier === '\\A' && this.exits === AT_ONCE) return this.#all(e, place);
    if (implicationIn(e) === undefined) return this.#whole(e, place);
    if (e.kind !== 'apply' || e.operator !== languageSymbol('=>')) return this.#both(e, place);
    const [left, right] = e.args as readonly [ResolvedExpression, ResolvedExpression];
    let made: Place = place;
    const tests = this.#pieces(left, place).map((piece) => {
      const { statements, ...after } = this.now(piece, [piece], made);
      made = after;
      return `${statements}if (!${this.w.test(piece, after.scope)}) {\n${this.exits.silent}}\n`;
    });
    return `${tests.join('')}${this.of(right, made)}`;
  }

  /** A conjunction in pieces, of which each but the first begins where a definition is needed for the first time. */
  #pieces(e: ResolvedExpression, { pending }: Place): readonly ResolvedExpression[] {
    if (e.kind !== 'junction' || e.operator !== '/\\') return [e];
    const open = new Set(pending);
    const pieces: ResolvedExpression[][] = [];
    for (const item of e.items) {
      const needed = [...usedDefinitions(item)].filter((one) => open.delete(one));
      const last = pieces.at(-1);
      if (last === undefined || needed.length > 0) pieces.push([item]);
      else last.push(item);
    }
    return pieces.map((items) => (items.length === 1 ? (items[0] as ResolvedExpression) : { ...e, items }));
  }

  /** What always says something. */
  #whole(e: ResolvedExpression, place: Place): string {
    return new Statements(this.w, true, undefined, this.leave).of(e, place);
  }

  /** Whether it says anything is one question, whether it holds another. */
  #both(e: ResolvedExpression, place: Place): string {
    const { statements, scope } = this.now(e, [e], place);
    const says = this.w.test(antecedentOf(e), scope);
    return `${statements}if (!${says}) {\n${this.exits.silent}}\n${this.leave(this.w.test(e, scope))}`;
  }

  #all(e: ResolvedQuantifier, place: Place): string {
    const { bounds } = e;
    const sequence = bounds.length === 1 ? sequenceIn((bounds[0] as ResolvedBound).set) : undefined;
    const use = sequence?.definition && this.w.sharedUse(sequence.definition.body);
    if (
      use?.kind === 'choice' &&
      use.no === undefined &&
      place.pending.includes(sequence?.definition as DefinitionSymbol)
    ) {
      return this.#choice(e, sequence?.definition as DefinitionSymbol, use, place);
    }
    return this.#loop(e, place);
  }

  /** A loop over one of two sequences of which the other is empty. */
  #choice(
    e: ResolvedQuantifier,
    sequence: DefinitionSymbol,
    use: SharedUse & { readonly kind: 'choice' },
    place: Place,
  ): string {
    const pending = place.pending.filter((one) => one !== sequence);
    const { statements, ...made } = this.now(use.condition, [use.condition], { ...place, pending });
    const test = this.w.test(use.condition, made.scope);
    const name = freeName(sequence.name, made.scope);
    const scope = withLet(made.scope, sequence, name, name);
    const loop = this.#loop(e, { ...made, scope });
    return `${statements}if (!${test}) {\n${this.exits.silent}}\nconst ${name} = ${this.w.sharedText(use.yes)};\n${loop}`;
  }

  #loop(whole: ResolvedQuantifier, outside: Place): string {
    const { e, place } = hoisted(whole, outside);
    const begun = this.#begin(e, place);
    const made = this.now(e, [e], begun);
    const inside = new Check(this.w, IN_LOOP);
    const loop = loopOver(this.w, e.bounds, made.scope, (scope) => inside.of(e.body, { ...made, scope }));
    if (loop === undefined) return this.#both(e, place);
    return `${begun.statements}${made.statements}let said: rt.Verdict = 0;\n${loop}return said;\n`;
  }

  /** Nothing is said of an empty sequence: the definitions that it is not made of are only needed after that is known. */
  #begin({ bounds, ...e }: ResolvedQuantifier, place: Place): Place & { readonly statements: string } {
    const sequence = bounds.length === 1 ? sequenceIn((bounds[0] as ResolvedBound).set) : undefined;
    if (sequence === undefined) return { ...place, statements: '' };
    const made = this.now({ ...e, bounds }, [sequence.expression], place);
    if (made.pending.length === 0) return made;
    const isEmpty = `${this.w.value(sequence.expression, made.scope)}.length === 0`;
    return { ...made, statements: `${made.statements}if (${isEmpty}) {\n${this.exits.silent}}\n` };
  }
}
