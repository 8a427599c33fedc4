---- MODULE Writers ----
\* Readers may keep a writer out for ever.
EXTENDS FiniteSets, Naturals
CONSTANTS Readers, FairWriter
VARIABLES reading, writing, asked
vars == <<reading, writing, asked>>
Init == reading = {} /\ writing = FALSE /\ asked = FALSE
Read(r) == r \notin reading /\ ~writing /\ reading' = reading \cup {r} /\ UNCHANGED <<writing, asked>>
Done(r) == r \in reading /\ reading' = reading \ {r} /\ UNCHANGED <<writing, asked>>
Ask == ~asked /\ asked' = TRUE /\ UNCHANGED <<reading, writing>>
Write == asked /\ reading = {} /\ ~writing /\ writing' = TRUE /\ UNCHANGED <<reading, asked>>
Stop == writing /\ writing' = FALSE /\ asked' = FALSE /\ UNCHANGED reading
Next == Ask \/ Write \/ Stop \/ \E r \in Readers : Read(r) \/ Done(r)
Spec == /\ Init /\ [][Next]_vars
        /\ \A r \in Readers : WF_vars(Done(r))
        /\ WF_vars(Stop)
        /\ IF FairWriter THEN SF_vars(Write) ELSE WF_vars(Write)
Writes == asked ~> writing
====
