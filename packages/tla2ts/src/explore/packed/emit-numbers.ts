/** Integers whose range is known: plain arithmetic that cannot leave 31 bits. */
import { type Val, boolVal, intVal } from './vals.js';
import { greatestInt, leastInt } from './domains.js';
import type { Representation } from './represent.js';
import { unsupported } from './code.js';
import { no, yes } from './emit-logic.js';

const binary: ReadonlySet<string> = new Set(['+', '-', '*', '\\div', '%', '<', '>', '<=', '>=', '^']);

interface Range {
  readonly text: string;
  readonly low: number;
  readonly high: number;
}

export class Numbers {
  constructor(private readonly forms: Representation) {}

  has(name: string, args: number): boolean {
    return (args === 2 && binary.has(name)) || (args === 1 && name === '-.');
  }

  /** An integer as such. */
  plain(val: Val): Val {
    if (val.kind === 'const') return val;
    const { text, low, high } = this.forms.bounds(val);
    return intVal(text, low, high);
  }

  compute(name: string, args: readonly Val[]): Val {
    const { library } = this.forms;
    const [x, y] = args as readonly [Val, Val];
    if (args.every((arg) => arg.kind === 'const')) {
      const [a, b] = args.map((arg) => (arg as Val & { kind: 'const' }).value);
      return this.forms.computed(() => folded(library, name, a, b));
    }
    if (name === '-.') {
      const { text, low, high } = this.forms.bounds(x);
      return checked(`(0 - ${text})`, -high, -low);
    }
    return this.binary(name, this.forms.bounds(x), this.forms.bounds(y));
  }

  private binary(name: string, a: Range, b: Range): Val {
    const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    switch (name) {
      case '+':
        return checked(`(${a.text} + ${b.text})`, a.low + b.low, a.high + b.high);
      case '-':
        return checked(`(${a.text} - ${b.text})`, a.low - b.high, a.high - b.low);
      case '*':
        return checked(`(${a.text} * ${b.text})`, Math.min(...products), Math.max(...products));
      case '%':
        if (b.low <= 0) return unsupported('% by what may be 0');
        if (a.low >= 0) return intVal(`(${a.text} % ${b.text})`, 0, Math.min(a.high, b.high - 1));
        return intVal(`((${a.text} % ${b.text} + ${b.text}) % ${b.text})`, 0, b.high - 1);
      case '\\div':
        if (b.low <= 0) return unsupported('division by what may be 0');
        if (a.low < 0) return intVal(`Math.floor(${a.text} / ${b.text})`, a.low, Math.max(a.high, -1));
        return intVal(`(${a.text} / ${b.text} | 0)`, 0, a.high);
      case '<':
        return compared(a, '<', b, a.high < b.low, a.low >= b.high);
      case '>':
        return compared(a, '>', b, a.low > b.high, a.high <= b.low);
      case '<=':
        return compared(a, '<=', b, a.high <= b.low, a.low > b.high);
      case '>=':
        return compared(a, '>=', b, a.low >= b.high, a.high < b.low);
      default:
        return unsupported(`the operator ${name}`);
    }
  }
}

const compared = (a: Range, sign: string, b: Range, always: boolean, never: boolean): Val => {
  if (always) return yes;
  return never ? no : boolVal(`${a.text} ${sign} ${b.text}`);
};

const checked = (text: string, low: number, high: number): Val =>
  low < leastInt * 2 || high > greatestInt * 2 ? unsupported('large numbers') : intVal(text, low, high);

const folded = (library: Representation['library'], name: string, a: unknown, b: unknown): unknown => {
  switch (name) {
    case '+':
      return library.add(a, b);
    case '-':
      return library.subtract(a, b);
    case '*':
      return library.multiply(a, b);
    case '\\div':
      return library.divide(a, b);
    case '%':
      return library.modulo(a, b);
    case '^':
      return library.power(a, b);
    case '-.':
      return library.negate(a);
    case '<':
      return library.less(a, b);
    case '>':
      return library.less(b, a);
    case '<=':
      return library.lessEqual(a, b);
    default:
      return library.lessEqual(b, a);
  }
};
