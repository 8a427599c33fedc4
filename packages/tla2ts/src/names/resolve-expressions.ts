/** Syntax trees of expressions to resolved trees. Levels are filled in later (levels.ts). */
import type { Diagnostic, DiagnosticCode } from '../diagnostics/diagnostic.js';
import { errorAt, type DiagnosticDetails } from '../diagnostics/sink.js';
import type {
  Application,
  Bound,
  Expression,
  Field,
  Name,
  OperatorDeclaration,
  Pattern,
  Quantifier,
  Span,
} from '../syntax/ast.js';
import { Definition, hole } from './definition.js';
import type { LetResolver } from './resolve-lets.js';
import { NameResolver } from './resolve-names.js';
import type {
  LocalSymbol,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedField,
  ResolvedPathStep,
  ResolvedPattern,
} from './resolved.js';
import { bind, localEntry, type Env } from './scope.js';

const LEVEL = 0;

export class ExpressionResolver extends NameResolver {
  /** Set right after construction: LETs need expressions and expressions need LETs. */
  lets: LetResolver | undefined;

  constructor(private readonly diagnostics: Diagnostic[]) {
    super();
  }

  override report(
    env: Env,
    code: DiagnosticCode,
    span: Span | undefined,
    message: string,
    details?: DiagnosticDetails,
  ): void {
    if (env.inPart && code === 'TLA1204') return;
    if (env.scope.context.report) this.diagnostics.push(errorAt(code, span, message, details));
  }

  /** Parameters of a definition or LAMBDA, bound in an environment. */
  bindParameters(declarations: readonly OperatorDeclaration[], symbols: readonly LocalSymbol[], env: Env): Env {
    let inner = env;
    for (const [i, { name }] of declarations.entries()) {
      const symbol = symbols[i];
      if (!symbol) continue;
      this.refuseRedefinition(name, inner);
      inner = bind(inner, name.text, localEntry(symbol, name.span));
    }
    return inner;
  }

  /** `f[x, y]` where f was defined with another number of arguments; a single one may be the tuple of them. */
  private refuseOtherArity(fn: ResolvedExpression, given: number, span: Span, env: Env): void {
    const definition = fn.kind === 'apply' && fn.operator instanceof Definition ? fn.operator : undefined;
    if (given < 2 || definition?.syntax?.kind !== 'functionDefinition') return;
    const wanted = definition.syntax.bounds.reduce((sum, { patterns }) => sum + patterns.length, 0);
    if (given !== wanted) this.wrongArity(env, span, `the function \`${definition.name}\``, given, wanted, definition);
  }

  override expression(e: Expression, env: Env): ResolvedExpression {
    const { span } = e;
    switch (e.kind) {
      case 'number':
        return { kind: 'number', span, level: LEVEL, value: e.value };
      case 'decimal':
        return { kind: 'decimal', span, level: LEVEL, text: e.text };
      case 'string':
        return { kind: 'string', span, level: LEVEL, value: e.value };
      case 'boolean':
        return { kind: 'boolean', span, level: LEVEL, value: e.value };
      case 'identifier':
      case 'selection':
        return this.application(e, [], span, env);
      case 'apply':
        return this.apply(e, env);
      case 'junction':
        return { kind: 'junction', span, level: LEVEL, operator: e.operator, items: this.all(e.items, env) };
      case 'product':
        return { kind: 'product', span, level: LEVEL, factors: this.all(e.factors, env) };
      case 'functionApply': {
        const fn = this.expression(e.function, env);
        this.refuseOtherArity(fn, e.args.length, span, env);
        return { kind: 'functionApply', span, level: LEVEL, function: fn, args: this.all(e.args, env) };
      }
      case 'field':
        return { kind: 'field', span, level: LEVEL, record: this.expression(e.record, env), field: e.field.text };
      case 'at':
        if (!env.inUpdate) {
          this.report(env, 'TLA1109', span, '`@` has no meaning here', {
            help: '`@` stands for the old value in `[f EXCEPT ![x] = @ + 1]`',
          });
        }
        return { kind: 'at', span, level: LEVEL };
      case 'tuple':
        return { kind: 'tuple', span, level: LEVEL, items: this.all(e.items, env) };
      case 'setEnumeration':
        return { kind: 'setEnumeration', span, level: LEVEL, items: this.all(e.items, env) };
      case 'setFilter': {
        const { bounds, env: inner } = this.bounds([e.bound], env);
        const [bound] = bounds;
        const predicate = this.expression(e.predicate, inner);
        return bound ? { kind: 'setFilter', span, level: LEVEL, bound, predicate } : hole(span);
      }
      case 'setMap': {
        const { bounds, env: inner } = this.bounds(e.bounds, env);
        return { kind: 'setMap', span, level: LEVEL, element: this.expression(e.element, inner), bounds };
      }
      case 'functionConstructor':
        return this.functionConstructor(e.bounds, e.body, span, env);
      case 'functionSet': {
        const domain = this.expression(e.domain, env);
        return { kind: 'functionSet', span, level: LEVEL, domain, range: this.expression(e.range, env) };
      }
      case 'record':
      case 'recordSet':
        return { kind: e.kind, span, level: LEVEL, fields: this.fields(e.fields, env) };
      case 'except': {
        const fn = this.expression(e.function, env);
        const updates = e.updates.map((u) => ({
          span: u.span,
          path: u.path.map((s): ResolvedPathStep => (s.kind === 'field' ? s : { ...s, args: this.all(s.args, env) })),
          value: this.expression(u.value, { ...env, inUpdate: true }),
        }));
        return { kind: 'except', span, level: LEVEL, function: fn, updates };
      }
      case 'if': {
        const condition = this.expression(e.condition, env);
        const then = this.expression(e.then, env);
        // oxlint-disable-next-line no-thenable -- the parts of an IF are called as in TLA+
        return { kind: 'if', span, level: LEVEL, condition, then, else: this.expression(e.else, env) };
      }
      case 'case': {
        const arms = e.arms.map((arm) => ({
          span: arm.span,
          condition: this.expression(arm.condition, env),
          value: this.expression(arm.value, env),
        }));
        return { kind: 'case', span, level: LEVEL, arms, other: e.other && this.expression(e.other, env) };
      }
      case 'let':
        return this.lets ? this.lets.resolve(e, env) : hole(span);
      case 'choose': {
        const set = e.set && this.expression(e.set, env);
        const { pattern, env: inner } = this.pattern(e.pattern, env);
        return { kind: 'choose', span, level: LEVEL, pattern, set, body: this.expression(e.body, inner) };
      }
      case 'quantifier':
        return this.quantifier(e, env);
      case 'lambda':
        this.report(env, 'TLA1109', span, 'found LAMBDA where a value is expected');
        return hole(span);
      case 'box':
      case 'angle': {
        const action = this.expression(e.action, env);
        return { kind: e.kind, span, level: LEVEL, action, subscript: this.expression(e.subscript, env) };
      }
      case 'fairness': {
        const subscript = this.expression(e.subscript, env);
        const action = this.expression(e.action, env);
        return { kind: 'fairness', span, level: LEVEL, fairness: e.fairness, subscript, action };
      }
      case 'label':
        return this.expression(e.body, env);
    }
  }

  functionConstructor(bounds: readonly Bound[], body: Expression, span: Span, env: Env): ResolvedExpression {
    const bound = this.bounds(bounds, env);
    return {
      kind: 'functionConstructor',
      span,
      level: LEVEL,
      bounds: bound.bounds,
      body: this.expression(body, bound.env),
    };
  }

  private all(items: readonly Expression[], env: Env): readonly ResolvedExpression[] {
    return items.map((item) => this.expression(item, env));
  }

  private apply(e: Application, env: Env): ResolvedExpression {
    const { operator } = e;
    if (
      e.fixity === 'infix' &&
      operator.kind === 'identifier' &&
      (operator.name === '/\\' || operator.name === '\\/')
    ) {
      return {
        kind: 'junction',
        span: e.span,
        level: LEVEL,
        operator: operator.name,
        items: this.chain(e, operator.name, env),
      };
    }
    return this.application(operator, e.args, e.span, env);
  }

  /** The operands of `a /\ b /\ c`. Bulleted lists among them stay lists of their own. */
  private chain(e: Application, operator: string, env: Env): readonly ResolvedExpression[] {
    const operands: Expression[] = [];
    let rest: Expression | undefined = e;
    while (
      rest?.kind === 'apply' &&
      rest.fixity === 'infix' &&
      rest.operator.kind === 'identifier' &&
      rest.operator.name === operator
    ) {
      const [left, right]: readonly (Expression | undefined)[] = rest.args;
      if (right) operands.unshift(right);
      rest = left;
    }
    if (rest) operands.unshift(rest);
    return this.all(operands, env);
  }

  override argument(e: Expression, arity: number, env: Env): ResolvedArgument {
    if (arity === 0) return this.expression(e, env);
    if (e.kind === 'lambda') {
      if (e.parameters.length !== arity) this.wrongArity(env, e.span, 'the LAMBDA', e.parameters.length, arity);
      const parameters = parametersOf(e.parameters);
      const inner = this.bindParameters(e.parameters, parameters, env);
      return { kind: 'lambda', span: e.span, level: LEVEL, parameters, body: this.expression(e.body, inner) };
    }
    if (e.kind === 'identifier' || e.kind === 'selection') return this.operatorReference(e, arity, env);
    this.report(
      env,
      'TLA1206',
      e.span,
      `found a value where an operator with ${count(arity, 'argument')} is expected`,
      {
        help: 'name an operator, or write `LAMBDA x : ...`',
      },
    );
    return hole(e.span);
  }

  /** The body of the definition that stands for what is substituted: an operator is applied to the definition's parameters. */
  substitutedBody(value: Expression, arity: number, own: readonly LocalSymbol[], env: Env): ResolvedExpression {
    if (arity === 0) return this.expression(value, env);
    if (value.kind === 'lambda' && value.parameters.length === arity) {
      return this.expression(value.body, this.bindParameters(value.parameters, own, env));
    }
    const operator = this.argument(value, arity, env);
    if (operator.kind !== 'operator') return hole(value.span);
    const { span } = value;
    const args = own.map(
      (symbol) => ({ kind: 'apply', span, level: LEVEL, operator: symbol, operatorSpan: span, args: [] }) as const,
    );
    const all = [...operator.leading, ...args];
    return { kind: 'apply', span, level: LEVEL, operator: operator.operator, operatorSpan: span, args: all };
  }

  private fields(fields: readonly Field[], env: Env): readonly ResolvedField[] {
    const seen = new Set<string>();
    return fields.map(({ name, value }) => {
      if (seen.has(name.text)) this.report(env, 'TLA1211', name.span, `the field \`${name.text}\` is given twice`);
      seen.add(name.text);
      return { name: name.text, nameSpan: name.span, value: this.expression(value, env) };
    });
  }

  private quantifier(e: Quantifier, env: Env): ResolvedExpression {
    const { span, quantifier } = e;
    const [first] = e.bounds;
    if (first && !first.set) {
      let inner = env;
      const unbounded: LocalSymbol[] = [];
      for (const p of first.patterns) {
        const bound = this.pattern(p, inner);
        inner = bound.env;
        unbounded.push(...(bound.pattern.kind === 'name' ? [bound.pattern.symbol] : bound.pattern.symbols));
      }
      return {
        kind: 'quantifier',
        span,
        level: LEVEL,
        quantifier,
        bounds: [],
        unbounded,
        body: this.expression(e.body, inner),
      };
    }
    if (quantifier === '\\AA' || quantifier === '\\EE') {
      this.report(env, 'TLA1102', span, `\`${quantifier}\` binds variables, which have no set`, {
        help: `write \`${quantifier} x : ...\``,
      });
    }
    const { bounds, env: inner } = this.bounds(e.bounds, env);
    return {
      kind: 'quantifier',
      span,
      level: LEVEL,
      quantifier,
      bounds,
      unbounded: [],
      body: this.expression(e.body, inner),
    };
  }

  /** The sets do not see the names that are bound beside them. */
  private bounds(bounds: readonly Bound[], env: Env): { readonly bounds: readonly ResolvedBound[]; readonly env: Env } {
    const resolved: ResolvedBound[] = [];
    let inner = env;
    for (const { patterns, set: syntax, span } of bounds) {
      const set = syntax ? this.expression(syntax, env) : hole(span);
      for (const p of patterns) {
        const bound = this.pattern(p, inner);
        inner = bound.env;
        resolved.push({ span, pattern: bound.pattern, set });
      }
    }
    return { bounds: resolved, env: inner };
  }

  private pattern(p: Pattern, env: Env): { readonly pattern: ResolvedPattern; readonly env: Env } {
    const symbols: LocalSymbol[] = [];
    let inner = env;
    for (const name of p.kind === 'name' ? [p.name] : p.names) {
      const { symbol, env: next } = this.bindName(name, inner);
      symbols.push(symbol);
      inner = next;
    }
    const [symbol] = symbols;
    return { pattern: p.kind === 'name' && symbol ? { kind: 'name', symbol } : { kind: 'tuple', symbols }, env: inner };
  }

  private bindName(name: Name, env: Env): { readonly symbol: LocalSymbol; readonly env: Env } {
    this.refuseRedefinition(name, env);
    const symbol: LocalSymbol = { kind: 'local', name: name.text, role: 'bound', arity: 0, span: name.span };
    return { symbol, env: bind(env, name.text, localEntry(symbol, name.span)) };
  }
}

/** "1 argument", "2 arguments" */
function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Symbols for declared parameters. */
export function parametersOf(declarations: readonly OperatorDeclaration[]): readonly LocalSymbol[] {
  return declarations.map(({ name, arity }) => ({
    kind: 'local',
    name: name.text,
    role: 'parameter',
    arity,
    span: name.span,
  }));
}
