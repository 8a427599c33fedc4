/**
 * ENABLED does not look through an INSTANCE: where `y <- e` is substituted, `ENABLED (y' = 1)` of the instantiated module asks whether there is a new value for y, not whether there is a
 * next state in which e is 1 (Specifying Systems, 17.8). Such a y becomes a variable of its own wherever it is primed.
 */
import type {
  BuiltinSymbol,
  DefinitionSymbol,
  ResolvedApplication,
  ResolvedExpression,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import { mapChildren } from '../analysis/map-children.js';

/** An action of an instance in which what is substituted for variables is, where it is primed, a variable that nothing else has. */
export const refinedAction = (
  action: ResolvedExpression,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): ResolvedExpression => new Renewal(definitionOf).action(action);

let count = 0;

class Renewal {
  private readonly variables = new Map<DefinitionSymbol, VariableSymbol>();
  private readonly copies = {
    action: new Map<DefinitionSymbol, DefinitionSymbol>(),
    primed: new Map<DefinitionSymbol, DefinitionSymbol>(),
  };

  constructor(private readonly definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined) {}

  readonly action = (e: ResolvedExpression): ResolvedExpression => {
    if (e.level < 2) return e;
    switch (e.kind) {
      case 'box':
        return junction(e, '\\/', [this.action(e.action), this.unchanged(e.subscript)]);
      case 'angle':
        return junction(e, '/\\', [this.action(e.action), apply(e, not, this.unchanged(e.subscript))]);
      case 'apply': {
        const { operator, args } = e;
        if (operator.kind === 'builtin' && operator.name === "'") {
          return { ...e, args: args.map((argument) => this.primed(argument as ResolvedExpression)) };
        }
        if (operator.kind === 'builtin' && operator.name === 'UNCHANGED')
          return this.unchanged(args[0] as ResolvedExpression);
        return { ...(mapChildren(e, this.action) as ResolvedApplication), operator: this.copy(operator, 'action', 2) };
      }
      default:
        return mapChildren(e, this.action);
    }
  };

  private readonly primed = (e: ResolvedExpression): ResolvedExpression => {
    if (e.kind !== 'apply') return mapChildren(e, this.primed);
    const mapped = mapChildren(e, this.primed) as ResolvedApplication;
    const definition = this.definitionOf(e.operator);
    if (definition !== undefined && this.isSubstituted(definition))
      return { ...mapped, operator: this.variable(definition) };
    return { ...mapped, operator: this.copy(e.operator, 'primed', 1) };
  };

  /** `e' = e`, part by part. */
  private unchanged(e: ResolvedExpression): ResolvedExpression {
    if (e.kind === 'tuple')
      return junction(
        e,
        '/\\',
        e.items.map((item) => this.unchanged(item)),
      );
    const definition = e.kind === 'apply' && e.args.length === 0 ? this.definitionOf(e.operator) : undefined;
    if (definition !== undefined && !this.isSubstituted(definition)) return this.unchanged(definition.body);
    return apply(e, equals, apply(e, prime, this.primed(e)), e);
  }

  /** What belongs to the instantiating module, and is a value of a state: it was substituted for a variable. */
  private isSubstituted({ origin, place, level, parameters }: DefinitionSymbol): boolean {
    return origin === undefined && place !== 'let' && level === 1 && parameters.length === 0;
  }

  private variable(definition: DefinitionSymbol): VariableSymbol {
    let variable = this.variables.get(definition);
    if (variable === undefined) {
      const { name, module, span } = definition;
      variable = { kind: 'variable', name: `${name.replaceAll(/\W/g, '_')}_${++count}`, module, span };
      this.variables.set(definition, variable);
    }
    return variable;
  }

  /** The definition with a changed body, if it is one whose body may need a change. */
  private copy(operator: ResolvedSymbol, how: 'action' | 'primed', least: number): ResolvedSymbol {
    const definition = this.definitionOf(operator);
    if (definition === undefined || definition.level < least || definition.recursive) return operator;
    let copy = this.copies[how].get(definition);
    if (copy === undefined) {
      copy = { ...definition, body: this[how](definition.body) };
      this.copies[how].set(definition, copy);
    }
    return copy;
  }
}

const builtin = (name: string, arity: number): BuiltinSymbol => ({
  kind: 'builtin',
  module: 'TLA',
  name,
  arity,
  argumentArities: Array.from({ length: arity }, () => 0),
});

const not = builtin('~', 1);
const prime = builtin("'", 1);
const equals = builtin('=', 2);

const apply = (
  { span }: ResolvedExpression,
  operator: BuiltinSymbol,
  ...args: readonly ResolvedExpression[]
): ResolvedExpression => ({ kind: 'apply', span, level: 2, operator, operatorSpan: span, args });

const junction = (
  { span }: ResolvedExpression,
  operator: '/\\' | '\\/',
  items: readonly ResolvedExpression[],
): ResolvedExpression => ({ kind: 'junction', span, level: 2, operator, items });
