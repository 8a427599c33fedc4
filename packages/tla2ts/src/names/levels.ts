/**
 * Levels (Specifying Systems, 17.2): constant, state, action, temporal. They are written into the resolved tree, and what is too high for its place is
 * reported. Bound names count as constants; parameters too, but what their use demands of the arguments is kept.
 */
import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.js';
import { errorAt, type DiagnosticDetails } from '../diagnostics/sink.js';
import type { Span } from '../syntax/ast.js';
import { Definition } from './definition.js';
import type { Substituted } from './instances.js';
import type {
  Level,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedQuantifier,
  ResolvedSymbol,
} from './resolved.js';

const NOUNS = ['a constant expression', 'a state expression', 'an action', 'a temporal formula'] as const;

/** Operators of the language whose level is not that of their arguments: their own, and the highest of their arguments. */
const FIXED: Readonly<Record<string, { readonly level: Level; readonly highest: Level }>> = {
  "'": { level: 2, highest: 1 },
  ENABLED: { level: 1, highest: 2 },
  UNCHANGED: { level: 2, highest: 1 },
  '\\cdot': { level: 2, highest: 2 },
  '[]': { level: 3, highest: 3 },
  '<>': { level: 3, highest: 3 },
  '~>': { level: 3, highest: 3 },
  '-+->': { level: 3, highest: 3 },
};

const LOGICAL = new Set(['~', '=>', '<=>', '/\\', '\\/']);

/** A level, and the parameters that may raise it. */
interface Found {
  readonly level: Level;
  readonly parameters: readonly LocalSymbol[];
}

const CONSTANT: Found = { level: 0, parameters: [] };

export class Levels {
  readonly diagnostics: Diagnostic[] = [];
  /** How high an argument may be; without an entry up to temporal. */
  private readonly highest = new Map<LocalSymbol, Level>();
  /** Parameters of a definition, and of those around a LET, that its level depends on. */
  private readonly dependsOn = new Map<Definition, ReadonlySet<LocalSymbol>>();
  private reporting = false;
  private changed = false;

  /** Recursive definitions are gone through until nothing changes, then all once more to complain. */
  assign(definitions: readonly Definition[], substituted: readonly Substituted[]): void {
    const isRecursive = definitions.some((d) => d.recursive);
    do {
      this.changed = false;
      for (const d of definitions) this.definition(d);
      for (const { symbol, highest, parameters } of substituted) {
        const dependsOn = symbol instanceof Definition ? this.dependsOn.get(symbol) : undefined;
        for (const p of parameters) if (p === symbol || dependsOn?.has(p)) this.lower(p, highest);
      }
    } while (isRecursive && this.changed);
    this.reporting = true;
    for (const d of definitions) this.definition(d);
    this.reporting = false;
  }

  /** Complains if an expression outside of a definition, or what is substituted, is too high. */
  demand(e: ResolvedExpression, highest: Level, code: DiagnosticCode, place: string): void {
    this.reporting = true;
    this.limit(e, this.expression(e), highest, code, place);
    this.reporting = false;
  }

  /** The level of what an INSTANCE substitutes. */
  demandSubstituted({ name, symbol, span, highest }: Substituted): void {
    const level = this.levelOf(symbol);
    if (level <= highest) return;
    const expected = highest === 0 ? NOUNS[0] : `at most ${NOUNS[highest]}`;
    this.diagnostics.push(
      errorAt('TLA1304', span, `found ${NOUNS[level]} substituted for \`${name}\`, expected ${expected}`),
    );
  }

  private levelOf(symbol: ResolvedSymbol): Level {
    return symbol.kind === 'variable' ? 1 : symbol instanceof Definition ? symbol.level : 0;
  }

  private definition(d: Definition): void {
    const { level, parameters } = this.expression(d.body);
    if (level !== d.level) this.changed = true;
    d.level = level;
    const before = this.dependsOn.get(d);
    const now = new Set(parameters);
    if ((before?.size ?? 0) !== now.size) this.changed = true;
    this.dependsOn.set(d, now);
  }

  private expression(e: ResolvedExpression): Found {
    const found = this.compute(e);
    (e as { level: Level }).level = found.level;
    return found;
  }

  private compute(e: ResolvedExpression): Found {
    switch (e.kind) {
      case 'number':
      case 'decimal':
      case 'string':
      case 'boolean':
      case 'at':
        return CONSTANT;
      case 'apply':
        return this.application(e);
      case 'junction':
        return this.logical(e.items, e.span, `\`${e.operator}\``);
      case 'product':
        return this.values(e.factors);
      case 'functionApply':
        return this.values([e.function, ...e.args]);
      case 'field':
        return this.values([e.record]);
      case 'tuple':
      case 'setEnumeration':
        return this.values(e.items);
      case 'setFilter':
        return this.join([this.bounds([e.bound]), this.values([e.predicate])]);
      case 'setMap':
        return this.join([this.bounds(e.bounds), this.values([e.element])]);
      case 'functionConstructor':
        return this.join([this.bounds(e.bounds), this.expression(e.body)]);
      case 'functionSet':
        return this.values([e.domain, e.range]);
      case 'record':
        return this.join(e.fields.map((f) => this.expression(f.value)));
      case 'recordSet':
        return this.values(e.fields.map((f) => f.value));
      case 'except': {
        const path = e.updates.flatMap((u) => u.path.flatMap((s) => (s.kind === 'index' ? s.args : [])));
        return this.values([e.function, ...path, ...e.updates.map((u) => u.value)]);
      }
      case 'if':
        return this.join([e.condition, e.then, e.else].map((part) => this.expression(part)));
      case 'case': {
        const parts = e.arms.flatMap((arm) => [arm.condition, arm.value]);
        return this.join([...parts, ...(e.other ? [e.other] : [])].map((part) => this.expression(part)));
      }
      case 'let':
        for (const d of e.definitions) if (d instanceof Definition) this.definition(d);
        return this.expression(e.body);
      case 'choose':
        return this.values(e.set ? [e.set, e.body] : [e.body]);
      case 'quantifier':
        return this.quantifier(e);
      case 'box':
      case 'angle':
        this.limit(e.action, this.expression(e.action), 2, 'TLA1301', e.kind === 'box' ? 'in `[A]_v`' : 'in `<<A>>_v`');
        this.limit(e.subscript, this.expression(e.subscript), 1, 'TLA1301', 'as the subscript of an action');
        return { level: 2, parameters: [] };
      case 'fairness':
        this.limit(e.subscript, this.expression(e.subscript), 1, 'TLA1301', 'as the subscript of a fairness condition');
        this.limit(e.action, this.expression(e.action), 2, 'TLA1301', 'in a fairness condition');
        return { level: 3, parameters: [] };
    }
  }

  private application(e: ResolvedApplication): Found {
    const { operator } = e;
    switch (operator.kind) {
      case 'variable':
        return { level: 1, parameters: [] };
      case 'constant':
        return this.join(e.args.map((arg) => this.argument(arg)));
      case 'local': {
        const own: Found = operator.role === 'parameter' ? { level: 0, parameters: [operator] } : CONSTANT;
        return this.join([own, ...e.args.map((arg) => this.argument(arg))]);
      }
      case 'builtin':
        return operator.module === 'TLA'
          ? this.languageOperator(e, operator.name)
          : this.join(e.args.map((arg) => this.value(arg)));
      case 'definition':
        return operator instanceof Definition ? this.call(e, operator) : CONSTANT;
    }
  }

  private languageOperator(e: ResolvedApplication, name: string): Found {
    const fixed = FIXED[name];
    const args = e.args.filter((a): a is ResolvedExpression => a.kind !== 'operator' && a.kind !== 'lambda');
    if (!fixed) return LOGICAL.has(name) ? this.logical(args, e.span, `\`${name}\``) : this.values(args);
    for (const arg of args) {
      const found = this.expression(arg);
      if (name === "'" && found.level === 2) this.doublePrime(arg.span);
      else this.limit(arg, found, fixed.highest, 'TLA1301', `under \`${name}\``);
      if (fixed.level === 3) this.stuttering(arg, name);
    }
    return { level: fixed.level, parameters: [] };
  }

  private doublePrime(span: Span): void {
    this.complain('TLA1302', span, 'an expression with primes is primed again', {
      help: 'a primed variable is its value in the next state; there is no state after that',
    });
  }

  /** `[]A` and `<>A` only of `[A]_v` and `<<A>>_v`; the other temporal operators take no actions. */
  private stuttering(arg: ResolvedExpression, name: string): void {
    if (arg.level !== 2 || arg.kind === (name === '[]' ? 'box' : name === '<>' ? 'angle' : 'none')) return;
    const form = name === '[]' ? '`[][A]_v`' : name === '<>' ? '`<><<A>>_v`' : 'a state predicate or temporal formula';
    this.complain('TLA1301', arg.span, `found an action under \`${name}\`, expected ${form}`, {
      help: 'a temporal formula must not depend on steps that change nothing',
    });
  }

  private call(e: ResolvedApplication, operator: Definition): Found {
    const depends = this.dependsOn.get(operator);
    const found: Found[] = [{ level: operator.level, parameters: [] }];
    for (const [i, arg] of e.args.entries()) {
      const parameter = operator.parameters[i];
      const actual = this.argument(arg);
      if (!parameter) continue;
      const highest = this.highest.get(parameter) ?? 3;
      if (actual.level === 2 && highest === 1) {
        this.complain('TLA1303', arg.span, `\`${operator.name}\` primes this argument, which has primes already`, {
          notes: [{ message: 'it is defined here', span: operator.nameSpan }],
        });
      } else this.limit(arg, actual, highest, 'TLA1303', `as an argument of \`${operator.name}\``);
      if (depends?.has(parameter)) found.push(actual);
    }
    const free = [...(depends ?? [])].filter((p) => !operator.parameters.includes(p));
    return this.join([...found, { level: 0, parameters: free }]);
  }

  private quantifier(e: ResolvedQuantifier): Found {
    const bounds = this.bounds(e.bounds);
    const body = this.expression(e.body);
    if (e.quantifier === '\\AA' || e.quantifier === '\\EE') return { level: 3, parameters: [] };
    if (bounds.level === 2 && body.level === 3) {
      this.complain('TLA1301', e.span, 'a temporal formula is quantified over a set with primes');
    }
    return this.join([bounds, body]);
  }

  private bounds(bounds: readonly ResolvedBound[]): Found {
    return this.values([...new Set(bounds.map((b) => b.set))]);
  }

  /** Operands that are values: no temporal formula is one. */
  private values(items: readonly ResolvedExpression[]): Found {
    return this.join(items.map((item) => this.value(item)));
  }

  private value(item: ResolvedArgument): Found {
    const found = this.argument(item);
    this.limit(item, found, 2, 'TLA1301', 'as a value');
    return found;
  }

  private logical(items: readonly ResolvedExpression[], span: Span, operator: string): Found {
    const found = items.map((item) => this.expression(item));
    const action = items[found.findIndex((f) => f.level === 2)];
    if (action && found.some((f) => f.level === 3)) {
      this.complain('TLA1301', span, `${operator} joins a temporal formula and an action`, {
        notes: [{ message: 'this is the action', span: action.span }],
        help: 'in a temporal formula an action stands as `[][A]_v`, `<><<A>>_v`, or in WF or SF',
      });
    }
    return this.join(found);
  }

  private argument(arg: ResolvedArgument): Found {
    if (arg.kind === 'lambda') {
      const { level, parameters } = this.expression(arg.body);
      (arg as { level: Level }).level = level;
      return { level, parameters: parameters.filter((p) => !arg.parameters.includes(p)) };
    }
    if (arg.kind !== 'operator') return this.expression(arg);
    const { operator } = arg;
    const level = this.levelOf(operator);
    (arg as { level: Level }).level = level;
    const own = operator.kind === 'local' && operator.role === 'parameter' ? [operator] : [];
    return this.join([{ level, parameters: own }, ...arg.leading.map((l) => this.argument(l))]);
  }

  private join(parts: readonly Found[]): Found {
    let level: Level = 0;
    let parameters: readonly LocalSymbol[] = [];
    for (const part of parts) {
      if (part.level > level) level = part.level;
      if (part.parameters.length > 0) {
        parameters = parameters.length === 0 ? part.parameters : [...new Set([...parameters, ...part.parameters])];
      }
    }
    return { level, parameters };
  }

  private limit(e: ResolvedArgument, found: Found, highest: Level, code: DiagnosticCode, place: string): void {
    if (highest === 3) return;
    for (const p of found.parameters) this.lower(p, highest);
    if (found.level <= highest) return;
    this.complain(
      code,
      e.span,
      `found ${NOUNS[found.level]} ${place}, expected ${highest === 0 ? '' : 'at most '}${NOUNS[highest]}`,
    );
  }

  private lower(parameter: LocalSymbol, highest: Level): void {
    if ((this.highest.get(parameter) ?? 3) <= highest) return;
    this.highest.set(parameter, highest);
    this.changed = true;
  }

  private complain(code: DiagnosticCode, span: Span, message: string, details?: DiagnosticDetails): void {
    if (this.reporting) this.diagnostics.push(errorAt(code, span, message, details));
  }
}
