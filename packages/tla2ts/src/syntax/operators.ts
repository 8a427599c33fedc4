/**
 * The operators of TLA+ with their precedence ranges (Specifying Systems, table 6; SUBSET, UNION and DOMAIN as in SANY). Two operators beside each other
 * need parentheses when their ranges overlap, unless they are the same left-associative operator.
 */
export type Fixity = 'prefix' | 'infix' | 'postfix';

export interface OperatorInfo {
  /** The canonical, ASCII name: `<=`, `\cup`, `-.` for the prefix minus. */
  readonly name: string;
  readonly fixity: Fixity;
  readonly low: number;
  readonly high: number;
  /** `a op b op c` means `(a op b) op c`. */
  readonly associative: boolean;
}

type Row = readonly [names: string, low: number, high: number, associative?: 'a'];

const PREFIX: readonly Row[] = [
  ['~', 4, 4],
  ['[] <> ENABLED UNCHANGED', 4, 15],
  ['SUBSET UNION DOMAIN', 10, 13],
  ['-.', 12, 12],
];

const POSTFIX: readonly Row[] = [["' ^+ ^* ^#", 15, 15]];

const INFIX: readonly Row[] = [
  ['=>', 1, 1],
  ['-+-> <=> ~>', 2, 2],
  ['/\\ \\/', 3, 3, 'a'],
  ['= /= < > <= >= \\in \\notin |- |= -| =| := ::=', 5, 5],
  ['\\prec \\succ \\preceq \\succeq \\sim \\simeq \\ll \\gg \\asymp \\approx \\cong \\doteq \\propto', 5, 5],
  ['\\subset \\supset \\subseteq \\supseteq \\sqsubset \\sqsupset \\sqsubseteq \\sqsupseteq', 5, 5],
  ['\\cdot', 5, 14, 'a'],
  ['@@', 6, 6, 'a'],
  [':> <:', 7, 7],
  ['\\', 8, 8],
  ['\\cap \\cup', 8, 8, 'a'],
  ['.. ...', 9, 9],
  ['!!', 9, 13],
  ['## $ $$ ?? \\sqcap \\sqcup \\uplus', 9, 13, 'a'],
  ['\\wr', 9, 14],
  ['+ ++ (+)', 10, 10, 'a'],
  ['%', 10, 11],
  ['%% | ||', 10, 11, 'a'],
  ['\\X', 10, 13, 'a'],
  ['- -- (-)', 11, 11, 'a'],
  ['* ** & && (.) (\\X) \\o \\star \\bigcirc \\bullet', 13, 13, 'a'],
  ['/ // \\div (/)', 13, 13],
  ['^ ^^', 14, 14],
];

/** Other spellings, first the canonical one. The last of a row is often the Unicode form. */
const SYNONYMS: readonly string[] = [
  '~ \\lnot \\neg ¬',
  '/\\ \\land ∧',
  '\\/ \\lor ∨',
  '=> ⇒',
  '<=> \\equiv ≡ ⇔',
  '~> ↝',
  '-+-> ⇸',
  '[] □',
  '<> ◇',
  '/= # ≠',
  '<= =< \\leq ≤',
  '>= \\geq ≥',
  '\\in ∈',
  '\\notin ∉',
  '\\X \\times ×',
  '\\cap \\intersect ∩',
  '\\cup \\union ∪',
  '\\o \\circ ∘',
  '(+) \\oplus ⊕',
  '(-) \\ominus ⊖',
  '(.) \\odot ⊙',
  '(/) \\oslash ⊘',
  '(\\X) \\otimes ⊗',
  '\\div ÷',
  '.. ‥',
  '... …',
  '!! ‼',
  '?? ⁇',
  '|| ‖',
  '|- ⊢',
  '|= ⊨',
  '-| ⊣',
  '=| ⫤',
  ':= ≔',
  '::= ⩴',
  '^+ ⁺',
  '\\approx ≈',
  '\\asymp ≍',
  '\\bigcirc ◯',
  '\\bullet ●',
  '\\cdot ⋅',
  '\\cong ≅',
  '\\doteq ≐',
  '\\gg ≫',
  '\\ll ≪',
  '\\prec ≺',
  '\\preceq ⪯',
  '\\succ ≻',
  '\\succeq ⪰',
  '\\propto ∝',
  '\\sim ∼',
  '\\simeq ≃',
  '\\sqcap ⊓',
  '\\sqcup ⊔',
  '\\sqsubset ⊏',
  '\\sqsubseteq ⊑',
  '\\sqsupset ⊐',
  '\\sqsupseteq ⊒',
  '\\star ⋆',
  '\\subset ⊂',
  '\\subseteq ⊆',
  '\\supset ⊃',
  '\\supseteq ⊇',
  '\\uplus ⊎',
  '\\wr ≀',
];

function tableOf(rows: readonly Row[], fixity: Fixity): ReadonlyMap<string, OperatorInfo> {
  const table = new Map<string, OperatorInfo>();
  for (const [names, low, high, associative] of rows) {
    for (const name of names.split(' ')) {
      table.set(name, { name, fixity, low, high, associative: associative === 'a' });
    }
  }
  return table;
}

export const PREFIX_OPERATORS = tableOf(PREFIX, 'prefix');
export const INFIX_OPERATORS = tableOf(INFIX, 'infix');
export const POSTFIX_OPERATORS = tableOf(POSTFIX, 'postfix');

/** Every spelling of every operator, to its canonical name. */
export const OPERATOR_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...[...PREFIX_OPERATORS.keys(), ...INFIX_OPERATORS.keys(), ...POSTFIX_OPERATORS.keys()].map((n) => [n, n] as const),
  ...SYNONYMS.flatMap((row) => {
    const [canonical = '', ...others] = row.split(' ');
    return others.map((other) => [other, canonical] as const);
  }),
]);

/** How two operators that share an operand are grouped: by the left one first, by the right one first, or not without parentheses. */
export function grouping(left: OperatorInfo, right: OperatorInfo): 'left' | 'right' | 'conflict' {
  if (left.low > right.high || (left === right && left.associative)) return 'left';
  return left.high < right.low ? 'right' : 'conflict';
}
