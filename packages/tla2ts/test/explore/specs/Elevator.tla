------------------------------ MODULE Elevator -------------------------------
(* A lift and its door: each kind of expression whose evaluations are counted, and some that are never evaluated. *)
EXTENDS Naturals, FiniteSets

CONSTANT Top

VARIABLES floor, door, calls

vars == <<floor, door, calls>>

\* Where the lift is asked to go.
Wanted(f) == \E c \in calls : c = f

Distance(a, b) == IF a < b THEN b - a ELSE a - b

Init ==
  /\ floor = 1
  /\ door = "closed"
  /\ calls = {}

Call ==
  \E f \in 1..Top :
    /\ f \notin calls
    /\ calls' = calls \union {f}
    /\ UNCHANGED <<floor, door>>

Move ==
  /\ door = "closed"
  /\ \E f \in calls :
       LET up == floor < f
           far == Distance(floor, f) > Top
       IN IF far THEN floor' = f
          ELSE IF up THEN floor' = floor + 1
          ELSE /\ floor > f
               /\ floor' = floor - 1
  /\ UNCHANGED <<door, calls>>

Door ==
  \/ /\ door = "closed"
     /\ Wanted(floor)
     /\ door' = "open"
     /\ calls' = calls \ {floor}
     /\ UNCHANGED floor
  \/ /\ door = "open"
     /\ door' = "closed"
     /\ UNCHANGED <<floor, calls>>
  \/ /\ door = "stuck"
     /\ door' = "open"
     /\ UNCHANGED <<floor, calls>>

Next == Call \/ Move \/ Door

Spec == Init /\ [][Next]_vars

TypeOK ==
  /\ floor \in 1..Top
  /\ door \in {"open", "closed"}
  /\ calls \subseteq 1..Top

Stopped == door = "open" => floor <= Top \/ Top > 5

Kind ==
  CASE door = "closed" -> floor <= Top
    [] door = "open" -> TRUE
    [] OTHER -> FALSE
=============================================================================
