------------------------------ MODULE Readable ------------------------------
\* Constructs that generated code writes as statements, and some that are too long for a line.
EXTENDS Integers, Sequences, FiniteSets

(***************************************************************************)
(* A boat with nobody on it.                                               *)
(*     |___|                                                               *)
(***************************************************************************)
NoBoat == [ name |-> "", seats |-> 0, taken |-> <<>>, weight |-> 0, afloat |-> FALSE, captain |-> "nobody at all" ]

\* IF in a row, the last of them with a name.
Fare(boat, age, distance) ==
  IF age < 6 THEN 0
  ELSE IF boat.captain = "friend" THEN 1
  ELSE LET full == distance * 3 IN IF age < 14 THEN full \div 2 ELSE full

\* CASE.
Size(boat) ==
  CASE boat.seats = 1 -> "small"
    [] boat.seats \in {2, 3, 4} -> "middle"
    [] boat.seats > 4 -> "large"

\* A name that is needed only if the first test fails.
Seat(boat, who) ==
  LET free == boat.seats - Len(boat.taken)
      first == CHOOSE i \in 1 .. Len(boat.taken) : boat.taken[i] = who
  IN IF ~boat.afloat \/ who = boat.captain \/ free = 0 THEN 0 ELSE first

\* Paths that do not read each other.
Boarded(boat, who, weight) ==
  [boat EXCEPT !.taken = Append(@, who), !.weight = @ + weight, !.captain = IF boat.captain = "" THEN who ELSE @]

\* The same on something without a name.
Launched(boat, who) == [Boarded(boat, who, 70) EXCEPT !.afloat = TRUE, !.weight = @ + 1]

\* The last call is the next round.
RECURSIVE Row(_, _, _)
Row(boat, strokes, at) ==
  IF strokes = 0 THEN at
  ELSE IF Len(boat.taken) = 0 THEN Row(boat, strokes - 1, at)
  ELSE Row([boat EXCEPT !.taken = Tail(@)], strokes - 1, at + Len(boat.taken))

\* A conjunction with a name inside, an implication that is long.
Sound(boats, limit) ==
  /\ Cardinality(boats) <= limit
  /\ \A boat \in boats :
       LET load == boat.weight + boat.seats
       IN /\ load < 1000
          /\ boat.afloat /\ Len(boat.taken) > 0 => boat.captain # "nobody at all" /\ load > boat.seats /\ boat.name # ""

\* A definition inside that takes arguments.
Total(boats) ==
  LET Sum[rest \in SUBSET boats] ==
        IF rest = {} THEN 0 ELSE LET one == CHOOSE b \in rest : TRUE IN one.weight + Sum[rest \ {one}]
  IN Sum[boats]
=============================================================================
