/** Small random specifications, each made of a list of choices: shorter lists and smaller numbers make simpler ones. */

/** What expressions are about. */
type Kind =
  | 'bool'
  | 'int'
  | 'color'
  | 'node'
  | 'nodes'
  | 'colors'
  | 'counts'
  | 'flags'
  | 'record'
  | 'list'
  | 'tuple'
  | 'messages'
  | 'replies';

/** Sets of all values of a kind. */
const types: Readonly<Record<Kind, string>> = {
  bool: 'BOOLEAN',
  int: '-2..9',
  color: '{"red", "green", "blue"}',
  node: 'Node',
  nodes: 'SUBSET Node',
  colors: 'SUBSET {"red", "green", "blue"}',
  counts: '[Node -> -2..9]',
  flags: '[Node -> BOOLEAN]',
  record: '[n : -2..9, c : {"red", "green", "blue"}]',
  list: 'Seq({"red", "green", "blue"})',
  tuple: '{<<>>, <<"red">>, <<"blue", "red">>, <<"red", "green">>}',
  replies: 'SUBSET [to : Node, of : [Node -> 0..2]]',
  messages: 'SUBSET ([to : Node, c : {"red", "green", "blue"}] \\cup [stop : BOOLEAN])',
};

const kinds = Object.keys(types) as readonly Kind[];

/** Names that an expression may use, by kind. */
type Names = readonly (readonly [name: string, kind: Kind])[];

/** A specification with its configuration. */
export interface RandomSpec {
  readonly module: string;
  readonly config: string;
}

class Writer {
  private at = 0;
  private locals = 0;

  constructor(private readonly choices: readonly number[]) {}

  /** 0 when there are no choices left. */
  pick(count: number): number {
    return (this.choices[this.at++] ?? 0) % count;
  }

  one<T>(list: readonly T[]): T {
    return list[this.pick(list.length)] as T;
  }

  private fresh(): string {
    return `l${++this.locals}`;
  }

  expression(kind: Kind, names: Names, depth: number): string {
    const own = names.filter(([, other]) => other === kind).map(([name]) => name);
    const leaves = [...own, ...this.leaves(kind)];
    if (depth === 0 || this.pick(3) === 0) return this.one(leaves);
    const e = (of: Kind, more: Names = []): string => this.expression(of, [...names, ...more], depth - 1);
    return this.one(this.forms(kind, e))();
  }

  private leaves(kind: Kind): readonly string[] {
    switch (kind) {
      case 'bool':
        return ['TRUE', 'FALSE'];
      case 'int':
        return ['0', '1', '2', '(-1)'];
      case 'color':
        return ['"red"', '"green"', '"blue"'];
      case 'node':
        return ['n1', 'n2'];
      case 'nodes':
        return ['{}', '{n1}', 'Node'];
      case 'colors':
        return ['{}', '{"red"}'];
      case 'counts':
        return ['[n \\in Node |-> 0]'];
      case 'flags':
        return ['[n \\in Node |-> FALSE]'];
      case 'record':
        return ['[n |-> 0, c |-> "red"]'];
      case 'list':
        return ['<<>>', '<<"red">>'];
      case 'tuple':
        return ['<<>>', '<<"red">>', '<<"red", "green">>', '<<"blue", "red">>'];
      case 'messages':
        return ['{}', '{[stop |-> TRUE]}'];
      case 'replies':
        return ['{}', '{[to |-> n1, of |-> [n \\in Node |-> 1]]}'];
    }
  }

  private forms(kind: Kind, e: (kind: Kind, more?: Names) => string): readonly (() => string)[] {
    const l = this.fresh();
    const choice = (): string => `(IF ${e('bool')} THEN ${e(kind)} ELSE ${e(kind)})`;
    const sharing = (): string => {
      const of = this.one(kinds);
      return `(LET ${l} == ${e(of)} IN ${e(kind, [[l, of]])})`;
    };
    const sets = (element: Kind): (() => string)[] => [
      () => `(${e(kind)} \\cup ${e(kind)})`,
      () => `(${e(kind)} \\cap ${e(kind)})`,
      () => `(${e(kind)} \\ ${e(kind)})`,
      () => `{${e(element)}, ${e(element)}}`,
      () => `{${l} \\in ${e(kind)} : ${e('bool', [[l, element]])}}`,
      () => `{${e(element, [[l, 'node']])} : ${l} \\in ${e('nodes')}}`,
    ];
    return [choice, sharing, ...this.special(kind, e, l, sets)];
  }

  private special(
    kind: Kind,
    e: (kind: Kind, more?: Names) => string,
    l: string,
    sets: (element: Kind) => readonly (() => string)[],
  ): readonly (() => string)[] {
    switch (kind) {
      case 'bool':
        return [
          () => `~${e('bool')}`,
          () => `(${e('bool')} ${this.one(['/\\', '\\/', '=>', '<=>'])} ${e('bool')})`,
          () => {
            const of = this.one(kinds);
            return `(${e(of)} ${this.one(['=', '#'])} ${e(of)})`;
          },
          () => `(${e('int')} ${this.one(['<', '<=', '>', '>='])} ${e('int')})`,
          () => `(${e('node')} ${this.one(['\\in', '\\notin'])} ${e('nodes')})`,
          () => `(${e('color')} \\in ${e('colors')})`,
          () => `(${e('nodes')} \\subseteq ${e('nodes')})`,
          () => `(\\${this.one(['A', 'E'])} ${l} \\in ${e('nodes')} : ${e('bool', [[l, 'node']])})`,
          () => `(\\${this.one(['A', 'E'])} ${l} \\in ${e('colors')} : ${e('bool', [[l, 'color']])})`,
          () => `${e('flags')}[${e('node')}]`,
          () => `(\\${this.one(['A', 'E'])} ${l} \\in SUBSET ${e('nodes')} : ${e('bool', [[l, 'nodes']])})`,
          () => `(\\${this.one(['A', 'E'])} ${l} \\in SUBSET ${e('colors')} : ${e('bool', [[l, 'colors']])})`,
          () =>
            `(\\${this.one(['A', 'E'])} ${l} \\in ${e('replies')} : ${l}.to = ${e('node')} /\\ ${l}.of[${e('node')}] > ${e('int')})`,
          () => `([to |-> ${e('node')}, of |-> ${e('counts')}] \\in ${e('replies')})`,
          () => `([to |-> ${e('node')}, c |-> ${e('color')}] \\in ${e('messages')})`,
          () =>
            `(\\E ${l} \\in ${e('messages')} : "to" \\in DOMAIN ${l} /\\ ${l}.to = ${e('node')} /\\ ${l}.c = ${e('color')})`,
          () => `(${e('int')} \\in 0..${e('int')})`,
        ];
      case 'int':
        return [
          () => `(${e('int')} ${this.one(['+', '-', '*'])} ${e('int')})`,
          () => `(${e('int')} % 3)`,
          () => `(${e('int')} \\div 2)`,
          () => `Cardinality(${e(this.one(['nodes', 'colors', 'messages'] as const))})`,
          () => `${e('counts')}[${e('node')}]`,
          () => `${e('record')}.n`,
          () => `Len(${e('list')})`,
          () => `Len(${e('tuple')})`,
        ];
      case 'color':
        return [
          () => `${e('record')}.c`,
          () => `(CHOOSE ${l} \\in ${e('colors')} \\cup {"blue"} : ${e('bool', [[l, 'color']])} \\/ ${l} = "blue")`,
          () => `(CASE ${e('bool')} -> ${e('color')} [] OTHER -> ${e('color')})`,
          () => `(LET ${l} == ${e('list')} IN IF ${l} = <<>> THEN "red" ELSE Head(${l}))`,
          () => `(LET ${l} == ${e('tuple')} IN IF 1 \\in DOMAIN ${l} THEN ${l}[1] ELSE ${e('color')})`,
        ];
      case 'node':
        return [
          () => `(CHOOSE ${l} \\in ${e('nodes')} \\cup {n2} : ${e('bool', [[l, 'node']])} \\/ ${l} = n2)`,
          ...(this.pick(8) === 0 ? [() => `(CHOOSE ${l} \\in ${e('nodes')} : ${e('bool', [[l, 'node']])})`] : []),
        ];
      case 'nodes':
        return [...sets('node')];
      case 'colors':
        return [...sets('color')];
      case 'messages':
        return [
          ...sets('messages').slice(0, 3),
          () => `{[to |-> ${e('node')}, c |-> ${e('color')}]}`,
          () =>
            `{${l} \\in ${e('messages')} : ${this.one([`"stop" \\in DOMAIN ${l}`, `"c" \\notin DOMAIN ${l} \\/ ${l}.c = ${e('color')}`])}}`,
        ];
      case 'tuple':
        return [];
      case 'replies':
        return [
          ...sets('replies').slice(0, 3),
          () => `{[to |-> ${e('node')}, of |-> [${l} \\in Node |-> ${e('counts')}[${l}] % 3]]}`,
          () => `{${l} \\in ${e('replies')} : ${l}.of[${e('node')}] = ${e('int')}}`,
        ];
      case 'counts':
        return [
          () => `[${e('counts')} EXCEPT ![${e('node')}] = ${this.one(['@ + 1', '0', e('int')])}]`,
          () => `[${l} \\in Node |-> ${e('int', [[l, 'node']])}]`,
        ];
      case 'flags':
        return [
          () => `[${e('flags')} EXCEPT ![${e('node')}] = ${this.one(['~@', e('bool')])}]`,
          () => `[${l} \\in Node |-> ${e('bool', [[l, 'node']])}]`,
        ];
      case 'record':
        return [
          () => `[n |-> ${e('int')}, c |-> ${e('color')}]`,
          () => `[${e('record')} EXCEPT !.n = ${this.one(['@ - 1', e('int')])}]`,
          () => `[${e('record')} EXCEPT !.c = ${e('color')}]`,
        ];
      case 'list':
        return [
          () => `Append(${e('list')}, ${e('color')})`,
          () => `(LET ${l} == ${e('list')} IN IF ${l} = <<>> THEN ${l} ELSE Tail(${l}))`,
          () => `<<${e('color')}, ${e('color')}>>`,
        ];
    }
  }

  /** An expression that keeps a variable small, so that there are few states. */
  next(kind: Kind, names: Names): string {
    const made = this.expression(kind, names, 2);
    switch (kind) {
      case 'int':
        return `(${made}) % 4`;
      case 'counts':
        return `LET w == ${made} IN [n \\in Node |-> w[n] % 3]`;
      case 'record':
        return `LET w == ${made} IN [w EXCEPT !.n = @ % 3]`;
      case 'list':
        return `LET w == ${made} IN IF Len(w) > 2 THEN Tail(w) ELSE w`;
      default:
        return made;
    }
  }

  action(name: string, variables: Names): string {
    const names: Names = [...variables, ['p', 'node']];
    const lines = [this.pick(2) === 0 ? 'TRUE' : this.expression('bool', names, 2)];
    for (const [variable, kind] of variables) {
      const how = this.pick(6);
      if (how < 2) lines.push(`UNCHANGED ${variable}`);
      else if (how === 3 && kind !== 'list' && kind !== 'messages' && kind !== 'replies' && kind !== 'counts') {
        lines.push(
          `${variable}' \\in ${kind === 'int' ? '0..2' : kind === 'record' ? '[n : 0..1, c : {"red", "blue"}]' : types[kind]}`,
        );
      } else lines.push(`${variable}' = ${this.next(kind, names)}`);
    }
    return `${name}(p) ==\n${lines.map((line) => `  /\\ ${line}`).join('\n')}`;
  }

  /** A property of steps, of what is said of states, of actions, and with arguments that are primed. */
  property(variables: Names, actions: readonly string[]): string {
    const all = variables.map(([name]) => name).join(', ');
    const said: Names = Array.from({ length: 2 }, (_, i) => [`D${i}`, this.one(kinds)]);
    const names = [...variables, ...said];
    const both: Names = [...names, ...names.map(([name, kind]) => [`${name}'`, kind] as const)];
    const argument = this.one(kinds);
    const parameters: Names = [
      ['p', 'node'],
      ['q', argument],
    ];
    const bool = (): string => this.expression('bool', [...both, ...parameters], 2);
    const test = this.one([
      () => `(${this.one(actions)}(p) => ${bool()})`,
      () => `(${bool()} \\/ ${bool()} \\/ UNCHANGED D0)`,
      () => `[${bool()} \\/ ${bool()}]_D1`,
      () => `LET d == ${this.expression('node', [...both, ...parameters], 1)} IN ${this.one(actions)}(d) => ${bool()}`,
    ])();
    const lines = [
      ...said.map(([name, kind]) => `${name} == ${this.expression(kind, variables, 2)}`),
      `P(p, q) == ${test}`,
      `Steps == [][\\A p \\in Node : P(p, ${this.expression(argument, both, 1)})]_<<${all}>>`,
    ];
    return this.pick(3) === 0 ? 'Steps == [][TRUE]_v0' : lines.join('\n');
  }
}

export const randomSpec = (choices: readonly number[]): RandomSpec => {
  const writer = new Writer(choices);
  const variables: Names = Array.from({ length: 1 + writer.pick(4) }, (_, i) => [`v${i}`, writer.one(kinds)]);
  const typed = variables.filter(() => writer.pick(3) > 0);
  const actions = Array.from({ length: 1 + writer.pick(3) }, (_, i) => writer.action(`A${i}`, variables));
  const init = variables.map(([name, kind]) => `  /\\ ${name} = ${writer.expression(kind, [], 0)}`).join('\n');
  const next = actions.map((_, i) => (writer.pick(4) === 0 ? `A${i}(n1)` : `\\E p \\in Node : A${i}(p)`));
  const module = `---- MODULE M ----
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Node, n1, n2, n3
VARIABLES ${variables.map(([name]) => name).join(', ')}
TypeOK ==
  /\\ TRUE
${typed.map(([name, kind]) => `  /\\ ${name} \\in ${types[kind]}\n`).join('')}
Init ==
${init}
${actions.join('\n')}
Next ==
${next.map((one) => `  \\/ ${one}`).join('\n')}
Odd == ${writer.pick(4) > 0 ? 'TRUE' : `${writer.expression('bool', variables, 2)} \\/ ${writer.expression('bool', variables, 1)}`}
${writer.property(
  variables,
  actions.map((_, i) => `A${i}`),
)}
====
`;
  const constants = 'CONSTANTS\n  Node = {n1, n2, n3}\n  n1 = n1\n  n2 = n2\n  n3 = n3\n';
  return {
    module,
    config: `${constants}INIT Init\nNEXT Next\nINVARIANTS TypeOK Odd\nPROPERTY Steps\nCHECK_DEADLOCK FALSE\n`,
  };
};
