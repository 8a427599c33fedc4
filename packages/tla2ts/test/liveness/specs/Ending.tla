---- MODULE Ending ----
\* A computation that ends. Where nothing is enabled a behaviour stutters for ever.
EXTENDS Naturals
VARIABLE n
Init == n \in 1 .. 7
Half == n > 1 /\ n % 2 = 0 /\ n' = n \div 2
Odd == n > 1 /\ n % 2 = 1 /\ n' = n - 1
Next == Half \/ Odd
Spec == Init /\ [][Next]_n /\ WF_n(Next)
Lazy == Init /\ [][Next]_n
Ends == <>[](n = 1)
Begins == []<>(n = 2)
Four == n > 3 ~> n = 2
====
