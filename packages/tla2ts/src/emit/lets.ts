/** LET definitions as `const` statements. */
import { isPlain } from '../analysis/total.js';
import type { DefinitionSymbol, ResolvedBound } from '../names/resolved.js';
import { resolve } from '../types/type.js';
import { partsOf } from './except.js';
import type { ExpressionWriter } from './expression.js';
import { constructorFor, members } from './loops.js';
import { parameterIn } from './names.js';
import { freeName, type Scope, withLet, withName } from './scope.js';

/** Statements, and the scope after them. */
export interface Lets {
  readonly statements: string;
  readonly scope: Scope;
}

/** `needed`: the definitions that what follows certainly evaluates; their values are computed at once, others when they are used. */
export function lets(
  w: ExpressionWriter,
  definitions: readonly DefinitionSymbol[],
  needed: ReadonlySet<unknown>,
  scope: Scope,
): Lets {
  let inner = scope;
  const lines = definitions.map((definition) => {
    const outer = inner;
    const name = freeName(definition.name, outer);
    const isOperator = definition.parameters.length > 0;
    const shared = isOperator ? undefined : w.sharedUse(definition.body);
    if (shared?.kind === 'value' && !needed.has(definition)) {
      inner = withLet(outer, definition, name, w.sharedText(shared.value));
      return '';
    }
    if (definition.isFunction && definition.recursive) {
      inner = withLet(outer, definition, name, `${name}()`);
      return `const ${name} = rt.lazy(() => ${recursiveFunction(w, definition, name, inner)});\n`;
    }
    if (isOperator) {
      inner = withLet(outer, definition, name, name);
      return `const ${name} = ${localFunction(w, definition, inner)};\n`;
    }
    const isEager = !definition.recursive && (needed.has(definition) || isPlain(definition.body, w.known));
    inner = withLet(outer, definition, name, isEager ? name : `${name}()`);
    const type = w.typeOf(definition.body);
    if (isEager) {
      const value = w.value(definition.body, outer);
      return `const ${name}${hasEmpty(value) ? w.around.annotate(type) : ''} = ${value};\n`;
    }
    const body = w.body(definition.body, inner, false);
    if (w.around.once.has(definition))
      return `const ${name} = ()${hasEmpty(body) ? w.around.annotate(type) : ''} => ${body};\n`;
    return `const ${name} = rt.lazy${hasEmpty(body) ? w.typeArgument(type) : ''}(() => ${body});\n`;
  });
  return { statements: lines.join(''), scope: inner };
}

/** Whether TypeScript would say that nothing is ever in a part of the value. */
const hasEmpty = (text: string): boolean => /(?<![\w)\]])\[\]/.test(text);

function localFunction(w: ExpressionWriter, definition: DefinitionSymbol, scope: Scope): string {
  const { texts, scope: inner } = w.parameters(definition.parameters, scope, w.around.late.of(definition));
  const result = w.around.types.signature(definition)?.result;
  const isTuple = result !== undefined && resolve(result).kind === 'tuple';
  const annotation = result !== undefined && (definition.recursive || isTuple) ? w.around.annotate(result) : '';
  const body = w.body(definition.body, inner, false);
  return `(${texts.map((text) => parameterIn(text, body)).join(', ')})${annotation} => ${body}`;
}

/** `f[x \in S] == e` where e uses f. */
export function recursiveFunction(
  w: ExpressionWriter,
  definition: DefinitionSymbol,
  name: string,
  scope: Scope,
): string {
  const { body } = definition;
  if (body.kind !== 'functionConstructor') throw new Error(`${definition.name} is no function`);
  const { annotate, types } = w.around;
  const type = resolve(w.typeOf(body));
  const self = freeName(`${name}_of`, scope);
  const { pattern, inner, set } = argumentsOf(w, body.bounds, withName(scope, self), scope);
  const selves = new Map([...scope.selves, [definition, self]]);
  const result = w.body(body.body, { ...inner, selves }, false);
  const [argumentType, resultType] = partsOf(type);
  const [only] = body.bounds;
  const own = only?.pattern.kind === 'name' && body.bounds.length === 1 ? types.local(only.pattern.symbol) : undefined;
  const parameter = own === undefined || 'parameters' in own ? argumentType : own;
  const signature = `(${self}, ${pattern}${annotate(parameter)})${annotate(resultType)}`;
  const typed = `<${annotate(parameter).slice(2)}, ${annotate(resultType).slice(2)}>`;
  return `rt.${constructorFor(type, body.bounds)}(${set}, rt.makeRecursive${typed}(${set}, ${signature} => ${result}))`;
}

/** The arguments of a function: one as it is, several as a tuple. */
function argumentsOf(
  w: ExpressionWriter,
  bounds: readonly ResolvedBound[],
  scope: Scope,
  outside: Scope,
): { readonly pattern: string; readonly inner: Scope; readonly set: string } {
  let inner = scope;
  const patterns = bounds.map((bound) => {
    const one = w.bind(bound.pattern, inner);
    inner = one.scope;
    return one.pattern;
  });
  const sets = bounds.map((bound) => members(w, bound, outside));
  if (bounds.length === 1) return { pattern: patterns[0] as string, inner, set: sets[0] as string };
  const items = bounds.map(({ set }) => w.elementType(set));
  const product = `rt.product${w.typeArgument({ kind: 'tuple', items })}(${sets.join(', ')})`;
  return { pattern: `[${patterns.join(', ')}]`, inner, set: product };
}
