/** `tla2ts eval 'EXPR' ...`: the values of constant expressions. */
import { parseConfig } from '../config/parse-config.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type Evaluation, evaluateDefinition } from '../explore/evaluate.js';
import { loadExpression, placeInExpression, type Surroundings } from '../explore/expression-module.js';
import { folderHost, userFolder } from './files.js';
import { loadFile } from './load.js';
import { readConfig } from './load-model.js';
import { complain, print, type ExitCode } from './terminal.js';
import { world } from './world.js';

export interface EvalOptions {
  /** The .tla file whose definitions the expressions may use. */
  readonly module?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Evaluates each expression, also after one that has no value. The exit code is the largest of theirs. */
export function evalCommand(expressions: readonly string[], options: EvalOptions): ExitCode {
  const loaded = options.module === undefined ? undefined : loadFile(options.module);
  if (options.module !== undefined && loaded === undefined) return 2;
  const read = options.config === undefined ? noConfig : readConfig(options.config);
  if (read === undefined) return 2;
  const { config, text: configText } = read;
  const host = loaded?.host ?? folderHost([userFolder()]);
  const module = loaded && { name: loaded.spec.root.name, scope: loaded.spec.root.scope };
  let code: ExitCode = 0;
  for (const [i, expression] of expressions.entries()) {
    const file = expressions.length === 1 ? 'expression' : `expression ${i + 1}`;
    const evaluation = evaluate(file, expression, { host, module }, config);
    if (evaluation.kind === 'value') {
      print(options.json === true ? JSON.stringify({ expression, value: evaluation.text }) : evaluation.text);
      continue;
    }
    code = evaluation.kind === 'wrong' ? 2 : code === 0 ? 1 : code;
    const found = evaluation.kind === 'wrong' ? evaluation.diagnostics : [evaluation.diagnostic];
    if (options.json === true) print(JSON.stringify({ expression, errors: found.map(errorJson) }));
    else complain(found, (f) => (f === file ? expression : f === config.file ? configText : host.source(f)));
  }
  return code;
}

const noConfig = { ...parseConfig('', ''), text: '' };

function evaluate(
  file: string,
  expression: string,
  surroundings: Surroundings,
  config: Parameters<typeof evaluateDefinition>[1],
): Evaluation {
  const { spec, definition, diagnostics } = loadExpression(file, expression, surroundings);
  if (spec === undefined) return { kind: 'wrong', diagnostics };
  const evaluation = evaluateDefinition(spec, config, definition, {
    print: (text) => process.stderr.write(`${text}\n`),
    world,
  });
  const placed = (d: Diagnostic): Diagnostic => ({ ...d, span: placeInExpression(d.span, file, expression) });
  switch (evaluation.kind) {
    case 'value':
      return evaluation;
    case 'failure':
      return { kind: 'failure', diagnostic: placed(evaluation.diagnostic) };
    case 'wrong':
      return { kind: 'wrong', diagnostics: evaluation.diagnostics.map(placed) };
  }
}

function errorJson({ code, message, span, help }: Diagnostic): object {
  const place = span && { file: span.file, line: span.line, column: span.column };
  return { code, message, ...place, ...(help !== undefined && { help }) };
}
