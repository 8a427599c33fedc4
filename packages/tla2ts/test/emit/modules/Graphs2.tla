------------------------------ MODULE Graphs2 ------------------------------
\* A program of some size: graphs.
EXTENDS Integers, FiniteSets, Sequences

Edges == {<<"a", "b">>, <<"b", "c">>, <<"c", "a">>, <<"c", "d">>}
Nodes(edges) == {e[1] : e \in edges} \cup {e[2] : e \in edges}
Successors(edges, n) == {e[2] : e \in {f \in edges : f[1] = n}}
RECURSIVE Reached(_, _, _)
Reached(edges, found, fresh) ==
  IF fresh = {} THEN found
  ELSE LET next == UNION {Successors(edges, n) : n \in fresh} \ (found \cup fresh)
       IN Reached(edges, found \cup fresh, next)
Reachable(edges, n) == Reached(edges, {}, {n})
\* > <<Nodes(Edges), Successors(Edges, "c"), Reachable(Edges, "b"), Reachable(Edges, "d")>>
IsPath(edges, p) == \A i \in 1 .. Len(p) - 1 : <<p[i], p[i + 1]>> \in edges
Paths(edges, n) == {p \in UNION {[1 .. m -> Nodes(edges)] : m \in 1 .. n} : IsPath(edges, p)}
\* > <<Cardinality(Paths(Edges, 3)), {p \in Paths(Edges, 3) : p[1] = "b" /\ Len(p) = 3}>>
Acyclic(edges) == \A n \in Nodes(edges) : n \notin UNION {Reachable(edges, m) : m \in Successors(edges, n)}
\* > <<Acyclic(Edges), Acyclic(Edges \ {<<"c", "a">>})>>
Distance(edges, from, to) ==
  LET Within[k \in 0 .. Cardinality(Nodes(edges))] ==
        IF k = 0 THEN {from} ELSE Within[k - 1] \cup UNION {Successors(edges, n) : n \in Within[k - 1]}
  IN CHOOSE k \in 0 .. Cardinality(Nodes(edges)) : to \in Within[k] /\ \A j \in 0 .. k - 1 : to \notin Within[j]
\* > [n \in Nodes(Edges) |-> Distance(Edges, "a", n)]
\* > Distance(Edges, "d", "a")
Colourings(edges, colours) == {f \in [Nodes(edges) -> colours] : \A e \in edges : f[e[1]] # f[e[2]]}
\* > <<Cardinality(Colourings(Edges, {1, 2, 3})), Cardinality(Colourings(Edges, {1, 2}))>>
Components(edges) == {Reachable(edges \cup {<<e[2], e[1]>> : e \in edges}, n) : n \in Nodes(edges)}
\* > Components({<<1, 2>>, <<3, 4>>, <<2, 5>>})
=============================================================================
