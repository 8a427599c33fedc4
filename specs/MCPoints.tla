------------------------------ MODULE MCPoints ------------------------------
(***************************************************************************)
(* The lemma that PropertyLib compares states with: it is enough to look   *)
(* at some pages.  For every page there is a point, at or below it, at     *)
(* which the VMAs of both states are the same ones and which lies in the   *)
(* same ranges of the call; and the points of what has changed leave out   *)
(* only pages with the same VMA before and after.                          *)
(***************************************************************************)
EXTENDS MCStep

\* The pages of the space, and some beyond.
AllPages == 0..(LastPage + 4)

\* The ranges of the call that a page lies in.
RangesOf(c, r, p) ==
  IF ~IsMremap(c) THEN <<Named(c, r, p)>>
  ELSE << Named(c, r, p), Within(p, c.addr, c.len), Within(p, c.addr, c.newLen), Within(p, c.newAddr, c.len),
          Within(p, Dest(c, r), c.len), Within(p, Dest(c, r), c.newLen) >>

\* Page q stands for page p.
StandsFor(s, c, r, t, q, p) ==
  q <= p /\ VmaAt(s.vmas, q) = VmaAt(s.vmas, p) /\ VmaAt(t.vmas, q) = VmaAt(t.vmas, p) /\ RangesOf(c, r, q) = RangesOf(c, r, p)

\* Below all points there is nothing.
IsBelow(s, c, r, t, pts, p) ==
  (\A i \in 1..Len(pts) : p < pts[i]) /\ ~IsMapped(s.vmas, p) /\ ~IsMapped(t.vmas, p) /\ ~Named(c, r, p)

\* Some point stands for page p.
HasPoint(s, c, r, t, pts, p) ==
  (\E i \in 1..Len(pts) : StandsFor(s, c, r, t, pts[i], p)) \/ IsBelow(s, c, r, t, pts, p)

\* What P says of every step from here.
OfEveryStep(P(_, _, _, _)) ==
  verdict = "not yet" =>
    \A c \in CallSet :
      \A choice \in Choices(space, c, 1, LastPage) :
        LET o == Do(space, c, choice, Prof) IN P(space, c, o.result, o.space)

\* Every page has a point.
PointsStandForAll ==
  OfEveryStep(LAMBDA s, c, r, t :
    LET pts == Points(s, c, r, t) IN \A p \in AllPages : HasPoint(s, c, r, t, pts, p))

\* Every page at which something has changed has a point among those of what has changed.
ChangedPointsStandForChanges ==
  OfEveryStep(LAMBDA s, c, r, t :
    LET pts == ChangedPoints(s, c, r, t)
    IN \A p \in AllPages : VmaAt(s.vmas, p) = VmaAt(t.vmas, p) \/ HasPoint(s, c, r, t, pts, p))

\* Every page of the range of a call that names one has a point among those of the range.
RangePointsStandForRange ==
  OfEveryStep(LAMBDA s, c, r, t :
    LET pts == RangePoints(TRUE, s, c, r, t)
    IN \A p \in AllPages : Within(p, c.addr, c.len) => \E i \in 1..Len(pts) : StandsFor(s, c, r, t, pts[i], p))

\* Every page of the source of a move has a point among those of moves, and with it the page where it goes.
MovePointsStandForSource ==
  OfEveryStep(LAMBDA s, c, r, t :
    LET pts == MovePoints(TRUE, s, c, r, t)
        shift(p) == p - c.addr + Dest(c, r)
    IN HasMoved(c, r) =>
         \A p \in AllPages :
           Within(p, c.addr, c.len) =>
             \E i \in 1..Len(pts) :
               StandsFor(s, c, r, t, pts[i], p) /\ VmaAt(s.vmas, shift(pts[i])) = VmaAt(s.vmas, shift(p))
                 /\ VmaAt(t.vmas, shift(pts[i])) = VmaAt(t.vmas, shift(p)))

\* From each layout every call is tried; where it leads does not matter.
OnlyInitial == Init /\ [][FALSE]_vars
=============================================================================
