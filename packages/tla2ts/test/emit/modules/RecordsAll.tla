----------------------------- MODULE RecordsAll -----------------------------
\* Records: fields, sets of records, records in records, records as functions.
EXTENDS Integers, FiniteSets, Sequences

Point(x, y) == [x |-> x, y |-> y]
Origin == Point(0, 0)
Moved(p, dx, dy) == [p EXCEPT !.x = @ + dx, !.y = @ + dy]
Distance(p, q) == (p.x - q.x) ^ 2 + (p.y - q.y) ^ 2
\* > <<Moved(Origin, 3, 4), Distance(Origin, Point(3, 4)), Moved(Moved(Origin, 1, 1), -2, 0).x>>

Line(p, q) == [from |-> p, to |-> q, name |-> "line", tags |-> {"straight"}]
Bent(l, p) == [l EXCEPT !.to.x = p.x, !.from = p, !.tags = @ \cup {"bent"}]
\* > <<Line(Origin, Point(1, 2)), Bent(Line(Origin, Point(1, 2)), Point(7, 8)).to>>

Points == [x : {0, 1}, y : {5, 6}]
Belongs(p) == <<p \in Points, p \in [x : Nat, y : Int], p \in [x : Int, y : {6}]>>
\* > <<Points, Cardinality(Points), Belongs(Point(0, 6)), Belongs(Point(-1, 5))>>
Messages == [type : {"ask"}, id : 1 .. 2] \cup [type : {"answer"}, id : 1 .. 2, value : BOOLEAN]
Answers(ms) == {m \in ms : m.type = "answer" /\ m.value}
\* > <<Cardinality(Messages), Answers(Messages), {m.id : m \in Messages}>>

AsFunctions == <<DOMAIN Origin, Origin["x"], [f \in DOMAIN Origin |-> 1], [a |-> 1, b |-> 2] = [f \in {"a", "b"} |-> IF f = "a" THEN 1 ELSE 2]>>
Equal == <<[a |-> 1, b |-> 2] = [b |-> 2, a |-> 1], [a |-> 1] = [b |-> 1], Origin # Point(0, 1)>>
\* The field has the name of something of JavaScript.
Words == [class |-> 1, new |-> 2, constructor |-> 3, length |-> 4, __proto |-> 5]
WordsUsed == <<Words.class, Words.new, Words.constructor, Words.length, Words.__proto, DOMAIN Words>>

\* A list of records, a record of lists.
People == << [name |-> "Ada", age |-> 36], [name |-> "Alan", age |-> 41] >>
Oldest(people) == CHOOSE i \in 1 .. Len(people) : \A j \in 1 .. Len(people) : people[j].age <= people[i].age
Grown(people) == [i \in 1 .. Len(people) |-> [people[i] EXCEPT !.age = @ + 1]]
\* > <<People[Oldest(People)].name, Grown(People)>>
Missing(p) == p.z
\* > Missing([x |-> 1])
=============================================================================
