------------------------------ MODULE Symbols ------------------------------
\* Operators of one's own of every fixity.
EXTENDS Integers, Sequences

a ++ b == a \cup b
a -- b == a \ b
a (+) b == <<a, b>>
a \prec b == a[1] < b[1] \/ (a[1] = b[1] /\ a[2] < b[2])
a \preceq b == a \prec b \/ a = b
a & b == a /\ b
a | b == a \/ b
a \sqcup b == IF a > b THEN a ELSE b
a \sqcap b == IF a < b THEN a ELSE b
a ?? b == IF a = <<>> THEN b ELSE a
a %% b == a - b * (a \div b)
a $ b == a + 10 * b
s ^+ == s \o s
s ^# == Len(s)
a \otimes b == (a + b) % 5
a <: b == b
a := b == [left |-> a, right |-> b]

Used == <<{1} ++ {2}, {1, 2} -- {2}, 1 (+) 2, <<1, 2>> \prec <<1, 3>>, <<2, 1>> \preceq <<1, 9>>, TRUE & FALSE, TRUE | FALSE>>
More == <<3 \sqcup 5, 3 \sqcap 5, <<>> ?? <<1>>, <<2>> ?? <<1>>, 17 %% 5, 1 $ 2, <<1>>^+, <<1, 2>>^#, 4 \otimes 3, 1 <: 2, "a" := "b">>
\* Those that associate, and what binds more than what.
Chains == <<{1} ++ {2} ++ {3}, 1 \sqcup 5 \sqcup 3, 1 \otimes 2 \otimes 3, (2 + 3) \otimes 4, <<1>>^+^+, ({1, 2, 3} -- {1}) ++ {1}>>
Reduced(Op(_, _), s) ==
  LET Rest[i \in 1 .. Len(s)] == IF i = 1 THEN s[1] ELSE Op(Rest[i - 1], s[i]) IN Rest[Len(s)]
\* > <<Reduced(\sqcup, <<3, 9, 4>>), Reduced(++, << {1}, {2}, {1} >>), Reduced(\otimes, <<1, 2, 3, 4>>)>>
=============================================================================
