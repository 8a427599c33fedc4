------------------------------- MODULE Copies -------------------------------
(* Records of a named type are copied by a function, unless the module has its name for something else. *)
EXTENDS Naturals

Point == [x |-> 0, y |-> 0, name |-> "origin"]
Segment == [from |-> Point, to |-> Point, bold |-> FALSE]

withPoint(p) == p.x + 100

Right(p) == [p EXCEPT !.x = @ + 1]
Longer(s) == [s EXCEPT !.to.x = @ + s.from.x, !.bold = TRUE]
Back(s) == [s EXCEPT !.bold = FALSE, !.from = s.to]

Taken == <<withPoint(Right(Point)), Right(Right(Point))>>
Nested == Longer(Longer([Segment EXCEPT !.from.x = 3]))
False == Back(Longer(Segment))
Equal == Longer(Segment) = [from |-> Point, to |-> Point, bold |-> TRUE]
=============================================================================
