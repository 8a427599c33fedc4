----------------------------- MODULE Community -----------------------------
\* What operators of the community's modules give on small values.
EXTENDS Integers, Sequences, FiniteSets, Bitwise, Functions, SequencesExt, BagsExt, Relation

DG == INSTANCE Graphs
UG == INSTANCE UndirectedGraphs

ASSUME << 12 & 10, 12 | 10, 12 ^^ 10, Not(5), Not(0), shiftR(20, 2) >> = << 8, 14, 6, 2, 0, 5 >>

F == [x \in {1, 2, 3} |-> x % 2]
ASSUME RestrictValues(F, LAMBDA y : y = 1) = [x \in {1, 3} |-> 1]
ASSUME IsRestriction([x \in {2} |-> 0], F) /\ ~IsRestriction([x \in {2} |-> 1], F)
ASSUME Inverse([x \in {1, 2} |-> x + 3], {1, 2}, {4, 5}) = [y \in {4, 5} |-> y - 3]
ASSUME /\ Cardinality(Injection({1, 2}, {3, 4, 5})) = 6
       /\ Cardinality(Surjection({1, 2, 3}, {4, 5})) = 6
       /\ Cardinality(Bijection({1, 2, 3}, {4, 5, 6})) = 6
       /\ ExistsInjection({1}, {2, 3}) /\ ~ExistsSurjection({1}, {2, 3}) /\ ExistsBijection({1}, {2})

ASSUME ToBag(<<"a", "b", "a">>) = [a |-> 2, b |-> 1]
ASSUME SetToAllKPermutations({"a", "b"}) = {<<>>, <<"a">>, <<"b">>, <<"a", "b">>, <<"b", "a">>}
ASSUME IsSorted(<<1, 2, 2>>, <=) /\ ~IsSorted(<<1, 2, 2>>, <) /\ ~IsSorted(<<1, 3, 2>>, LAMBDA a, b : b # a + 1)
ASSUME SelectInSubSeq(<<5, 1, 2>>, 2, 3, LAMBDA n : n > 1) = 3 /\ SelectLastInSubSeq(<<5, 1, 2>>, 1, 2, LAMBDA n : n > 1) = 1
ASSUME RemoveFirstMatch(<<1, 2, 3>>, LAMBDA n : n > 1) = <<1, 3>>
ASSUME Snoc(3, <<1, 2>>) = <<1, 2, 3>> /\ Cons(1, <<2>>) = <<1, 2>>
ASSUME IsStrictSuffix(<<2>>, <<1, 2>>) /\ ~IsStrictSuffix(<<1, 2>>, <<1, 2>>)
ASSUME CommonPrefixes({<<1, 2, 3>>, <<1, 2>>}) = {<<>>, <<1>>, <<1, 2>>}
ASSUME LongestCommonPrefix({<<1, 2, 3>>, <<1, 4>>}) = <<1>>
ASSUME Suffixes(<<1, 2>>) = {<<>>, <<2>>, <<1, 2>>}
ASSUME FoldLeftDomain(LAMBDA s, i : Append(s, i), <<>>, <<"a", "b">>) = <<1, 2>>
ASSUME FoldRightDomain(LAMBDA i, s : Append(s, i), <<"a", "b">>, <<>>) = <<2, 1>>
ASSUME Interleave(<<1, 2>>, <<3, 4>>) = <<<<1>>, <<3>>, <<2>>, <<4>>>>
ASSUME SubSeqs(<<1, 2>>) = {<<>>, <<1>>, <<2>>, <<1, 2>>} /\ <<1, 3>> \notin SubSeqs(<<1, 2, 3>>)
ASSUME Cardinality(AllSubSeqs(<<1, 2, 3>>)) = 8 /\ <<1, 3>> \in AllSubSeqs(<<1, 2, 3>>)
ASSUME IndexFirstSubSeq(<<2, 3>>, <<1, 2, 3, 2, 3>>) = 2
ASSUME ReplaceSubSeqAt(2, <<9>>, <<2, 3>>, <<1, 2, 3, 4>>) = <<1, 9, 4>>
ASSUME ReplaceFirstSubSeq(<<4>>, <<1>>, <<1, 1>>) = <<4, 1>>
ASSUME /\ ReplaceAllSubSeqs(<<2, 2>>, <<1, 1>>, <<1, 1, 1>>) = <<2, 2, 1>>
       /\ ReplaceAllSubSeqs(<<4>>, <<>>, <<>>) = <<4>>
       /\ ReplaceAllSubSeqs(<<0>>, <<>>, <<1, 2>>) = <<0, 1, 0, 2>>

ASSUME FoldBag(+, 0, [n \in {4, 5} |-> n - 3]) = 14 /\ ProductBag([n \in {2, 3} |-> n - 1]) = 18

Less == [p \in (1 .. 3) \X (1 .. 3) |-> p[1] < p[2]]
Next3 == [p \in (1 .. 3) \X (1 .. 3) |-> p[2] = p[1] + 1]
ASSUME IsStrictlyTotallyOrdered(Less, 1 .. 3) /\ IsTotallyOrderedUnder(<=, 1 .. 3) /\ ~IsTransitive(Next3, 1 .. 3)
ASSUME IsAsymmetric(Less, 1 .. 3) /\ IsIrreflexive(Less, 1 .. 3) /\ ~IsSymmetricUnder(<, 1 .. 3) /\ IsReflexiveUnder(=, 1 .. 3)
ASSUME TransitiveClosure(Next3, 1 .. 3) = Less /\ ReflexiveTransitiveClosure(Less, 1 .. 3)[2, 2] /\ ~IsConnected(Less, 1 .. 3)

G == [node |-> 1 .. 4, edge |-> {<<4, 2>>, <<2, 1>>, <<3, 1>>}]
ASSUME DG!IsDirectedGraph(G) /\ DG!IsDag(G) /\ DG!IsTreeWithRoot(G, 1) /\ ~DG!IsTreeWithRoot(G, 2)
ASSUME <<DG!Successors(G, 4), DG!Predecessors(G, 1), DG!Ancestors(G, 1), DG!Descendants(G, 4)>> = <<{2}, {2, 3}, {2, 3, 4}, {1, 2}>>
ASSUME <<DG!InDegree(G, 1), DG!OutDegree(G, 1), DG!Roots(G), DG!Leaves(G)>> = <<2, 0, {3, 4}, {1}>>
ASSUME DG!AreConnectedIn(4, 1, G) /\ ~DG!AreConnectedIn(1, 4, G) /\ DG!ConnectionsIn(G)[4, 1] /\ ~DG!IsStronglyConnected(G)
ASSUME <<4, 2, 1>> \in DG!SimplePath(G) /\ Cardinality(DG!SimplePath(G)) = 8
ASSUME DG!HasCycle(DG!GraphUnion(G, [node |-> {1, 4}, edge |-> {<<1, 4>>}]))
ASSUME DG!Transpose(DG!Transpose(G)) = G /\ DG!IsBipartiteWithPartitions(G, {1, 4}, {2, 3})
ASSUME Cardinality(DG!Graphs({1, 2})) = 16 /\ DG!EmptyGraph \notin DG!Graphs({1, 2}) /\ G \in DG!DirectedSubgraph(G)

U == [node |-> 1 .. 4, edge |-> {{1, 2}, {2, 3}}]
ASSUME UG!ConnectedComponents(U) = {{1, 2, 3}, {4}} /\ UG!AreConnectedIn(1, 3, U) /\ ~UG!IsStronglyConnected(U)
ASSUME UG!IsLoopFreeUndirectedGraph(U) /\ Cardinality(UG!SimplePath(U)) = 10 /\ Cardinality(UG!UndirectedGraphs({1, 2})) = 8
=============================================================================
