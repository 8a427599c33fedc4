--------------------------- MODULE StateInvariants ---------------------------
(***************************************************************************)
(* What is true of every address space between two calls, on every release *)
(* that is modelled.  Each operator P(s) that is defined here is a         *)
(* property; what is defined elsewhere is not.                             *)
(*                                                                         *)
(* Two counters drift upwards for good on kernels with the defects of      *)
(* MREMAP_DONTUNMAP and of shrinking moves, so that only a lower bound is  *)
(* an invariant of them; StepProperties says exactly by how much a call    *)
(* changes them, and with all defects switched off (IntendedProfile of     *)
(* Profile.tla) the sums are exact: MCLocks checks that.                   *)
(***************************************************************************)
EXTENDS Merge, FiniteSets

\* The VMAs are sorted and no page is in two of them (the maple tree of mm_struct; validate_mm).
NoOverlap(s) ==
  \A i \in 1..(Len(s.vmas) - 1) : s.vmas[i].end <= s.vmas[i + 1].start

\* Every VMA has at least one page.
NonEmpty(s) ==
  \A i \in 1..Len(s.vmas) : s.vmas[i].start < s.vmas[i].end

\* mlock on fault is a kind of mlock: VM_LOCKONFAULT is never set without VM_LOCKED (VM_LOCKED_MASK is cleared as a whole).
LockOnFaultIsLocked(s) ==
  \A i \in 1..Len(s.vmas) : s.vmas[i].lockonfault => s.vmas[i].locked

\* Only private memory that was not mapped with MAP_NORESERVE is charged page by page (accountable_mapping).
AccountIsPrivate(s) ==
  \A i \in 1..Len(s.vmas) : s.vmas[i].account => ~s.vmas[i].shared /\ ~s.vmas[i].noreserve

\* Shared memory has an object behind it: a file, or the one that mmap made for it (shmem_zero_setup).
SharedHasObject(s) ==
  \A i \in 1..Len(s.vmas) : s.vmas[i].shared => s.vmas[i].file # 0

\* Minor faults exist only for memory with a page cache (vma_can_userfault).
MinorHasObject(s) ==
  \A i \in 1..Len(s.vmas) : HasMode(s.vmas[i].uffd, UffdMinor) => s.vmas[i].file # 0

\* The modes of a registration are a sum of MISSING, WP and MINOR (__VM_UFFD_FLAGS).
ModesKnown(s) ==
  \A i \in 1..Len(s.vmas) : s.vmas[i].uffd # 0 => s.vmas[i].uffd <= UffdMissing + UffdWp + UffdMinor

\* What is registered is registered with a userfaultfd, and nothing else is (the context and the flags are set together).
RegisteredHasContext(s) ==
  \A i \in 1..Len(s.vmas) : (s.vmas[i].uffd = 0) = (s.vmas[i].ctx = 0)

\* A guard page is a page of a VMA, and holds nothing (madvise_guard_install).
GuardsAreEmpty(s) ==
  \A p \in DOMAIN s.guards : IsMapped(s.vmas, p) /\ p \notin DOMAIN s.frames

\* No private page is mapped twice in one address space (without fork a page has one mapping: page_mapcount is 1).
FramesNotDoubled(s) ==
  Cardinality({s.frames[p] : p \in DOMAIN s.frames}) = Cardinality(DOMAIN s.frames)

\* map_count is the number of VMAs.
MapCountExact(s) == s.mapCount = Len(s.vmas)

\* total_vm is the number of mapped pages.
TotalVmExact(s) == s.totalVm = TotalPages(s.vmas)

\* locked_vm is never less than the locked pages; where it is more, the surplus never comes back (see LockedVmExact in StepProperties).
LockedVmCovers(s) == s.lockedVm >= LockedPages(s.vmas)

\* The commit charge is never less than the pages of VMAs with VM_ACCOUNT (see CommittedExact in StepProperties).
CommittedCovers(s) == s.committed >= AccountPages(s.vmas)
=============================================================================
