import type { ResolvedApplication, ResolvedExpression } from '../../names/resolved.js';
import { builtins } from '../builtins.js';
import type { ExpressionEmitter } from '../emit-expressions.js';
import type { Scope } from '../expressions.js';
import { memberText } from './members.js';

/** Operators of standard modules whose symbol means something else elsewhere. */
const overloaded: ReadonlySet<string> = new Set(['Reals!/', 'Bags!(+)', 'Bags!(-)']);

/** Text of an operator of the language or of a standard module. */
export function builtinText(
  w: ExpressionEmitter,
  e: ResolvedApplication,
  name: string,
  module: string,
  scope: Scope,
): string {
  const [left, right] = e.args as readonly ResolvedExpression[];
  switch (name) {
    case "'":
      return w.value(left!, { ...scope, primed: true });
    case '~':
      return `!${w.test(left!, scope)}`;
    case '=>':
      return `(!${w.test(left!, scope)} || ${w.test(right!, scope)})`;
    case 'UNCHANGED':
      return w.unchanged(left!, scope);
    case 'ENABLED':
      return w.options.enabled(left!, scope);
    case '[]':
    case '<>':
    case '~>':
    case '-+->':
    case '\\cdot':
      return w.raise(`${name} has no value in a state`, e);
    case 'UNION':
      if (left?.kind !== 'setEnumeration' || left.items.length === 0) break;
      return w.at(
        e,
        left.items.map((item) => w.value(item, scope)).reduce((a, b) => `rt.union(${a}, ${b})`),
      );
    case '\\in':
    case '\\notin': {
      const text = memberText(w, left!, right!, scope);
      return w.at(e, name === '\\in' ? text : `!${text}`);
    }
  }
  const args = e.args.map((argument) => w.calls.argument(argument, scope, 'values'));
  const text = builtins.get(name);
  if (text !== undefined && !overloaded.has(`${module}!${name}`)) return w.at(e, text(...args));
  if (!w.options.hasOperator(`${module}!${name}`)) {
    return w.raise(`${name} of the module ${module} is not supported`, e);
  }
  return w.at(e, `rt.modules[${JSON.stringify(`${module}!${name}`)}](${args.join(', ')})`);
}
