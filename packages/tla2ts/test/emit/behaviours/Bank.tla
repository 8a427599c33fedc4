-------------------------------- MODULE Bank --------------------------------
\* Functions of records, LETs of actions, IF among conjuncts, a predicate of the next state.
EXTENDS Naturals, FiniteSets
CONSTANTS Account, Start
VARIABLES accounts, log

Init ==
  /\ accounts = [a \in Account |-> [balance |-> Start, open |-> TRUE, limits |-> [out |-> Start, in |-> 2 * Start]]]
  /\ log \in {{}}

Allowed == \A a \in Account : accounts[a].balance <= accounts[a].limits.in

Transfer(a, b, n) ==
  LET paid == [accounts EXCEPT ![a].balance = @ - n, ![b].balance = @ + n]
      Done == accounts' = paid /\ log' = log \cup {<<a, b>>}
  IN /\ a # b
     /\ accounts[a].open /\ accounts[b].open
     /\ accounts[a].balance >= n
     /\ IF n > accounts[a].limits.out THEN UNCHANGED <<accounts, log>> ELSE Done
     /\ Allowed'

Close(a) ==
  /\ accounts[a].open
  /\ accounts' = [accounts EXCEPT ![a].open = FALSE, ![a].limits = [@ EXCEPT !.out = 0]]
  /\ UNCHANGED log

Next == \/ \E a, b \in Account, n \in 1 .. Start : Transfer(a, b, n)
        \/ \E a \in Account : accounts[a].balance = 0 /\ Close(a)

RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET a == CHOOSE a \in S : TRUE IN f[a].balance + Sum(f, S \ {a})
Conserved == Sum(accounts, Account) = Start * Cardinality(Account)
ClosedIsEmpty == \A a \in Account : ~accounts[a].open => accounts[a].balance = 0
NobodyCloses == \A a \in Account : accounts[a].open
=============================================================================
