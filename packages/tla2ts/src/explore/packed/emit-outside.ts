/** Text that asks the values (outside.ts) where an expression has no packed form, and takes the answer as a word. */
import type { DefinitionSymbol, LocalSymbol, ResolvedExpression, VariableSymbol } from '../../names/resolved.js';
import { type Code, Fails, TooLong, Unsupported, giveUp, unsupported } from './code.js';
import { type Val, wordVal } from './vals.js';
import type { Computed, Env } from './env.js';
import type { Evaluate, Outside } from './outside.js';
import type { Representation } from './represent.js';
import { freeNames } from '../closed.js';

/** A name that an expression takes from around it. */
export type FreeName = LocalSymbol | DefinitionSymbol;

/** What makes evaluators. */
export interface Evaluators {
  /** The variables that an expression reads beside the values of these names. */
  readonly readBy: (e: ResolvedExpression, given: ReadonlySet<FreeName>) => ReadonlySet<VariableSymbol>;
  /** A function of the values of these names and variables, in this order. */
  readonly evaluatorOf: (
    e: ResolvedExpression,
    names: readonly FreeName[],
    variables: readonly VariableSymbol[],
  ) => Evaluate;
}

/** More words than this hardly ever come again together. */
const mostInputs = 8;

export class OutsideText {
  constructor(
    private readonly code: Code,
    private readonly forms: Representation,
    private readonly outside: Outside,
    private readonly evaluators: Evaluators,
    private readonly current: (variable: VariableSymbol) => Val,
  ) {}

  /** The value of an expression that is evaluated outside. @param reason why it has no packed form: thrown again where that is no way either */
  value(e: ResolvedExpression, env: Env, reason: unknown): Val {
    if (!(reason instanceof Unsupported) || reason instanceof TooLong || reason instanceof Fails) throw reason;
    const free = freeNames(e);
    if (free === 'impure' || e.level >= 2 || (env.primed && e.level > 0)) throw reason;
    const names = [...free];
    const given = names.map((name) => this.given(name, env, reason));
    const variables = [...this.evaluators.readBy(e, free)];
    if (names.length + variables.length > mostInputs) throw reason;
    const words = [...given, ...variables.map((variable) => this.current(variable))].map((val) => this.wordOf(val));
    const index = this.outside.evaluation(words.length, () => this.evaluators.evaluatorOf(e, names, variables));
    const { code } = this;
    const evaluate = code.fresh('outside');
    code.declare(`const ${evaluate} = rt.outside.evaluated[${index}];`);
    const word = code.fresh('w');
    code.add(`const ${word} = ${evaluate}(${words.join(', ')});\nif (${word} === 7) ${giveUp}\n`);
    return wordVal(word);
  }

  private given(name: FreeName, { locals, lets }: Env, reason: unknown): Val {
    const computed: Computed | undefined =
      name.kind === 'local' ? locals.get(name)?.computed : lets.get(name)?.computed;
    if (computed === undefined) throw reason;
    if (computed.valid !== undefined) this.code.bail(`!${computed.valid}`);
    return computed.val;
  }

  /** Text of the word of a value. */
  wordOf(val: Val): string {
    const { forms, code } = this;
    switch (val.kind) {
      case 'word':
        return val.text;
      case 'const':
        return String(forms.table.encode(val.value));
      case 'bool':
        return `(${val.text} ? 6 : 2)`;
      case 'enum':
        return `${code.table(val.domain.valueWords)}[${val.text}]`;
      case 'int': {
        const x = code.bind(val.text);
        // Larger ones are no small integers of the table of values.
        if (val.low < -smallInteger || val.high >= smallInteger)
          code.bail(`${x} < ${-smallInteger} || ${x} >= ${smallInteger}`);
        return `((${x} << 1 ^ ${x} >> 31) << 2 | 1)`;
      }
      case 'interval':
      case 'powerSet':
        return unsupported('the word of a set that is only gone through');
      default: {
        const domain = forms.domainOf(val);
        const bits = forms.store(val, domain);
        const index = this.outside.unpacking(domain);
        const unpack = code.fresh('unpack');
        const names = bits.map((_, i) => `b${i}_`);
        const fill = names.map((name, i) => `rt.outside.scratch[${i}] = ${name};\n`).join('');
        code.declare(`const ${unpack} = (${names.join(', ')}) => {\n${fill}return rt.outside.wordsOf[${index}]();\n};`);
        return code.bind(`${unpack}(${bits.join(', ')})`, 'w');
      }
    }
  }
}

const smallInteger = 2 ** 29;
