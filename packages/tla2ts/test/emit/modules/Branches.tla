------------------------------ MODULE Branches ------------------------------
\* IF and CASE, in each other, with LET, as conditions.
EXTENDS Integers, Sequences

Grade(n) == CASE n >= 90 -> "A" [] n >= 80 -> "B" [] n >= 70 -> "C" [] OTHER -> "F"
\* > <<Grade(95), Grade(85), Grade(75), Grade(5)>>
\* Several arms may be true: the first counts.
Overlap(n) == CASE n > 0 -> "positive" [] n % 2 = 0 -> "even" [] n < -5 -> "small"
\* > <<Overlap(4), Overlap(-2), Overlap(-7)>>
\* > Overlap(-3)
Chain(a, b) == IF a THEN 1 ELSE IF b THEN 2 ELSE IF a \/ b THEN 3 ELSE 4
\* > [p \in BOOLEAN \X BOOLEAN |-> Chain(p[1], p[2])]
InCondition(x) == IF IF x > 0 THEN x > 5 ELSE x < -5 THEN "far" ELSE "near"
\* > <<InCondition(6), InCondition(1), InCondition(-6), InCondition(0)>>
InCase(x) == CASE (IF x = 0 THEN TRUE ELSE FALSE) -> (CASE x = 0 -> "zero" [] OTHER -> "never") [] OTHER -> (IF x > 0 THEN "plus" ELSE "minus")
\* > <<InCase(0), InCase(3), InCase(-3)>>
OfSets(n) == (IF n > 0 THEN 1 .. n ELSE {}) \cup (CASE n = 3 -> {10} [] OTHER -> {})
\* > <<OfSets(0), OfSets(2), OfSets(3)>>
OfFunctions(c) == (IF c THEN [x \in 1 .. 2 |-> x] ELSE <<5, 6>>)[2]
\* > <<OfFunctions(TRUE), OfFunctions(FALSE)>>
Both(c, p, q) == IF c THEN p ELSE q
\* > <<Both(TRUE, FALSE, TRUE) \/ Both(FALSE, FALSE, TRUE), Both(1 = 2, 1, 2) + 1>>
Needed(s) == IF s = <<>> THEN 0 ELSE CASE Len(s) = 1 -> s[1] [] Len(s) > 1 -> s[2]
\* > <<Needed(<<>>), Needed(<<7>>), Needed(<<7, 8>>)>>
=============================================================================
