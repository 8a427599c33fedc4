/** Expressions of a specification as operations on packed values. What has no such form is `Unsupported`. */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExcept,
  ResolvedExpression,
  ResolvedUpdate,
  VariableSymbol,
} from '../../names/resolved.js';
import { type Binding, type Computed, type Env, type OperatorBinding, emptyEnv, withLocal } from './env.js';
import { type BoolVal, type Val, boolVal, constant } from './vals.js';
import { type Code, fails, giveUp, unsupported } from './code.js';
import type { Domain, SetDomain } from './domains.js';
import { Logic, not, textOf, yes } from './emit-logic.js';
import { Loops } from './emit-loops.js';
import { Folds } from './emit-folds.js';
import { Functions } from './emit-functions.js';
import { Numbers } from './emit-numbers.js';
import { type Evaluators, OutsideText } from './emit-outside.js';
import { Sequences } from './emit-sequences.js';
import { Sets } from './emit-sets.js';
import { SharedValues } from './emit-shared.js';
import { type Representation } from './represent.js';
import { symbolsOf } from '../../analysis/children.js';
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

const parameter = { kind: 'local', role: 'parameter', arity: 0 } as const;

const depthLimit = 60;

/**
 * Choices that depend on the state, inside each other in recursive operators: recursion is unrolled, and where constants do not
 * end it, each of its levels doubles the text.
 */
const mostUndecided = 6;

export class Expressions {
  readonly logic: Logic;
  readonly sets: Sets;
  readonly functions: Functions;
  private readonly numbers: Numbers;
  readonly sequences: Sequences;
  readonly loops: Loops;
  private readonly folds: Folds;
  readonly shared: SharedValues;
  private readonly outside: OutsideText;
  private depth = 0;
  private recursions = 0;
  private undecided = 0;

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
        if (this.recursions > 0) throw reason;
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
        return this.choosing(condition, () =>
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
            return this.choosing(condition, () =>
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
        return this.value(e.body, this.lets(e.definitions, env), want);
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
        return this.recursiveAt(e.function, argument, env, want) ?? this.functions.apply(value(e.function), argument);
      }
      case 'field':
        return this.functions.apply(value(e.record), constant(e.field));
      case 'setFilter': {
        const { set, pattern } = e.bound;
        const from = this.value(set, env, want);
        return this.sets.filter(from, (element) => this.test(e.predicate, this.bind(pattern, element, env)));
      }
      case 'setMap': {
        const [only] = e.bounds;
        const from = e.bounds.length === 1 && only !== undefined ? value(only.set) : undefined;
        if (only !== undefined && from !== undefined && this.loops.isLong(from)) {
          return this.sets.image(
            from,
            (element) => this.value(e.element, this.bind(only.pattern, element, env), asSet(want)?.universe),
            asSet(want),
          );
        }
        const items: { item: Val; present: BoolVal }[] = [];
        this.each(e.bounds, env, yes, (inner, present) => {
          items.push({ item: this.value(e.element, inner, asSet(want)?.universe), present });
        });
        if (items.every(({ item, present }) => item.kind === 'const' && present.kind === 'const')) {
          return this.forms.computed(() =>
            this.forms.library.setOf(items.map(({ item }) => (item as Val & { kind: 'const' }).value)),
          );
        }
        return this.sets.collect(items, asSet(want));
      }
      case 'functionConstructor':
        return this.functionOf(e.bounds, e.body, env, want);
      case 'except':
        return this.except(e, env, want);
      case 'choose': {
        if (e.set === undefined) return unsupported('CHOOSE without a set');
        return this.sets.chooseFrom(value(e.set), (element) => this.test(e.body, this.bind(e.pattern, element, env)));
      }
      case 'quantifier':
        return this.quantifier(e.quantifier, e.bounds, e.body, env);
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

  /** Makes a choice; in recursion only so many inside each other. */
  private choosing(condition: BoolVal, make: () => Val): Val {
    if (condition.kind === 'const' || this.recursions === 0) return make();
    if (++this.undecided > mostUndecided) unsupported('recursion that depends on the state');
    try {
      return make();
    } finally {
      this.undecided--;
    }
  }

  /** Unrolls a recursion by one level. */
  private unrolled<T>(make: () => T): T {
    this.recursions++;
    try {
      return make();
    } finally {
      this.recursions--;
    }
  }

  /** `f[x]` for a function that is defined by itself; undefined: it is none. */
  private recursiveAt(f: ResolvedExpression, argument: Val, env: Env, want?: Domain): Val | undefined {
    if (f.kind !== 'apply' || f.args.length > 0) return undefined;
    const definition = this.around.definitionOf(f.operator);
    if (definition?.recursive !== true || definition.body.kind !== 'functionConstructor') return undefined;
    const { bounds, body } = definition.body;
    const [bound] = bounds;
    if (bounds.length !== 1 || bound === undefined) return unsupported('recursion of several arguments');
    const outer = this.placeOf(definition, env);
    const inside = this.memberOf(argument, bound.set, outer);
    if (inside.kind === 'const' && inside.value !== true) return fails('an argument outside of the domain');
    if (inside.kind === 'bool') this.code.bail(`!${inside.text}`);
    return this.unrolled(() => {
      if (++this.depth > depthLimit) unsupported('deep nesting');
      try {
        return this.value(body, this.bind(bound.pattern, argument, outer), want);
      } finally {
        this.depth--;
      }
    });
  }

  /** Where the body of a definition stands. */
  private placeOf(definition: DefinitionSymbol, env: Env): Env {
    const outer = env.lets.get(definition)?.env() ?? emptyEnv;
    return { ...outer, next: env.next, primed: env.primed || outer.primed };
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
  private parts(keys: readonly unknown[], parts: readonly Val[]): Val {
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

  /** Goes through all combinations of elements. */
  private each(
    bounds: readonly ResolvedBound[],
    env: Env,
    present: BoolVal,
    visit: (env: Env, present: BoolVal) => void,
  ): void {
    const sets = new Map(bounds.map(({ set }) => [set, this.forms.candidates(this.value(set, env))]));
    const go = (i: number, inner: Env, condition: BoolVal): void => {
      const bound = bounds[i];
      if (bound === undefined) return visit(inner, condition);
      for (const one of sets.get(bound.set) ?? []) {
        go(
          i + 1,
          this.bind(bound.pattern, constant(one.value), inner),
          this.logic.and(condition, () => one.present as BoolVal),
        );
      }
    };
    go(0, env, present);
  }

  private quantifier(
    quantifier: '\\A' | '\\E' | '\\AA' | '\\EE',
    bounds: readonly ResolvedBound[],
    body: ResolvedExpression,
    env: Env,
  ): BoolVal {
    const [bound, ...rest] = bounds;
    if (bound === undefined) return this.test(body, env);
    const all = quantifier === '\\A';
    // `x, y \\in S` is one set, evaluated before both.
    const sets = new Map(bounds.map(({ set }) => [set, this.value(set, env)]));
    const level = (list: readonly ResolvedBound[], inner: Env): BoolVal => {
      const [first, ...others] = list;
      if (first === undefined) return this.test(body, inner);
      const set = sets.get(first.set) as Val;
      if (this.loops.isLong(set)) {
        return this.searched(set, !all, (element) => level(others, this.bind(first.pattern, element, inner)));
      }
      const test = ({ value, present }: { value: unknown; present: Val }): BoolVal => {
        const holds = (): BoolVal => level(others, this.bind(first.pattern, constant(value), inner));
        return all ? this.logic.or(not(present as BoolVal), holds) : this.logic.and(present as BoolVal, holds);
      };
      const candidates = this.forms.candidates(set);
      return all ? this.logic.all(candidates, test) : this.logic.some(candidates, test);
    };
    return level([bound, ...rest], env);
  }

  /** Whether an element of a set has, or none lacks, what is wanted. */
  private searched(set: Val, wanted: boolean, test: (element: Val) => BoolVal): BoolVal {
    const { code, loops } = this;
    const name = code.fresh('b');
    code.add(`let ${name} = ${!wanted};\n`);
    loops.over(set, (element) => {
      const found = test(element);
      code.add(`if (${textOf(wanted ? found : not(found))}) {\n${name} = ${wanted};\nbreak;\n}\n`);
    });
    return boolVal(name);
  }

  private functionOf(bounds: readonly ResolvedBound[], body: ResolvedExpression, env: Env, want?: Domain): Val {
    const keys: unknown[] = [];
    const parts: Val[] = [];
    const [first] = bounds;
    const wanted = want?.kind === 'product' ? want.slots[0]?.domain : undefined;
    if (bounds.length === 1 && first !== undefined) {
      const set = this.value(first.set, env);
      if (set.kind !== 'const') return unsupported('a function over a set that depends on the state');
      for (const { value } of this.forms.candidates(set)) {
        keys.push(value);
        parts.push(this.value(body, this.bind(first.pattern, constant(value), env), wanted));
      }
    } else {
      const symbols = bounds.map(({ pattern }) => pattern);
      this.each(bounds, env, yes, (inner, present) => {
        if (present.kind !== 'const') unsupported('a function over a set that depends on the state');
        keys.push(symbols.map((pattern) => this.boundValue(pattern, inner)));
        parts.push(this.value(body, inner, wanted));
      });
    }
    return this.parts(keys, parts);
  }

  private boundValue(pattern: ResolvedBound['pattern'], env: Env): unknown {
    const values = symbolsOf(pattern).map((symbol) => {
      const val = env.locals.get(symbol)?.computed?.val;
      return val?.kind === 'const' ? val.value : unsupported('a function over a set that depends on the state');
    });
    return pattern.kind === 'name' ? values[0] : values;
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

  /** The scope of a LET; what can be computed at once without a chance to fail is. */
  lets(definitions: readonly DefinitionSymbol[], env: Env): Env {
    const lets = new Map(env.lets);
    const inner: Env = { ...env, lets };
    for (const definition of definitions) {
      const computed =
        definition.parameters.length > 0 || definition.level >= 2 || definition.recursive
          ? undefined
          : this.eager(() => this.value(definition.body, inner));
      lets.set(definition, { computed, env: () => inner });
    }
    return inner;
  }

  /** A value that is computed now, though it may not be used: then a failure does not count. */
  private eager(make: () => Val): Computed | undefined {
    const { code } = this;
    const [val, statements] = code.trying(() => this.named(make()));
    if (val === undefined) return undefined;
    if (!statements.includes(giveUp)) {
      if (statements !== '') code.add(statements);
      return { val, valid: undefined };
    }
    const [leaves, more] = code.inside(() => this.logic.leaves(val, val));
    const [valid, label] = [code.fresh('valid'), code.fresh('compute')];
    const names = leaves.map(() => code.fresh('v'));
    const assign = names.map((name, i) => `${name} = ${leaves[i]};\n`).join('');
    code.add(`let ${[...names, `${valid} = false`].join(', ')};\n`);
    const body = `${statements}${more}${assign}${valid} = true;\n`.replaceAll(giveUp, `break ${label};`);
    code.add(`${label}: {\n${body}}\n`);
    return { val: this.logic.rebuild(val, names), valid };
  }

  private use({ val, valid }: Computed): Val {
    if (valid !== undefined) this.code.bail(`!${valid}`);
    return val;
  }

  /** A value whose texts may be repeated. */
  private named(val: Val): Val {
    const { code } = this;
    switch (val.kind) {
      case 'const':
      case 'interval':
        return val;
      case 'bool':
      case 'int':
      case 'enum':
      case 'word':
        return { ...val, text: code.bind(val.text) };
      case 'packed':
        return { ...val, words: val.words.map((word) => code.bind(word)) };
      case 'parts':
        return { ...val, parts: val.parts.map((part) => this.named(part)) };
    }
  }

  private apply(e: ResolvedApplication, env: Env, want?: Domain): Val {
    const { operator, args } = e;
    if (operator.kind === 'local') return this.local(operator, e, env, want);
    const definition = this.around.definitionOf(operator);
    if (definition !== undefined) return this.definition(definition, args, env, want);
    if (operator.kind === 'variable') return this.variable(operator, env);
    if (operator.kind !== 'builtin') return unsupported(`the constant ${operator.name}`);
    return this.builtin(e, operator.name, env, want);
  }

  private variable(variable: VariableSymbol, env: Env): Val {
    if (!env.primed) return this.around.current(variable);
    const next = env.next.get(variable) ?? unsupported('a variable that has no value in the next state');
    return next === 'same' ? this.around.current(variable) : next;
  }

  private local(local: LocalSymbol, e: ResolvedApplication, env: Env, want?: Domain): Val {
    const operator = env.operators.get(local);
    if (operator !== undefined) return this.applied(operator, e, env, want);
    const binding = env.locals.get(local) ?? unsupported('a name without a value');
    if (binding.computed !== undefined && !(env.primed && binding.source !== undefined))
      return this.use(binding.computed);
    if (binding.source === undefined) return unsupported('a name without a value');
    const { expression, env: outer } = binding.source;
    return this.value(expression, { ...outer, next: env.next, primed: env.primed || outer.primed }, want);
  }

  /** An operator that was passed as an argument: it means what it meant there, its arguments what they mean here. */
  private applied({ argument, env: outer }: OperatorBinding, e: ResolvedApplication, env: Env, want?: Domain): Val {
    if (argument.kind === 'lambda') return this.body(argument.parameters, e.args, argument.body, outer, env, want);
    const { operator, leading } = argument;
    const application = { ...e, operator, args: [...leading, ...e.args] };
    if (leading.length > 0) {
      return this.apply(application, { ...outer, locals: new Map([...outer.locals, ...env.locals]) }, want);
    }
    const passedOn = operator.kind === 'local' ? outer.operators.get(operator) : undefined;
    if (passedOn !== undefined) return this.applied(passedOn, e, env, want);
    const definition = this.around.definitionOf(operator);
    if (definition === undefined) return this.apply(application, env, want);
    const made = (): Val =>
      this.body(definition.parameters, e.args, definition.body, this.placeOf(definition, outer), env, want);
    return definition.recursive ? this.unrolled(made) : made();
  }

  /** An operator applied to values. */
  appliedTo(operator: ResolvedArgument, e: Omit<ResolvedApplication, 'args'>, given: readonly Val[], env: Env): Val {
    if (operator.kind !== 'operator' && operator.kind !== 'lambda') return unsupported('a value as an operator');
    const names = given.map((_, i): LocalSymbol => ({ ...parameter, name: `p${i}`, span: e.span }));
    const inner = names.reduce((at, name, i) => withLocal(at, name, given[i] as Val), env);
    const args = names.map((name): ResolvedExpression => ({ ...e, level: 0, operator: name, args: [] }));
    return this.applied({ argument: operator, env }, { ...e, args }, inner);
  }

  private definition(definition: DefinitionSymbol, args: readonly ResolvedArgument[], env: Env, want?: Domain): Val {
    const entry = env.lets.get(definition);
    if (entry?.computed !== undefined && !(env.primed && definition.level >= 1)) return this.use(entry.computed);
    if (entry === undefined && this.shared.isWorth(definition, env)) {
      const shared = this.sharedValue(definition, args, env);
      if (shared !== undefined) return shared;
    }
    const outer = entry?.env() ?? { ...env, locals: new Map(), operators: new Map(), lets: new Map(), at: undefined };
    const made = (): Val => this.body(definition.parameters, args, definition.body, outer, env, want);
    return definition.recursive ? this.unrolled(made) : made();
  }

  /** The value by a function of its own; undefined: it depends on more than the state and constants. */
  private sharedValue(definition: DefinitionSymbol, args: readonly ResolvedArgument[], env: Env): Val | undefined {
    const { primed, next } = env;
    if (args.length > 0 && !this.loops.unrolling.outlined) return undefined;
    const given: Val[] = [];
    for (const argument of args) {
      if (argument.kind === 'operator' || argument.kind === 'lambda' || argument.level > 0) return undefined;
      const val = this.value(argument, env);
      if (val.kind !== 'const') return undefined;
      given.push(val);
    }
    const words = given.map((val) => this.forms.table.encode((val as { value: unknown }).value)).join();
    return this.shared.of(definition, words, primed, () => {
      const inner = definition.parameters.reduce<Env>((at, parameter, i) => withLocal(at, parameter, given[i] as Val), {
        ...emptyEnv,
        primed,
        next,
      });
      return this.value(definition.body, inner);
    });
  }

  /** The body of an operator with its arguments. */
  private body(
    parameters: readonly LocalSymbol[],
    args: readonly ResolvedArgument[],
    body: ResolvedExpression,
    outer: Env,
    env: Env,
    want?: Domain,
  ): Val {
    if (++this.depth > depthLimit) unsupported('deep nesting');
    try {
      const inner = this.parameters(parameters, args, outer, env);
      return this.value(body, { ...inner, next: env.next, primed: env.primed || outer.primed }, want);
    } finally {
      this.depth--;
    }
  }

  /** The scope of a body with parameters bound to arguments. */
  parameters(parameters: readonly LocalSymbol[], args: readonly ResolvedArgument[], outer: Env, env: Env): Env {
    const locals = new Map<LocalSymbol, Binding>(outer.locals);
    const operators = new Map(outer.operators);
    parameters.forEach((parameter, i) => {
      const argument = args[i];
      if (argument === undefined) return;
      if (argument.kind === 'operator' || argument.kind === 'lambda') {
        operators.set(parameter, { argument, env });
        return;
      }
      const source = { expression: argument, env };
      const computed = argument.level >= 2 ? undefined : this.eager(() => this.value(argument, env));
      locals.set(parameter, { computed, source: argument.level >= 1 || computed === undefined ? source : undefined });
    });
    return { ...outer, locals, operators };
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
        return this.flatten(left, env, want);
      case 'DOMAIN':
        return this.functions.domainOf(value(left));
      case 'Cardinality':
        return this.sets.cardinality(value(left));
      case 'SUBSET': {
        const base = value(left);
        return base.kind === 'const'
          ? this.forms.computed(() => this.forms.library.powerSet(base.value))
          : unsupported('SUBSET of what depends on the state');
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
        const result = this.appliedTo(test, e, [item], env);
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
  private memberOf(x: Val, set: ResolvedExpression, env: Env): BoolVal {
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

  /** `UNION {f[x] : x \\in S}`, and UNION of a constant. */
  private flatten(e: ResolvedExpression, env: Env, want?: Domain): Val {
    if (e.kind === 'setMap' || e.kind === 'setEnumeration') {
      const [only] = e.kind === 'setMap' ? e.bounds : [];
      const from = e.kind === 'setMap' && e.bounds.length === 1 && only ? this.value(only.set, env) : undefined;
      if (e.kind === 'setMap' && only !== undefined && from !== undefined && this.loops.isLong(from)) {
        return this.sets.gathered(
          from,
          (element) => this.value(e.element, this.bind(only.pattern, element, env), want),
          asSet(want),
        );
      }
      let all: Val = constant(this.forms.library.empty);
      const add = (part: ResolvedExpression, inner: Env, present: BoolVal): void => {
        const set = this.logic.choice(
          present,
          () => this.value(part, inner, want),
          () => constant(this.forms.library.empty),
        );
        all = this.sets.combine('\\cup', all, set, asSet(want));
      };
      if (e.kind === 'setMap') this.each(e.bounds, env, yes, (inner, present) => add(e.element, inner, present));
      else for (const item of e.items) add(item, env, yes);
      return all;
    }
    const set = this.value(e, env);
    if (set.kind === 'const') return this.forms.computed(() => this.forms.library.flatten(set.value));
    return unsupported('UNION of this set');
  }
}

const asSet = (domain: Domain | undefined): SetDomain | undefined => (domain?.kind === 'set' ? domain : undefined);

/** The domain of a set, as a hint for what is put beside it. */
const domainHint = (val: Val): Domain | undefined => (val.kind === 'packed' ? val.domain : undefined);
