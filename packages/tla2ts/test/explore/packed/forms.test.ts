/** What has a packed form, one specification each: it runs on packed states from the first to the last, and finds what the program on values finds. */
import { describe, expect, test } from 'vitest';
import type { CheckOptions, CheckOutcome } from '../../../src/explore/index.js';
import { check } from '../run.js';

/** Text of a module, and what the configuration says beside INIT and NEXT. */
interface Form {
  readonly what: string;
  readonly module: string;
  readonly config?: string;
  readonly distinct: number;
  /** States from which the layout is inferred; default: half of them. */
  readonly trialStates?: number;
}

const moduleOf = (variables: string, body: string): string =>
  `---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, FiniteSetsExt, SequencesExt, Functions, TLC\nVARIABLES ${variables}\n${body}\n====\n`;

const forms: readonly Form[] = [
  {
    what: 'fairness that no property asks for',
    module: moduleOf('x', "Init == x = 0\nNext == x' = (x + 1) % 4\nSpec == Init /\\ [][Next]_x /\\ WF_x(Next)"),
    config: 'SPECIFICATION Spec',
    distinct: 4,
  },
  {
    what: 'a recursive operator that goes through a constant set',
    module: moduleOf(
      'f',
      `RECURSIVE Sum(_, _)
Sum(g, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \\in S : TRUE IN g[x] + Sum(g, S \\ {x})
Init == f = [i \\in 1..3 |-> 0]
Next == \\E i \\in 1..3 : Sum(f, 1..3) < 5 /\\ f' = [f EXCEPT ![i] = @ + 1]
Few == Sum(f, {1, 3}) <= 5`,
    ),
    config: 'INVARIANT Few',
    distinct: 56,
  },
  {
    what: 'a recursive function, and operators that take operators',
    module: moduleOf(
      'x',
      `Up[n \\in 0..4] == IF n = 0 THEN x ELSE 1 + Up[n - 1]
Init == x = 0
Next == x' = IF Up[3] < 20 THEN MapThenFoldSet(+, x, LAMBDA y : y, LAMBDA S : CHOOSE y \\in S : TRUE, {1, 2}) ELSE 0`,
    ),
    distinct: 7,
  },
  {
    what: 'properties and constraints of steps',
    module: moduleOf(
      'x, y',
      `Init == x = 0 /\\ y = {}
Next == x' = (x + 1) % 5 /\\ y' = IF x \\in y THEN y \\ {x} ELSE y \\cup {x}
Grows == [][x' # x /\\ (x \\in y' => x \\notin y)]_<<x, y>>
Even == Cardinality(y') < 5
Odd == x' # 7`,
    ),
    config: 'PROPERTY Grows\nACTION_CONSTRAINT Even Odd\nCHECK_DEADLOCK FALSE',
    distinct: 5,
    trialStates: 4,
  },
  {
    what: 'queues that stay empty at one place',
    module: moduleOf(
      'q',
      `Init == q = [i \\in 1..2 |-> [j \\in 1..2 |-> <<>>]]
Next == \\E i, j \\in 1..2 : \\/ i # j /\\ Len(q[i][j]) < 2 /\\ q' = [q EXCEPT ![i][j] = Append(@, [to |-> i])]
                           \\/ q[i][j] # <<>> /\\ q' = [q EXCEPT ![i][j] = Tail(@)]`,
    ),
    distinct: 9,
  },
  {
    what: 'numbers of which the invariant says that they are natural',
    module: moduleOf(
      'c',
      `Init == c = [i \\in {"a", "b", "c"} |-> 0]
Next == \\E i \\in DOMAIN c : c[i] < 3 /\\ c' = [c EXCEPT ![i] = @ + 1]
TypeOK == c \\in [{"a", "b", "c"} -> Nat]
Small == FoldFunctionOnSet(+, 0, c, {"a", "b", "c"}) < 10`,
    ),
    config: 'INVARIANTS TypeOK Small\nCHECK_DEADLOCK FALSE',
    distinct: 64,
  },
  {
    what: 'folds over sets and sequences that depend on the state',
    module: moduleOf(
      's, q',
      `Init == s = {} /\\ q = <<>>
Next == \\/ \\E i \\in 1..4 : SumSet(s) < 5 /\\ s' = s \\cup {i} /\\ q' = q
        \\/ FoldLeft(LAMBDA r, i : 2 * r + i, 1, q) < 6 /\\ q' = Append(q, 1) /\\ s' = s
        \\/ FoldSet(LAMBDA i, r : r - i, 9, s) < 1 /\\ q' = <<>> /\\ s' = {}
        \\/ FoldRight(LAMBDA i, r : r + i, q, 0) > MapThenSumSet(LAMBDA i : 2 * i, s) /\\ UNCHANGED <<s, q>>`,
    ),
    config: 'CHECK_DEADLOCK FALSE',
    distinct: 42,
  },
  {
    what: 'parts of sequences, and two of them put together',
    module: moduleOf(
      'q, r',
      `Init == q = <<>> /\\ r = <<>>
Next == \\/ \\E i \\in 1..3 : Len(q) < 3 /\\ q' = Append(q, i) /\\ r' = r
        \\/ \\E m \\in 1..Len(q) : r' = SubSeq(q, m, Len(q)) /\\ q' = SubSeq(q, 1, m - 1)
        \\/ Len(q) + Len(r) < 4 /\\ q' = q \\o r /\\ r' = <<>>
        \\/ r' = SelectSeq(q, LAMBDA i : i # 2) /\\ q' = q`,
    ),
    config: 'CHECK_DEADLOCK FALSE',
    distinct: 1600,
  },
  {
    what: 'symmetry',
    module: moduleOf(
      'f, s, q',
      `CONSTANT P
Perms == Permutations(P)
Init == f = [p \\in P |-> 0] /\\ s = {} /\\ q = <<>>
Next == \\E p \\in P : \\/ f[p] < 2 /\\ f' = [f EXCEPT ![p] = @ + 1] /\\ UNCHANGED <<s, q>>
                     \\/ f[p] = 2 /\\ s' = s \\cup {<<p, f[p]>>} /\\ UNCHANGED <<f, q>>
                     \\/ Len(q) < 2 /\\ q' = Append(q, p) /\\ UNCHANGED <<f, s>>`,
    ),
    config: 'CONSTANT P = {a, b, c}\nSYMMETRY Perms\nCHECK_DEADLOCK FALSE',
    distinct: 164,
  },
  {
    what: 'symmetry of functions by function, of records, of sets of more and of fewer elements than a word has bits',
    module: moduleOf(
      'f, g, n, m, q, w',
      `CONSTANTS P, V
Perms == Permutations(P) \\cup Permutations(V)
Sent == [from : P, to : P, val : V, n : 0..2]
Init == /\\ f = [p \\in P |-> p]
        /\\ g = [p \\in P |-> [r \\in P |-> FALSE]]
        /\\ n = [p \\in P |-> [seen |-> {}, at |-> 0, vals |-> [v \\in V |-> 0]]]
        /\\ m = {}
        /\\ q = << >>
        /\\ w = [p \\in P |-> << >>]
Next == \\/ \\E p, r \\in P : f[p] = p /\\ f' = [f EXCEPT ![p] = r] /\\ UNCHANGED <<g, n, m, q, w>>
        \\/ \\E p, r \\in P : p # r /\\ f[p] = r /\\ g' = [g EXCEPT ![p][r] = TRUE] /\\ UNCHANGED <<f, n, m, q, w>>
        \\/ \\E p \\in P, v \\in V : n[p].at < 9 /\\ n' = [n EXCEPT ![p] = [seen |-> @.seen \\cup {v}, at |-> @.at + 9, vals |-> [@.vals EXCEPT ![v] = 3]]] /\\ UNCHANGED <<f, g, m, q, w>>
        \\/ \\E p, r \\in P, v \\in V : n[p].at = 9 /\\ Cardinality(m) < 2 /\\ m' = m \\cup {[from |-> p, to |-> r, val |-> v, n |-> Cardinality(m)]} /\\ UNCHANGED <<f, g, n, q, w>>
        \\/ \\E x \\in m : x.n = 1 /\\ Len(q) < 1 /\\ q' = Append(q, <<x.from, x.val>>) /\\ w' = [w EXCEPT ![x.to] = Append(@, x.val)] /\\ UNCHANGED <<f, g, n, m>>
OK == m \\subseteq Sent
Small == /\\ Cardinality({p \\in P : f[p] # p}) < 2 /\\ Cardinality({p \\in P : n[p].at > 0}) < 2`,
    ),
    config: `CONSTANTS
P = {a, b, c}
V = {u, v}
INVARIANT OK
CONSTRAINT Small
SYMMETRY Perms
CHECK_DEADLOCK FALSE`,
    distinct: 522,
  },
  {
    what: 'subsets of sets that depend on the state',
    module: moduleOf(
      's, t, p',
      `Pairs == (1..6) \\X (1..6)
TypeOK == s \\subseteq 1..4 /\\ t \\subseteq 1..4 /\\ p \\subseteq Pairs
Init == s = {} /\\ t = {} /\\ p = {}
Next == \\/ \\E i \\in 1..4 : s' = s \\cup {i} /\\ UNCHANGED <<t, p>>
        \\/ \\E part \\in SUBSET s : Cardinality(part) = 2 /\\ t' = part /\\ UNCHANGED <<s, p>>
        \\/ \\E part \\in SUBSET {i \\in s : i > 2} : part \\in SUBSET (s \\ t) /\\ t' = t \\cup part /\\ UNCHANGED <<s, p>>
        \\/ Cardinality(p) < 2 /\\ \\E i \\in s, j \\in t : p' = p \\cup {<<i + 2, j + 1>>} /\\ UNCHANGED <<s, t>>
        \\/ \\E part \\in SUBSET p : part # p /\\ t = {} /\\ p' = part /\\ UNCHANGED <<s, t>>
Sums == \\A part \\in SUBSET p : part \\in SUBSET p /\\ Cardinality({q[1] : q \\in part}) <= Cardinality(p)
Some == t = {} \\/ \\E part \\in SUBSET t : part # {} /\\ \\A i \\in part : i \\in t`,
    ),
    config: 'INVARIANT TypeOK Sums Some',
    distinct: 2417,
  },
  {
    what: 'a set of values that some of the elements that are not there do not have',
    module: moduleOf(
      's, x',
      `All == {<<>>, <<1>>, <<2>>, <<1, 2>>, <<2, 1>>}
TypeOK == s \\subseteq All /\\ x \\subseteq 1..2
Init == s = {} /\\ x = {}
Next == \\/ \\E v \\in All : s' = s \\cup {v} /\\ UNCHANGED x
        \\/ x' = {v[1] : v \\in {w \\in s : Len(w) > 0}} /\\ UNCHANGED s`,
    ),
    config: 'INVARIANT TypeOK',
    distinct: 98,
  },
  {
    what: 'the length of one of several tuples, of which the first is empty',
    module: moduleOf(
      'q, i',
      `All == {<<>>, <<1>>, <<1, 2>>, <<2, 1>>, <<3, 1, 2>>}
TypeOK == q \\in All /\\ i \\in 1..4
Init == q \\in All /\\ i = 1
Next == i <= Len(q) /\\ i' = i + 1 /\\ q' = q`,
    ),
    config: 'INVARIANT TypeOK\nCHECK_DEADLOCK FALSE',
    distinct: 13,
  },
  {
    what: 'elements with so many bits that their numbers are searched for',
    module: moduleOf(
      'sent, f',
      `Replies == [to : 1..2, of : [1..5 -> 0..2]]
TypeOK == sent \\subseteq Replies /\\ f \\in [1..5 -> 0..15]
Init == sent = {} /\\ f = [i \\in 1..5 |-> 0]
Next == \\/ \\E i \\in 1..5 : f[i] < 2 /\\ (IF i = 1 THEN TRUE ELSE f[i - 1] > f[i]) /\\ f' = [f EXCEPT ![i] = @ + 1] /\\ UNCHANGED sent
        \\/ \\E to \\in 1..2 : Cardinality(sent) < 2 /\\ sent' = sent \\cup {[to |-> to, of |-> f]} /\\ UNCHANGED f
        \\/ \\E m \\in sent : m.of[1] > m.of[2] /\\ [m EXCEPT !.to = 3 - @] \\notin sent /\\ sent' = {[m EXCEPT !.to = 3 - @]} /\\ f' = m.of`,
    ),
    config: 'INVARIANT TypeOK\nCHECK_DEADLOCK FALSE',
    distinct: 4529,
  },
  {
    what: 'a guard, a choice and a value that only the values can tell',
    module: moduleOf(
      'x, s, q',
      `Longest(S) == LET all[n \\in 0..4] == IF n = 0 THEN {<<>>} ELSE {Append(t, n) : t \\in all[n - 1]} \\cup all[n - 1]
              IN {t \\in all[4] : \\A i \\in 1..Len(t) : t[i] \\in S}
Init == x = 0 /\\ s = {} /\\ q = <<>>
More == x < 4 /\\ x' = x + 1 /\\ UNCHANGED <<s, q>>
Take == s' = s \\cup {x} /\\ x' = 0 /\\ UNCHANGED q
Less == x > 1 /\\ x' = x - 2 /\\ UNCHANGED <<s, q>>
Empty == Cardinality(s) = 4 /\\ s' = {} /\\ q' = <<>> /\\ UNCHANGED x
Long == Cardinality(Longest(s)) > 3 /\\ \\E t \\in Longest(s) : Len(t) = 2 /\\ q' = t /\\ UNCHANGED <<x, s>>
Next == More \\/ Take \\/ Less \\/ Empty \\/ Long`,
    ),
    distinct: 400,
  },
  {
    what: 'sets with many possible elements, and definitions that read them',
    module: moduleOf(
      's, x',
      `Rows == {p[1] : p \\in s}
Init == s = {} /\\ x = 0
Next == \\/ \\E i \\in 1..6, j \\in 1..4 : Cardinality(s) < 2 /\\ s' = s \\cup {<<i, j>>} /\\ x' = IF i \\in Rows THEN 1 ELSE 0
        \\/ \\E p \\in s : x = 0 /\\ s' = {q \\in s : q[1] # p[1]} /\\ x' = p[2] % 2
        \\/ s # {} /\\ x' = 0 /\\ s' = {CHOOSE p \\in s : \\A q \\in s : q[2] <= p[2]}
Columns == UNION {{p[2], p[2] + 1} : p \\in s}
Few == Cardinality(Rows) <= Cardinality(s) /\\ \\A c \\in Columns : \\E p \\in s : c - p[2] \\in {0, 1}`,
    ),
    config: 'INVARIANT Few',
    distinct: 326,
  },
  {
    what: 'elements of a set of records of several kinds, each kind looked for apart',
    module: moduleOf(
      'msgs, x',
      `Msg == [kind : {"a"}, n : 1..20] \\cup [kind : {"b"}, n : 1..20, to : 1..2]
TypeOK == msgs \\subseteq Msg /\\ x \\in 0..1
Init == msgs = {} /\\ x = 0
Next == \\/ \\E n \\in 1..20 : Cardinality(msgs) < 2 /\\ msgs' = msgs \\cup {[kind |-> "a", n |-> n]} /\\ UNCHANGED x
        \\/ \\E m \\in msgs : m.kind = "a" /\\ m.n > 18 /\\ msgs' = (msgs \\ {m}) \\cup {[kind |-> "b", n |-> m.n, to |-> 1]} /\\ UNCHANGED x
        \\/ \\E m \\in msgs : m.kind = "b" /\\ m.to = 1 /\\ x' = 1 - x /\\ msgs' = {k \\in msgs : k.kind = "a" /\\ k.n < 18}
        \\/ \\E m \\in msgs : m.kind = "a" /\\ m.n < 3 /\\ x' = (CHOOSE k \\in msgs : k.kind = "a" /\\ k.n < 3).n % 2 /\\ UNCHANGED msgs
Sent == \\A m \\in msgs : m.kind = "b" => m.to = 1 /\\ m.n > 18`,
    ),
    config: 'INVARIANT TypeOK Sent\nCHECK_DEADLOCK FALSE',
    distinct: 508,
  },
  {
    what: 'a view',
    module: moduleOf(
      'x, y',
      "Init == x = 0 /\\ y = 0\nNext == x' = (x + 1) % 6 /\\ y' \\in {0, 1}\nHalf == x \\div 2 + y",
    ),
    config: 'VIEW Half',
    distinct: 3,
    trialStates: 2,
  },
];

describe('runs on packed states:', () => {
  test.each(forms)('$what', ({ module, config = '', distinct, trialStates = Math.ceil(distinct / 2) }) => {
    const unpacked: string[] = [];
    const head = config.includes('SPECIFICATION') ? '' : 'INIT Init\nNEXT Next\n';
    const run = (options: CheckOptions): CheckOutcome => check(module, `${head}${config}\n`, options);
    const packed = run({
      trialStates,
      onUnpacked: (what, why) => unpacked.push(what === 'layout' ? what : `${what}: ${why}`),
    });
    expect(unpacked).toEqual(['layout']);
    expect(packed).toMatchObject({ distinct });
    const { result, generated, depth, coverage } = run({ packed: false });
    expect(packed).toMatchObject({ result, distinct, generated, depth, coverage });
  });
});

test('a step that violates a property is found on packed states', () => {
  const module = moduleOf('x', "Init == x = 0\nNext == x' = (x + 1) % 6\nSlow == [][x' # 4]_x");
  const unpacked: string[] = [];
  const outcome = check(module, 'INIT Init\nNEXT Next\nPROPERTY Slow\n', {
    trialStates: 2,
    onUnpacked: (what) => unpacked.push(what),
  });
  expect(unpacked).toEqual(['layout']);
  expect(outcome).toMatchObject({ result: 'safety-violation', violation: { kind: 'step', name: 'Slow' } });
  expect(outcome.trace).toHaveLength(5);
});

test('an operator that is passed to one of a module is looked through for what it reads', () => {
  const module = moduleOf(
    'q',
    `First(p) == p[1] = 1
Firsts(s) == {s[i] : i \\in DOMAIN SelectSeq(s, First)}
Init == q = <<>>
Next == \\E i \\in 1..2 : Cardinality(Firsts(q)) < 2 /\\ Len(q) < 3 /\\ q' = Append(q, <<i, 0>>)`,
  );
  expect(check(module, 'INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n')).toMatchObject({ distinct: 15 });
});
