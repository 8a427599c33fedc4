-------------------------------- MODULE Ways --------------------------------
(* One action for each way of writing one: every construct that gives a variable its next value, or that counts ways. *)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS Top, Apply(_, _), Colour
VARIABLES n, s, f, r

vars == <<n, s, f, r>>
others == <<f, r>>

Sum(a, b) == (a + b) % (Top + 1)
FirstColour == CHOOSE c \in Colour : TRUE

Init ==
  /\ n \in 0..1
  /\ \/ s = <<>>
     \/ n = 1 /\ s = <<1>>
  /\ f = [c \in Colour |-> n]
  /\ r = [kind |-> "idle", colour |-> FirstColour]

\* Ways are counted in guards too.
GuardWays ==
  /\ \E i \in 0..Top : i >= n
  /\ n < 2 \/ s = <<>>
  /\ n' = n
  /\ UNCHANGED <<s, f, r>>

Choose == n' \in {i \in 0..Top : i > n} /\ UNCHANGED <<s, others>>

Branch ==
  /\ IF n % 2 = 0 THEN n' = n + 1 ELSE n' \in {0, n}
  /\ CASE n = 0 -> s' = <<n'>>
       [] n = Top -> s' = <<>>
       [] OTHER -> s' = s
  /\ n' <= Top
  /\ UNCHANGED others

WithLet ==
  LET next == Sum(n, 1)
      Set(v) == n' = v
      g[i \in 0..Top] == IF i = 0 THEN 0 ELSE 1 + g[i - 1]
  IN  /\ Set(g[next])
      /\ s' = IF Len(s) < 2 THEN Append(s, n') ELSE Tail(s)
      /\ UNCHANGED others

Twice(A(_), v) == A(v) \/ A(v + 1)

HigherOrder ==
  /\ Twice(LAMBDA v : n' = Sum(v, 0), n)
  /\ UNCHANGED <<s, f, r>>

Assign(old, new, v) == new = v /\ old # v

ByParameter == Assign(n, n', Apply(n, 2)) /\ UNCHANGED <<s, f, r>>

Update(c) ==
  /\ f' = [f EXCEPT ![c] = (@ + 1) % 2]
  /\ r' = [r EXCEPT !.kind = IF f'[c] = 1 THEN "busy" ELSE "idle", !.colour = c]
  /\ UNCHANGED <<n, s>>

Implied == (n = 1 => n' = 0) /\ (n # 1 => n' = n) /\ UNCHANGED <<s, f, r>>

Enabled == ENABLED Choose /\ ~ENABLED (n' = n /\ n > 0) /\ [n' = Top]_n /\ UNCHANGED <<s, f, r>>

Next ==
  \/ GuardWays \/ Choose \/ Branch \/ WithLet
  \/ HigherOrder
  \/ ByParameter
  \/ \E c \in Colour : Update(c)
  \/ Implied \/ Enabled

Spec == Init /\ [][Next]_vars

TypeOK ==
  /\ n \in 0..Top
  /\ s \in Seq(0..Top) /\ Len(s) <= 2
  /\ f \in [Colour -> 0..1]
  /\ r \in [kind : {"idle", "busy"}, colour : Colour]

SmallSteps == [][Len(s') <= Len(s) + 1]_s
FewBusy == Cardinality({c \in Colour : f[c] = 1}) <= 1
NotBusy == [][r'.kind = "busy" => r.kind = "idle"]_r
NotBusyStep == r.kind = "busy" => r'.kind = "idle"
OnlyN == <<n, s>>
Shown == [number |-> n, next |-> n', kinds |-> {r.kind}]
AllColours == \A c \in Colour : f[c] = 1
ReachesTop == n = Top /\ s = <<Top, Top>>
=============================================================================
