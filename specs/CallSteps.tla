------------------------------ MODULE CallSteps ------------------------------
(***************************************************************************)
(* Exploration call by call: the space, and the verdict on the last call.  *)
(* The modules that extend this one say which calls there are; their       *)
(* configurations name the set (CallSet <- ...), the bound, and the facts  *)
(* of the release: those that the calls have (Prof) and those that the     *)
(* properties may excuse (Claim).  Where Claim has fewer defects than Prof *)
(* the check must fail: that is how a defect is found.                     *)
(***************************************************************************)
EXTENDS Explore, Layouts

CONSTANTS CallSet,        \* the calls that may be made
          Initial,        \* the spaces to begin with
          LastPage,       \* pages 1..LastPage
          MaxVmas,        \* a space with more VMAs is reached only by the call that shows a violation
          Prof,           \* what the kernel does
          Claim,          \* what the properties excuse
          OneCall,        \* TRUE: one call from each initial space; FALSE: all that can be reached
          FollowFrames,   \* TRUE: private pages are part of the state
          Forget          \* TRUE: sums that a defect spoilt are put right after the step that showed it

VARIABLES space,          \* the address space
          verdict         \* the first property that the last call violated; "" if none; "not yet" before the only call

vars == <<space, verdict>>

\* The space with nothing in it.
Nothing == {EmptySpace}

\* The verdict before a call.
Ready == IF OneCall THEN "not yet" ELSE ""

\* The space as it is kept.
Kept(s) ==
  LET t == Canonical(IF Forget THEN Settled(s) ELSE s)
  IN IF FollowFrames THEN t ELSE WithoutFrames(t)

\* Few VMAs, and page offsets as they are in the first pages (they would drift for ever).
InBound(s) ==
  /\ Len(s.vmas) <= MaxVmas
  /\ \A i \in 1..Len(s.vmas) : s.vmas[i].pgoff + Pages(s.vmas[i]) <= LastPage + 1

Init == space \in Initial /\ verdict = Ready

Next ==
  /\ verdict = Ready
  /\ \E c \in CallSet :
       \E choice \in Choices(space, c, 1, LastPage) :
         LET o == Do(space, c, choice, Prof)
             bad == Verdict(space, c, o.result, o.space, Claim)
         IN /\ InBound(o.space) \/ OneCall \/ bad # ""
            /\ space' = Kept(o.space)
            /\ verdict' = bad

Spec == Init /\ [][Next]_vars

\* No property was violated.
AllHold == verdict = "" \/ verdict = "not yet"

\* No defect: the sums are exact in every state.
LockedVmIsSum == LockedVmSum(space)
CommittedIsSum == CommittedSum(space)

(***************************************************************************)
(* Each property by its name: P was not the first that the step violated.  *)
(***************************************************************************)
NoOverlapHolds == verdict # "NoOverlap"
NonEmptyHolds == verdict # "NonEmpty"
LockOnFaultIsLockedHolds == verdict # "LockOnFaultIsLocked"
AccountIsPrivateHolds == verdict # "AccountIsPrivate"
SharedHasObjectHolds == verdict # "SharedHasObject"
MinorHasObjectHolds == verdict # "MinorHasObject"
ModesKnownHolds == verdict # "ModesKnown"
RegisteredHasContextHolds == verdict # "RegisteredHasContext"
FramesHaveAnonVmaHolds == verdict # "FramesHaveAnonVma"
GuardsAreEmptyHolds == verdict # "GuardsAreEmpty"
FramesNotDoubledHolds == verdict # "FramesNotDoubled"
MapCountExactHolds == verdict # "MapCountExact"
TotalVmExactHolds == verdict # "TotalVmExact"
LockedVmCoversHolds == verdict # "LockedVmCovers"
CommittedCoversHolds == verdict # "CommittedCovers"
ResultWellFormedHolds == verdict # "ResultWellFormed"
BadArgumentsRefusedHolds == verdict # "BadArgumentsRefused"
ParametersCheckedHolds == verdict # "ParametersChecked"
UnmappedSourceRefusedHolds == verdict # "UnmappedSourceRefused"
SealedSourceRefusedHolds == verdict # "SealedSourceRefused"
DuplicateNeedsSharedHolds == verdict # "DuplicateNeedsShared"
OldRangeInOneVmaHolds == verdict # "OldRangeInOneVma"
ReturnedAddressHolds == verdict # "ReturnedAddress"
ChosenPlaceWasFreeHolds == verdict # "ChosenPlaceWasFree"
GrowsInPlaceIfItCanHolds == verdict # "GrowsInPlaceIfItCan"
UffdExclusionHolds == verdict # "UffdExclusion"
FirstObstacleDecidesHolds == verdict # "FirstObstacleDecides"
UnhinderedMoveSucceedsHolds == verdict # "UnhinderedMoveSucceeds"
MovedPiecesArePrefixHolds == verdict # "MovedPiecesArePrefix"
HolesKeepWhatLiesUnderHolds == verdict # "HolesKeepWhatLiesUnder"
MovedSourceIsUnmappedHolds == verdict # "MovedSourceIsUnmapped"
DontUnmapKeepsMappingHolds == verdict # "DontUnmapKeepsMapping"
DontUnmapUnlinksHolds == verdict # "DontUnmapUnlinks"
MovedKeepsAttributesHolds == verdict # "MovedKeepsAttributes"
MovedKeepsLocksHolds == verdict # "MovedKeepsLocks"
RegistrationFollowsIfHeardHolds == verdict # "RegistrationFollowsIfHeard"
MovedKeepsPageOffsetHolds == verdict # "MovedKeepsPageOffset"
MovedResetsPageOffsetHolds == verdict # "MovedResetsPageOffset"
FramesMoveExactlyHolds == verdict # "FramesMoveExactly"
OnlyMovedFramesArriveHolds == verdict # "OnlyMovedFramesArrive"
DuplicateMapsTheSameHolds == verdict # "DuplicateMapsTheSame"
GrownIsOneVmaHolds == verdict # "GrownIsOneVma"
ShrunkTailIsUnmappedHolds == verdict # "ShrunkTailIsUnmapped"
InPlaceKeepsTheRestHolds == verdict # "InPlaceKeepsTheRest"
FailedMoveKeepsSourceHolds == verdict # "FailedMoveKeepsSource"
FailedMoveSparesDestinationHolds == verdict # "FailedMoveSparesDestination"
MmapMakesWhatWasAskedHolds == verdict # "MmapMakesWhatWasAsked"
NewMemoryIsEmptyHolds == verdict # "NewMemoryIsEmpty"
MunmapLeavesNothingHolds == verdict # "MunmapLeavesNothing"
ProtectGoesUpToObstacleHolds == verdict # "ProtectGoesUpToObstacle"
ProtectSetsPermissionsHolds == verdict # "ProtectSetsPermissions"
ProtectAccountsHolds == verdict # "ProtectAccounts"
LockGoesUpToHoleHolds == verdict # "LockGoesUpToHole"
LockFillsHolds == verdict # "LockFills"
SealIsAllOrNothingHolds == verdict # "SealIsAllOrNothing"
RegistrationIsExactHolds == verdict # "RegistrationIsExact"
CloseReleasesAllHolds == verdict # "CloseReleasesAll"
LockAllLocksHolds == verdict # "LockAllLocks"
HeapEndMovesHolds == verdict # "HeapEndMoves"
HeapKeepsTheRestHolds == verdict # "HeapKeepsTheRest"
AdviceSetsFlagsHolds == verdict # "AdviceSetsFlags"
AdviceKeepsMemoryHolds == verdict # "AdviceKeepsMemory"
DiscardEmptiesHolds == verdict # "DiscardEmpties"
GuardsOnlyByAdviceHolds == verdict # "GuardsOnlyByAdvice"
QueriesChangeNothingHolds == verdict # "QueriesChangeNothing"
StoreNeedsPermissionHolds == verdict # "StoreNeedsPermission"
StoreBringsPageHolds == verdict # "StoreBringsPage"
SealedMemoryUnchangedHolds == verdict # "SealedMemoryUnchanged"
SealOnlyByMsealHolds == verdict # "SealOnlyByMseal"
MergesOnlyMergeableHolds == verdict # "MergesOnlyMergeable"
AnonVmaKeptHolds == verdict # "AnonVmaKept"
MovedKeepsAnonVmaHolds == verdict # "MovedKeepsAnonVma"
AnonVmaIsPrivateHolds == verdict # "AnonVmaIsPrivate"
AnonVmaOnlyByFaultHolds == verdict # "AnonVmaOnlyByFault"
ForkedAnonNotSharedHolds == verdict # "ForkedAnonNotShared"
MergedWhereAttemptedHolds == verdict # "MergedWhereAttempted"
SplitsOnlyAtRangeEndsHolds == verdict # "SplitsOnlyAtRangeEnds"
FramesStayHolds == verdict # "FramesStay"
FramesOnlyByFaultHolds == verdict # "FramesOnlyByFault"
NothingOutsideChangesHolds == verdict # "NothingOutsideChanges"
RegistrationOutsideUnchangedHolds == verdict # "RegistrationOutsideUnchanged"
LocksOutsideUnchangedHolds == verdict # "LocksOutsideUnchanged"
ChargeOutsideUnchangedHolds == verdict # "ChargeOutsideUnchanged"
FailureChangesNoPageHolds == verdict # "FailureChangesNoPage"
MapsWithinLimitHolds == verdict # "MapsWithinLimit"
LockedWithinLimitHolds == verdict # "LockedWithinLimit"
MemoryWithinLimitHolds == verdict # "MemoryWithinLimit"
DataWithinLimitHolds == verdict # "DataWithinLimit"
LockedVmExactHolds == verdict # "LockedVmExact"
CommittedExactHolds == verdict # "CommittedExact"
=============================================================================
