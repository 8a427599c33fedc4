/** Short forms of syntax trees, to compare in tests. */
import { parseModule } from '../../src/index.js';
import type { Expression } from '../../src/index.js';

/** A module around the right side of a definition. */
function moduleWith(body: string): string {
  return `---- MODULE M ----\nF(a, b, c, d) ==\n${body}\n====\n`;
}

export interface Parsed {
  readonly expression: Expression | undefined;
  readonly codes: readonly string[];
}

export function parseBody(body: string): Parsed {
  const { module, diagnostics } = parseModule('M.tla', moduleWith(body));
  const unit = module?.units[0];
  const expression = unit?.kind === 'operatorDefinition' ? unit.body : undefined;
  return { expression, codes: diagnostics.map((d) => d.code) };
}

/** Everything but the spans; numbers as text. */
export function withoutSpans(e: unknown): unknown {
  return JSON.parse(
    JSON.stringify(e, (key, value: unknown) =>
      key === 'span' ? undefined : typeof value === 'bigint' ? `${value}` : value,
    ),
  );
}

/** Grouping only: `((a + b) - c)`, and `/\{x; y}` for a list. */
export function shape(e: Expression | undefined): string {
  switch (e?.kind) {
    case 'identifier':
      return e.name;
    case 'number':
      return `${e.value}`;
    case 'apply': {
      const name = e.operator.kind === 'identifier' ? e.operator.name : 'selection';
      if (e.fixity === 'infix') return `(${e.args.map(shape).join(` ${name} `)})`;
      return e.fixity === 'postfix'
        ? `(${e.args.map(shape).join()}${name})`
        : `${name}(${e.args.map(shape).join(', ')})`;
    }
    case 'junction':
      return `${e.operator}{${e.items.map(shape).join('; ')}}`;
    case 'product':
      return `(${e.factors.map(shape).join(' \\X ')})`;
    case 'functionApply':
      return `${shape(e.function)}[${e.args.map(shape).join(', ')}]`;
    case 'field':
      return `${shape(e.record)}.${e.field.text}`;
    case 'quantifier':
      return `${e.quantifier}(${shape(e.body)})`;
    case 'if':
      return `if(${shape(e.condition)}, ${shape(e.then)}, ${shape(e.else)})`;
    case 'let':
      return `let(${shape(e.body)})`;
    case 'setFilter':
      return `filter(${shape(e.predicate)})`;
    default:
      return e?.kind ?? 'nothing';
  }
}
