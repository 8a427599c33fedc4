------------------------------ MODULE Replicas ------------------------------
(* A value is written to one replica at a time, with a version above all before; replicas copy it from each other. Every way  *)
(* to spread the versions so far is reached: with n replicas and versions up to v there are (v + 1)^n states.               *)
EXTENDS Naturals

CONSTANTS
  Replicas,
  Last       \* the last version that is written

VARIABLES
  written,   \* the version that was written last
  version    \* the version that each replica has

TypeOK ==
  /\ written \in 0 .. Last
  /\ version \in [Replicas -> 0 .. Last]

Init ==
  /\ written = 0
  /\ version = [r \in Replicas |-> 0]

Write(r) ==
  /\ written < Last
  /\ written' = written + 1
  /\ version' = [version EXCEPT ![r] = written + 1]

Copy(r, from) ==
  /\ version[r] < version[from]
  /\ version' = [version EXCEPT ![r] = version[from]]
  /\ UNCHANGED written

Next == \E r \in Replicas : Write(r) \/ \E from \in Replicas : Copy(r, from)

-----------------------------------------------------------------------------
NothingNewer == \A r \in Replicas : version[r] <= written
NeverLost == \E r \in Replicas : version[r] = written
=============================================================================
