/**
 * Definitions in TLA+ of operators of the community's modules that the run-time library does not have, for generated code: what is used of them is compiled
 * with the specification. They say what TLC gives; the checker has its own implementation (../explore/values/modules), and tests compare the two.
 */

const bagsExt = String.raw`
---- MODULE BagsExt ----
EXTENDS Integers
LOCAL With(B, x, n) == [y \in DOMAIN B \cup {x} |-> IF y = x THEN n ELSE B[y]]
LOCAL Without(B, x) == [y \in DOMAIN B \ {x} |-> B[y]]
\* The bag with one more of x.
BagAdd(B, x) == With(B, x, IF x \in DOMAIN B THEN B[x] + 1 ELSE 1)
\* The bag with one less of x, if it has any.
BagRemove(B, x) ==
  IF x \notin DOMAIN B THEN B ELSE IF B[x] = 1 THEN Without(B, x) ELSE With(B, x, B[x] - 1)
\* The bag without x.
BagRemoveAll(B, x) == Without(B, x)
RECURSIVE Times(_, _, _, _)
LOCAL Times(op(_, _), result, x, n) == IF n = 0 THEN result ELSE Times(op, op(result, x), x, n - 1)
RECURSIVE FoldKeys(_, _, _, _)
LOCAL FoldKeys(op(_, _), result, keys, B) ==
  IF keys = {} THEN result
  ELSE LET x == CHOOSE y \in keys : TRUE
       IN  FoldKeys(op, Times(op, result, x, B[x]), keys \ {x}, B)
\* All elements of the bag, each as often as it occurs, one after the other.
FoldBag(op(_, _), base, B) == FoldKeys(op, base, DOMAIN B, B)
RECURSIVE FoldMapped(_, _, _, _, _)
LOCAL FoldMapped(op(_, _), base, f(_), keys, B) ==
  IF keys = {} THEN base
  ELSE LET x == CHOOSE y \in keys : TRUE
       IN  op(Times(op, base, f(x), B[x]), FoldMapped(op, base, f, keys \ {x}, B))
\* What the occurrences of each element give, each starting from the base, folded once more.
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) == FoldMapped(op, base, f, DOMAIN B, B)
\* The sum of all elements.
SumBag(B) == FoldBag(LAMBDA a, b : a + b, 0, B)
\* The product of all elements.
ProductBag(B) == FoldBag(LAMBDA a, b : a * b, 1, B)
====
`;

const bitwise = String.raw`
---- MODULE Bitwise ----
EXTENDS Integers
RECURSIVE Both(_, _), Some(_, _), One(_, _), Negated(_), Halved(_, _)
LOCAL Both(x, y) == IF x = 0 \/ y = 0 THEN 0 ELSE ((x % 2) * (y % 2)) + 2 * Both(x \div 2, y \div 2)
LOCAL Some(x, y) ==
  IF x = 0 THEN y ELSE IF y = 0 THEN x
  ELSE (IF x % 2 = 0 /\ y % 2 = 0 THEN 0 ELSE 1) + 2 * Some(x \div 2, y \div 2)
LOCAL One(x, y) == IF x = 0 THEN y ELSE IF y = 0 THEN x ELSE ((x + y) % 2) + 2 * One(x \div 2, y \div 2)
LOCAL Negated(x) == IF x = 0 THEN 0 ELSE (1 - (x % 2)) + 2 * Negated(x \div 2)
LOCAL Halved(x, n) == IF n = 0 THEN x ELSE Halved((IF x < 0 THEN x + 2 ^ 32 ELSE x) \div 2, n - 1)
\* The bits that both numbers have.
x & y == Both(x, y)
\* The bits that one of the numbers has.
x | y == Some(x, y)
\* The bits that exactly one of the numbers has.
x ^^ y == One(x, y)
\* The bits that a number does not have, of as many as it has.
Not(x) == Negated(x)
\* The number without its last n bits.
shiftR(x, n) == Halved(x, n)
====
`;

const combinatorics = String.raw`
---- MODULE Combinatorics ----
EXTENDS Integers
\* The product of 1 to n.
factorial[n \in Nat] == IF n = 0 THEN 1 ELSE n * factorial[n - 1]
RECURSIVE Ways(_, _)
LOCAL Ways(n, k) == IF k = 0 THEN 1 ELSE (Ways(n - 1, k - 1) * n) \div k
\* In how many ways k of n things can be chosen.
choose(n, k) == IF k > n THEN 0 ELSE Ways(n, k)
====
`;

const dyadicRationals = String.raw`
---- MODULE DyadicRationals ----
EXTENDS Integers, Sequences, TLC
LOCAL Fraction(n, d) == [num |-> n, den |-> d]
Zero == Fraction(0, 1)
One == Fraction(1, 1)
RECURSIVE Divisor(_, _), IsPower(_), Reduced(_, _)
LOCAL Divisor(a, b) == IF b = 0 THEN a ELSE Divisor(b, a % b)
LOCAL IsPower(n) == n = 1 \/ (n > 1 /\ n % 2 = 0 /\ IsPower(n \div 2))
LOCAL Reduced(n, d) == LET g == Divisor(n, d) IN Fraction(n \div g, d \div g)
\* Whether the denominator is a power of two.
IsDyadicRational(p) == IsPower(p.den)
\* The sum.
Add(p, q) ==
  IF p.num = 0 /\ p.den = 1 THEN Fraction(q.num, q.den)
  ELSE LET d == IF p.den > q.den THEN p.den ELSE q.den
       IN  Reduced(p.num * (d \div p.den) + q.num * (d \div q.den), d)
\* The half.
Half(p) == Reduced(p.num, p.den * 2)
\* As text.
PrettyPrint(p) ==
  IF p.num = 0 /\ p.den = 1 THEN "0" ELSE IF p.num = 1 /\ p.den = 1 THEN "1"
  ELSE ToString(p.num) \o "/" \o ToString(p.den)
====
`;

const finiteSetsExt = String.raw`
---- MODULE FiniteSetsExt ----
EXTENDS Integers, FiniteSets
RECURSIVE Fold(_, _, _)
LOCAL Fold(op(_, _), result, S) ==
  IF S = {} THEN result ELSE LET x == CHOOSE y \in S : TRUE IN Fold(op, op(x, result), S \ {x})
ReduceSet(op(_, _), S, base) == Fold(op, base, S)
\* The sum of the numbers.
SumSet(S) == Fold(LAMBDA x, sum : x + sum, 0, S)
\* The product of the numbers.
ProductSet(S) == Fold(LAMBDA x, product : x * product, 1, S)
\* The sum of what the elements are mapped to.
MapThenSumSet(op(_), S) == Fold(LAMBDA x, sum : op(x) + sum, 0, S)
FlattenSet(S) == UNION S
\* What is in exactly one of the sets.
SymDiff(S, T) == (S \ T) \cup (T \ S)
\* How many elements pass.
Quantify(S, P(_)) == Cardinality({x \in S : P(x)})
RECURSIVE Subsets(_, _)
LOCAL Subsets(k, S) ==
  IF k = 0 THEN {{}}
  ELSE IF S = {} THEN {}
  ELSE LET x == CHOOSE y \in S : TRUE
       IN  Subsets(k, S \ {x}) \cup {T \cup {x} : T \in Subsets(k - 1, S \ {x})}
\* The subsets with k elements.
kSubset(k, S) == IF k < 0 THEN {} ELSE Subsets(k, S)
RECURSIVE Chosen(_)
LOCAL Chosen(Sets) ==
  IF Sets = {} THEN {{}}
  ELSE LET S == CHOOSE T \in Sets : TRUE
       IN  {C \cup {x} : C \in Chosen(Sets \ {S}), x \in S}
\* The sets that have an element of each of the sets, and nothing else.
Choices(Sets) == Chosen(Sets)
\* The only element that passes.
ChooseUnique(S, P(_)) == CHOOSE x \in S : P(x) /\ \A y \in S : P(y) => y = x
====
`;

const folds = String.raw`
---- MODULE Folds ----
RECURSIVE MapThenFoldSet(_, _, _, _, _)
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  IF S = {} THEN base
  ELSE LET x == choose(S) IN op(f(x), MapThenFoldSet(op, base, f, choose, S \ {x}))
====
`;

const functions = String.raw`
---- MODULE Functions ----
EXTENDS Integers, FiniteSets
LOCAL Values(f) == {f[x] : x \in DOMAIN f}
LOCAL OneToOne(f) == \A x, y \in DOMAIN f : f[x] = f[y] => x = y
LOCAL Onto(f, T) == \A y \in T : \E x \in DOMAIN f : f[x] = y
\* The function on a smaller set.
Restrict(f, S) == [x \in S |-> f[x]]
RestrictDomain(f, P(_)) == [x \in {y \in DOMAIN f : P(y)} |-> f[x]]
RestrictValues(f, P(_)) == [x \in {y \in DOMAIN f : P(f[y])} |-> f[x]]
\* Whether g does what f does, where f does something.
IsRestriction(f, g) == DOMAIN f \subseteq DOMAIN g /\ \A x \in DOMAIN f : f[x] = g[x]
Pointwise(f, g, op(_, _)) == [x \in DOMAIN f |-> op(f[x], g[x])]
Inverse(f, S, T) == [y \in T |-> CHOOSE x \in S : y \in Values(f) => f[x] = y]
AntiFunction(f) == [y \in Values(f) |-> CHOOSE x \in DOMAIN f : f[x] = y /\ OneToOne(f)]
Injection(S, T) == {f \in [S -> T] : OneToOne(f)}
Surjection(S, T) == {f \in [S -> T] : Onto(f, T)}
Bijection(S, T) == {f \in [S -> T] : OneToOne(f) /\ Onto(f, T)}
ExistsInjection(S, T) == Cardinality(S) <= Cardinality(T)
ExistsSurjection(S, T) == Cardinality(S) >= Cardinality(T) /\ (T # {} \/ S = {})
ExistsBijection(S, T) == Cardinality(S) = Cardinality(T)
RECURSIVE Sum(_, _)
LOCAL Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE y \in S : TRUE IN f[x] + Sum(f, S \ {x})
SumFunctionOnSet(f, S) == Sum(f, S)
SumFunction(f) == Sum(f, DOMAIN f)
====
`;

const sequencesExt = String.raw`
---- MODULE SequencesExt ----
EXTENDS Integers, Sequences, FiniteSets, TLC
ToBag(s) == [x \in {s[i] : i \in DOMAIN s} |-> Cardinality({i \in DOMAIN s : s[i] = x})]
RECURSIVE Sorted(_)
LOCAL Sorted(S) == IF S = {} THEN <<>> ELSE LET x == CHOOSE y \in S : TRUE IN <<x>> \o Sorted(S \ {x})
SetToSeq(S) == Sorted(S)
RECURSIVE Orders(_)
LOCAL Orders(S) == IF S = {} THEN {<<>>} ELSE UNION {{<<x>> \o t : t \in Orders(S \ {x})} : x \in S}
\* All orders of the elements.
SetToSeqs(S) == Orders(S)
SetToSortSeq(S, op(_, _)) == SortSeq(Sorted(S), op)
\* All orders of some of the elements.
SetToAllKPermutations(S) == UNION {Orders(T) : T \in SUBSET S}
TupleOf(S, n) == [1 .. n -> S]
RECURSIVE UpTo(_, _)
LOCAL UpTo(S, n) == IF n < 0 THEN {} ELSE IF n = 0 THEN {<<>>} ELSE UpTo(S, n - 1) \cup [1 .. n -> S]
SeqOf(S, n) == UpTo(S, n)
BoundedSeq(S, n) == UpTo(S, n)
IsSorted(s, op(_, _)) == \A i, j \in 1 .. Len(s) : i < j => op(s[i], s[j])
Remove(s, x) == SelectSeq(s, LAMBDA y : y # x)
ReplaceAll(s, x, y) == [i \in 1 .. Len(s) |-> IF s[i] = x THEN y ELSE s[i]]
RECURSIVE Forth(_, _, _, _), Back(_, _, _, _)
LOCAL Forth(s, P(_), i, to) == IF i > to THEN 0 ELSE IF P(s[i]) THEN i ELSE Forth(s, P, i + 1, to)
LOCAL Back(s, P(_), i, from) == IF i < from THEN 0 ELSE IF P(s[i]) THEN i ELSE Back(s, P, i - 1, from)
\* The first place whose item passes; 0: there is none.
SelectInSeq(s, P(_)) == Forth(s, P, 1, Len(s))
SelectInSubSeq(s, from, to, P(_)) == Forth(s, P, from, to)
SelectLastInSeq(s, P(_)) == Back(s, P, Len(s), 1)
SelectLastInSubSeq(s, from, to, P(_)) == Back(s, P, to, from)
LOCAL Without(s, i) == IF i = 0 THEN s ELSE SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))
InsertAt(s, i, x) == SubSeq(s, 1, i - 1) \o <<x>> \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, x) == [s EXCEPT ![i] = x]
RemoveFirst(s, x) == Without(s, Forth(s, LAMBDA y : y = x, 1, Len(s)))
RemoveFirstMatch(s, P(_)) == Without(s, Forth(s, P, 1, Len(s)))
Cons(x, s) == <<x>> \o s
Snoc(x, s) == Append(s, x)
LOCAL Begins(s, t) == Len(s) <= Len(t) /\ \A i \in 1 .. Len(s) : s[i] = t[i]
LOCAL Ends(s, t) == Len(s) <= Len(t) /\ \A i \in 1 .. Len(s) : s[i] = t[Len(t) - Len(s) + i]
IsStrictPrefix(s, t) == Begins(s, t) /\ Len(s) < Len(t)
IsSuffix(s, t) == Ends(s, t)
IsStrictSuffix(s, t) == Ends(s, t) /\ Len(s) < Len(t)
LOCAL AllPrefixes(s) == {SubSeq(s, 1, n) : n \in 0 .. Len(s)}
Prefixes(s) == AllPrefixes(s)
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1 .. Len(s) + 1}
LOCAL Shared(S) == {p \in UNION {AllPrefixes(s) : s \in S} : \A t \in S : Begins(p, t)}
CommonPrefixes(S) == Shared(S)
LongestCommonPrefix(S) == CHOOSE p \in Shared(S) : \A q \in Shared(S) : Len(q) <= Len(p)
SeqMod(a, b) == IF a % b = 0 THEN b ELSE a % b
RECURSIVE LeftOver(_, _, _, _), RightOver(_, _, _, _)
LOCAL LeftOver(op(_, _), result, i, n) == IF i > n THEN result ELSE LeftOver(op, op(result, i), i + 1, n)
LOCAL RightOver(op(_, _), result, i, n) == IF n < i THEN result ELSE RightOver(op, op(n, result), i, n - 1)
FoldLeftDomain(op(_, _), base, s) == LeftOver(op, base, 1, Len(s))
FoldRightDomain(op(_, _), s, base) == RightOver(op, base, 1, Len(s))
RECURSIVE Flat(_)
LOCAL Flat(s) == IF s = <<>> THEN <<>> ELSE Head(s) \o Flat(Tail(s))
FlattenSeq(s) == Flat(s)
Zip(s, t) == [i \in 1 .. (IF Len(s) < Len(t) THEN Len(s) ELSE Len(t)) |-> <<s[i], t[i]>>]
RECURSIVE Shuffled(_, _)
LOCAL Shuffled(s, t) == IF s = <<>> THEN <<>> ELSE <<<<Head(s)>>, <<Head(t)>>>> \o Shuffled(Tail(s), Tail(t))
Interleave(s, t) == CASE Len(s) = Len(t) -> IF s = <<>> THEN <<<<>>, <<>>>> ELSE Shuffled(s, t)
LOCAL Parts(s) == {SubSeq(s, i + 1, j) : i, j \in 0 .. Len(s)}
SubSeqs(s) == Parts(s)
RECURSIVE Some(_)
LOCAL Some(s) ==
  IF s = <<>> THEN {<<>>} ELSE LET rest == Some(Tail(s)) IN rest \cup {<<Head(s)>> \o t : t \in rest}
AllSubSeqs(s) == Some(s)
RECURSIVE Find(_, _, _)
LOCAL Find(s, t, i) ==
  IF i + Len(s) - 1 > Len(t) THEN 0
  ELSE IF \A j \in 1 .. Len(s) : s[j] = t[i + j - 1] THEN i ELSE Find(s, t, i + 1)
IndexFirstSubSeq(s, t) == CHOOSE i \in {Find(s, t, 1)} : i > 0
LOCAL Spliced(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))
ReplaceSubSeqAt(i, r, s, t) == Spliced(i, r, s, t)
ReplaceFirstSubSeq(r, s, t) == LET i == Find(s, t, 1) IN IF i = 0 THEN t ELSE Spliced(i, r, s, t)
RECURSIVE Replaced(_, _, _)
LOCAL Replaced(r, s, t) ==
  LET i == Find(s, t, 1)
  IN  IF i = 0 THEN t ELSE SubSeq(t, 1, i - 1) \o r \o Replaced(r, s, SubSeq(t, i + Len(s), Len(t)))
RECURSIVE Spread(_, _)
LOCAL Spread(r, t) == IF t = <<>> THEN <<>> ELSE r \o <<Head(t)>> \o Spread(r, Tail(t))
ReplaceAllSubSeqs(r, s, t) == IF s = <<>> THEN (IF t = <<>> THEN r ELSE Spread(r, t)) ELSE Replaced(r, s, t)
====
`;

const relation = String.raw`
---- MODULE Relation ----
EXTENDS Integers, FiniteSets
LOCAL Reflexive(r(_, _), S) == \A x \in S : r(x, x)
LOCAL Irreflexive(r(_, _), S) == \A x \in S : ~r(x, x)
LOCAL AntiSymmetric(r(_, _), S) == \A x, y \in S : r(x, y) /\ r(y, x) => x = y
LOCAL Transitive(r(_, _), S) == \A x, y, z \in S : r(x, y) /\ r(y, z) => r(x, z)
LOCAL Strict(r(_, _), S) == Irreflexive(r, S) /\ AntiSymmetric(r, S) /\ Transitive(r, S)
LOCAL Partial(r(_, _), S) == Reflexive(r, S) /\ AntiSymmetric(r, S) /\ Transitive(r, S)
IsReflexive(R, S) == Reflexive(LAMBDA x, y : R[x, y], S)
IsReflexiveUnder(op(_, _), S) == Reflexive(op, S)
IsIrreflexive(R, S) == Irreflexive(LAMBDA x, y : R[x, y], S)
IsIrreflexiveUnder(op(_, _), S) == Irreflexive(op, S)
IsSymmetric(R, S) == \A x, y \in S : R[x, y] <=> R[y, x]
IsSymmetricUnder(op(_, _), S) == \A x, y \in S : op(x, y) <=> op(y, x)
IsAntiSymmetric(R, S) == AntiSymmetric(LAMBDA x, y : R[x, y], S)
IsAntiSymmetricUnder(op(_, _), S) == AntiSymmetric(op, S)
IsAsymmetric(R, S) == \A x, y \in S : ~(R[x, y] /\ R[y, x])
IsAsymmetricUnder(op(_, _), S) == \A x, y \in S : ~(op(x, y) /\ op(y, x))
IsTransitive(R, S) == Transitive(LAMBDA x, y : R[x, y], S)
IsTransitiveUnder(op(_, _), S) == Transitive(op, S)
IsStrictlyPartiallyOrdered(R, S) == Strict(LAMBDA x, y : R[x, y], S)
IsStrictlyPartiallyOrderedUnder(op(_, _), S) == Strict(op, S)
IsPartiallyOrdered(R, S) == Partial(LAMBDA x, y : R[x, y], S)
IsPartiallyOrderedUnder(op(_, _), S) == Partial(op, S)
IsStrictlyTotallyOrdered(R, S) ==
  Strict(LAMBDA x, y : R[x, y], S) /\ \A x, y \in S : x # y => R[x, y] \/ R[y, x]
IsStrictlyTotallyOrderedUnder(op(_, _), S) == Strict(op, S) /\ \A x, y \in S : x # y => op(x, y) \/ op(y, x)
IsTotallyOrdered(R, S) == Partial(LAMBDA x, y : R[x, y], S) /\ \A x, y \in S : R[x, y] \/ R[y, x]
IsTotallyOrderedUnder(op(_, _), S) == Partial(op, S) /\ \A x, y \in S : op(x, y) \/ op(y, x)
RECURSIVE Closed(_, _, _)
LOCAL Closed(R, S, n) ==
  IF n = 0 THEN R
  ELSE Closed([x, y \in S |-> R[x, y] \/ \E z \in S : R[x, z] /\ R[z, y]], S, n - 1)
LOCAL Closure(R, S) == Closed([x, y \in S |-> R[x, y]], S, Cardinality(S))
TransitiveClosure(R, S) == Closure(R, S)
ReflexiveTransitiveClosure(R, S) == LET C == Closure(R, S) IN [x, y \in S |-> x = y \/ C[x, y]]
IsConnected(R, S) == LET C == Closure(R, S) IN \A x, y \in S : x = y \/ C[x, y]
====
`;

const graphs = String.raw`
---- MODULE Graphs ----
EXTENDS Integers, Sequences, FiniteSets
LOCAL Graph(nodes, edges) == [node |-> nodes, edge |-> edges]
LOCAL Directed(G) == \A e \in G.edge : e[1] \in G.node /\ e[2] \in G.node
IsDirectedGraph(G) == G = Graph(G.node, G.edge) /\ Directed(G)
DirectedSubgraph(G) == {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : Directed(H)}
Transpose(G) == Graph(G.node, {<<e[2], e[1]>> : e \in G.edge})
LOCAL Symmetric(G) == \A e \in G.edge : <<e[2], e[1]>> \in G.edge
IsUndirectedGraph(G) == G = Graph(G.node, G.edge) /\ Directed(G) /\ Symmetric(G)
UndirectedSubgraph(G) == {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : Directed(H) /\ Symmetric(H)}
LOCAL After(G, S) == {y \in G.node : \E x \in S : <<x, y>> \in G.edge}
LOCAL Before(G, S) == {x \in G.node : \E y \in S : <<x, y>> \in G.edge}
RECURSIVE Reached(_, _)
LOCAL Reached(G, S) == LET T == S \cup After(G, S) IN IF T = S THEN S ELSE Reached(G, T)
LOCAL From(G, x) == Reached(G, After(G, {x}))
RECURSIVE PathsFrom(_, _)
LOCAL PathsFrom(G, p) ==
  {p} \cup UNION {PathsFrom(G, Append(p, y)) : y \in After(G, {p[Len(p)]}) \ {p[i] : i \in 1 .. Len(p)}}
SimplePath(G) == UNION {PathsFrom(G, <<x>>) : x \in G.node}
AreConnectedIn(x, y, G) == x \in G.node /\ y \in G.node /\ (x = y \/ y \in From(G, x))
IsStronglyConnected(G) == \A x, y \in G.node : x = y \/ y \in From(G, x)
ConnectionsIn(G) == [x, y \in G.node |-> x = y \/ y \in From(G, x)]
IsTreeWithRoot(G, r) ==
  /\ G = Graph(G.node, G.edge) /\ Directed(G) /\ r \in G.node
  /\ \A x \in G.node : Cardinality(After(G, {x})) <= (IF x = r THEN 0 ELSE 1)
  /\ \A x \in G.node : x = r \/ r \in From(G, x)
GraphUnion(G, H) == Graph(G.node \cup H.node, G.edge \cup H.edge)
IsBipartiteWithPartitions(G, U, V) ==
  /\ U \cap V = {} /\ G.node \subseteq U \cup V
  /\ \A e \in G.edge : (e[1] \in U /\ e[2] \in V) \/ (e[2] \in U /\ e[1] \in V)
HasCycle(G) == \E x \in G.node : x \in From(G, x)
IsDag(G) == G = Graph(G.node, G.edge) /\ Directed(G) /\ ~\E x \in G.node : x \in From(G, x)
Successors(G, x) == After(G, {x})
AllSuccessors(G, S) == After(G, S)
Predecessors(G, x) == Before(G, {x})
AllPredecessors(G, S) == Before(G, S)
Ancestors(G, x) == CHOOSE S \in {{y \in G.node : x \in From(G, y)}} : x \in G.node
Descendants(G, x) == CHOOSE S \in {From(G, x)} : x \in G.node
InDegree(G, x) == Cardinality(Before(G, {x}))
OutDegree(G, x) == Cardinality(After(G, {x}))
Roots(G) == {x \in G.node : Before(G, {x}) = {}}
Leaves(G) == {x \in G.node : After(G, {x}) = {}}
EmptyGraph == Graph({}, {})
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]
====
`;

const undirectedGraphs = String.raw`
---- MODULE UndirectedGraphs ----
EXTENDS Integers, Sequences, FiniteSets
LOCAL Graph(nodes, edges) == [node |-> nodes, edge |-> edges]
LOCAL Joins(G) == \A e \in G.edge : \E x, y \in G.node : e = {x, y}
IsUndirectedGraph(G) == G = Graph(G.node, G.edge) /\ Joins(G)
IsLoopFreeUndirectedGraph(G) == G = Graph(G.node, G.edge) /\ \A e \in G.edge : \E x, y \in G.node : x # y /\ e = {x, y}
UndirectedSubgraph(G) == {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : Joins(H)}
LOCAL Beside(G, S) == {y \in G.node : \E x \in S : {x, y} \in G.edge}
RECURSIVE Reached(_, _)
LOCAL Reached(G, S) == LET T == S \cup Beside(G, S) IN IF T = S THEN S ELSE Reached(G, T)
LOCAL Component(G, x) == Reached(G, {x})
RECURSIVE PathsFrom(_, _)
LOCAL PathsFrom(G, p) ==
  {p} \cup UNION {PathsFrom(G, Append(p, y)) : y \in Beside(G, {p[Len(p)]}) \ {p[i] : i \in 1 .. Len(p)}}
SimplePath(G) == UNION {PathsFrom(G, <<x>>) : x \in G.node}
AreConnectedIn(x, y, G) == x \in G.node /\ y \in Component(G, x)
ConnectedComponents(G) == {Component(G, x) : x \in G.node}
IsStronglyConnected(G) == {Component(G, x) : x \in G.node} = {G.node}
UndirectedGraphs(S) == [node : {S}, edge : SUBSET {{x, y} : x, y \in S}]
====
`;

const vectorClocks = String.raw`
---- MODULE VectorClocks ----
EXTENDS Integers, Sequences
LOCAL Time(clock, node) == IF node \in DOMAIN clock THEN clock[node] ELSE 0
IsCausalOrder(log, clock(_)) ==
  \A i, j \in 1 .. Len(log) : j < i =>
    LET a == clock(log[j])
        b == clock(log[i])
    IN  \E node \in DOMAIN a \cup DOMAIN b : Time(a, node) < Time(b, node)
====
`;

const quorum = String.raw`
---- MODULE Quorum ----
QuorumSystem(S) ==
  {Q \in SUBSET SUBSET S :
     /\ Q # {} /\ \A p, q \in Q : p \cap q # {}
     /\ \A q \in Q, larger \in SUBSET S : q \subseteq larger => larger \in Q}
====
`;

/** The text of a module, by its name. */
export const libraryTexts: ReadonlyMap<string, string> = new Map([
  ['BagsExt', bagsExt],
  ['Bitwise', bitwise],
  ['Combinatorics', combinatorics],
  ['DyadicRationals', dyadicRationals],
  ['FiniteSetsExt', finiteSetsExt],
  ['Folds', folds],
  ['Functions', functions],
  ['Graphs', graphs],
  ['Quorum', quorum],
  ['Relation', relation],
  ['SequencesExt', sequencesExt],
  ['UndirectedGraphs', undirectedGraphs],
  ['VectorClocks', vectorClocks],
]);
