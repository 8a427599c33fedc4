----------------------------- MODULE PropertyLib ----------------------------
(***************************************************************************)
(* What the properties of steps and phases are said with: the ranges that  *)
(* a call names, the pages at which two states are compared, and how far a *)
(* move of many VMAs gets.  Nothing here is a property, and nothing here   *)
(* looks at how Calls.tla or Mremap.tla do their work.                     *)
(*                                                                         *)
(* Pages are compared at representatives: where neither an end of a VMA    *)
(* (of the state before or after) nor an end of a range of the call lies   *)
(* between two pages, both look alike in both states.  MCPoints checks     *)
(* this lemma against all pages of a small space.                          *)
(***************************************************************************)
EXTENDS Merge, FiniteSets

(***************************************************************************)
(* Ranges of a call.                                                       *)
(***************************************************************************)

\* Page p is one of the n pages from a on.
Within(p, a, n) == a <= p /\ p < a + n

\* The call is mremap.
IsMremap(c) == c.op = "mremap"

\* Flags by which the caller names (or hints at) a destination.
NamesTarget(c) == c.fixed \/ c.dontUnmap

\* Flaws of mremap's arguments that releases find early or late, or not at all.
MaybeFlaws == {"wraps", "tooBig", "targetUnaligned", "lengthsDiffer"}

\* Arguments without a value in pages, which every release refuses; brk does it without an error.
BadArguments(c) == c.argClass # "ok" /\ ~(IsMremap(c) /\ c.argClass \in MaybeFlaws) /\ c.op # "brk"

\* The walk over many VMAs, since 6.17: MREMAP_FIXED with equal lengths (vrm_move_only).
MovesMany(c, prof) == prof.multiVmaMove /\ IsMremap(c) /\ c.fixed /\ c.len = c.newLen

\* The call succeeded in moving (or, with old length 0, duplicating) memory to another address.
HasMoved(c, r) == IsMremap(c) /\ r.ok /\ r.value # c.addr

\* Where the destination begins.
Dest(c, r) == IF r.ok THEN r.value ELSE c.newAddr

\* Pages of the destination that the call may have touched.
DestLen(c, r) == IF r.ok \/ c.fixed THEN c.newLen ELSE 0

\* The call is about all memory that is registered or locked, or about the heap, whose end is in the state.
NamesNoRange(c) == c.op \in {"mlockall", "munlockall", "uffdClose", "brk"}

\* Page p is in a range that the call names or that was chosen for it.
Named(c, r, p) ==
  IF BadArguments(c) THEN FALSE
  ELSE IF NamesNoRange(c) THEN TRUE
  ELSE IF c.op = "mmap" THEN Within(p, c.newAddr, c.len)
  ELSE Within(p, c.addr, c.len) \/ (IsMremap(c) /\ Within(p, Dest(c, r), DestLen(c, r)))

(***************************************************************************)
(* A limit may refuse the call, or a part of it: each VMA of the range may *)
(* be split, or leave another one behind.                                  *)
(***************************************************************************)
NearLimit(s, c) ==
  \/ 3 * Len(s.vmas) + s.elsewhere.maps + 6 > s.limits.maps
  \/ ~s.limits.ipcLock
  \/ s.totalVm + s.elsewhere.total + c.len + c.newLen > s.limits.as
  \/ s.limits.data # 0 /\ s.totalVm + s.elsewhere.data + c.len + c.newLen > s.limits.data

(***************************************************************************)
(* mremap failed when it had begun, for a limit or, until 6.16, for what   *)
(* its source is: the destination, the tail of a shrink, and pieces of a   *)
(* walk may be gone from their places.                                     *)
(***************************************************************************)
StoppedLate(c, r, prof) ==
  /\ IsMremap(c) /\ c.fixed
  /\ r.errno = "ENOMEM" \/ (~prof.checksBeforeUnmap /\ r.errno \in {"EFAULT", "EINVAL", "EAGAIN"})

(***************************************************************************)
(* Representatives.                                                        *)
(***************************************************************************)

\* Starts and ends of all VMAs.
Edges(vmas) ==
  [i \in 1..(2 * Len(vmas)) |-> IF i % 2 = 1 THEN vmas[(i + 1) \div 2].start ELSE vmas[i \div 2].end]

\* Ends of the ranges of the call: mremap has a source and a destination, mmap only the place that was chosen.
CallEdges(c, r) ==
  IF IsMremap(c)
  THEN << c.addr, c.addr + c.len, c.addr + c.newLen, c.newAddr, c.newAddr + c.len,
          Dest(c, r), Dest(c, r) + c.len, Dest(c, r) + c.newLen >>
  ELSE IF c.op = "mmap" THEN << c.newAddr, c.newAddr + c.len >>
  ELSE << c.addr, c.addr + c.len >>

\* All pages at which a step is looked at.
Points(s, c, r, t) == Edges(s.vmas) \o Edges(t.vmas) \o CallEdges(c, r)

\* How many VMAs, from index i on, are the same at the head, or counted from the end, of two maps.
RECURSIVE HeadFrom(_, _, _, _)
HeadFrom(u, v, i, n) == IF i > n THEN n ELSE IF u[i] # v[i] THEN i - 1 ELSE HeadFrom(u, v, i + 1, n)
RECURSIVE TailFrom(_, _, _, _)
TailFrom(u, v, i, n) ==
  IF i > n THEN n
  ELSE IF u[Len(u) + 1 - i] # v[Len(v) + 1 - i] THEN i - 1
  ELSE TailFrom(u, v, i + 1, n)

\* The pages at which something may look different: VMAs that both maps begin or end with are left out.
ChangedPoints(s, c, r, t) ==
  LET n == Min(Len(s.vmas), Len(t.vmas))
      head == HeadFrom(s.vmas, t.vmas, 1, n)
      tail == TailFrom(s.vmas, t.vmas, 1, n - head)
  IN Edges(SubSeq(s.vmas, head + 1, Len(s.vmas) - tail)) \o Edges(SubSeq(t.vmas, head + 1, Len(t.vmas) - tail))
       \o CallEdges(c, r)

\* All points, if the step is of the kind that a property is about.
PointsIf(applies, s, c, r, t) == IF applies THEN Points(s, c, r, t) ELSE <<>>

\* Those that lie in the range of the call.
RangePoints(applies, s, c, r, t) ==
  LET isNamed(p) == Within(p, c.addr, c.len) IN SelectSeq(PointsIf(applies, s, c, r, t), isNamed)

\* Pages of the source at which a move is looked at: also what corresponds to an edge in the destination.
MovePoints(applies, s, c, r, t) ==
  LET e == PointsIf(applies, s, c, r, t)
      isSource(p) == Within(p, c.addr, c.len)
  IN SelectSeq(e \o [i \in 1..Len(e) |-> Monus(e[i] + c.addr, Dest(c, r))], isSource)

(***************************************************************************)
(* Page views.                                                             *)
(***************************************************************************)

\* Page p is the same memory with the same permissions under u and under v; both may be NoVma.
SameMemory(u, v, p) ==
  /\ (u.end = 0) = (v.end = 0)
  /\ u.read = v.read
  /\ u.write = v.write
  /\ u.exec = v.exec
  /\ u.shared = v.shared
  /\ u.file = v.file
  /\ u.noreserve = v.noreserve
  /\ PageIndex(u, p) = PageIndex(v, p)

\* mlock has the same meaning under u and under v.
SameLocks(u, v) == u.locked = v.locked /\ u.lockonfault = v.lockonfault

\* Page p looks the same in all respects but the anon_vma, which a neighbour may have brought.
SamePage(u, v, p) ==
  /\ SameMemory(u, v, p) /\ SameLocks(u, v)
  /\ u.account = v.account
  /\ u.sealed = v.sealed
  /\ u.uffd = v.uffd /\ u.ctx = v.ctx
  /\ u.extra = v.extra \/ ComparedFlags(u.extra) = ComparedFlags(v.extra)

\* The frames of two states at page p are the same, or there is none in both.
SameFrame(s, t, p) ==
  IF p \in DOMAIN s.frames THEN p \in DOMAIN t.frames /\ t.frames[p] = s.frames[p] ELSE p \notin DOMAIN t.frames

\* The frames in use.
FramesOf(s) == {s.frames[p] : p \in DOMAIN s.frames}

(***************************************************************************)
(* Defects that reach beyond the range (Profile.tla).                      *)
(***************************************************************************)

\* The VMA has a page in the source range.
TouchesSource(v, c) == Overlap(v.start, v.end, c.addr, c.addr + c.len)

\* A page under v before and u after may have lost VM_LOCKED to a defect of MREMAP_DONTUNMAP.
MayLoseLock(c, prof, v, u) ==
  /\ IsMremap(c) /\ c.dontUnmap /\ ~u.locked /\ ~u.lockonfault
  /\ \/ prof.partialDontunmapUnlocksAll /\ (TouchesSource(v, c) \/ TouchesSource(u, c))
     \/ prof.unlockHitsMerged /\ TouchesSource(u, c)

\* A page under v before and u after may have lost VM_ACCOUNT to a defect of MREMAP_DONTUNMAP.
MayLoseAccount(c, prof, v, u) ==
  /\ IsMremap(c) /\ c.dontUnmap /\ ~u.account
  /\ prof.dontunmapClearsAccount /\ (TouchesSource(v, c) \/ TouchesSource(u, c))

\* Registering may have given memory another page offset, by a defect: that of the lower part of its VMA.
MayShiftOffset(c, prof) == prof.uffdMergesByFirstOffset /\ c.op \in {"uffdRegister", "uffdUnregister"}

\* A page under v before and u after a move may have lost its registration to a defect: it was one VMA with the destination.
MayLoseRegistration(c, r, prof, v, u) ==
  /\ HasMoved(c, r) /\ prof.uffdResetHitsMerged /\ u.uffd = 0
  /\ \/ u.start <= r.value /\ r.value < u.end
     \/ v.start <= c.addr /\ c.addr < v.end

(***************************************************************************)
(* How far a call gets.                                                    *)
(***************************************************************************)

\* First page from p on, below end, that is not mapped; else end (i is the index of the first VMA that ends after p).
RECURSIVE RunFrom(_, _, _, _)
RunFrom(vmas, i, p, end) ==
  IF p >= end THEN end
  ELSE IF i > Len(vmas) THEN p
  ELSE IF vmas[i].start > p THEN p
  ELSE RunFrom(vmas, i + 1, vmas[i].end, end)

\* First page of [a, b) that is not mapped, else b.
RunEnd(vmas, a, b) == RunFrom(vmas, FirstAfter(vmas, a), a, b)

\* First sealed VMA from index i on that begins below page b, 0 if there is none.
RECURSIVE FirstSealed(_, _, _)
FirstSealed(vmas, i, b) ==
  IF i > Len(vmas) THEN 0
  ELSE IF vmas[i].start >= b THEN 0
  ELSE IF vmas[i].sealed THEN i
  ELSE FirstSealed(vmas, i + 1, b)

\* Some page of [a, b) is sealed.
HasSealed(vmas, a, b) == a < b /\ FirstSealed(vmas, FirstAfter(vmas, a), b) # 0

\* First page of [a, b) that is not mapped or is sealed, else b.
ProtectableEnd(vmas, a, b) ==
  LET run == RunEnd(vmas, a, b)
      k == FirstSealed(vmas, FirstAfter(vmas, a), run)
  IN IF a >= b THEN b ELSE IF k = 0 THEN run ELSE Max(a, vmas[k].start)

\* What every release checks of mremap's parameters before it looks for the source (check_mremap_params).
FormFits(c, prof) ==
  /\ ~BadArguments(c)
  /\ c.newLen > 0
  /\ NamesTarget(c) => c.mayMove
  /\ c.dontUnmap => c.len = c.newLen /\ ~(prof.dontunmapComparesRawLengths /\ c.argClass = "lengthsDiffer")

\* The destination that is named can be one (check_mremap_params; until 6.16 in mremap_to, when the source was found).
TargetFits(c) ==
  NamesTarget(c) =>
    c.argClass \notin {"tooBig", "targetUnaligned"} /\ ~(c.addr + c.len > c.newAddr /\ c.newAddr + c.newLen > c.addr)

\* All parameter checks of mremap accept the call.
ParametersFit(c, prof) ==
  FormFits(c, prof) /\ TargetFits(c) /\ (prof.targetRangeBeforeLookup => c.argClass # "tooBig")

\* The piece of the VMA of index i that a move of many VMAs would move: its first page, length, destination.
PieceStart(vmas, c, i) == Max(vmas[i].start, c.addr)
PieceLen(vmas, c, i) == Min(vmas[i].end, c.addr + c.len) - PieceStart(vmas, c, i)
PieceDest(vmas, c, i) == c.newAddr + (PieceStart(vmas, c, i) - c.addr)

\* The VMA of index i, reached by the walk, may not be moved because it is armed: only a whole range in one VMA may (vma_multi_allowed).
ArmedObstacle(vmas, c, i) ==
  vmas[i].uffd # 0 /\ (i > FirstAfter(vmas, c.addr) \/ vmas[i].end < c.addr + c.len)

\* The VMA of index i, reached by the walk, stops it.
IsObstacle(vmas, c, i) ==
  \/ ArmedObstacle(vmas, c, i)
  \/ vmas[i].sealed
  \/ HasSealed(vmas, PieceDest(vmas, c, i), PieceDest(vmas, c, i) + PieceLen(vmas, c, i))

\* Index of the first VMA from i on that stops a move of many VMAs, 0 if none does.
RECURSIVE ObstacleFrom(_, _, _)
ObstacleFrom(vmas, c, i) ==
  IF i > Len(vmas) THEN 0
  ELSE IF vmas[i].start >= c.addr + c.len THEN 0
  ELSE IF IsObstacle(vmas, c, i) THEN i
  ELSE ObstacleFrom(vmas, c, i + 1)

Obstacle(vmas, c) == ObstacleFrom(vmas, c, FirstAfter(vmas, c.addr))

\* The page up to which a move of many VMAs gets: the first page of the VMA that stops it, or the end of the range.
MoveEnd(vmas, c) ==
  LET k == Obstacle(vmas, c)
  IN IF ~IsMapped(vmas, c.addr) THEN c.addr
     ELSE IF k = 0 THEN c.addr + c.len
     ELSE PieceStart(vmas, c, k)

\* A move of many VMAs that stopped part-way (or at once) for a reason that can be seen in the state before.
StoppedPartWay(c, r, prof) == MovesMany(c, prof) /\ ParametersFit(c, prof) /\ ~r.ok /\ (r.errno = "EFAULT" \/ r.errno = "EPERM")

\* Pages of the source, from its first on, that are somewhere else after the step; holes count.
Progress(s, c, r, prof) ==
  IF HasMoved(c, r) THEN Min(c.len, c.newLen)
  ELSE IF StoppedPartWay(c, r, prof) THEN MoveEnd(s.vmas, c) - c.addr
  ELSE 0

\* The private page p may be gone from its place after the step: unmapped, replaced or moved.
LeavesPlace(s, c, r, p, prof) ==
  CASE c.op = "munmap" -> r.ok /\ Within(p, c.addr, c.len)
    [] c.op = "mmap" -> r.ok /\ Within(p, c.newAddr, c.len)
    [] c.op = "madvise" -> c.advice \in {"DONTNEED", "DONTNEED_LOCKED", "GUARD_INSTALL"} /\ Within(p, c.addr, c.len)
    [] c.op = "brk" -> c.addr <= p /\ p < s.heapEnd
    [] c.op = "mremap" ->
         IF StoppedLate(c, r, prof) THEN Within(p, c.addr, c.len) \/ Within(p, c.newAddr, c.newLen)
         ELSE IF r.ok /\ ~HasMoved(c, r) THEN c.newLen < c.len /\ Within(p, c.addr + c.newLen, c.len - c.newLen)
         ELSE LET reach == IF HasMoved(c, r) THEN c.newLen
                           ELSE IF StoppedPartWay(c, r, prof) THEN Progress(s, c, r, prof)
                           ELSE DestLen(c, r)
                  hole == MovesMany(c, prof) /\ ~IsMapped(s.vmas, p - Dest(c, r) + c.addr)
              IN \/ Within(p, c.addr, IF HasMoved(c, r) THEN c.len ELSE Progress(s, c, r, prof))
                 \/ Within(p, Dest(c, r), reach) /\ ~hole
    [] OTHER -> FALSE

\* Frames of the private pages that are where they were after the step.
StayingFrames(s, c, r, prof) == {s.frames[p] : p \in {q \in DOMAIN s.frames : ~LeavesPlace(s, c, r, q, prof)}}

\* Pages that the call may bring in by faults of its own.
MayFault(s, c, r, p) ==
  CASE c.op = "store" -> Within(p, c.addr, c.len)
    [] c.op = "mlock2" -> Within(p, c.addr, c.len)
    [] c.op = "mprotect" -> Within(p, c.addr, c.len)
    [] c.op = "mmap" -> (c.locked \/ c.populate \/ s.lockFuture) /\ Within(p, c.newAddr, c.len)
    [] c.op = "madvise" -> c.advice = "POPULATE_WRITE" /\ Within(p, c.addr, c.len)
    [] c.op = "mlockall" -> TRUE
    [] c.op = "brk" -> s.lockFuture /\ s.heapEnd <= p /\ p < c.addr
    [] c.op = "mremap" -> r.ok /\ c.newLen > c.len /\ Within(p, r.value + c.len, c.newLen - c.len)
    [] OTHER -> FALSE

\* Pages with VM_LOCKED in [a, b).
LockedIn(vmas, a, b) == LockedPages(Between(vmas, a, b))
=============================================================================
