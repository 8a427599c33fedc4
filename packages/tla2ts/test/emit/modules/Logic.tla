------------------------------- MODULE Logic -------------------------------
\* Connectives in each of their forms, lists by column, quantifiers.
EXTENDS Integers

Table(Op(_, _)) == [p \in BOOLEAN, q \in BOOLEAN |-> Op(p, q)]

And == Table(LAMBDA p, q : p /\ q)
Or == Table(LAMBDA p, q : p \/ q)
Implies == Table(LAMBDA p, q : p => q)
Equivalent == Table(LAMBDA p, q : p <=> q)
AsWords == Table(LAMBDA p, q : (p \land q) \lor (\lnot p \equiv q))
Negated == <<~TRUE, \neg FALSE, ~ ~TRUE, ~(TRUE /\ FALSE)>>

\* Lists in lists; an item may have several lines.
Lists(a, b, c) ==
  /\ \/ a
     \/ /\ b
        /\ c
  /\ a =>
       b \/ c
  /\ \/ ~a \/ b
     \/ c
\* > {<<a, b, c>> \in BOOLEAN \X BOOLEAN \X BOOLEAN : Lists(a, b, c)}

\* A list of one item.
Alone(a) == /\ a
\* > <<Alone(TRUE), Alone(FALSE)>>

Quantified(S) ==
  << \A x \in S : x > 0, \E x \in S : x > 3, \A x, y \in S : x + y # 5,
     \E x \in S, y \in S : x * y = 6, \A x \in S : \E y \in S : y >= x, \E x, y, z \in S : x + y = z >>
\* > <<Quantified({}), Quantified({1, 2, 3}), Quantified({-1, 4})>>

\* What is not needed is not computed.
Careful(s) == /\ DOMAIN s # {}
              /\ s[1] > 0 => s[1] # 2
\* > <<Careful(<<>>), Careful(<<1>>), Careful(<<2>>)>>
Short(x) == <<x = 0 \/ 6 \div x = 3, x # 0 /\ 6 \div x = 2, x = 0 => 1 \div 0 = x>>
\* > <<Short(2), Short(3)>>
\* > Short(0)

EqualBooleans == <<TRUE = TRUE, TRUE # FALSE, (1 = 1) = (2 = 2), BOOLEAN = {FALSE, TRUE}>>
=============================================================================
