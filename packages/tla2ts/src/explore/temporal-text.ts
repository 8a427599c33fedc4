/**
 * JavaScript text that makes a temporal formula of the checker (checker/src/liveness/formula.ts) from one of the specification. Quantifiers over constant sets,
 * operators and LET are gone through, so that what remains are predicates of states and of steps.
 */
import type {
  BuiltinSymbol,
  DefinitionSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedFairness,
} from '../names/resolved.js';
import type { Expressions, Scope } from './expressions.js';
import type { TemporalPart } from './temporal.js';
import { refinedAction } from './refined-action.js';
import { children } from '../analysis/children.js';
import { emptyScope } from './expressions.js';

/** Text of functions that the checker calls for a state or a step. */
interface AtomText {
  readonly stateAtom: (e: ResolvedExpression, scope: Scope) => string;
  readonly stepAtom: (e: ResolvedExpression, scope: Scope) => string;
}

/** What names mean at a place of the formula; the LETs around it become LETs of each predicate. */
interface Context {
  readonly scope: Scope;
  readonly lets: readonly (readonly DefinitionSymbol[])[];
  /** In the text of a module that is an INSTANCE. */
  readonly inInstance: boolean;
}

const outermost: Context = { scope: emptyScope, lets: [], inInstance: false };

export class TemporalWriter {
  private readonly letContexts = new Map<DefinitionSymbol, Context>();

  constructor(
    private readonly emit: Expressions,
    private readonly atoms: AtomText,
  ) {}

  part({ expression, inInstance }: TemporalPart): string {
    return this.formula(expression, { ...outermost, inInstance });
  }

  private formula(e: ResolvedExpression, context: Context): string {
    const { scope } = context;
    const level = levelIn(e, scope);
    if (level <= 1) return this.state(e, context);
    switch (e.kind) {
      case 'junction':
        return joined(
          e.operator === '/\\' ? 'and' : 'or',
          `[${e.items.map((item) => this.formula(item, context)).join(', ')}]`,
        );
      case 'quantifier':
        if (e.bounds.length === 0 || (e.quantifier !== '\\A' && e.quantifier !== '\\E')) break;
        return joined(e.quantifier === '\\A' ? 'and' : 'or', this.instances(e.bounds, e.body, context));
      case 'if':
        return this.choice(e.condition, this.formula(e.then, context), this.formula(e.else, context), context);
      case 'case': {
        const other =
          e.other === undefined
            ? this.emit.raise('no condition of the CASE is true', e)
            : this.formula(e.other, context);
        return e.arms.reduceRight(
          (rest, { condition, value }) => this.choice(condition, this.formula(value, context), rest, context),
          other,
        );
      }
      case 'let': {
        const inner = { ...context, lets: [...context.lets, e.definitions] };
        for (const definition of e.definitions) this.letContexts.set(definition, inner);
        return this.formula(e.body, inner);
      }
      case 'box':
        return this.step(junction('\\/', [applied(unchanged, e.subscript), e.action]), context);
      case 'angle':
        return this.action(e.action, e.subscript, context);
      case 'fairness':
        return this.fairness(e, context);
      case 'apply':
        return this.application(e, context);
    }
    return level === 2 ? this.step(e, context) : this.emit.raise('this temporal formula cannot be checked', e);
  }

  private state(e: ResolvedExpression, context: Context): string {
    return `{ kind: 'state', holds: ${this.atoms.stateAtom(within(e, context), context.scope)} }`;
  }

  private step(e: ResolvedExpression, context: Context, more = ''): string {
    return `{ kind: 'step', holds: ${this.atoms.stepAtom(within(e, context), context.scope)}${more} }`;
  }

  /** `<<A>>_v` */
  private action(action: ResolvedExpression, subscript: ResolvedExpression, context: Context, more = ''): string {
    return this.step(junction('/\\', [applied(not, applied(unchanged, subscript)), action]), context, more);
  }

  private fairness({ fairness, action, subscript, span }: ResolvedFairness, context: Context): string {
    const angle: ResolvedExpression = { kind: 'angle', span, level: 2, action, subscript };
    const asked = context.inInstance ? refinedAction(angle, this.emit.definitionOf) : angle;
    const enabled = this.state({ ...applied(enabledOperator, asked), level: 1 }, context);
    const name = this.emit.fresh('enabled');
    const step = this.action(action, subscript, context, `, guard: ${name}`);
    return `((${name}) => rt.${fairness === 'WF' ? 'weakFairness' : 'strongFairness'}(${name}, ${step}))(${enabled})`;
  }

  /** Text of an array: the body for all values of the bound identifiers. */
  private instances([bound, ...others]: readonly ResolvedBound[], body: ResolvedExpression, context: Context): string {
    if (bound === undefined) return this.formula(body, context);
    const { set } = bound;
    if (levelIn(set, context.scope) > 0) {
      return this.emit.raise('the set of a quantifier over temporal formulas depends on the state', set);
    }
    const { pattern, scope } = this.emit.bind(bound.pattern, context.scope);
    const inner = this.instances(others, body, { ...context, scope });
    const method = others.length === 0 ? 'map' : 'flatMap';
    return `[...${this.emit.elements(within(set, context), context.scope)}].${method}((${pattern}) => (${inner}))`;
  }

  private choice(condition: ResolvedExpression, yes: string, no: string, context: Context): string {
    if (levelIn(condition, context.scope) === 0) {
      return `(${this.emit.test(within(condition, context), context.scope)} ? ${yes} : ${no})`;
    }
    const name = this.emit.fresh('condition');
    const made = this.formula(condition, context);
    const parts = `[${joined('and', `[${name}, ${yes}]`)}, ${joined('and', `[${unary('not', name)}, ${no}]`)}]`;
    return `((${name}) => (${joined('or', parts)}))(${made})`;
  }

  private application(e: ResolvedApplication, context: Context): string {
    const { operator } = e;
    if (operator.kind === 'local') {
      const source = context.scope.sources.get(operator);
      return source === undefined
        ? this.emit.raise('this temporal formula cannot be checked', e)
        : this.formula(source.expression, { ...outermost, scope: source.scope });
    }
    const definition = this.emit.definitionOf(operator);
    if (definition !== undefined) return this.inlined(definition, e, context);
    if (operator.kind !== 'builtin') return this.emit.raise('this temporal formula cannot be checked', e);
    const text = (i: number): string => this.formula(e.args[i] as ResolvedExpression, context);
    switch (operator.name) {
      case '[]':
        return unary('always', text(0));
      case '<>':
        return unary('eventually', text(0));
      case '~':
        return unary('not', text(0));
      case '~>':
        return `rt.leadsTo(${text(0)}, ${text(1)})`;
      case '=>':
        return joined('or', `[${unary('not', text(0))}, ${text(1)}]`);
      case '<=>':
      case '\\equiv': {
        const [a, b] = [this.emit.fresh('a'), this.emit.fresh('b')];
        const same = `[${joined('and', `[${a}, ${b}]`)}, ${joined('and', `[${unary('not', a)}, ${unary('not', b)}]`)}]`;
        return `((${a}, ${b}) => (${joined('or', same)}))(${text(0)}, ${text(1)})`;
      }
      default:
        return levelIn(e, context.scope) === 2
          ? this.step(e, context)
          : this.emit.raise(`${operator.name} cannot be checked`, e);
    }
  }

  /** The body of an operator. Arguments that depend on the state are put in, constants are computed once. */
  private inlined(definition: DefinitionSymbol, e: ResolvedApplication, context: Context): string {
    if (definition.recursive) return this.emit.raise(`${definition.name} is a recursive temporal formula`, e);
    const outer = this.letContexts.get(definition) ?? { ...outermost, inInstance: definition.origin !== undefined };
    const locals = new Map(outer.scope.locals);
    const operators = new Map(outer.scope.operators);
    const sources = new Map(outer.scope.sources);
    const names: string[] = [];
    const values: string[] = [];
    definition.parameters.forEach((parameter, i) => {
      const argument = e.args[i];
      if (argument === undefined) return;
      if (argument.kind === 'operator' || argument.kind === 'lambda') {
        operators.set(parameter, { argument, scope: context.scope });
      } else if (levelIn(argument, context.scope) > 0) {
        sources.set(parameter, { expression: within(argument, context), scope: context.scope });
      } else {
        const name = this.emit.fresh(parameter.name);
        locals.set(parameter, name);
        names.push(name);
        values.push(this.emit.value(within(argument, context), context.scope));
      }
    });
    const scope = { ...outer.scope, locals, operators, sources };
    const body = this.formula(definition.body, { ...outer, scope });
    return names.length === 0 ? body : `((${names.join(', ')}) => (${body}))(${values.join(', ')})`;
  }
}

/** The level of an expression whose parameters stand for what they were given. */
const levelIn = (e: ResolvedArgument, scope: Scope): number => {
  const source = e.kind === 'apply' && e.operator.kind === 'local' ? scope.sources.get(e.operator) : undefined;
  const own = source === undefined ? e.level : Math.max(e.level, levelIn(source.expression, source.scope));
  if (scope.sources.size === 0 || own === 3) return own;
  const isEnabled = e.kind === 'apply' && e.operator.kind === 'builtin' && e.operator.name === 'ENABLED';
  return isEnabled ? own : Math.max(own, ...children(e).map((child) => levelIn(child, scope)));
};

/** The expression below the LETs around it. */
const within = (e: ResolvedExpression, { lets }: Context): ResolvedExpression =>
  lets.reduceRight((body, all): ResolvedExpression => {
    const definitions = all.filter(({ level }) => level < 3);
    return { kind: 'let', span: body.span, level: body.level, definitions, body };
  }, e);

const builtin = (name: string): BuiltinSymbol => ({
  kind: 'builtin',
  module: 'TLA',
  name,
  arity: 1,
  argumentArities: [0],
});
const unchanged = builtin('UNCHANGED');
const not = builtin('~');
const enabledOperator = builtin('ENABLED');

const applied = (operator: BuiltinSymbol, argument: ResolvedExpression): ResolvedApplication => {
  const { span } = argument;
  return { kind: 'apply', span, level: 2, operator, operatorSpan: span, args: [argument] };
};

const junction = (operator: '/\\' | '\\/', items: readonly ResolvedExpression[]): ResolvedExpression => ({
  kind: 'junction',
  span: (items.at(-1) as ResolvedExpression).span,
  level: 2,
  operator,
  items,
});

const unary = (kind: 'not' | 'always' | 'eventually', of: string): string => `{ kind: '${kind}', of: ${of} }`;

const joined = (kind: 'and' | 'or', parts: string): string => `{ kind: '${kind}', of: ${parts} }`;
