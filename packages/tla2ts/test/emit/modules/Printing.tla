------------------------------ MODULE Printing ------------------------------
\* The operators of TLC that have a value.
EXTENDS Integers, Sequences, TLC

Orders(S) == Permutations(S)
\* > <<Orders({"a", "b"}), Orders({})>>
Sorted(s) == SortSeq(s, LAMBDA a, b : a < b)
Down(s) == SortSeq(s, >)
\* > <<Sorted(<<3, 1, 2>>), Sorted(<<>>), Down(<<1, 3, 2, 3>>)>>
Checked(n) == IF Assert(n > 0, "not positive") THEN n ELSE 0
\* > Checked(3)
\* > Checked(-3)
Evaluated(n) == TLCEval(n + 1)
\* > Evaluated(1)
Texts == <<ToString(5), ToString({2, 1}), ToString([a |-> "x"]), ToString(<<>>), ToString(1 :> 2)>>
\* > Print("printed", 7) + 1
\* > PrintT("printed")
=============================================================================
