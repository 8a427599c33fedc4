/** Expressions back to text, in ASCII and with parentheses around every operand that is not a single thing. For messages and tests. */
import type { Bound, Expression, LetDefinition, OperatorDeclaration, Pattern, SelectionStep, Update } from './ast.js';

export function printExpression(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return e.value.toString();
    case 'decimal':
      return e.text;
    case 'string':
      return printString(e.value);
    case 'boolean':
      return e.value ? 'TRUE' : 'FALSE';
    case 'identifier':
      return e.name;
    case 'selection':
      return e.steps.map(printStep).join('!');
    case 'apply':
      return printApplication(e.operator.kind === 'identifier' ? e.operator.name : printExpression(e.operator), e);
    case 'junction':
      // On one line only the innermost list can go on; so each item has brackets.
      return `(${e.items.map((item) => `${e.operator} (${printExpression(item)})`).join(e.items.length > 1 ? '\n' : '')})`;
    case 'product':
      return e.factors.map(operand).join(' \\X ');
    case 'functionApply':
      return `${operand(e.function)}[${list(e.args)}]`;
    case 'field':
      return `${operand(e.record)}.${e.field.text}`;
    case 'at':
      return '@';
    case 'tuple':
      return `<<${list(e.items)}>>`;
    case 'setEnumeration':
      return `{${list(e.items)}}`;
    case 'setFilter':
      return `{${printBound(e.bound)} : ${printExpression(e.predicate)}}`;
    case 'setMap':
      // `{x \in S : y \in T}` would be a filter.
      return `{(${printExpression(e.element)}) : ${bounds(e.bounds)}}`;
    case 'functionConstructor':
      return `[${bounds(e.bounds)} |-> ${printExpression(e.body)}]`;
    case 'functionSet':
      return `[(${printExpression(e.domain)}) -> ${printExpression(e.range)}]`;
    case 'record':
      return `[${e.fields.map((f) => `${f.name.text} |-> ${printExpression(f.value)}`).join(', ')}]`;
    case 'recordSet':
      return `[${e.fields.map((f) => `${f.name.text} : ${printExpression(f.value)}`).join(', ')}]`;
    case 'except':
      return `[${operand(e.function)} EXCEPT ${e.updates.map(printUpdate).join(', ')}]`;
    case 'if':
      return `IF ${printExpression(e.condition)} THEN ${printExpression(e.then)} ELSE ${printExpression(e.else)}`;
    case 'case': {
      const arms = e.arms.map((arm) => `${operand(arm.condition)} -> ${operand(arm.value)}`);
      return `CASE ${[...arms, ...(e.other ? [`OTHER -> ${operand(e.other)}`] : [])].join(' [] ')}`;
    }
    case 'let':
      return `LET ${e.definitions.map(printDefinition).join(' ')} IN ${printExpression(e.body)}`;
    case 'choose':
      return `CHOOSE ${printPattern(e.pattern)}${e.set ? ` \\in ${operand(e.set)}` : ''} : ${printExpression(e.body)}`;
    case 'quantifier':
      return `${e.quantifier} ${bounds(e.bounds)} : ${printExpression(e.body)}`;
    case 'lambda':
      return `LAMBDA ${e.parameters.map(printDeclaration).join(', ')} : ${printExpression(e.body)}`;
    case 'box':
      return `[${printExpression(e.action)}]_(${printExpression(e.subscript)})`;
    case 'angle':
      return `<<${printExpression(e.action)}>>_(${printExpression(e.subscript)})`;
    case 'fairness':
      return `${e.fairness}_(${printExpression(e.subscript)})(${printExpression(e.action)})`;
    case 'label':
      return `${e.name.text}${inBrackets(e.parameters.map((p) => p.text))} :: ${printExpression(e.body)}`;
  }
}

function printApplication(name: string, { args, fixity }: Extract<Expression, { kind: 'apply' }>): string {
  const [first, second] = args;
  if (fixity === 'infix' && first && second) return `${operand(first)} ${name} ${operand(second)}`;
  if (fixity === 'prefix' && first) return `${name === '-.' ? '-' : name} ${operand(first)}`;
  if (fixity === 'postfix' && first) return `${operand(first)}${name}`;
  return `${name}(${list(args)})`;
}

const SINGLE: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'string',
  'boolean',
  'identifier',
  'tuple',
  'setEnumeration',
  'setFilter',
  'setMap',
  'functionConstructor',
  'functionSet',
  'record',
  'recordSet',
  'except',
  'junction',
]);

function operand(e: Expression): string {
  return SINGLE.has(e.kind) ? printExpression(e) : `(${printExpression(e)})`;
}

function list(items: readonly Expression[]): string {
  return items.map(printExpression).join(', ');
}

function inBrackets(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}

function bounds(all: readonly Bound[]): string {
  return all.map(printBound).join(', ');
}

function printBound({ patterns, set }: Bound): string {
  const names = patterns.map(printPattern).join(', ');
  return set ? `${names} \\in ${operand(set)}` : names;
}

function printPattern(pattern: Pattern): string {
  return pattern.kind === 'name' ? pattern.name.text : `<<${pattern.names.map((n) => n.text).join(', ')}>>`;
}

function printUpdate({ path, value }: Update): string {
  const steps = path.map((s) => (s.kind === 'field' ? `.${s.name}` : `[${list(s.args)}]`));
  return `!${steps.join('')} = ${printExpression(value)}`;
}

function printStep(step: SelectionStep): string {
  if (step.kind === 'selector') return `${step.selector}`;
  if (step.kind === 'arguments') return `(${list(step.args)})`;
  return `${step.name}${inBrackets(step.args.map(printExpression))}`;
}

function printDeclaration({ name, arity }: OperatorDeclaration): string {
  return `${name.text}${inBrackets(Array.from({ length: arity }, () => '_'))}`;
}

function printDefinition(d: LetDefinition): string {
  switch (d.kind) {
    case 'recursive':
      return `RECURSIVE ${d.declarations.map(printDeclaration).join(', ')}`;
    case 'operatorDefinition':
      return `${d.name.text}${inBrackets(d.parameters.map(printDeclaration))} == ${printExpression(d.body)}`;
    case 'functionDefinition':
      return `${d.name.text}[${bounds(d.bounds)}] == ${printExpression(d.body)}`;
    case 'instanceDefinition': {
      const { module, substitutions } = d.instance;
      const given = substitutions.map((s) => `${s.name.text} <- ${printExpression(s.value)}`).join(', ');
      const head = `${d.name.text}${inBrackets(d.parameters.map(printDeclaration))}`;
      return `${head} == INSTANCE ${module.text}${given === '' ? '' : ` WITH ${given}`}`;
    }
  }
}

const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
  '\\': '\\\\',
  '"': '\\"',
};

function printString(value: string): string {
  return `"${value.replace(/[\n\t\r\f\\"]/g, (c) => ESCAPED[c] ?? c)}"`;
}
