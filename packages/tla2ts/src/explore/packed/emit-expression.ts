/** Expressions of a specification as operations on packed values. What has no such form is `Unsupported`. */
import type {
  DefinitionSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExcept,
  ResolvedExpression,
  ResolvedUpdate,
  VariableSymbol,
} from '../../names/resolved.js';
import { type Env, withLocal } from './env.js';
import { type BoolVal, type Val, boolVal, constant } from './vals.js';
import { type Code, fails, unsupported } from './code.js';
import { type Domain, asSet } from './domains.js';
import { Logic, not, yes } from './emit-logic.js';
import { Loops } from './emit-loops.js';
import { Bounded } from './emit-bounded.js';
import { Folds } from './emit-folds.js';
import { Functions } from './emit-functions.js';
import { Numbers } from './emit-numbers.js';
import { relevant } from './emit-relevant.js';
import { Operators } from './emit-operators.js';
import { type Evaluators, OutsideText } from './emit-outside.js';
import { Sequences } from './emit-sequences.js';
import { Sets } from './emit-sets.js';
import { SharedValues } from './emit-shared.js';
import { type Representation } from './represent.js';
import { isConstant } from './constants.js';

/** What the compiler asks of what is around it. */
export interface Surroundings extends Evaluators {
  readonly definitionOf: (symbol: ResolvedApplication['operator']) => DefinitionSymbol | undefined;
  /** The value of a constant expression that takes nothing from around it. */
  readonly constantOf: (e: ResolvedExpression) => unknown;
  /** The value of a variable in the current state. */
  readonly current: (variable: VariableSymbol) => Val;
  readonly domainOf: (variable: VariableSymbol) => Domain;
}

export class Expressions {
  readonly logic: Logic;

  readonly sets: Sets;

  readonly functions: Functions;

  readonly operators: Operators;
  private readonly bounded: Bounded;
  private readonly numbers: Numbers;

  readonly sequences: Sequences;

  readonly loops: Loops;

  private readonly folds: Folds;

  readonly shared: SharedValues;

  private readonly outside: OutsideText;

  constructor(
    readonly code: Code,
    readonly forms: Representation,
    readonly around: Surroundings,
  ) {
    this.logic = new Logic(code, forms);
    this.sequences = new Sequences(code, forms, this.logic, (items) =>
      this.parts(
        items.map((_, i) => i + 1),
        items,
      ),
    );
    this.loops = new Loops(code, forms);
    this.sets = new Sets(code, forms, this.logic, this.sequences, this.loops);
    this.functions = new Functions(code, forms, this.logic, this.sequences);
    this.numbers = new Numbers(forms);
    this.operators = new Operators(this);
    this.bounded = new Bounded(this);
    this.folds = new Folds(this);
    this.outside = new OutsideText(code, forms, forms.outside, around, around.current);
    forms.outsideText = () => this.outside;
    this.shared = new SharedValues(code, this.logic);
  }

  /** A test. */
  test(e: ResolvedExpression, env: Env): BoolVal {
    const val = this.value(e, env);
    if (val.kind === 'bool') return val;
    if (val.kind === 'const' && typeof val.value === 'boolean') return val;
    if (val.kind !== 'word') return unsupported('a Boolean of this form');
    const word = this.code.bind(val.text);
    this.code.bail(`${word} !== 6 && ${word} !== 2`);
    return boolVal(`${word} === 6`);
  }

  /** @param want a domain that the value will be stored in: a hint for the form to make */
  value(e: ResolvedExpression, env: Env, want?: Domain): Val {
    return this.code.attempt(
      () => this.packed(e, env, want),
      (reason) => {
        // Recursion is left as a whole.
        if (this.operators.isUnrolling) throw reason;
        return this.outside.value(e, env, reason);
      },
    );
  }

  private packed(e: ResolvedExpression, env: Env, want?: Domain): Val {
    if (isConstant(e)) return this.constant(e);
    const value = (part: ResolvedExpression): Val => this.value(part, env);
    switch (e.kind) {
      case 'at':
        return env.at ?? unsupported('@');
      case 'apply':
        return this.apply(e, env, want);
      case 'junction':
        return e.operator === '/\\'
          ? this.logic.all(e.items, (item) => this.test(item, env))
          : this.logic.some(e.items, (item) => this.test(item, env));
      case 'if': {
        const condition = this.test(e.condition, env);
        return this.operators.choosing(condition, () =>
          this.logic.choice(
            condition,
            () => this.value(e.then, env, want),
            () => this.value(e.else, env, want),
          ),
        );
      }
      case 'case': {
        const arm = (i: number): Val => {
          const one = e.arms[i];
          if (one !== undefined) {
            const condition = this.test(one.condition, env);
            if (i === e.arms.length - 1 && e.other === undefined) {
              const missing = not(condition);
              if (missing.kind === 'bool') this.code.bail(missing.text);
              else if (missing.value === true) fails('CASE without a true condition');
              return this.value(one.value, env, want);
            }
            return this.operators.choosing(condition, () =>
              this.logic.choice(
                condition,
                () => this.value(one.value, env, want),
                () => arm(i + 1),
              ),
            );
          }
          return e.other === undefined ? unsupported('CASE') : this.value(e.other, env, want);
        };
        return arm(0);
      }
      case 'let':
        return this.value(e.body, this.operators.lets(e.definitions, env), want);
      case 'tuple':
        return this.parts(
          e.items.map((_, i) => i + 1),
          e.items.map(value),
        );
      case 'record':
        return this.parts(
          e.fields.map(({ name }) => name),
          e.fields.map((f) => value(f.value)),
        );
      case 'setEnumeration':
        return this.sets.enumeration(e.items.map(value), asSet(want));
      case 'functionApply': {
        const [only] = e.args;
        const argument =
          e.args.length === 1 && only !== undefined
            ? value(only)
            : this.parts(
                e.args.map((_, i) => i + 1),
                e.args.map(value),
              );
        return (
          this.operators.recursiveAt(e.function, argument, env, want) ??
          this.functions.apply(value(e.function), argument)
        );
      }
      case 'field':
        return this.functions.apply(value(e.record), constant(e.field));
      case 'setFilter': {
        const { set, pattern } = e.bound;
        const from = this.value(set, env, want);
        const test = (element: Val): BoolVal => this.test(e.predicate, this.bind(pattern, element, env));
        return this.sets.filter(from, test, relevant(this, e.bound, e.predicate, env));
      }
      case 'setMap':
        return this.bounded.setMap(e.bounds, e.element, env, want);
      case 'functionConstructor':
        return this.bounded.functionOf(e.bounds, e.body, env, want);
      case 'except':
        return this.except(e, env, want);
      case 'choose': {
        if (e.set === undefined) return unsupported('CHOOSE without a set');
        const test = (element: Val): BoolVal => this.test(e.body, this.bind(e.pattern, element, env));
        return this.sets.chooseFrom(value(e.set), test, relevant(this, e, e.body, env));
      }
      case 'quantifier':
        return this.bounded.quantifier(e.quantifier, e.bounds, e.body, env);
      case 'box':
        return this.logic.or(this.test(e.action, env), () => this.unchanged(e.subscript, env));
      case 'angle':
        return this.logic.and(this.test(e.action, env), () => not(this.unchanged(e.subscript, env)));
      case 'product':
      case 'recordSet':
      case 'functionSet':
        return this.constantParts(e, env);
      default:
        return unsupported(e.kind);
    }
  }

  private constant(e: ResolvedExpression): Val {
    return this.forms.computed(() => this.around.constantOf(e));
  }

  /** Sets of functions, records and tuples: constants once their parts are. */
  private constantParts(e: ResolvedExpression & { kind: 'product' | 'recordSet' | 'functionSet' }, env: Env): Val {
    const { library } = this.forms;
    const known = (part: ResolvedExpression): unknown => {
      const val = this.value(part, env);
      return val.kind === 'const' ? val.value : unsupported('a set that depends on the state');
    };
    switch (e.kind) {
      case 'product':
        return this.forms.computed(() => library.product(e.factors.map(known)));
      case 'recordSet':
        return this.forms.computed(() =>
          library.recordSet(Object.fromEntries(e.fields.map((f) => [f.name, known(f.value)]))),
        );
      case 'functionSet':
        return this.forms.computed(() => library.functionSet(known(e.domain), known(e.range)));
    }
  }

  /** A function of parts; a constant where all are. */
  parts(keys: readonly unknown[], parts: readonly Val[]): Val {
    const domain = this.forms.finder.enumeration(keys);
    const { table } = this.forms;
    const ordered = domain.valueWords.map((word) => parts[keys.findIndex((key) => table.encode(key) === word)] as Val);
    if (ordered.every((part) => part.kind === 'const')) {
      return constant(
        this.forms.packer.makeFunction(
          domain,
          ordered.map(({ value }) => value),
        ),
      );
    }
    return { kind: 'parts', keys: domain, parts: ordered };
  }

  bind(pattern: ResolvedBound['pattern'], element: Val, env: Env): Env {
    if (pattern.kind === 'name') return withLocal(env, pattern.symbol, element);
    return pattern.symbols.reduce(
      (inner, symbol, i) => withLocal(inner, symbol, this.functions.apply(element, constant(i + 1))),
      env,
    );
  }

  private except(e: ResolvedExcept, env: Env, want?: Domain): Val {
    return e.updates.reduce((f, update) => this.update(f, update, update.path, env), this.value(e.function, env, want));
  }

  private update(f: Val, update: ResolvedUpdate, path: ResolvedUpdate['path'], env: Env): Val {
    const [step, ...rest] = path;
    if (step === undefined) return f;
    const args = step.kind === 'field' ? [constant(step.name)] : step.args.map((arg) => this.value(arg, env));
    const key =
      args.length === 1
        ? (args[0] as Val)
        : this.parts(
            args.map((_, i) => i + 1),
            args,
          );
    return this.functions.replace(f, key, (old) => {
      if (rest.length > 0) return this.update(old, update, rest, env);
      return this.value(update.value, { ...env, at: old }, old.kind === 'packed' ? old.domain : undefined);
    });
  }

  apply(e: ResolvedApplication, env: Env, want?: Domain): Val {
    const { operator, args } = e;
    if (operator.kind === 'local') return this.operators.local(operator, e, env, want);
    const definition = this.around.definitionOf(operator);
    if (definition !== undefined) return this.operators.definition(definition, args, env, want);
    if (operator.kind === 'variable') return this.variable(operator, env);
    if (operator.kind !== 'builtin') return unsupported(`the constant ${operator.name}`);
    return this.builtin(e, operator.name, env, want);
  }

  private variable(variable: VariableSymbol, env: Env): Val {
    if (!env.primed) return this.around.current(variable);
    const next = env.next.get(variable) ?? unsupported('a variable that has no value in the next state');
    return next === 'same' ? this.around.current(variable) : next;
  }

  unchanged(e: ResolvedExpression, env: Env): BoolVal {
    if (e.kind === 'tuple') return this.logic.all(e.items, (item) => this.unchanged(item, env));
    if (e.kind === 'apply' && e.operator.kind === 'variable' && env.next.get(e.operator) === 'same') return yes;
    return this.logic.equal(this.value(e, { ...env, primed: true }), this.value(e, env));
  }

  private builtin(e: ResolvedApplication, name: string, env: Env, want?: Domain): Val {
    const [left, right] = e.args as readonly [ResolvedExpression, ResolvedExpression];
    const value = (part: ResolvedExpression, hint?: Domain): Val => this.value(part, env, hint);
    switch (name) {
      case "'":
        return this.value(left, { ...env, primed: true }, want);
      case '~':
        return not(this.test(left, env));
      case '=>':
        return this.logic.or(not(this.test(left, env)), () => this.test(right, env));
      case '<=>':
        return this.logic.equal(this.test(left, env), this.test(right, env));
      case 'UNCHANGED':
        return this.unchanged(left, env);
      case 'Assert': {
        const failed = not(this.test(left, env));
        if (failed.kind === 'bool') this.code.bail(failed.text);
        return failed.kind === 'const' && failed.value === true ? fails('a false assertion') : yes;
      }
      case '=':
        return this.equal(left, right, env);
      case '/=':
        return not(this.equal(left, right, env));
      case '\\in':
        return this.member(left, right, env);
      case '\\notin':
        return not(this.member(left, right, env));
      case '\\subseteq': {
        const a = value(left);
        return this.sets.subset(a, value(right, domainHint(a)));
      }
      case '\\cup':
      case '\\cap':
      case '\\': {
        const a = value(left, want);
        return this.sets.combine(name, a, value(right, domainHint(a) ?? want), asSet(want));
      }
      case 'UNION':
        return this.bounded.flatten(left, env, want);
      case 'DOMAIN':
        return this.functions.domainOf(value(left));
      case 'Cardinality':
        return this.sets.cardinality(value(left));
      case 'SUBSET': {
        const base = value(left);
        return base.kind === 'const'
          ? this.forms.computed(() => this.forms.library.powerSet(base.value))
          : this.sets.powerSet(base);
      }
      case '..': {
        const [low, high] = [value(left), value(right)];
        if (low.kind === 'const' && high.kind === 'const') {
          return this.forms.computed(() => this.forms.library.interval(low.value, high.value));
        }
        return { kind: 'interval', low: this.numbers.plain(low), high: this.numbers.plain(high) };
      }
    }
    if (this.numbers.has(name, e.args.length)) {
      return this.numbers.compute(
        name,
        (e.args as readonly ResolvedExpression[]).map((arg) => value(arg)),
      );
    }
    if (this.sequences.has(name)) {
      const [first, ...others] = e.args as readonly ResolvedExpression[];
      const sequence = value(first as ResolvedExpression, want);
      return this.sequences.compute(name, [sequence, ...others.map((arg) => value(arg))]);
    }
    if (name === 'SelectSeq') {
      const test = e.args[1] as ResolvedArgument;
      return this.sequences.select(value(left, want), (item) => {
        const result = this.operators.appliedTo(test, e, [item], env);
        return result.kind === 'bool' || result.kind === 'const' ? result : unsupported('a Boolean of this form');
      });
    }
    if (this.folds.has(name)) return this.folds.compute(name, e, env);
    return unsupported(`the operator ${name}`);
  }

  /** The sum of two integers. */
  sum(a: Val, b: Val): Val {
    return this.numbers.compute('+', [a, b]);
  }

  private equal(left: ResolvedExpression, right: ResolvedExpression, env: Env): BoolVal {
    const a = this.value(left, env);
    const b = this.value(right, env, domainHint(a));
    return this.logic.equal(a, b);
  }

  private member(element: ResolvedExpression, set: ResolvedExpression, env: Env): BoolVal {
    const x = this.value(element, env);
    return this.memberOf(x, set, env);
  }

  /** Membership by the form of the set, where it is better not made. */
  memberOf(x: Val, set: ResolvedExpression, env: Env): BoolVal {
    if (!isConstant(set)) {
      if (set.kind === 'setFilter') {
        const test = (): BoolVal => this.test(set.predicate, this.bind(set.bound.pattern, x, env));
        return this.logic.and(this.memberOf(x, set.bound.set, env), test);
      }
      if (set.kind === 'setEnumeration') {
        return this.logic.some(set.items, (item) => this.logic.equal(x, this.value(item, env)));
      }
      if (set.kind === 'apply' && set.operator.kind === 'builtin') {
        const [a, b] = set.args as readonly ResolvedExpression[];
        if (set.operator.name === '\\cup') {
          return this.logic.or(this.memberOf(x, a!, env), () => this.memberOf(x, b!, env));
        }
        if (set.operator.name === 'SUBSET')
          return this.sets.subset(x, this.value(a!, env, x.kind === 'packed' ? x.domain : undefined));
      }
    }
    return this.sets.has(x, this.value(set, env));
  }
}

/** The domain of a set, as a hint for what is put beside it. */
const domainHint = (val: Val): Domain | undefined => (val.kind === 'packed' ? val.domain : undefined);
