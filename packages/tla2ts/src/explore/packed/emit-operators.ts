/**
 * Operators of the specification: their bodies in the place of their uses, with parameters bound to values. Recursion is unrolled as long as constants end it; what LET
 * defines is computed once where that cannot fail.
 */
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedExpression,
} from '../../names/resolved.js';
import { type Binding, type Computed, type Env, type OperatorBinding, emptyEnv, withLocal } from './env.js';
import type { BoolVal, Val } from './vals.js';
import { fails, giveUp, unsupported } from './code.js';
import type { Domain } from './domains.js';
import type { Expressions } from './emit-expression.js';

const parameter = { kind: 'local', role: 'parameter', arity: 0 } as const;

const depthLimit = 60;

/**
 * Choices that depend on the state, inside each other in recursive operators: recursion is unrolled, and where constants do not
 * end it, each of its levels doubles the text.
 */
const mostUndecided = 6;

export class Operators {
  private depth = 0;
  private recursions = 0;
  private undecided = 0;

  constructor(private readonly emit: Expressions) {}

  /** A recursion is being unrolled. */
  get isUnrolling(): boolean {
    return this.recursions > 0;
  }

  /** Makes a choice; in recursion only so many inside each other. */
  choosing(condition: BoolVal, make: () => Val): Val {
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
  recursiveAt(f: ResolvedExpression, argument: Val, env: Env, want?: Domain): Val | undefined {
    if (f.kind !== 'apply' || f.args.length > 0) return undefined;
    const definition = this.emit.around.definitionOf(f.operator);
    if (definition?.recursive !== true || definition.body.kind !== 'functionConstructor') return undefined;
    const { bounds, body } = definition.body;
    const [bound] = bounds;
    if (bounds.length !== 1 || bound === undefined) return unsupported('recursion of several arguments');
    const outer = this.placeOf(definition, env);
    const inside = this.emit.memberOf(argument, bound.set, outer);
    if (inside.kind === 'const' && inside.value !== true) return fails('an argument outside of the domain');
    if (inside.kind === 'bool') this.emit.code.bail(`!${inside.text}`);
    return this.unrolled(() => {
      if (++this.depth > depthLimit) unsupported('deep nesting');
      try {
        return this.emit.value(body, this.emit.bind(bound.pattern, argument, outer), want);
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

  /** The scope of a LET; what can be computed at once without a chance to fail is. */
  lets(definitions: readonly DefinitionSymbol[], env: Env): Env {
    const lets = new Map(env.lets);
    const inner: Env = { ...env, lets };
    for (const definition of definitions) {
      const computed =
        definition.parameters.length > 0 || definition.level >= 2 || definition.recursive
          ? undefined
          : this.eager(() => this.emit.value(definition.body, inner));
      lets.set(definition, { computed, env: () => inner });
    }
    return inner;
  }

  /** A value that is computed now, though it may not be used: then a failure does not count. */
  private eager(make: () => Val): Computed | undefined {
    const { code } = this.emit;
    const [val, statements] = code.trying(() => this.named(make()));
    if (val === undefined) return undefined;
    if (!statements.includes(giveUp)) {
      if (statements !== '') code.add(statements);
      return { val, valid: undefined };
    }
    const [leaves, more] = code.inside(() => this.emit.logic.leaves(val, val));
    const [valid, label] = [code.fresh('valid'), code.fresh('compute')];
    const names = leaves.map(() => code.fresh('v'));
    const assign = names.map((name, i) => `${name} = ${leaves[i]};\n`).join('');
    code.add(`let ${[...names, `${valid} = false`].join(', ')};\n`);
    const body = `${statements}${more}${assign}${valid} = true;\n`.replaceAll(giveUp, `break ${label};`);
    code.add(`${label}: {\n${body}}\n`);
    return { val: this.emit.logic.rebuild(val, names), valid };
  }

  private use({ val, valid }: Computed): Val {
    if (valid !== undefined) this.emit.code.bail(`!${valid}`);
    return val;
  }

  /** A value whose texts may be repeated. */
  private named(val: Val): Val {
    const { code } = this.emit;
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
      case 'powerSet':
        return { ...val, words: val.words.map((word) => code.bind(word)) };
      case 'parts':
        return { ...val, parts: val.parts.map((part) => this.named(part)) };
    }
  }

  local(local: LocalSymbol, e: ResolvedApplication, env: Env, want?: Domain): Val {
    const operator = env.operators.get(local);
    if (operator !== undefined) return this.applied(operator, e, env, want);
    const binding = env.locals.get(local) ?? unsupported('a name without a value');
    if (binding.computed !== undefined && !(env.primed && binding.source !== undefined))
      return this.use(binding.computed);
    if (binding.source === undefined) return unsupported('a name without a value');
    const { expression, env: outer } = binding.source;
    return this.emit.value(expression, { ...outer, next: env.next, primed: env.primed || outer.primed }, want);
  }

  /** An operator that was passed as an argument: it means what it meant there, its arguments what they mean here. */
  private applied({ argument, env: outer }: OperatorBinding, e: ResolvedApplication, env: Env, want?: Domain): Val {
    if (argument.kind === 'lambda') return this.body(argument.parameters, e.args, argument.body, outer, env, want);
    const { operator, leading } = argument;
    const application = { ...e, operator, args: [...leading, ...e.args] };
    if (leading.length > 0) {
      return this.emit.apply(application, { ...outer, locals: new Map([...outer.locals, ...env.locals]) }, want);
    }
    const passedOn = operator.kind === 'local' ? outer.operators.get(operator) : undefined;
    if (passedOn !== undefined) return this.applied(passedOn, e, env, want);
    const definition = this.emit.around.definitionOf(operator);
    if (definition === undefined) return this.emit.apply(application, env, want);
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

  definition(definition: DefinitionSymbol, args: readonly ResolvedArgument[], env: Env, want?: Domain): Val {
    const entry = env.lets.get(definition);
    if (entry?.computed !== undefined && !(env.primed && definition.level >= 1)) return this.use(entry.computed);
    if (entry === undefined && this.emit.shared.isWorth(definition, env)) {
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
    if (args.length > 0 && !this.emit.loops.unrolling.outlined) return undefined;
    const given: Val[] = [];
    for (const argument of args) {
      if (argument.kind === 'operator' || argument.kind === 'lambda' || argument.level > 0) return undefined;
      const val = this.emit.value(argument, env);
      if (val.kind !== 'const') return undefined;
      given.push(val);
    }
    const words = given.map((val) => this.emit.forms.table.encode((val as { value: unknown }).value)).join();
    return this.emit.shared.of(definition, words, primed, () => {
      const inner = definition.parameters.reduce<Env>((at, parameter, i) => withLocal(at, parameter, given[i] as Val), {
        ...emptyEnv,
        primed,
        next,
      });
      return this.emit.value(definition.body, inner);
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
      return this.emit.value(body, { ...inner, next: env.next, primed: env.primed || outer.primed }, want);
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
      const computed = argument.level >= 2 ? undefined : this.eager(() => this.emit.value(argument, env));
      locals.set(parameter, { computed, source: argument.level >= 1 || computed === undefined ? source : undefined });
    });
    return { ...outer, locals, operators };
  }
}
