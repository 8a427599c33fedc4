----------------------------- MODULE Community ------------------------------
\* Operators of the community's modules.
EXTENDS Integers, Sequences, FiniteSetsExt, SequencesExt, Functions

Sums(f, S) == <<FoldFunction(+, 0, f), FoldFunctionOnSet(+, 0, f, S)>>
Squares == [n \in 2 .. 4 |-> n * n]
\* > <<Sums(Squares, {2, 4}), Sums(<<5, 6, 7>>, {1}), Range(Squares), Range(<<1, 2, 1>>), IsInjective(Squares), IsInjective(<<1, 2, 1>>)>>
Longest(words) == FoldSet(LAMBDA w, n : IF Len(w) > n THEN Len(w) ELSE n, 0, words)
\* > <<Longest({<<1>>, <<1, 2, 3>>}), Max({3, -1, 7}), Min({3, -1, 7})>>
Digits(s) == FoldLeft(LAMBDA n, d : 10 * n + d, 0, s)
\* > <<Digits(<<1, 2, 3>>), FoldRight(LAMBDA d, n : 10 * n + d, <<1, 2, 3>>, 0), FoldSeq(LAMBDA d, n : 10 * n + d, 0, <<1, 2, 3>>)>>
Ends(s) == <<Last(s), Front(s), Reverse(s), RemoveAt(s, 1)>>
\* > <<Ends(<<"a", "b", "c">>), ToSet(<<1, 2, 1>>), Contains(<<{1}, {2}>>, {2}), IsPrefix(<<1>>, <<1, 2>>), IsPrefix(<<2>>, <<1, 2>>)>>
=============================================================================
