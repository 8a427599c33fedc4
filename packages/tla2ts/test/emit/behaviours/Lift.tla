-------------------------------- MODULE Lift --------------------------------
\* A lift, which is what an instance of another module says of its position.
EXTENDS Integers
CONSTANTS Floors, Person
VARIABLES floor, doors, where

Position == INSTANCE Walk WITH x <- floor, Last <- Floors
Home == INSTANCE Walk WITH x <- floor, Last <- 1

Init == Position!Init /\ doors = "open" /\ where = [p \in Person |-> 1]

Move == doors = "closed" /\ (Position!Up \/ Position!Down) /\ UNCHANGED <<doors, where>>
Doors == doors' = (IF doors = "open" THEN "closed" ELSE "open") /\ UNCHANGED <<floor, where>>
\* 0 is inside.
Enter(p) == doors = "open" /\ where[p] = floor /\ where' = [where EXCEPT ![p] = 0] /\ UNCHANGED <<floor, doors>>
Leave(p) == doors = "open" /\ where[p] = 0 /\ where' = [where EXCEPT ![p] = floor] /\ UNCHANGED <<floor, doors>>

Next == Move \/ Doors \/ \E p \in Person : Enter(p) \/ Leave(p)

TypeOK == Position!TypeOK /\ doors \in {"open", "closed"} /\ where \in [Person -> 0 .. Floors]
AtHome == Home!TypeOK
CanMove == doors = "closed" /\ floor > 1 => ENABLED Move
NoWay == ENABLED Enter("ann") => floor < Floors
Asked(question) == IF question = "where" THEN 7 ELSE doors \in {"open", "closed"}
DoorsKnown == Asked("doors")
=============================================================================
