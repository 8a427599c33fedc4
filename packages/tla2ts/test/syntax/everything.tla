Text before the module is not TLA+: ( [ {
---------------------------- MODULE Everything ----------------------------
(* Every construct of the language once. (* Comments nest. *) *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS N, Op(_, _), _ \prec _
CONSTANT Names
ASSUME NIsNat == N \in Nat /\ N > 0
ASSUME \A x \in Names : Op(x, x) = x
VARIABLES queue, count
VARIABLE last
-----------------------------------------------------------------------------
vars == <<queue, count, last>>

\* Line comments above a definition
\* are its documentation.
Double(x) == 2 * x
Apply(F(_), x) == F(x)
a ++ b == a \cup b
-. a == 0 - a
a ^+ == a
LOCAL Hidden == {}
square[i \in 1 .. N] == i * i
grid[i \in 1 .. N, <<x, y>> \in (1 .. N) \X (1 .. N)] == i + x + y
factorial[n \in Nat] == IF n = 0 THEN 1 ELSE n * factorial[n - 1]
RECURSIVE Sum(_), Even(_), Odd(_)
Sum(s) == IF s = <<>> THEN 0 ELSE Head(s) + Sum(Tail(s))
Even(n) == IF n = 0 THEN TRUE ELSE Odd(n - 1)
Odd(n) == IF n = 0 THEN FALSE ELSE Even(n - 1)

Literals == <<12, \b101, \o17, \hFF, "text \"quoted\"\n", TRUE, FALSE, BOOLEAN, STRING>>
Sets == {{}, {1, 2}, {x \in 1 .. N : x > 1}, {<<x, y>> \in (1 .. 2) \X (1 .. 2) : x < y}, {x + y : x \in 1 .. 2, y \in 3 .. 4}}
Functions == <<[x \in 1 .. N |-> x], [1 .. N -> BOOLEAN], [a |-> 1, b |-> "two"], [a : Nat, b : STRING]>>
Updated(f) == [f EXCEPT ![1] = @ + 1, ![2].a["b"] = 3, !.c = 4]
Choice == CHOOSE x \in 1 .. N : \A y \in 1 .. N : x <= y
Pair == CHOOSE <<x, y>> \in (1 .. N) \X (1 .. N) : x = y
NoValue == CHOOSE v : v \notin Names
Cases(n) == CASE n = 1 -> "one" [] n = 2 -> "two" [] OTHER -> "many"
Lets == LET x == 1
            F(y) == x + y
            g[z \in 1 .. 3] == z
            RECURSIVE H(_)
            H(n) == IF n = 0 THEN 0 ELSE H(n - 1)
        IN  F(1) + g[2] + H(3)
Lambdas == Apply(LAMBDA x : x + 1, 3) + Apply(Double, 4)
Labels == \A x \in 1 .. N : positive(x) :: x > 0
Parts == Labels!(1) /\ Labels!positive(2)
Words == [IF |-> 1].IF

TypeOK == /\ queue \in Seq(Names)
          /\ \/ count \in Nat
             \/ count = -1
          /\ last \in Names \union {NoValue}
Init == queue = << >> /\ count = 0 /\ last = NoValue
Add(n) ==
    /\ Len(queue) < N
    /\ queue' = Append(queue, n)
    /\ count' = count + 1
    /\ UNCHANGED last
Take == /\ queue # <<>>
        /\ last' = Head(queue)
        /\ queue' = Tail(queue)
        /\ UNCHANGED <<count>>
Next == (\E n \in Names : Add(n)) \/ Take
Spec == Init /\ [][Next]_vars /\ WF_vars(Take) /\ \A n \in Names : SF_<<queue>>(Add(n))
Live == (count = 1) ~> (last # NoValue)
Hides == \EE q : \AA r : [](count > 0) /\ <>[](count > 1) /\ <><<Take>>_vars
Can == ENABLED Take /\ ENABLED (Take \cdot Take)
-----------------------------------------------------------------------------
---- MODULE Inner ----
CONSTANT k
VARIABLE v
Bump == v' = v + k
======================
I == INSTANCE Inner WITH k <- 1, v <- count
J(m) == INSTANCE Inner WITH k <- m, v <- count
Bumps == I!Bump \/ J(3)!Bump
Z == INSTANCE Integers
Sum2 == Z!+(1, 2)

THEOREM Safe == Spec => []TypeOK
<1>1. Init => TypeOK
  BY NIsNat DEF Init, TypeOK
<1>2. ASSUME TypeOK, NEW n \in Names, [Next]_vars
      PROVE  TypeOK'
  <2> DEFINE T == TypeOK
  <2>1. CASE Add(n)
    OBVIOUS
  <2>2. SUFFICES T'
    OMITTED
  <2> QED BY <2>1, <2>2
<1>3. PICK m \in Names : TRUE
  PROOF OMITTED
<1>. QED  BY <1>1, <1>2 DEF Spec
LEMMA TRUE OBVIOUS
===========================================================================
Text after the module is not TLA+ either: ) ] }
