----------------------------- MODULE Counters -------------------------------
\* Counters with an operator that primes its parameter, and a constant that is an operator.
EXTENDS Naturals
CONSTANTS Name, Max, Allowed(_, _)
VARIABLES counters, turn, total

Become(v, value) == v' = value
Keep(v) == UNCHANGED v

Init == counters = [n \in Name |-> 0] /\ turn \in Name /\ total = 0

Count(n) ==
  /\ turn = n
  /\ counters[n] < Max
  /\ Allowed(n, counters[n])
  /\ Become(counters, [counters EXCEPT ![n] = @ + 1])
  /\ Become(total, total + 1)
  /\ turn' \in Name \ {n}

Pass(n) ==
  /\ turn = n
  /\ \E m \in Name : m # n /\ Become(turn, m)
  /\ Keep(<<counters, total>>)

Next == \E n \in Name : Count(n) \/ Pass(n)

RECURSIVE Sum(_)
Sum(S) == IF S = {} THEN 0 ELSE LET n == CHOOSE n \in S : TRUE IN counters[n] + Sum(S \ {n})

Right == total = Sum(Name)
Small == total < 4
=============================================================================
