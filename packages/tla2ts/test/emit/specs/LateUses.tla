------------------------------ MODULE LateUses ------------------------------
\* Calls with arguments that have no value. TLC finds every case TRUE.
EXTENDS Late

None == <<>>
Nothing == Head(None)

Cases == <<
  Either(TRUE, 1, Nothing) = 1,
  Either(FALSE, Nothing, 2) = 2,
  Handed(FALSE, Nothing) = 1,
  Parity(4, Nothing) = 0,
  Parity(5, 3) = 3,
  Drop(1, None) = 0,
  Depth(3, Nothing) = 3,
  Call(LAMBDA y : 7, Nothing) = 7,
  Call(LAMBDA y : y + 1, 7) = 8,
  Call2(Second, Nothing, 3) = 3,
  Call2(LAMBDA a, b : Either(a = 1, b, 9), 2, Nothing) = 9,
  Both(FALSE, Nothing) = FALSE,
  Implied(FALSE, Nothing) = TRUE,
  Thrice(FALSE, Nothing) = 0,
  Thrice(TRUE, Len(None) + 1) = 3,
  Chosen(1, 5, Nothing) = 5,
  Chosen(3, Nothing, Nothing) = 3,
  LET x == Nothing IN 1 = 1,
  LET x == Nothing
      y == x + 1
  IN Either(TRUE, 4, y) = 4,
  LET Local(c, x) == IF c THEN x ELSE 0 IN Local(FALSE, Nothing) = 0,
  LET Local(c, x) == IF c THEN x ELSE 0
      Again(x) == Local(FALSE, x) + Local(FALSE, x + 1)
  IN Again(Nothing) = 0,
  \A i \in DOMAIN None : Either(FALSE, 1, None[i]) = 1,
  [f \in {1, 2} |-> f] = [[f \in {1, 2} |-> f] EXCEPT ![3] = Nothing],
  \A n \in 1 .. 3 : Either(n < 4, n, <<1, 2, 3>>[n + 3]) = n,
  SelectSeq(<<1, 2, 3>>, LAMBDA n : Either(n = 2, TRUE, n > 2 /\ Either(FALSE, Nothing = n, FALSE))) = <<2>>
>>
=============================================================================
