/** Modules and their units; an error ends a unit, and the next unit is read nevertheless. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt, sortDiagnostics } from '../diagnostics/sink.js';
import type { Assumption, Module, Unit } from './ast.js';
import { headDocOf } from './comments.js';
import { ParseFailure } from './cursor.js';
import { lex } from './lexer.js';
import { ProofParser } from './parse-proofs.js';

export interface ParseResult {
  /** Undefined only if the file has no module at all; otherwise all units that could be read. */
  readonly module: Module | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the first module of a file. `file` is the name for messages.
 * The tree is complete if there is no diagnostic of severity `error`.
 */
export function parseModule(file: string, source: string): ParseResult {
  const { tokens, diagnostics, hasModule } = lex(file, source);
  if (!hasModule) {
    const start = { file, line: 1, column: 1, offset: 0, endLine: 1, endColumn: 1, endOffset: 0 };
    const error = errorAt('TLA1101', start, 'no module begins in this file', {
      help: 'a module begins with a line `---- MODULE Name ----` and ends with a line `====`',
    });
    return { module: undefined, diagnostics: [error] };
  }
  const parser = new ModuleParser(tokens);
  const module = parser.root();
  return { module, diagnostics: sortDiagnostics([...diagnostics, ...parser.diagnostics]) };
}

class ModuleParser extends ProofParser {
  root(): Module | undefined {
    try {
      return this.module();
    } catch (error) {
      this.record(error);
      return undefined;
    }
  }

  private module(): Module {
    const first = this.position;
    this.expect('----', 'to begin the module');
    this.expect('MODULE', 'to begin the module');
    const name = this.word('the name of the module');
    const line = this.position;
    this.expect('----', 'after the name of the module');
    const doc = headDocOf(this.tokens, line);
    const extended = this.accept('EXTENDS') ? this.extended() : [];
    this.enter();
    const units = this.units(name.text);
    this.leave();
    return { kind: 'module', span: this.spanSince(first), name, extends: extended, units, doc };
  }

  private extended(): Module['extends'] {
    const names = [this.word('the name of a module')];
    while (this.accept(',')) names.push(this.word('the name of a module'));
    return names;
  }

  private units(module: string): readonly Unit[] {
    const units: Unit[] = [];
    const depth = this.nesting;
    for (;;) {
      const first = this.position;
      if (this.accept('====')) return units;
      if (this.kind === 'end') {
        const help = 'a module ends with a line of at least four equal signs: `====`';
        this.diagnostics.push(errorAt('TLA1107', this.spanHere(), `the module \`${module}\` does not end`, { help }));
        return units;
      }
      try {
        const unit = this.unit();
        if (unit) units.push(unit);
      } catch (error) {
        this.record(error);
        this.resetNesting(depth);
        this.recover(first);
      }
    }
  }

  private record(error: unknown): void {
    if (!(error instanceof ParseFailure)) throw error;
    this.diagnostics.push(error.diagnostic);
  }

  /** Goes to the next token that may begin a unit: first on its line, not right of the unit that failed, and with the look of one. */
  private recover(failed: number): void {
    const { tokens } = this;
    const indent = tokens.indent(failed);
    this.position = Math.max(this.position, failed + 1);
    for (; ; this.position++) {
      const kind = this.rawKind(this.position);
      if (kind === 'end' || kind === '====' || kind === '----') return;
      if (tokens.line(this.position) === tokens.line(this.position - 1) || tokens.indent(this.position) > indent)
        continue;
      if (UNIT_WORDS.has(kind) || this.startsDefinition(this.position)) return;
    }
  }

  private unit(): Unit | undefined {
    const first = this.position;
    switch (this.kind) {
      case '----':
        if (this.rawKind(first + 1) === 'MODULE') {
          const module = this.module();
          return { kind: 'nestedModule', span: module.span, module };
        }
        this.position++;
        return undefined;
      case 'CONSTANT': {
        this.position++;
        const declarations = this.declarations();
        return { kind: 'constants', span: this.spanSince(first), declarations };
      }
      case 'VARIABLE': {
        this.position++;
        const names = this.names('the name of a variable');
        return { kind: 'variables', span: this.spanSince(first), names };
      }
      case 'RECURSIVE':
        return this.recursive();
      case 'ASSUME':
      case 'ASSUMPTION':
      case 'AXIOM':
        return this.assume(this.kind === 'AXIOM');
      case 'THEOREM':
      case 'LEMMA':
      case 'PROPOSITION':
      case 'COROLLARY':
        return this.theorem();
      case 'USE':
      case 'HIDE':
        return this.proofStatement();
      case 'EXTENDS':
        throw this.failure('TLA1102', 'found EXTENDS after the first unit of the module', {
          help: 'EXTENDS comes directly after the line with MODULE, once, with all modules in one list',
        });
      case 'LOCAL':
        this.position++;
        return this.definitionOrInstance(first, true);
      default:
        return this.definitionOrInstance(first, false);
    }
  }

  private definitionOrInstance(first: number, local: boolean): Unit {
    if (this.kind !== 'INSTANCE') return this.definition(first, local);
    const instance = this.instance();
    return { kind: 'instance', span: this.spanSince(first), local, instance };
  }

  private assume(axiom: boolean): Assumption {
    const first = this.position++;
    const name = this.assertionName();
    const body = this.expression();
    return { kind: 'assumption', span: this.spanSince(first), name, axiom, body };
  }
}

const UNIT_WORDS: ReadonlySet<string> = new Set([
  'EXTENDS',
  'CONSTANT',
  'VARIABLE',
  'RECURSIVE',
  'ASSUME',
  'ASSUMPTION',
  'AXIOM',
  'THEOREM',
  'LEMMA',
  'PROPOSITION',
  'COROLLARY',
  'USE',
  'HIDE',
  'LOCAL',
  'INSTANCE',
]);
