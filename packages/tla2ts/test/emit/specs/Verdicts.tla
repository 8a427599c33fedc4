------------------------------ MODULE Verdicts ------------------------------
(* Properties of two records with a row of numbers each, s and t, and a number n. *)
EXTENDS Naturals, Sequences

RECURSIVE SumFrom(_, _)
LOCAL SumFrom(row, i) == IF i > Len(row) THEN 0 ELSE row[i] + SumFrom(row, i + 1)
LOCAL Sum(row) == SumFrom(row, 1)
LOCAL Places(row) == [i \in 1..Len(row) |-> i]
LOCAL PlacesIf(applies, row) == IF applies THEN Places(row) ELSE <<>>
LOCAL Find(row, x) == CHOOSE i \in 1..Len(row) : row[i] = x

\* No implication: it always says something.
Plain(s, t, n) == Len(s.row) = Len(t.row)

\* It says something where the sum is n.
Implies(s, t, n) == Sum(s.row) = n => Sum(t.row) = n

\* Two implications, one in the other.
Nested(s, t, n) == n > 0 => (Sum(s.row) > n => Sum(t.row) > n)

\* An implication for each item.
Each(s, t, n) == \A i \in 1..Len(s.row) : s.row[i] > n => s.row[i] < 10

\* A loop without an implication says something for each item.
Every(s, t, n) == \A i \in 1..Len(s.row) : s.row[i] < 10

\* Loops in loops; what is asked of the inner ones decides.
Pairs(s, t, n) ==
  \A i \in 1..Len(s.row) : s.row[i] > n => \A k \in 1..Len(t.row) : \E x \in {1, 2, 3} : x = t.row[k]

\* Two implications, of which one is enough to say something.
Both(s, t, n) == /\ n = 1 => Sum(s.row) > 0
                 /\ n = 2 => Sum(t.row) > 0

\* The sequence is empty where the condition is false: then nothing is said, and the sum is not asked for.
Chosen(s, t, n) ==
  LET total == Sum(s.row)
      pts == PlacesIf(n > 5, s.row)
  IN \A i \in 1..Len(pts) : Find(s.row, s.row[pts[i]]) = pts[i] => total >= s.row[pts[i]]

\* The same sequence with another condition.
ChosenToo(s, t, n) ==
  LET pts == PlacesIf(n > 7, s.row) IN \A i \in 1..Len(pts) : Find(s.row, s.row[pts[i]]) = pts[i]

\* What is computed late is not computed where it is not needed: there is no place of 99.
Late(s, t, n) ==
  LET place == Find(s.row, 99)
  IN n = 99 /\ Len(s.row) > 0 /\ place > 0 => s.row[place] = n

\* Rows as values.
Same(s, t, n) == n = 0 => s = t
=============================================================================
