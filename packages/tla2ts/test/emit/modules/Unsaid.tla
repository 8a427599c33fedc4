------------------------------- MODULE Unsaid -------------------------------
(* Types of which nothing is said, or less than a use needs: what the code never looks at may be anything. *)
EXTENDS Integers, Sequences, FiniteSets

Folded(Op(_, _), S, base) ==
  LET fold[T \in SUBSET S] == IF T = {} THEN base ELSE LET x == CHOOSE x \in T : TRUE IN Op(x, fold[T \ {x}])
  IN fold[S]

InAll(sets) == Folded(LAMBDA a, b : a \cap b, sets, UNION sets)
\* > <<InAll({{1, 2, 3}, {2, 3}, {3, 4}}), InAll({{"a"}, {"b"}}), InAll({})>>

InAllToo(sets) == Folded(\cap, sets, UNION sets)
\* > <<InAllToo({{1, 2, 3}, {2, 3}, {3, 4}}), InAllToo({{"a"}, {"b"}})>>

RECURSIVE Along(_, _, _)
Along(Op(_, _), seq, base) == IF seq = <<>> THEN base ELSE Along(Op, Tail(seq), Op(Head(seq), base))

Mixed(i) == IF i > 0 THEN i ELSE "none"
Trail(first, steps) ==
  LET start == [seen |-> <<>>, next |-> first]
  IN Along(LAMBDA s, at : [seen |-> Append(at.seen, [was |-> at.next, by |-> s]), next |-> Mixed(s)], steps, start)
\* > <<Trail(Mixed(1), <<0, 2>>).seen, Trail("x", <<>>).next>>

Largest(kinds) ==
  LET Below(S) == {n \in 0 .. 9 : \A m \in S : n <= m}
      Least(S) == IF S = {} THEN 0 ELSE CHOOSE n \in Below(S) : \A m \in Below(S) : m <= n
  IN Least({kinds[k] : k \in DOMAIN kinds} \ {"none"})
\* > <<Largest([a |-> Mixed(7), b |-> Mixed(0), c |-> Mixed(5)]), Largest(<<3>>)>>

Listed(S) == CHOOSE s \in [1 .. Cardinality(S) -> S] : {s[i] : i \in DOMAIN s} = S
Both == Listed({Mixed(0)}) \o Listed({Mixed(4)})

Bag(S) == [x \in S |-> 1]
Nothing == Bag({})
\* > <<Nothing, DOMAIN Nothing, Bag({"a"}), Bag({<<1>>})>>

Kept(S) == LET Same(x) == <<x, x>> IN {Same(x) : x \in S}
\* > <<Kept({}), Kept({1}), Kept({Mixed(0)})>>
=============================================================================
