------------------------------ MODULE Excepts ------------------------------
\* EXCEPT: every kind of path, several at once, @.
EXTENDS Integers, Sequences, TLC

Grid == [x \in 1 .. 2, y \in 1 .. 2 |-> x * 10 + y]
Rows == [x \in 1 .. 2 |-> [y \in 1 .. 2 |-> x * 10 + y]]
Store == [owner |-> "me", items |-> <<[id |-> 1, tags |-> {"a"}], [id |-> 2, tags |-> {}]>>, size |-> [w |-> 1, h |-> 2]]
Ages == [p \in {"ann", "bob"} |-> 30]

OfFunctions == <<[Grid EXCEPT ![1, 2] = 0], [Grid EXCEPT ![<<2, 2>>] = @ + 1], [Rows EXCEPT ![2][1] = @ * 2], [Ages EXCEPT !["ann"] = @ + 1]>>
Several == <<[Ages EXCEPT !["ann"] = 1, !["bob"] = 2], [Ages EXCEPT !["ann"] = 1, !["ann"] = @ + 1], [Rows EXCEPT ![1][1] = 0, ![1][2] = 0]>>
OfRecords == <<[Store EXCEPT !.owner = "you"], [Store EXCEPT !.size.w = @ + 1, !.size.h = 0], [Store EXCEPT !["owner"] = "they"]>>
Deep == [Store EXCEPT !.items[1].tags = @ \cup {"b"}, !.items[2] = [@ EXCEPT !.id = 9], !.owner = "us"]
OfSequences == <<[<<1, 2, 3>> EXCEPT ![2] = 0], [<<1, 2>> EXCEPT ![1] = @ + 5, ![2] = @ * 2], [<< <<1>>, <<2>> >> EXCEPT ![2][1] = 7]>>
\* Outside of the domain nothing is changed.
Outside == <<[Ages EXCEPT !["cyd"] = 1], [<<1>> EXCEPT ![5] = 1]>>
\* @ is the old value at each level.
Levels(r, n) == [r EXCEPT !.a = [@ EXCEPT !.b = @ + n]]
\* > Levels([a |-> [b |-> 1, c |-> 2]], 5)
Moved(balance, from, to, amount) == [balance EXCEPT ![from] = @ - amount, ![to] = @ + amount]
\* > <<Moved(Ages, "ann", "bob", 5), Moved(Ages, "ann", "ann", 5)>>
Counted(f, keys) == LET G[n \in 0 .. Len(keys)] == IF n = 0 THEN f ELSE [G[n - 1] EXCEPT ![keys[n]] = @ + 1] IN G[Len(keys)]
\* > Counted([x \in {"a", "b"} |-> 0], <<"a", "b", "a">>)
=============================================================================
