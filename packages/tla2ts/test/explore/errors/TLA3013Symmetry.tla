---- MODULE TLA3013Symmetry ----
EXTENDS Naturals, TLC
CONSTANT Proc
VARIABLE last
Init == last \in Proc
Next == last' \in Proc
Symmetry == Permutations(Proc)
Changes == []<><<Next>>_last
====
