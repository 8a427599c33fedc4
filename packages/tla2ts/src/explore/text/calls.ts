/** Text of what operators are called with and of the JavaScript functions that they become. */
import { arityOf } from '../../analysis/children.js';
import { strictParameters } from '../../analysis/strict.js';
import type {
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedSymbol,
  VariableSymbol,
} from '../../names/resolved.js';
import { isCheap } from '../cheap.js';
import { dependenciesOf, primesParameter } from '../dependencies.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import { emptyScope, type Scope } from '../expressions.js';
import { builtinText } from './builtin-calls.js';

/** Variables whose values are compared to tell whether a value is known. */
const mostKeys = 4;

/** Values of a definition that are remembered. */
const mostKnown = 2 ** 16;

/** What a JavaScript function for an operator takes: values, or functions that give them when they are needed. */
type Takes = 'values' | 'functions';

/** The parameters of a LET definition that its body may do without, one character for each. */
export const lateMask = (definition: DefinitionSymbol): string => {
  const strict = strictParameters(definition);
  return definition.parameters.map(({ arity }, i) => (arity === 0 && strict[i] !== true ? '1' : '0')).join('');
};

/** See the head of the file. */
export class Calls {
  readonly #w: ExpressionEmitter;
  /** Names of functions by what they take and in which state they are. */
  readonly #made = new Map<DefinitionSymbol, Map<string, string>>();
  /** Names of what is remembered of definitions. */
  readonly #known = new Map<DefinitionSymbol, string>();

  constructor(w: ExpressionEmitter) {
    this.#w = w;
  }

  /** Text of an operator's value, or of what the configuration puts in its place. */
  apply(e: ResolvedApplication, scope: Scope): string {
    const { operator, args } = e;
    const by = operator.kind === 'local' ? undefined : this.#w.options.replacement(operator);
    if (by?.kind === 'definition') return this.#definition(e, by.definition, scope);
    if (by !== undefined) {
      return args.length === 0
        ? by.text
        : `${by.text}(${args.map((a) => this.argument(a, scope, 'values')).join(', ')})`;
    }
    switch (operator.kind) {
      case 'variable':
        return this.#variable(operator, scope);
      case 'constant':
        return this.#w.raise(`the constant ${operator.name} has no value`, e);
      case 'local':
        return this.#local(operator, e, scope);
      case 'definition':
        return this.#definition(e, operator, scope);
      case 'builtin':
        return builtinText(this.#w, e, operator.name, operator.module, scope);
    }
  }

  #variable(variable: VariableSymbol, scope: Scope): string {
    const { names } = this.#w.options;
    const missing = `rt.unassigned(${JSON.stringify(variable.name)})`;
    if (!scope.primed) return scope.initial && !scope.assigned.has(variable) ? missing : names.current(variable);
    const name = names.next(variable);
    if (scope.shared) return `(${name} ?? ${missing})`;
    return scope.assigned.has(variable) ? name : missing;
  }

  #local(local: LocalSymbol, e: ResolvedApplication, scope: Scope): string {
    const operator = scope.operators.get(local);
    if (operator !== undefined) {
      const { argument } = operator;
      if (argument.kind === 'lambda') {
        const text = this.#lambda(argument.parameters, argument.body, operator.scope, 'functions');
        return `(${text})(${this.#thunks(e.args, scope)})`;
      }
      const application = { ...e, operator: argument.operator, args: [...argument.leading, ...e.args] };
      const merged = {
        ...scope,
        lets: new Map([...scope.lets, ...operator.scope.lets]),
        operators: operator.scope.operators,
      };
      return this.apply(application, { ...merged, locals: new Map([...operator.scope.locals, ...scope.locals]) });
    }
    const source = scope.sources.get(local);
    if (source !== undefined && (scope.primed || !scope.locals.has(local))) {
      const { assigned, primed, shared } = scope;
      return this.#w.value(source.expression, {
        ...source.scope,
        assigned,
        shared,
        primed: primed || source.scope.primed,
      });
    }
    const name = scope.locals.get(local) ?? this.#w.raise(`${local.name} has no value here`, e);
    return e.args.length === 0 ? name : `${name}(${this.#thunks(e.args, scope)})`;
  }

  /** `takes`: whether its arguments are values, or functions that give them. */
  #lambda(parameters: readonly LocalSymbol[], body: ResolvedExpression, scope: Scope, takes: Takes): string {
    const locals = new Map(scope.locals);
    const names = parameters.map((parameter) => {
      const name = this.#w.text.fresh(parameter.name);
      locals.set(parameter, takes === 'functions' ? `${name}()` : name);
      return name;
    });
    return `(${names.join(', ')}) => ${this.#w.value(body, { ...scope, locals })}`;
  }

  /** Text of an argument; an operator becomes a JavaScript function. */
  argument(argument: ResolvedArgument, scope: Scope, takes: Takes = 'functions'): string {
    if (argument.kind === 'lambda') return this.#lambda(argument.parameters, argument.body, scope, takes);
    if (argument.kind !== 'operator') return this.#w.value(argument, scope);
    const { operator, leading } = argument;
    const arity = arityOf(operator) - leading.length;
    const parameters = Array.from({ length: arity }, (_, i): LocalSymbol => ({
      kind: 'local',
      name: `p${i}`,
      role: 'parameter',
      arity: 0,
      span: argument.span,
    }));
    const { span, level } = argument;
    const args = parameters.map(
      (p) => ({ kind: 'apply', span, level: 0, operator: p, operatorSpan: span, args: [] }) as const,
    );
    const body = { kind: 'apply', span, level, operator, operatorSpan: span, args: [...leading, ...args] } as const;
    return this.#lambda(parameters, body, scope, takes);
  }

  /** Arguments of an operator of which nobody knows what it uses: functions that give them. */
  #thunks(args: readonly ResolvedArgument[], scope: Scope): string {
    return args.map((argument) => this.#thunk(argument, scope)).join(', ');
  }

  #thunk(argument: ResolvedArgument, scope: Scope): string {
    const text = this.argument(argument, scope);
    if (argument.kind === 'operator' || argument.kind === 'lambda') return text;
    if (/^[\w$]+\(\)$/.test(text)) return text.slice(0, -2);
    return isCheap(argument, scope) ? `() => ${text}` : `rt.lazy(() => ${text})`;
  }

  #definition(e: ResolvedApplication, definition: DefinitionSymbol, scope: Scope): string {
    const entry = scope.lets.get(definition);
    const args = e.args;
    if (entry !== undefined) {
      if (scope.primed && !entry.scope().primed && definition.level >= 1) {
        if (definition.recursive) return this.#w.raise(`${definition.name} is recursive and primed as a whole`, e);
        return this.#inlined(definition, args, entry.scope(), scope);
      }
      if (args.length === 0) return entry.text;
      const late = lateMask(definition);
      const given = args.map((a, i) => (late[i] === '1' ? this.#thunk(a, scope) : this.argument(a, scope)));
      return `${entry.text}(${given.join(', ')})`;
    }
    const primed = scope.primed && e.level >= 1;
    if (args.length === 0 && definition.level === 0) {
      return `${this.#functionFor(definition, '', 'constant')}()`;
    }
    if (args.some((argument) => argument.level >= 1) && primesParameter(definition)) {
      return this.#inlined(definition, args, emptyScope, scope);
    }
    const mask = args.map((argument, i) => this.#isLazy(definition, argument, i, scope)).join('');
    const texts = args.map((a, i) => (mask[i] === '1' ? this.#thunk(a, scope) : this.argument(a, scope)));
    const name = this.#functionFor(definition, mask, primed && definition.level >= 1 ? 'primed' : 'plain');
    const text = `${name}(${texts.join(', ')})`;
    const needed = e.level >= 2 || primed || scope.initial ? this.#forgotten(scope) : '';
    return this.#w.at(e, needed === '' ? text : `(${needed}${text})`);
  }

  /** A function must not see the value that another way through the action gave to a variable that has none here. */
  #forgotten(scope: Scope): string {
    if (scope.shared) return '';
    const { names, variables } = this.#w.options;
    return variables
      .filter((variable) => !scope.assigned.has(variable))
      .map((variable) => `${scope.initial ? names.current(variable) : names.next(variable)} = undefined, `)
      .join('');
  }

  #isLazy(definition: DefinitionSymbol, argument: ResolvedArgument, i: number, scope: Scope): '0' | '1' {
    if (argument.kind === 'operator' || argument.kind === 'lambda' || isCheap(argument, scope)) return '0';
    return strictParameters(definition)[i] === true ? '0' : '1';
  }

  /** The body in the place of a call, for bodies that prime their parameters. */
  #inlined(definition: DefinitionSymbol, args: readonly ResolvedArgument[], outer: Scope, scope: Scope): string {
    const locals = new Map(outer.locals);
    const operators = new Map(outer.operators);
    const sources = new Map(outer.sources);
    definition.parameters.forEach((parameter, i) => {
      const argument = args[i];
      if (argument === undefined) return;
      if (argument.kind === 'operator' || argument.kind === 'lambda') operators.set(parameter, { argument, scope });
      else {
        locals.set(parameter, `(${this.#w.value(argument, scope)})`);
        if (argument.level >= 1) sources.set(parameter, { expression: argument, scope });
      }
    });
    const { assigned, primed, shared, initial } = scope;
    const inner = { ...outer, locals, operators, sources, assigned, primed, shared, initial };
    return `(${this.#w.value(definition.body, inner)})`;
  }

  /** The name of the JavaScript function for a definition of a module. */
  #functionFor(definition: DefinitionSymbol, mask: string, how: 'constant' | 'plain' | 'primed'): string {
    const variants = this.#made.get(definition) ?? new Map<string, string>();
    this.#made.set(definition, variants);
    const key = `${how} ${mask}`;
    let name = variants.get(key);
    if (name === undefined) {
      name = this.#w.text.fresh(definition.name);
      if (!/^[A-Za-z_$]/.test(name)) name = `op${name}`;
      variants.set(key, name);
      const scope: Scope = { ...emptyScope, shared: true, primed: how === 'primed' };
      if (how === 'constant') this.#w.text.add(`const ${name} = rt.lazy(() => ${this.bodyText(definition, scope)});`);
      else if (definition.parameters.length === 0) {
        this.#w.text.add(this.#stateFunction(name, definition, scope));
      } else this.#w.text.add(`const ${name} = ${this.functionOf(definition, scope, mask)};`);
    }
    return name;
  }

  /**
   * A function without parameters. One of the state remembers its last value and of which values of variables it is: within a step, and from a state to its
   * successors, it is often asked for the same again.
   */
  #stateFunction(name: string, definition: DefinitionSymbol, scope: Scope): string {
    const body = this.bodyText(definition, scope);
    const { names, located } = this.#w.options;
    const { variables, next, pure } = dependenciesOf(definition.body, (symbol) => this.replaced(symbol));
    const plain = `const ${name} = () => ${body};`;
    if (located || next || !pure || definition.level !== 1 || definition.recursive) return plain;
    if (variables.size === 0 || variables.size > mostKeys || isCheap(definition.body, scope)) return plain;
    const current = [...variables].map(scope.primed ? names.next : names.current);
    const keys = current.map((_, i) => `${name}_${i}`);
    const same = current.map((variable, i) => `${keys[i]} === ${variable}`).join(' && ');
    const take = current.map((variable, i) => `${keys[i]} = ${variable};\n`).join('');
    if (current.length === 1) return this.#valueFunction(name, definition, current[0] as string, body);
    return `let ${keys.map((key) => `${key} = rt.none`).join(', ')}, ${name}_value;
const ${name} = () => {
if (${same}) return ${name}_value;
const value = ${body};
${take}return (${name}_value = value);
};`;
  }

  /** A function of one variable's value, in the state or in the next one: the values of many are remembered. */
  #valueFunction(name: string, definition: DefinitionSymbol, variable: string, body: string): string {
    let known = this.#known.get(definition);
    let made = '';
    if (known === undefined) {
      known = this.#w.text.fresh(`${name}_known`);
      this.#known.set(definition, known);
      made = `const ${known} = new Map();\n`;
    }
    return `${made}let ${name}_of = rt.none, ${name}_value;
const ${name} = () => {
const of = ${variable};
if (${name}_of === of) return ${name}_value;
let value = ${known}.get(of);
if (value === undefined) {
value = ${body};
if (${known}.size >= ${mostKnown}) ${known}.clear();
${known}.set(of, value);
}
${name}_of = of;
return (${name}_value = value);
};`;
  }

  /** What a symbol stands for after the overrides of the configuration; undefined: a value. */
  replaced(symbol: ResolvedSymbol): ResolvedSymbol | undefined {
    const by = symbol.kind === 'local' ? undefined : this.#w.options.replacement(symbol);
    if (by === undefined) return symbol;
    return by.kind === 'definition' ? by.definition : undefined;
  }

  /** The value of a definition without parameters. */
  bodyText(definition: DefinitionSymbol, scope: Scope): string {
    const { body } = definition;
    if (definition.isFunction && body.kind === 'functionConstructor') {
      return this.#w.counting(body, this.#w.functionText('lazyFunction', body.bounds, body.body, scope));
    }
    return this.#w.value(body, scope);
  }

  /** A JavaScript function for a definition with parameters; those in the mask are functions that give the argument. */
  functionOf(definition: DefinitionSymbol, scope: Scope, mask: string): string {
    const locals = new Map(scope.locals);
    const parameters = definition.parameters.map((parameter, i) => {
      const name = this.#w.text.fresh(parameter.name);
      locals.set(parameter, mask[i] === '1' ? `${name}()` : name);
      return name;
    });
    return `(${parameters.join(', ')}) => ${this.#w.value(definition.body, { ...scope, locals })}`;
  }
}
