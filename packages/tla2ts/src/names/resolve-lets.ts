/** Definitions, and the LETs that hold them: each may see the names bound around it and what stands before it. */
import type { FunctionDefinition, Let, OperatorDefinition } from '../syntax/ast.js';
import { Definition, type DefinitionHead } from './definition.js';
import type { Instantiator } from './instances.js';
import { labelProblems, namesIn } from './operands.js';
import { parametersOf, type ExpressionResolver } from './resolve-expressions.js';
import type { LocalSymbol, ResolvedExpression } from './resolved.js';
import { bind, localEntry, type Env } from './scope.js';

export type DefinitionUnit = OperatorDefinition | FunctionDefinition;

/** A definition whose body is not resolved yet. `leading` are the parameters of the instances around it. */
export function makeDefinition(
  unit: DefinitionUnit,
  head: Pick<DefinitionHead, 'name' | 'module' | 'place' | 'origin'>,
  leading: readonly LocalSymbol[],
): Definition {
  const own = unit.kind === 'operatorDefinition' ? parametersOf(unit.parameters) : [];
  return new Definition({
    ...head,
    parameters: [...leading, ...own],
    local: unit.local,
    doc: unit.doc,
    span: unit.span,
    nameSpan: unit.name.span,
    syntax: unit,
  });
}

/** The body, in the environment of the definition; a function sees itself. */
export function resolveBody(
  definition: Definition,
  unit: DefinitionUnit,
  env: Env,
  expressions: ExpressionResolver,
): ResolvedExpression {
  const inside: Env = { ...env, user: definition };
  const bound = unit.kind === 'functionDefinition' ? namesIn(unit.bounds) : [];
  for (const { code, name, problem } of labelProblems(unit.body, bound)) {
    expressions.report(env, code, name.span, problem, {
      help: 'a label has all names as parameters that are bound around it: `label(x) :: ...`',
    });
  }
  if (unit.kind === 'operatorDefinition') {
    const own = definition.parameters.slice(definition.parameters.length - unit.parameters.length);
    for (const { name } of unit.parameters) {
      if (name.text === unit.name.text)
        expressions.report(env, 'TLA1204', name.span, `\`${name.text}\` is the name of the definition itself`);
    }
    return expressions.expression(unit.body, expressions.bindParameters(unit.parameters, own, inside));
  }
  return expressions.functionConstructor(unit.bounds, unit.body, unit.span, inside);
}

export class LetResolver {
  constructor(
    private readonly expressions: ExpressionResolver,
    private readonly instances: Instantiator,
  ) {}

  resolve(e: Let, env: Env): ResolvedExpression {
    const definitions: Definition[] = [];
    const announced = new Map<string, Definition>();
    let inner = env;
    for (const unit of e.definitions) {
      if (unit.kind === 'recursive') {
        for (const { name, arity } of unit.declarations) {
          const later = e.definitions.find(
            (d): d is OperatorDefinition => d.kind === 'operatorDefinition' && d.name.text === name.text,
          );
          this.expressions.refuseRedefinition(name, inner);
          if (!later || later.parameters.length !== arity) {
            this.expressions.badAnnouncement(name, arity, later, inner);
            continue;
          }
          const definition = this.make(later, inner);
          announced.set(name.text, definition);
          inner = bind(inner, name.text, localEntry(definition, name.span));
        }
      } else if (unit.kind === 'instanceDefinition') {
        this.expressions.refuseRedefinition(unit.name, inner);
        inner = bind(inner, unit.name.text, this.instances.named(unit, inner, definitions));
      } else inner = this.define(unit, inner, definitions, announced);
    }
    const body = this.expressions.expression(e.body, inner);
    return { kind: 'let', span: e.span, level: 0, definitions, body };
  }

  private make(unit: DefinitionUnit, env: Env): Definition {
    const module = env.scope.module.name.text;
    return makeDefinition(unit, { name: unit.name.text, module, place: 'let', origin: undefined }, []);
  }

  private define(unit: DefinitionUnit, env: Env, definitions: Definition[], announced: Map<string, Definition>): Env {
    const { text: name } = unit.name;
    const earlier = announced.get(name);
    announced.delete(name);
    if (!earlier) this.expressions.refuseRedefinition(unit.name, env);
    const definition = earlier ?? this.make(unit, env);
    const after = earlier ? env : bind(env, name, localEntry(definition, unit.name.span));
    const inside = definition.isFunction ? after : env;
    definition.source = { body: unit.body, env: inside };
    definition.complete(() => resolveBody(definition, unit, inside, this.expressions));
    definition.force();
    definitions.push(definition);
    return after;
  }
}
