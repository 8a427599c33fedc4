----------------------------- MODULE Arguments ------------------------------
(***************************************************************************)
(* Calls, their results, and the checks of their arguments alone.          *)
(*                                                                         *)
(* Call == [ op : STRING, addr, len, newAddr, newLen : Nat,                *)
(*           mayMove, fixed, dontUnmap, noReplace : BOOLEAN,               *)
(*           read, write, exec, shared, noreserve : BOOLEAN,               *)
(*           locked, populate : BOOLEAN,   MAP_LOCKED, MAP_POPULATE        *)
(*           file, pgoff : Nat, onFault : BOOLEAN,                         *)
(*           mode : Nat,       modes of userfaultfd, flags of mlockall and *)
(*                             msync                                       *)
(*           ctx : Nat,        which userfaultfd                           *)
(*           advice : STRING,  "DONTNEED" for MADV_DONTNEED                *)
(*           argClass : STRING ]                                           *)
(* Result == [ ok : BOOLEAN, value : Nat, errno : STRING ]                 *)
(*                                                                         *)
(* Arguments that have no value in pages are a class, the first flaw that  *)
(* the call finds: "unaligned", "wraps", "tooBig" (beyond user space),     *)
(* "badFlags" and others; "ok" if there is none.  Some flaws of mremap are *)
(* found early or late, by the release, or are none:                       *)
(*   "tooBig"           the new range does not lie in user space           *)
(*   "targetUnaligned"  the new address is not that of a page              *)
(*   "lengthsDiffer"    MREMAP_DONTUNMAP, and the lengths are equal only   *)
(*                      in pages                                           *)
(*   "wraps"            the old range passes the end of user space         *)
(*                                                                         *)
(* The checks of a call are a table: a sequence of rows, of which the      *)
(* first that applies decides.                                             *)
(***************************************************************************)
EXTENDS Naturals, Sequences

\* A call with nothing in it, to be filled in with EXCEPT.
NoCall == [ op |-> "", addr |-> 0, len |-> 0, newAddr |-> 0, newLen |-> 0, mayMove |-> FALSE, fixed |-> FALSE,
            dontUnmap |-> FALSE, noReplace |-> FALSE, read |-> FALSE, write |-> FALSE, exec |-> FALSE,
            shared |-> FALSE, noreserve |-> FALSE, locked |-> FALSE, populate |-> FALSE, file |-> 0, pgoff |-> 0,
            onFault |-> FALSE, mode |-> 0, ctx |-> 0, advice |-> "", argClass |-> "ok" ]

\* The call returned `value`.
Done(value) == [ok |-> TRUE, value |-> value, errno |-> ""]

\* The call failed; a signal is an errno too.
Failed(errno) == [ok |-> FALSE, value |-> 0, errno |-> errno]

(***************************************************************************)
(* Tables.                                                                 *)
(***************************************************************************)

\* If the condition applies, this is the error.
Row(applies, errno) == [applies |-> applies, errno |-> errno]

\* The error of the first row from index i on that applies; "" if none does.
RECURSIVE ErrnoFrom(_, _)
ErrnoFrom(rows, i) ==
  IF i > Len(rows) THEN "" ELSE IF rows[i].applies THEN rows[i].errno ELSE ErrnoFrom(rows, i + 1)

\* What a table answers.
FirstErrno(rows) == ErrnoFrom(rows, 1)

(***************************************************************************)
(* The tables of calls whose checks need nothing but the arguments.        *)
(***************************************************************************)

\* munmap (do_vmi_munmap).
MunmapArguments(c) ==
  << Row(c.argClass # "ok", "EINVAL"),
     Row(c.len = 0, "EINVAL") >>

\* mprotect (do_mprotect_pkey).
MprotectArguments(c) ==
  << Row(c.argClass = "wraps", "ENOMEM"),
     Row(c.argClass # "ok", "EINVAL") >>

\* mseal (do_mseal).
MsealArguments(c) == << Row(c.argClass # "ok", "EINVAL") >>

\* madvise (do_madvise, madvise_behavior_valid): there is no advice about guard pages until 6.12.
MadviseArguments(c, prof) ==
  << Row(c.argClass # "ok", "EINVAL"),
     Row(c.advice \in {"GUARD_INSTALL", "GUARD_REMOVE"} /\ ~prof.guardRegionsExist, "EINVAL") >>

\* UFFDIO_REGISTER (userfaultfd_register, validate_range).
RegisterArguments(c) ==
  << Row(c.argClass # "ok", "EINVAL"),
     Row(c.mode = 0, "EINVAL"),
     Row(c.len = 0, "EINVAL") >>

\* UFFDIO_UNREGISTER (userfaultfd_unregister, validate_range).
UnregisterArguments(c) ==
  << Row(c.argClass # "ok", "EINVAL"),
     Row(c.len = 0, "EINVAL") >>

\* msync (sys_msync).
MsyncArguments(c) ==
  << Row(c.argClass = "wraps", "ENOMEM"),
     Row(c.argClass # "ok", "EINVAL") >>

\* mincore (sys_mincore).
MincoreArguments(c) ==
  << Row(c.argClass = "unaligned", "EINVAL"),
     Row(c.argClass # "ok", "ENOMEM") >>

\* MREMAP_FIXED, or the hint of MREMAP_DONTUNMAP: the caller names a destination (vrm_implies_new_addr).
HasTarget(c) == c.fixed \/ c.dontUnmap

\* The old range passes the end of user space; so does one that shrinks to a length beyond it.
PassesEnd(c) == c.argClass \in {"wraps", "tooBig"}

\* Old and new range have a page in common; an old range of no pages, if it begins inside the new one.
RangesOverlap(c) == c.addr + c.len > c.newAddr /\ c.newAddr + c.newLen > c.addr

\* A flaw of mremap's arguments that every release finds before it does anything.
FlawOfForm(c) == c.argClass \notin {"ok", "wraps", "tooBig", "targetUnaligned", "lengthsDiffer"}

\* MREMAP_DONTUNMAP with two lengths: until 6.16 they are compared in bytes.
ChangesLength(c, prof) == c.len # c.newLen \/ (c.argClass = "lengthsDiffer" /\ prof.dontunmapComparesRawLengths)

\* The caller names a destination that cannot be one, whatever is mapped there (check_mremap_params; until 6.16 mremap_to).
BadTarget(c) == HasTarget(c) /\ (c.argClass \in {"tooBig", "targetUnaligned"} \/ RangesOverlap(c))

(***************************************************************************)
(* mremap, before any lock (check_mremap_params).  What is wrong with the  *)
(* destination is found here, or after the source was looked up:           *)
(*                                                                         *)
(*   release       its alignment   its range, an overlap, too long         *)
(*   6.1, 6.12     after           after, and only with a target           *)
(*   6.16          here            after, and only with a target           *)
(*   6.17          here            here; a length also without a target    *)
(***************************************************************************)
MremapArguments(c, prof) ==
  << Row(FlawOfForm(c), "EINVAL"),
     Row(c.newLen = 0, "EINVAL"),
     Row(c.argClass = "tooBig" /\ prof.targetRangeBeforeLookup, "EINVAL"),
     Row(c.argClass = "targetUnaligned" /\ prof.newAddressCheckedBeforeLookup, "EINVAL"),
     Row(HasTarget(c) /\ ~c.mayMove, "EINVAL"),
     Row(c.dontUnmap /\ ChangesLength(c, prof), "EINVAL"),
     Row(BadTarget(c) /\ prof.targetRangeBeforeLookup, "EINVAL") >>
=============================================================================
