------------------------------ MODULE Mixture ------------------------------
\* Values of different kinds in one place.
EXTENDS Integers, Sequences, FiniteSets

Option(x) == IF x > 0 THEN [some |-> TRUE, value |-> x] ELSE [some |-> FALSE]
\* > <<Option(1), Option(0), Option(1).value>>
NumberOrText(x) == IF x = 0 THEN "none" ELSE x
\* > <<NumberOrText(0), NumberOrText(2)>>
SetOrSequence(c) == IF c THEN {1} ELSE <<1>>
\* > <<SetOrSequence(TRUE), SetOrSequence(FALSE)>>
Kinds == {[kind |-> "circle", radius |-> 2], [kind |-> "square", side |-> 3]}
Area(shape) == IF shape.kind = "circle" THEN 3 * shape.radius ^ 2 ELSE shape.side ^ 2
\* > <<{Area(shape) : shape \in Kinds}, Cardinality(Kinds), {shape.kind : shape \in Kinds}>>
Tree == [left |-> [leaf |-> 1], right |-> [left |-> [leaf |-> 2], right |-> [leaf |-> 3]]]
RECURSIVE Leaves(_)
Leaves(t) == IF "leaf" \in DOMAIN t THEN <<t.leaf>> ELSE Leaves(t.left) \o Leaves(t.right)
\* > Leaves(Tree)
Pairs == <<1, "a", {TRUE}, <<>>, [b |-> 2]>>
Items == <<Pairs[1], Pairs[2], Pairs[5].b, Len(Pairs)>>
Any(i) == Pairs[i]
\* > <<Any(1), Any(3), Any(4)>>
Message(type) == CASE type = "ask" -> [type |-> "ask"] [] type = "answer" -> [type |-> "answer", body |-> <<1, 2>>]
\* > <<Message("ask"), Message("answer").body>>
Apples == {"apple"} \cup {"pear"}
Functions == {[x \in 1 .. 2 |-> x], <<3, 4>>, [x \in {1} |-> 9]}
Bad == 1 + "a"
Worse == {} + 1
Wrong(x) == x /\ TRUE
\* > Wrong(1)
=============================================================================
