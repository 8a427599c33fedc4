/** `tla2ts parse FILE`: the syntax tree of one module. */
import { readFileSync } from 'node:fs';
import type { Module } from '../syntax/ast.js';
import { parseModule } from '../syntax/parse-module.js';
import { shownPath, userPath } from './files.js';
import { complain, fail, print, reasonOf, type ExitCode } from './terminal.js';

export interface ParseOptions {
  readonly json?: boolean;
}

export function parseCommand(path: string, options: ParseOptions): ExitCode {
  const file = userPath(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`cannot read ${path}: ${reasonOf(error)}`);
  }
  const shown = shownPath(file);
  const { module, diagnostics } = parseModule(shown, text);
  complain(diagnostics, (name) => (name === shown ? text : undefined));
  if (diagnostics.some((d) => d.severity === 'error') || !module) return 2;
  print(options.json === true ? JSON.stringify(module, writeBigInt, 2) : outline(module, ''));
  return 0;
}

/** JSON has no big integers: those that a number cannot hold become strings of digits. */
function writeBigInt(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
}

/** One line for each thing that the module declares or defines. */
function outline(module: Module, indent: string): string {
  const lines = [`${indent}MODULE ${module.name.text}`];
  const add = (line: number, what: string): void => void lines.push(`${indent}${String(line).padStart(6)}  ${what}`);
  if (module.extends.length > 0) lines.push(`${indent}        EXTENDS ${module.extends.map((n) => n.text).join(', ')}`);
  for (const unit of module.units) {
    const { line } = unit.span;
    switch (unit.kind) {
      case 'constants':
        add(line, `CONSTANTS ${unit.declarations.map((d) => d.name.text).join(', ')}`);
        break;
      case 'variables':
        add(line, `VARIABLES ${unit.names.map((n) => n.text).join(', ')}`);
        break;
      case 'operatorDefinition': {
        const parameters = unit.parameters.map((p) => p.name.text).join(', ');
        add(line, `${unit.name.text}${parameters === '' ? '' : `(${parameters})`}`);
        break;
      }
      case 'functionDefinition':
        add(line, `${unit.name.text}[...]`);
        break;
      case 'instanceDefinition':
        add(line, `${unit.name.text} == INSTANCE ${unit.instance.module.text}`);
        break;
      case 'instance':
        add(line, `INSTANCE ${unit.instance.module.text}`);
        break;
      case 'assumption':
        add(line, `ASSUME ${unit.name?.text ?? ''}`.trimEnd());
        break;
      case 'theorem':
        add(line, `THEOREM ${unit.name?.text ?? ''}`.trimEnd());
        break;
      case 'nestedModule':
        lines.push(outline(unit.module, `${indent}        `).trimEnd());
        break;
      case 'recursive':
      case 'proofStatement':
        break;
    }
  }
  return lines.join('\n');
}
