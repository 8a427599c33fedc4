/**
 * An expression made a specification: a module that extends the standard modules and the user's, with one definition. Places are told as places in the
 * expression.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import { loadSpec } from '../names/load-spec.js';
import type { ModuleHost } from '../names/modules.js';
import type { ResolvedSpec, ResolvedSymbol } from '../names/resolved.js';
import { STANDARD_MODULES, symbolsOf } from '../names/standard-modules.js';
import { parseModule } from '../syntax/parse-module.js';
import type { Span } from '../syntax/span.js';

/** Names that no user's module has. */
const moduleName = 'TLA2TSExpression';
const valueName = 'TLA2TSValue';

/** Lines before the expression. */
const linesBefore = 3;

const standard: readonly string[] = ['Reals', 'Sequences', 'FiniteSets', 'Bags', 'TLC'];

/**
 * Known only to expressions that need them, so that their many names may be bound in others. In the order of EXTENDS: later modules hide what earlier ones
 * define.
 */
const community: readonly string[] = [
  'TLCExt',
  'Randomization',
  'Json',
  'IOUtils',
  'Bitwise',
  'Combinatorics',
  'BagsExt',
  'Functions',
  'Folds',
  'FiniteSetsExt',
  'SequencesExt',
];

/** What an expression may use. */
export interface Surroundings {
  readonly host: ModuleHost;
  /** The user's module and what is known in it; undefined: only the standard modules. */
  readonly module: { readonly name: string; readonly scope: ReadonlyMap<string, ResolvedSymbol> } | undefined;
}

/** An expression with its module. */
export interface ExpressionSpec {
  /** Undefined if there is an error. */
  readonly spec: ResolvedSpec | undefined;
  /** The name of the definition whose body the expression is. */
  readonly definition: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param file what messages call the expression */
export function loadExpression(file: string, expression: string, surroundings: Surroundings): ExpressionSpec {
  const own = surroundings.module === undefined ? [] : [surroundings.module.name];
  const known = [...own, ...standardModules(surroundings.module?.scope ?? new Map())];
  const first = load(file, expression, known, surroundings.host);
  if (!first.diagnostics.some(({ code }) => code === 'TLA1203')) return first;
  const second = load(file, expression, [...known, ...community], surroundings.host);
  return second.diagnostics.length < first.diagnostics.length ? second : first;
}

function load(file: string, expression: string, extended: readonly string[], host: ModuleHost): ExpressionSpec {
  const text = `---- MODULE ${moduleName} ----\nEXTENDS ${extended.join(', ')}\n${valueName} ==\n${expression}\n====\n`;
  const { module, diagnostics } = parseModule(file, text);
  const wrong = diagnostics.length > 0 ? diagnostics : unexpected(file, text, expression, module);
  const loaded =
    wrong.length > 0
      ? { spec: undefined, diagnostics: wrong }
      : loadSpec(moduleName, { read: (name) => (name === moduleName ? { file, text } : host.read(name)) });
  return {
    spec: loaded.spec,
    definition: valueName,
    diagnostics: loaded.diagnostics.map((d) => inExpression(d, file, expression)),
  };
}

/** The standard modules whose names mean nothing else in the user's module. */
function standardModules(scope: ReadonlyMap<string, ResolvedSymbol>): readonly string[] {
  return standard.filter((name) => {
    const module = STANDARD_MODULES.get(name);
    const symbols = module === undefined ? [] : [...symbolsOf(module)];
    return symbols.every(([key, symbol]) => (scope.get(key) ?? symbol) === symbol);
  });
}

/** What is more than one expression: a further definition, or the end of the module. */
function unexpected(
  file: string,
  text: string,
  expression: string,
  module: ReturnType<typeof parseModule>['module'],
): readonly Diagnostic[] {
  const [value, further] = module?.units ?? [];
  const ends = (module?.span.endOffset ?? 0) < text.trimEnd().length;
  if (further === undefined && !ends && value !== undefined) return [];
  const start = text.length - '\n====\n'.length - expression.length;
  const rest = expression.slice((value?.span.endOffset ?? start) - start);
  const offset = start + expression.length - rest.trimStart().length;
  const span = further?.span ?? placeOf(file, text, offset);
  return [
    errorAt('TLA1102', span, 'the expression ends here, but there is more', { help: 'give each expression apart' }),
  ];
}

function placeOf(file: string, text: string, offset: number): Span {
  const lines = text.slice(0, offset).split('\n');
  const line = lines.length;
  const column = (lines.at(-1) ?? '').length + 1;
  return { file, line, column, offset, endLine: line, endColumn: column + 1, endOffset: offset + 1 };
}

/** A diagnostic with places in the module made one with places in the expression. */
function inExpression(diagnostic: Diagnostic, file: string, expression: string): Diagnostic {
  const place = (span: Span | undefined): Span | undefined => placeInExpression(span, file, expression);
  return {
    ...diagnostic,
    message: diagnostic.message.replace('the end of the module', 'the end of the expression'),
    span: place(diagnostic.span),
    notes: diagnostic.notes.map((note) => ({ ...note, span: place(note.span) })),
  };
}

/** A place in the module as one in the expression; what is behind the expression is its end. Places in other files stay. */
export function placeInExpression(span: Span | undefined, file: string, expression: string): Span | undefined {
  if (span?.file !== file) return span;
  const lines = expression.split(/\r\n|\r|\n/);
  const [line, endLine] = [span.line - linesBefore, span.endLine - linesBefore];
  if (line >= 1 && line <= lines.length) return { ...span, line, endLine };
  const column = (lines.at(-1) ?? '').length + 1;
  return { ...span, line: lines.length, column, endLine: lines.length, endColumn: column + 1 };
}
