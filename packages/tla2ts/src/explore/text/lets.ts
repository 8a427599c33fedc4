import { mentions } from '../../analysis/children.js';
import { strictUses } from '../../analysis/strict.js';
import type { DefinitionSymbol, ResolvedExpression } from '../../names/resolved.js';
import { isCheap } from '../cheap.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import type { LetEntry, Scope } from '../expressions.js';
import { lateMask } from './calls.js';

/** Statements for the definitions of a LET, and the scope of its body; `late`: nothing is evaluated before it is used. */
export function lets(
  w: ExpressionEmitter,
  definitions: readonly DefinitionSymbol[],
  body: ResolvedExpression,
  scope: Scope,
  late = false,
): { statements: string; scope: Scope } {
  const isNow = (definition: DefinitionSymbol): boolean =>
    !late && w.options.points === undefined && isEager(definition, definitions, body, scope);
  const lets = new Map(scope.lets);
  const inner: Scope = { ...scope, lets };
  let statements = '';
  const names = definitions.map(() => w.text.fresh('let'));
  definitions.forEach((definition, i) => {
    const name = names[i] as string;
    const eager = isNow(definition);
    const text = definition.parameters.length > 0 || eager ? name : `${name}()`;
    const entry: LetEntry = { text, scope: () => inner };
    lets.set(definition, entry);
  });
  definitions.forEach((definition, i) => {
    const name = names[i] as string;
    if (definition.parameters.length > 0) {
      statements += `const ${name} = ${w.calls.functionOf(definition, inner, lateMask(definition))};\n`;
      return;
    }
    const text = w.calls.bodyText(definition, inner);
    if (isNow(definition)) statements += `const ${name} = ${text};\n`;
    else if (definition.level >= 2) statements += `const ${name} = () => ${text};\n`;
    else statements += `const ${name} = rt.lazy(() => ${text});\n`;
  });
  return { statements, scope: inner };
}

/** Whether the value of a definition is computed where the LET begins. */
function isEager(
  definition: DefinitionSymbol,
  all: readonly DefinitionSymbol[],
  body: ResolvedExpression,
  scope: Scope,
): boolean {
  if (definition.parameters.length > 0 || definition.recursive || definition.isFunction || definition.level >= 2)
    return false;
  // The body does not use it, and may stand where no state is at hand.
  if (definition.level > body.level) return false;
  if (isCheap(definition.body, scope)) return !all.some((other) => mentions(definition.body, other));
  return (
    strictUses(body).has(definition) &&
    !all.some((other) => mentions(definition.body, other) && !isEager(other, [], body, scope))
  );
}
