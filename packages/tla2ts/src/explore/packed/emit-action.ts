/**
 * Compiles an action into functions that write every successor of a packed state, one after the other, as ../action-code.ts does for states of values: the same
 * ways in the same order. Constants that \E binds on the way to the action make a function each; in it, they are folded.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  VariableSymbol,
} from '../../names/resolved.js';
import { relevant } from './emit-relevant.js';
import { type BoolVal, type Val, constant } from './vals.js';
import { type Env, emptyEnv, withNext } from './env.js';
import { not } from './emit-logic.js';
import type { Expressions } from './emit-expression.js';
import { Ways } from './emit-ways.js';
import { type PackedState, loads } from './emit-state.js';
import { branches } from '../structure.js';
import { chosenFrom } from '../../analysis/assignments.js';
import { unsupported } from './code.js';

/** Where the compiler stands; see Place in ../action-code.ts. */
interface Place {
  readonly env: Env;
  readonly naming: boolean;
  readonly choices: readonly number[];
}

type Continuation = (place: Place) => void;

/** More elements than this do not get a function each. */
const mostApart = 256;

const functionHead = '(from, at, to, toAt, emit)';

export class PackedAction {
  private readonly ways: Ways;

  constructor(
    private readonly emit: Expressions,
    private readonly state: PackedState,
    private readonly variables: readonly VariableSymbol[],
  ) {
    this.ways = new Ways(emit);
  }

  /** The name of the function for an action. */
  compile(next: ResolvedExpression, choices: readonly number[]): string {
    return this.function(() => this.code(next, { env: emptyEnv, naming: true, choices }, this.ending));
  }

  private function(body: () => void): string {
    const { code } = this.emit;
    const name = code.fresh('action');
    const statements = code.whole(code.apart(() => code.add(code.trying(body)[1]))[1]);
    code.declare(`const ${name} = ${functionHead} => {\n${loads(statements)}${statements}};`);
    return name;
  }

  private readonly ending: Continuation = ({ env }) => {
    this.state.write(env);
    this.emit.code.add('run.emitted++;\nif (!emit()) throw stop;\n');
  };

  private code(e: ResolvedExpression, place: Place, then: Continuation): void {
    if (e.level < 2 && !place.naming && branches(e, this.emit.around.definitionOf)) {
      return this.repeat(this.ways.of(e, place.env), () => then(place));
    }
    switch (e.kind) {
      case 'junction':
        return e.operator === '/\\' ? this.conjunction(e.items, place, then) : this.disjunction(e.items, place, then);
      case 'quantifier':
        if (e.quantifier === '\\E' && e.bounds.length > 0) return this.exists(e.bounds, e.body, place, then);
        if (e.level < 2 && branches(e, this.emit.around.definitionOf))
          return this.forAll(e.bounds, e.body, place, then);
        return this.test(e, place, then);
      case 'if': {
        const both = [() => this.code(e.then, place, then), () => this.code(e.else, place, then)] as const;
        return this.either(this.emit.test(e.condition, place.env), ...both);
      }
      case 'case': {
        const arm = (i: number): void => {
          const one = e.arms[i];
          if (one === undefined) return e.other === undefined ? this.emit.code.bail() : this.code(e.other, place, then);
          const condition = this.emit.test(one.condition, place.env);
          return this.either(
            condition,
            () => this.code(one.value, place, then),
            () => arm(i + 1),
          );
        };
        return arm(0);
      }
      case 'let':
        return this.code(e.body, { ...place, env: this.emit.operators.lets(e.definitions, place.env) }, then);
      case 'box':
        this.block(() => this.code(e.action, place, then));
        return this.unchanged(e.subscript, place, then);
      case 'angle':
        return this.code(e.action, place, (after) => this.changed(e.subscript, nextOf(place, after.env.next), then));
      case 'apply':
        return this.application(e, place, then);
      default:
        return this.test(e, place, then);
    }
  }

  /** A guard that is satisfied in several ways leads to the same successors several times. */
  private repeat(times: Val, make: () => void): void {
    const { code, forms } = this.emit;
    if (times.kind === 'const' && times.value === 1) return make();
    if (times.kind === 'const' && times.value === 0) return undefined;
    const left = code.fresh('ways');
    return this.block(make, `for (let ${left} = ${forms.bounds(times).text}; ${left} > 0; ${left}--) `);
  }

  /** Statements in a block of their own. */
  private block(make: () => void, head = ''): void {
    const [, text] = this.emit.code.trying(make);
    if (text !== '') this.emit.code.add(`${head}{\n${text}}\n`);
  }

  private when(condition: BoolVal, make: () => void): void {
    if (condition.kind === 'const') {
      if (condition.value === true) make();
    } else this.block(make, `if (${condition.text}) `);
  }

  private either(condition: BoolVal, then: () => void, otherwise: () => void): void {
    if (condition.kind === 'const') return condition.value === true ? then() : otherwise();
    const name = this.emit.code.bind(condition.text, 'c');
    this.block(then, `if (${name}) `);
    this.block(otherwise, `if (!${name}) `);
  }

  private test(e: ResolvedExpression, place: Place, then: Continuation): void {
    this.when(this.emit.test(e, place.env), () => then(place));
  }

  private conjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): void {
    const [first, ...rest] = items;
    if (first === undefined) return then(place);
    if (rest.length === 0 && place.naming) return this.code(first, place, then);
    const inside = { ...place, naming: false };
    return this.code(first, inside, ({ env }) => this.rest(rest, nextOf(inside, env.next), then));
  }

  /** Once every variable has its value, what remains is a test, whatever its form. */
  private rest(items: readonly ResolvedExpression[], place: Place, then: Continuation): void {
    const [first, ...others] = items;
    if (first === undefined) return then(place);
    if (place.env.next.size < this.variables.length) return this.conjunction(items, place, then);
    return this.test(first, place, (after) => this.rest(others, after, then));
  }

  private disjunction(items: readonly ResolvedExpression[], place: Place, then: Continuation): void {
    const [choice, ...choices] = place.naming ? place.choices : [];
    if (choice !== undefined) return this.code(items[choice] as ResolvedExpression, { ...place, choices }, then);
    const { code, loops } = this.emit;
    for (const item of items) {
      const way = (): void => this.code(item, place, then);
      if (loops.unrolling.split && items.length > 1) code.split(way);
      else this.block(way);
    }
  }

  private exists(bounds: readonly ResolvedBound[], body: ResolvedExpression, place: Place, then: Continuation): void {
    const { code, forms } = this.emit;
    const sets = new Map(bounds.map(({ set }) => [set, this.emit.value(set, place.env)]));
    const loop = (i: number, at: Place, apart: boolean): void => {
      const bound = bounds[i];
      if (bound === undefined) {
        if (!apart || !code.isEmpty) return this.block(() => this.code(body, at, then));
        return code.add(`${this.function(() => this.code(body, at, then))}${functionHead};\n`);
      }
      const set = sets.get(bound.set) as Val;
      if (this.emit.loops.isLong(set)) {
        const met = i === bounds.length - 1 ? relevant(this.emit, bound, body, at.env) : undefined;
        return this.emit.loops.over(
          set,
          (element) => loop(i + 1, { ...at, env: this.emit.bind(bound.pattern, element, at.env) }, false),
          met,
        );
      }
      for (const { value, present } of forms.candidates(set)) {
        const make = (): void =>
          loop(i + 1, { ...at, env: this.emit.bind(bound.pattern, constant(value), at.env) }, apart);
        if (apart) code.add(code.trying(() => this.when(present as BoolVal, make))[1]);
        else this.when(present as BoolVal, make);
      }
    };
    const instances = bounds.reduce((count, { set }) => count * this.emit.loops.sizeOf(sets.get(set) as Val), 1);
    loop(0, place, code.isEmpty && (place.naming || instances <= mostApart));
  }

  private forAll(bounds: readonly ResolvedBound[], body: ResolvedExpression, place: Place, then: Continuation): void {
    const inside = { ...place, naming: false };
    const [bound, ...others] = bounds;
    if (bound === undefined) return this.code(body, inside, then);
    const all = this.emit.forms.candidates(this.emit.value(bound.set, place.env));
    const step = (i: number, at: Place): void => {
      const one = all[i];
      if (one === undefined) return then(nextOf(place, at.env.next));
      const env = this.emit.bind(bound.pattern, constant(one.value), inside.env);
      const go = (): void =>
        this.forAll(others, body, { ...inside, env: withNext(env, at.env.next) }, (after) =>
          step(i + 1, nextOf(inside, after.env.next)),
        );
      return this.either(one.present as BoolVal, go, () => step(i + 1, at));
    };
    step(0, inside);
  }

  private application(e: ResolvedApplication, place: Place, then: Continuation): void {
    const { operator, args } = e;
    const { definitionOf } = this.emit.around;
    const definition = definitionOf(operator);
    if (definition !== undefined) {
      if (!definition.recursive && (e.level >= 2 || branches(definition.body, definitionOf))) {
        return this.inline(definition, args, place, then);
      }
      return this.test(e, place, then);
    }
    if (operator.kind === 'local') return this.parameter(operator, e, place, then);
    if (operator.kind !== 'builtin') return this.test(e, place, then);
    const [left, right] = args as readonly ResolvedExpression[];
    if (operator.name === 'UNCHANGED') return this.unchanged(left!, place, then);
    if (operator.name === '=>') {
      return this.either(
        this.emit.test(left!, place.env),
        () => this.code(right!, place, then),
        () => then(place),
      );
    }
    if (operator.name === '\\cdot') return unsupported('composition of actions');
    const variable = left === undefined ? undefined : this.target(left, place.env);
    if (variable === undefined || right === undefined || place.env.next.has(variable)) return this.test(e, place, then);
    if (operator.name === '=') return this.assign(variable, right, place, then);
    const set = chosenFrom(e);
    return set === undefined ? this.test(e, place, then) : this.choose(variable, set, place, then);
  }

  private parameter(operator: LocalSymbol, e: ResolvedApplication, place: Place, then: Continuation): void {
    const source = place.env.locals.get(operator)?.source;
    if (source !== undefined && source.expression.level >= 2) {
      const env = { ...source.env, next: place.env.next };
      return this.code(source.expression, { ...place, env }, restoring(then, place));
    }
    const value = place.env.operators.get(operator);
    if (value === undefined) return this.test(e, place, then);
    const { argument, env: outer } = value;
    if (argument.kind === 'lambda') return this.bound(argument.parameters, e.args, argument.body, outer, place, then);
    if (argument.operator.kind === 'builtin') return this.test(e, place, then);
    const application = { ...e, operator: argument.operator, args: [...argument.leading, ...e.args] };
    const env = { ...outer, locals: new Map([...outer.locals, ...place.env.locals]), next: place.env.next };
    return this.application(application, { ...place, env }, restoring(then, place));
  }

  private inline(
    definition: DefinitionSymbol,
    args: readonly ResolvedArgument[],
    place: Place,
    then: Continuation,
  ): void {
    const outer = place.env.lets.get(definition)?.env() ?? emptyEnv;
    return this.bound(definition.parameters, args, definition.body, outer, place, then);
  }

  private bound(
    parameters: readonly LocalSymbol[],
    args: readonly ResolvedArgument[],
    body: ResolvedExpression,
    outer: Env,
    place: Place,
    then: Continuation,
  ): void {
    const { next } = place.env;
    const env = { ...this.emit.operators.parameters(parameters, args, outer, place.env), next };
    return this.code(body, { ...place, env }, restoring(then, place));
  }

  /** The variable that `x'` stands for, also where a parameter stands for it. */
  private target(e: ResolvedExpression, env: Env): VariableSymbol | undefined {
    const [actual, where] = argumentOf(e, env);
    if (actual.kind !== 'apply' || actual.operator.kind !== 'builtin' || actual.operator.name !== "'") return undefined;
    const [inner] = argumentOf(actual.args[0] as ResolvedExpression, where);
    return inner.kind === 'apply' && inner.operator.kind === 'variable' ? inner.operator : undefined;
  }

  private assign(variable: VariableSymbol, value: ResolvedExpression, place: Place, then: Continuation): void {
    const same = value.kind === 'apply' && value.operator === variable;
    if (same) return then(given(place, variable, 'same'));
    const val = this.state.fitted(variable, this.emit.value(value, place.env, this.state.domainOf(variable)));
    return then(given(place, variable, val));
  }

  private choose(variable: VariableSymbol, set: ResolvedExpression, place: Place, then: Continuation): void {
    const { forms, loops } = this.emit;
    const all = this.emit.value(set, place.env);
    if (loops.isLong(all)) return loops.over(all, (element) => then(given(place, variable, element)));
    for (const { value, present } of forms.candidates(all)) {
      this.when(present as BoolVal, () => then(given(place, variable, constant(value))));
    }
  }

  private unchanged(written: ResolvedExpression, place: Place, then: Continuation): void {
    const [e] = argumentOf(written, place.env);
    if (e.kind === 'tuple') {
      const next = (i: number, at: Place): void => {
        const item = e.items[i];
        if (item === undefined) return then(at);
        return this.unchanged(item, at, (after) => next(i + 1, nextOf(place, after.env.next)));
      };
      return next(0, place);
    }
    if (e.kind === 'apply' && e.operator.kind === 'variable') {
      const variable = e.operator;
      const known = place.env.next.get(variable);
      if (known === undefined) return then(given(place, variable, 'same'));
      if (known === 'same') return then(place);
      return this.when(this.emit.logic.equal(known, this.emit.around.current(variable)), () => then(place));
    }
    const definition =
      e.kind === 'apply' && e.args.length === 0 ? this.emit.around.definitionOf(e.operator) : undefined;
    if (definition !== undefined) return this.unchanged(definition.body, place, then);
    return this.when(this.emit.unchanged(e, place.env), () => then(place));
  }

  /** `v' # v`; a variable that has no value yet can be given another one. */
  private changed(written: ResolvedExpression, place: Place, then: Continuation): void {
    const [e] = argumentOf(written, place.env);
    const { definitionOf } = this.emit.around;
    const known = (part: ResolvedExpression): boolean => {
      const definition = part.kind === 'apply' && part.args.length === 0 ? definitionOf(part.operator) : undefined;
      if (definition) return known(definition.body);
      if (part.kind === 'tuple') return part.items.every(known);
      return part.kind !== 'apply' || part.operator.kind !== 'variable' || place.env.next.has(part.operator);
    };
    if (!known(e)) return then(place);
    const condition = not(this.emit.unchanged(this.unfolded(e), place.env));
    return this.when(condition, () => then(place));
  }

  private unfolded(e: ResolvedExpression): ResolvedExpression {
    const definition =
      e.kind === 'apply' && e.args.length === 0 ? this.emit.around.definitionOf(e.operator) : undefined;
    return definition === undefined ? e : this.unfolded(definition.body);
  }
}

const nextOf = (place: Place, next: Env['next']): Place => ({ ...place, env: withNext(place.env, next) });

const given = (place: Place, variable: VariableSymbol, val: Val | 'same'): Place =>
  nextOf(place, new Map(place.env.next).set(variable, val));

/** After the body of an operator the names of its caller mean again what they meant. */
const restoring =
  (then: Continuation, { env }: Place): Continuation =>
  (place) =>
    then({ ...place, env: withNext(env, place.env.next) });

/** What a parameter of an inlined definition stands for, if it is a parameter, and where that was written. */
const argumentOf = (e: ResolvedExpression, env: Env): readonly [ResolvedExpression, Env] => {
  if (e.kind !== 'apply' || e.operator.kind !== 'local' || e.args.length > 0) return [e, env];
  const source = env.locals.get(e.operator)?.source;
  return source === undefined ? [e, env] : argumentOf(source.expression, source.env);
};
