------------------------------ MODULE Explore -------------------------------
(***************************************************************************)
(* What the exploring modules (MCxxx) share: small sets of calls, the      *)
(* verdict on a step, and names that do not depend on history.             *)
(*                                                                         *)
(* A step property speaks of a call and its result, which are not in the   *)
(* state.  Next computes them, asks every property, and keeps the name of  *)
(* the first that fails in the variable `verdict`; "" on every step of a   *)
(* correct spec, so that the number of states is that of the spaces.       *)
(* INVARIANT Check_P is violated when property P is the first to fail.     *)
(***************************************************************************)
EXTENDS Mremap, StepProperties, StateInvariants, Profile

(***************************************************************************)
(* Canonical names.  Only equality of anon_vmas and of frames matters:     *)
(* they are numbered in the order of first use, from the lowest address.   *)
(***************************************************************************)

\* Position of x in a sequence of numbers, 0 if it is not there.
RECURSIVE PositionFrom(_, _, _)
PositionFrom(seq, x, i) == IF i > Len(seq) THEN 0 ELSE IF seq[i] = x THEN i ELSE PositionFrom(seq, x, i + 1)

\* The anon_vmas in use that came by fork, or those that did not, in order of first use.
RECURSIVE AnonOrder(_, _, _, _, _)
AnonOrder(vmas, forkedBelow, forked, i, seen) ==
  IF i > Len(vmas) THEN seen
  ELSE LET a == vmas[i].anonVma
           new == a # 0 /\ IsForked(a, forkedBelow) = forked /\ PositionFrom(seen, a, 1) = 0
       IN AnonOrder(vmas, forkedBelow, forked, i + 1, IF new THEN Append(seen, a) ELSE seen)

\* The space with anon_vmas numbered in order of first use, those that came by fork first.
RenamedAnons(s) ==
  LET inherited == AnonOrder(s.vmas, s.forkedBelow, TRUE, 1, <<>>)
      order == AnonOrder(s.vmas, s.forkedBelow, FALSE, 1, inherited)
      renamed(v) == IF v.anonVma = 0 THEN v ELSE [v EXCEPT !.anonVma = PositionFrom(order, v.anonVma, 1)]
  IN [s EXCEPT !.vmas = [i \in 1..Len(s.vmas) |-> renamed(s.vmas[i])],
               !.forkedBelow = IF inherited = <<>> THEN 0 ELSE Len(inherited) + 1]

\* The same frames, each numbered by how many pages lie at or below its own.
RenamedFrames(frames) ==
  [p \in DOMAIN frames |-> Cardinality({q \in DOMAIN frames : q <= p})]

\* The space under canonical names.
Canonical(s) == [RenamedAnons(s) EXCEPT !.frames = RenamedFrames(s.frames)]

\* The space with what the defects of accounting left forgotten: a step shows them, the state need not pile them up.
Settled(s) == [s EXCEPT !.lockedVm = LockedPages(s.vmas), !.committed = AccountPages(s.vmas)]

\* The space without its page table, for configurations that do not follow pages.
WithoutFrames(s) == [s EXCEPT !.frames = NoFrames, !.guards = NoGuards]

(***************************************************************************)
(* Calls over the pages first..last.                                       *)
(***************************************************************************)

\* Ranges [a, a + n) inside first..last.
Ranges(first, last) == {rg \in [a : first..last, n : 1..(last - first + 1)] : rg.a + rg.n <= last + 1}

\* Permissions: read and write, read only, none.
ReadWrite == [read |-> TRUE, write |-> TRUE]
ReadOnly == [read |-> TRUE, write |-> FALSE]
NoAccess == [read |-> FALSE, write |-> FALSE]

\* mmap with MAP_FIXED of private anonymous memory.
MmapCalls(ranges, perms) ==
  {[NoCall EXCEPT !.op = "mmap", !.addr = rg.a, !.newAddr = rg.a, !.len = rg.n, !.fixed = TRUE,
                  !.read = pm.read, !.write = pm.write] : rg \in ranges, pm \in perms}

\* mmap with MAP_FIXED of a file at page offset 0, shared or private.
MmapFileCalls(ranges, files, shared) ==
  {[NoCall EXCEPT !.op = "mmap", !.addr = rg.a, !.newAddr = rg.a, !.len = rg.n, !.fixed = TRUE,
                  !.read = TRUE, !.write = TRUE, !.file = f, !.shared = sh] : rg \in ranges, f \in files, sh \in shared}

\* Calls with a range and nothing else.
RangeCalls(op, ranges) == {[NoCall EXCEPT !.op = op, !.addr = rg.a, !.len = rg.n, !.ctx = 1] : rg \in ranges}

\* mprotect.
MprotectCalls(ranges, perms) ==
  {[NoCall EXCEPT !.op = "mprotect", !.addr = rg.a, !.len = rg.n, !.read = pm.read, !.write = pm.write] :
     rg \in ranges, pm \in perms}

\* UFFDIO_REGISTER.
RegisterCalls(ranges, modes) ==
  {[NoCall EXCEPT !.op = "uffdRegister", !.addr = rg.a, !.len = rg.n, !.mode = m, !.ctx = 1] : rg \in ranges, m \in modes}

\* madvise.
AdviceCalls(ranges, advice) ==
  {[NoCall EXCEPT !.op = "madvise", !.addr = rg.a, !.len = rg.n, !.advice = ad] : rg \in ranges, ad \in advice}

\* brk, to the end of each page.
BrkCalls(ends) == {[NoCall EXCEPT !.op = "brk", !.addr = p, !.newAddr = p] : p \in ends}

\* Calls with flags and no range: mlockall.
ModeCalls(op, modes) == {[NoCall EXCEPT !.op = op, !.mode = m] : m \in modes}

\* Loads or stores of one page.
AccessCalls(op, pages) == {[NoCall EXCEPT !.op = op, !.addr = p, !.len = 1] : p \in pages}

\* mremap without a target: every old range, every new length.
ResizeCalls(ranges, lens, mayMove) ==
  {[NoCall EXCEPT !.op = "mremap", !.addr = rg.a, !.len = rg.n, !.newLen = n, !.mayMove = mv] :
     rg \in ranges, n \in lens, mv \in mayMove}

\* mremap with MREMAP_FIXED to every range of first..last that does not overlap the old one.
FixedCalls(ranges) ==
  LET all == {[NoCall EXCEPT !.op = "mremap", !.addr = rg.a, !.len = rg.n, !.newAddr = to.a, !.newLen = to.n,
                             !.mayMove = TRUE, !.fixed = TRUE] : rg \in ranges, to \in ranges}
  IN {c \in all : ~Overlap(c.addr, c.addr + c.len, c.newAddr, c.newAddr + c.newLen)}

\* The same with equal lengths only, and MREMAP_DONTUNMAP or not.
MoveCalls(ranges, dontUnmap) ==
  {[c EXCEPT !.dontUnmap = du] : c \in {d \in FixedCalls(ranges) : d.len = d.newLen}, du \in dontUnmap}

\* What get_unmapped_area may answer: nothing, or the start of any free range of the length (only where a call asks).
Choices(s, c, first, last) ==
  IF c.op # "mremap" THEN {0}
  ELSE IF c.fixed \/ (~c.dontUnmap /\ (c.newLen <= c.len \/ ~c.mayMove)) THEN {0}
  ELSE {0} \union {a \in first..last : a + c.newLen <= last + 1 /\ IsFree(s.vmas, a, a + c.newLen)}

(***************************************************************************)
(* The verdict.                                                            *)
(***************************************************************************)

\* The first state invariant that fails, or "".
FirstBadState(s) ==
  CASE ~NoOverlap(s) -> "NoOverlap"
    [] ~NonEmpty(s) -> "NonEmpty"
    [] ~LockOnFaultIsLocked(s) -> "LockOnFaultIsLocked"
    [] ~AccountIsPrivate(s) -> "AccountIsPrivate"
    [] ~SharedHasObject(s) -> "SharedHasObject"
    [] ~MinorHasObject(s) -> "MinorHasObject"
    [] ~ModesKnown(s) -> "ModesKnown"
    [] ~RegisteredHasContext(s) -> "RegisteredHasContext"
    [] ~GuardsAreEmpty(s) -> "GuardsAreEmpty"
    [] ~FramesNotDoubled(s) -> "FramesNotDoubled"
    [] ~MapCountExact(s) -> "MapCountExact"
    [] ~TotalVmExact(s) -> "TotalVmExact"
    [] ~LockedVmCovers(s) -> "LockedVmCovers"
    [] ~CommittedCovers(s) -> "CommittedCovers"
    [] OTHER -> ""

\* The first property of results, and of moves, that fails.
FirstBadMove(s, c, r, t, prof) ==
  CASE ~FramesHaveAnonVma(s, c, r, t, prof) -> "FramesHaveAnonVma"
    [] ~ResultWellFormed(s, c, r, t, prof) -> "ResultWellFormed"
    [] ~BadArgumentsRefused(s, c, r, t, prof) -> "BadArgumentsRefused"
    [] ~ParametersChecked(s, c, r, t, prof) -> "ParametersChecked"
    [] ~UnmappedSourceRefused(s, c, r, t, prof) -> "UnmappedSourceRefused"
    [] ~SealedSourceRefused(s, c, r, t, prof) -> "SealedSourceRefused"
    [] ~DuplicateNeedsShared(s, c, r, t, prof) -> "DuplicateNeedsShared"
    [] ~OldRangeInOneVma(s, c, r, t, prof) -> "OldRangeInOneVma"
    [] ~ReturnedAddress(s, c, r, t, prof) -> "ReturnedAddress"
    [] ~ChosenPlaceWasFree(s, c, r, t, prof) -> "ChosenPlaceWasFree"
    [] ~GrowsInPlaceIfItCan(s, c, r, t, prof) -> "GrowsInPlaceIfItCan"
    [] ~UffdExclusion(s, c, r, t, prof) -> "UffdExclusion"
    [] ~FirstObstacleDecides(s, c, r, t, prof) -> "FirstObstacleDecides"
    [] ~UnhinderedMoveSucceeds(s, c, r, t, prof) -> "UnhinderedMoveSucceeds"
    [] ~MovedPiecesArePrefix(s, c, r, t, prof) -> "MovedPiecesArePrefix"
    [] ~HolesKeepWhatLiesUnder(s, c, r, t, prof) -> "HolesKeepWhatLiesUnder"
    [] ~MovedSourceIsUnmapped(s, c, r, t, prof) -> "MovedSourceIsUnmapped"
    [] ~DontUnmapKeepsMapping(s, c, r, t, prof) -> "DontUnmapKeepsMapping"
    [] ~DontUnmapUnlinks(s, c, r, t, prof) -> "DontUnmapUnlinks"
    [] ~MovedKeepsAttributes(s, c, r, t, prof) -> "MovedKeepsAttributes"
    [] ~MovedKeepsLocks(s, c, r, t, prof) -> "MovedKeepsLocks"
    [] ~RegistrationFollowsIfHeard(s, c, r, t, prof) -> "RegistrationFollowsIfHeard"
    [] ~MovedKeepsPageOffset(s, c, r, t, prof) -> "MovedKeepsPageOffset"
    [] ~MovedResetsPageOffset(s, c, r, t, prof) -> "MovedResetsPageOffset"
    [] ~FramesMoveExactly(s, c, r, t, prof) -> "FramesMoveExactly"
    [] ~OnlyMovedFramesArrive(s, c, r, t, prof) -> "OnlyMovedFramesArrive"
    [] ~DuplicateMapsTheSame(s, c, r, t, prof) -> "DuplicateMapsTheSame"
    [] ~GrownIsOneVma(s, c, r, t, prof) -> "GrownIsOneVma"
    [] ~ShrunkTailIsUnmapped(s, c, r, t, prof) -> "ShrunkTailIsUnmapped"
    [] ~InPlaceKeepsTheRest(s, c, r, t, prof) -> "InPlaceKeepsTheRest"
    [] ~FailedMoveKeepsSource(s, c, r, t, prof) -> "FailedMoveKeepsSource"
    [] ~FailedMoveSparesDestination(s, c, r, t, prof) -> "FailedMoveSparesDestination"
    [] OTHER -> ""

\* The first property of the other calls that fails.
FirstBadEffect(s, c, r, t, prof) ==
  CASE ~MmapMakesWhatWasAsked(s, c, r, t, prof) -> "MmapMakesWhatWasAsked"
    [] ~NewMemoryIsEmpty(s, c, r, t, prof) -> "NewMemoryIsEmpty"
    [] ~MunmapLeavesNothing(s, c, r, t, prof) -> "MunmapLeavesNothing"
    [] ~ProtectGoesUpToObstacle(s, c, r, t, prof) -> "ProtectGoesUpToObstacle"
    [] ~ProtectSetsPermissions(s, c, r, t, prof) -> "ProtectSetsPermissions"
    [] ~ProtectAccounts(s, c, r, t, prof) -> "ProtectAccounts"
    [] ~LockGoesUpToHole(s, c, r, t, prof) -> "LockGoesUpToHole"
    [] ~LockFills(s, c, r, t, prof) -> "LockFills"
    [] ~SealIsAllOrNothing(s, c, r, t, prof) -> "SealIsAllOrNothing"
    [] ~RegistrationIsExact(s, c, r, t, prof) -> "RegistrationIsExact"
    [] ~CloseReleasesAll(s, c, r, t, prof) -> "CloseReleasesAll"
    [] ~LockAllLocks(s, c, r, t, prof) -> "LockAllLocks"
    [] ~HeapEndMoves(s, c, r, t, prof) -> "HeapEndMoves"
    [] ~HeapKeepsTheRest(s, c, r, t, prof) -> "HeapKeepsTheRest"
    [] ~AdviceSetsFlags(s, c, r, t, prof) -> "AdviceSetsFlags"
    [] ~AdviceKeepsMemory(s, c, r, t, prof) -> "AdviceKeepsMemory"
    [] ~DiscardEmpties(s, c, r, t, prof) -> "DiscardEmpties"
    [] ~GuardsOnlyByAdvice(s, c, r, t, prof) -> "GuardsOnlyByAdvice"
    [] ~QueriesChangeNothing(s, c, r, t, prof) -> "QueriesChangeNothing"
    [] ~StoreNeedsPermission(s, c, r, t, prof) -> "StoreNeedsPermission"
    [] ~StoreBringsPage(s, c, r, t, prof) -> "StoreBringsPage"
    [] OTHER -> ""

\* The first property of all calls that fails.
FirstBadStep(s, c, r, t, prof) ==
  CASE ~SealedMemoryUnchanged(s, c, r, t, prof) -> "SealedMemoryUnchanged"
    [] ~SealOnlyByMseal(s, c, r, t, prof) -> "SealOnlyByMseal"
    [] ~MergesOnlyMergeable(s, c, r, t, prof) -> "MergesOnlyMergeable"
    [] ~AnonVmaKept(s, c, r, t, prof) -> "AnonVmaKept"
    [] ~MovedKeepsAnonVma(s, c, r, t, prof) -> "MovedKeepsAnonVma"
    [] ~AnonVmaIsPrivate(s, c, r, t, prof) -> "AnonVmaIsPrivate"
    [] ~AnonVmaOnlyByFault(s, c, r, t, prof) -> "AnonVmaOnlyByFault"
    [] ~ForkedAnonNotShared(s, c, r, t, prof) -> "ForkedAnonNotShared"
    [] ~MergedWhereAttempted(s, c, r, t, prof) -> "MergedWhereAttempted"
    [] ~SplitsOnlyAtRangeEnds(s, c, r, t, prof) -> "SplitsOnlyAtRangeEnds"
    [] ~FramesStay(s, c, r, t, prof) -> "FramesStay"
    [] ~FramesOnlyByFault(s, c, r, t, prof) -> "FramesOnlyByFault"
    [] ~NothingOutsideChanges(s, c, r, t, prof) -> "NothingOutsideChanges"
    [] ~RegistrationOutsideUnchanged(s, c, r, t, prof) -> "RegistrationOutsideUnchanged"
    [] ~LocksOutsideUnchanged(s, c, r, t, prof) -> "LocksOutsideUnchanged"
    [] ~ChargeOutsideUnchanged(s, c, r, t, prof) -> "ChargeOutsideUnchanged"
    [] ~FailureChangesNoPage(s, c, r, t, prof) -> "FailureChangesNoPage"
    [] ~MapsWithinLimit(s, c, r, t, prof) -> "MapsWithinLimit"
    [] ~LockedWithinLimit(s, c, r, t, prof) -> "LockedWithinLimit"
    [] ~MemoryWithinLimit(s, c, r, t, prof) -> "MemoryWithinLimit"
    [] ~DataWithinLimit(s, c, r, t, prof) -> "DataWithinLimit"
    [] ~LockedVmExact(s, c, r, t, prof) -> "LockedVmExact"
    [] ~CommittedExact(s, c, r, t, prof) -> "CommittedExact"
    [] OTHER -> ""

\* The first of several verdicts.
Or(x, y) == IF x # "" THEN x ELSE y

\* The name of the first property that the step violates, state invariants of the new state first; "" if none.
Verdict(s, c, r, t, prof) ==
  Or(FirstBadState(t),
     Or(FirstBadMove(s, c, r, t, prof), Or(FirstBadEffect(s, c, r, t, prof), FirstBadStep(s, c, r, t, prof))))

\* Sums exact, as they are with no defect switched on.
LockedVmSum(s) == s.lockedVm = LockedPages(s.vmas)
CommittedSum(s) == s.committed = AccountPages(s.vmas)
=============================================================================
