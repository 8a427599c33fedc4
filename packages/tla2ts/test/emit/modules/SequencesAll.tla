---------------------------- MODULE SequencesAll ----------------------------
\* Sequences: every operator of the module, and what people build from them.
EXTENDS Integers, Sequences, FiniteSets

Operators(s, t) == <<s \o t, s \circ t, Append(s, 9), Len(s), Len(s \o t), SubSeq(s \o t, 2, 3), DOMAIN s>>
\* > <<Operators(<<1, 2>>, <<3>>), Operators(<<>>, <<4, 5, 6>>)>>
Ends(s) == <<Head(s), Tail(s), s[Len(s)]>>
\* > <<Ends(<<7>>), Ends(<<1, 2, 3>>)>>
\* > Ends(<<>>)
Parts(s, m, n) == SubSeq(s, m, n)
\* > <<Parts(<<1, 2, 3>>, 1, 3), Parts(<<1, 2, 3>>, 2, 1), Parts(<<1, 2, 3>>, 3, 3)>>
\* > Parts(<<1>>, 1, 2)
Selected(s) == SelectSeq(s, LAMBDA x : x > 1)
Even(n) == n % 2 = 0
\* > <<Selected(<<1, 2, 3, 1>>), Selected(<<>>), SelectSeq(<<1, 2, 4>>, Even)>>
Belongs(s) == <<s \in Seq(Nat), s \in Seq({1, 2}), <<s>> \in Seq(Seq(Int))>>
\* > <<Belongs(<<>>), Belongs(<<1, 2, 2>>), Belongs(<<-1>>)>>

Reversed(s) == [i \in 1 .. Len(s) |-> s[Len(s) + 1 - i]]
Zipped(s, t) == [i \in 1 .. (IF Len(s) < Len(t) THEN Len(s) ELSE Len(t)) |-> <<s[i], t[i]>>]
Elements(s) == {s[i] : i \in DOMAIN s}
Changed(s, i, x) == [s EXCEPT ![i] = x]
Removed(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))
Sorted(s) == \A i, j \in 1 .. Len(s) : i < j => s[i] <= s[j]
\* > <<Reversed(<<1, 2, 3>>), Zipped(<<1, 2>>, <<"a", "b", "c">>), Elements(<<2, 1, 2>>)>>
\* > <<Changed(<<1, 2>>, 2, 5), Removed(<<1, 2, 3>>, 2), Sorted(<<1, 1, 2>>), Sorted(<<2, 1>>)>>

RECURSIVE Summed(_), Insert(_, _), Sort(_), Flat(_)
Summed(s) == IF s = <<>> THEN 0 ELSE Head(s) + Summed(Tail(s))
Insert(x, s) ==
  IF s = <<>> THEN <<x>> ELSE IF x <= Head(s) THEN <<x>> \o s ELSE <<Head(s)>> \o Insert(x, Tail(s))
Sort(s) == IF s = <<>> THEN <<>> ELSE Insert(Head(s), Sort(Tail(s)))
Flat(ss) == IF ss = <<>> THEN <<>> ELSE Head(ss) \o Flat(Tail(ss))
\* > <<Summed(<<1, 2, 3>>), Sort(<<3, 1, 2, 1>>), Flat(<< <<1>>, <<>>, <<2, 3>> >>)>>

UpTo(S, n) == UNION {[1 .. m -> S] : m \in 0 .. n}
\* > <<Cardinality(UpTo({1, 2}, 3)), UpTo({0}, 2)>>
=============================================================================
