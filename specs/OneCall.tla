------------------------------ MODULE OneCall -------------------------------
(***************************************************************************)
(* mremap(2) in one step: what the phases of MremapPhases.tla must come    *)
(* to.  The call is given; its step takes the space to what Mremap.tla     *)
(* says, with whatever address get_unmapped_area may have answered.        *)
(***************************************************************************)
EXTENDS Explore

CONSTANT Release   \* facts of the release

VARIABLES space,   \* the space, under canonical names
          call,    \* the call
          result   \* what it returned; Pending before

\* The call has not returned.
Pending == [ok |-> FALSE, value |-> 0, errno |-> "pending"]

Init == result = Pending

\* The chosen address is in the result: 0 stands for no room.
Next ==
  /\ result = Pending
  /\ call' = call
  /\ LET o == Mremap(space, call, result'.value, Release)
     IN result' = o.result /\ space' = Canonical(o.space)

Spec == Init /\ [][Next]_<<space, call, result>>
=============================================================================
