-------------------------------- MODULE Ring --------------------------------
\* A buffer with places for Size items, written and read in turn.
EXTENDS Integers, Sequences
CONSTANTS Size, Item
ASSUME Size \in Nat /\ Size > 0

VARIABLES buffer, first, count, got
vars == <<buffer, first, count, got>>

Places == 0 .. Size - 1
Empty == CHOOSE e : e \notin Item

TypeOK ==
  /\ buffer \in [Places -> Item \cup {Empty}]
  /\ first \in Places
  /\ count \in 0 .. Size
  /\ got \in Seq(Item)

Init ==
  /\ buffer = [i \in Places |-> Empty]
  /\ first = 0 /\ count = 0
  /\ got = <<>>

Put(x) ==
  /\ count < Size
  /\ LET last == (first + count) % Size
     IN buffer' = [buffer EXCEPT ![last] = x]
  /\ count' = count + 1
  /\ UNCHANGED <<first, got>>

Get ==
  LET item == buffer[first] IN
  /\ count > 0
  /\ Len(got) < 3
  /\ got' = Append(got, item)
  /\ buffer' = [buffer EXCEPT ![first] = Empty]
  /\ first' = (first + 1) % Size
  /\ count' = count - 1

Next == (\E x \in Item : Put(x)) \/ Get
Spec == Init /\ [][Next]_vars

Full == count = Size <=> \A i \in Places : buffer[i] # Empty
NeverTwice == Len(got) > 1 => got[1] # got[2]
=============================================================================
