/** Specs from texts, and resolved trees in a short form. */
import { loadSpec, type LoadResult, type ResolvedArgument, type ResolvedSpec } from '../../src/index.js';

/** Modules by name: bodies without the frame; the first one is the root. */
export function load(modules: Readonly<Record<string, string>>): LoadResult {
  const [root = ''] = Object.keys(modules);
  return loadSpec(root, {
    read(name) {
      const body = modules[name];
      return body === undefined
        ? undefined
        : { file: `${name}.tla`, text: `---- MODULE ${name} ----\n${body}\n====\n` };
    },
  });
}

/** A spec that has to be right. */
export function spec(modules: Readonly<Record<string, string>>): ResolvedSpec {
  const { spec: found, diagnostics } = load(modules);
  if (!found) throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
  return found;
}

/** `name(parameters) == body` of each definition, in order. */
export function listing(modules: Readonly<Record<string, string>>): readonly string[] {
  return spec(modules).definitions.map((d) => {
    const parameters = d.parameters.map((p) => p.name).join(', ');
    return `${d.name}${parameters === '' ? '' : `(${parameters})`} == ${show(d.body)}`;
  });
}

function show(e: ResolvedArgument): string {
  switch (e.kind) {
    case 'number':
      return `${e.value}`;
    case 'apply':
      return e.args.length === 0 ? e.operator.name : `${e.operator.name}(${e.args.map(show).join(', ')})`;
    case 'operator':
      return e.leading.length === 0
        ? `&${e.operator.name}`
        : `&${e.operator.name}(${e.leading.map(show).join(', ')}, ...)`;
    case 'lambda':
      return `\\${e.parameters.map((p) => p.name).join(',')}.${show(e.body)}`;
    case 'junction':
      return `(${e.items.map(show).join(` ${e.operator} `)})`;
    case 'let':
      return `let ${e.definitions.map((d) => `${d.name} = ${show(d.body)}`).join('; ')} in ${show(e.body)}`;
    case 'functionApply':
      return `${show(e.function)}[${e.args.map(show).join(', ')}]`;
    case 'functionConstructor':
      return `[fn ${show(e.body)}]`;
    case 'if':
      return `if ${show(e.condition)} ${show(e.then)} ${show(e.else)}`;
    case 'quantifier':
      return `${e.quantifier} ${show(e.body)}`;
    case 'tuple':
      return `<<${e.items.map(show).join(', ')}>>`;
    default:
      return e.kind;
  }
}
