import { mentions } from '../../analysis/children.js';
import { strictUses } from '../../analysis/strict.js';
import type { DefinitionSymbol, ResolvedExpression } from '../../names/resolved.js';
import { isCheap } from '../cheap.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import type { LetEntry, LetText, Scope } from '../expressions.js';
import { lateMask } from './calls.js';

/** See Expressions. */
export function lets(
  w: ExpressionEmitter,
  definitions: readonly DefinitionSymbol[],
  body: ResolvedExpression,
  scope: Scope,
  when?: 'late' | 'again',
): LetText {
  const isNow = (definition: DefinitionSymbol): boolean =>
    when === undefined && w.options.points === undefined && isEager(definition, definitions, body, scope);
  const lets = new Map(scope.lets);
  const inner: Scope = { ...scope, lets };
  let statements = '';
  let begin = '';
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
    else if (when === 'again') {
      const again = evaluatedAgain(name, text);
      statements += again.statement;
      begin += again.begin;
    } else statements += `const ${name} = rt.lazy(() => ${text});\n`;
  });
  return { statements, begin, scope: inner };
}

/** A function of a name that evaluates the text when it is first called after the text `begin` was evaluated. */
export const evaluatedAgain = (name: string, text: string): { statement: string; begin: string } => ({
  statement: `let ${name}_known = false, ${name}_value;\nconst ${name} = () => {\nif (${name}_known) return ${name}_value;\n${name}_value = ${text};\n${name}_known = true;\nreturn ${name}_value;\n};\n`,
  begin: `${name}_known = false, `,
});

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
