-------------------------------- MODULE Bag --------------------------------
\* Some of what is there is taken out, and something may be put in.
EXTENDS FiniteSets

CONSTANT Things
VARIABLES inside, taken

Init == inside \subseteq Things /\ taken = {}

Take == taken' \subseteq inside /\ inside' = inside \ taken'

Put(t) == t \notin inside /\ inside' = inside \cup {t} /\ taken' \subseteq taken \cap Things

Next == Take \/ \E t \in Things : Put(t)

Apart == inside \cap taken = {}
TypeOK == inside \subseteq Things /\ taken \subseteq Things
=============================================================================
