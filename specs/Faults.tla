------------------------------- MODULE Faults -------------------------------
(***************************************************************************)
(* Page faults, and what makes them: filling memory, loads and stores      *)
(* (mm/memory.c, mm/gup.c, arch/x86/mm/fault.c).                           *)
(*                                                                         *)
(* What only the page table of shared or untouched memory could tell is    *)
(* not modelled: objects are as long as their mappings, and a load of a    *)
(* page that was never written finds it missing.  Pages have one size.     *)
(***************************************************************************)
EXTENDS Limits, FiniteSets

(***************************************************************************)
(* Faults.  The number of a new page is the first that is not in use.      *)
(***************************************************************************)

\* The frames without the pages of [a, b) (unmap_page_range).
FramesWithout(frames, a, b) == [p \in {q \in DOMAIN frames : q < a \/ q >= b} |-> frames[p]]

\* The first number from n on that is not used.
RECURSIVE FirstUnused(_, _)
FirstUnused(used, n) == IF n \in used THEN FirstUnused(used, n + 1) ELSE n

\* A frame that is not in use (alloc_page).
FreshFrame(s) == FirstUnused({s.frames[p] : p \in DOMAIN s.frames}, 1)

\* The VMA of index i has an anon_vma from now on (vmf_anon_prepare).
PrepareAnon(s, i) ==
  LET a == AnonAfterFault(s.vmas, i, s.forkedBelow, Max(MaxAnon(s.vmas, 1, 0) + 1, s.forkedBelow))
  IN [s EXCEPT !.vmas = [s.vmas EXCEPT ![i] = [s.vmas[i] EXCEPT !.anonVma = a]]]

\* The frame of a page that was read and never written (ZERO_PAGE).
ZeroPage == 0

\* Private page p, in the VMA of index i, is written: it is present afterwards (do_anonymous_page, do_cow_fault).  One that has a frame of its own does not fault.
WriteFault(s, i, p) ==
  LET t == PrepareAnon(s, i)
  IN IF p \in DOMAIN s.frames THEN IF s.frames[p] = ZeroPage THEN t ELSE s
     ELSE [t EXCEPT !.frames = [q \in DOMAIN t.frames \union {p} |->
                                  IF q = p THEN FreshFrame(s) ELSE t.frames[q]]]

(***************************************************************************)
(* What a fault on page p of v raises: a guard page, whoever watches it; a *)
(* missing page of a range that is registered for missing pages.  A page   *)
(* that is there does not fault.                                           *)
(***************************************************************************)
FaultSignal(s, v, p) ==
  IF p \in DOMAIN s.frames THEN ""
  ELSE IF p \in DOMAIN s.guards THEN "SIGSEGV"
  ELSE IF HasMode(v.uffd, UffdMissing) THEN "SIGBUS"
  ELSE ""

\* A write fault that raises a signal: the anon_vma is prepared before the watcher is asked, not for a guard page (vmf_anon_prepare).
SignalledWrite(s, i, signal) == IF signal = "SIGBUS" THEN PrepareAnon(s, i) ELSE s

\* Write faults on pages p.. of the VMA of index i, below `end`, until one raises a signal (faultin_page).
RECURSIVE WriteFaults(_, _, _, _)
WriteFaults(s, i, p, end) ==
  LET signal == FaultSignal(s, s.vmas[i], p)
  IN IF p >= end THEN s
     ELSE IF signal # "" THEN SignalledWrite(s, i, signal)
     ELSE WriteFaults(WriteFault(s, i, p), i, p + 1, end)

\* Filling [a, b) of the VMA of index i with pages: a write fault if it is private and writable (populate_vma_page_range).
FillVma(s, i, a, b) ==
  LET v == s.vmas[i]
  IN IF v.write /\ ~v.shared /\ ~v.lockonfault THEN WriteFaults(s, i, a, b) ELSE s

\* Some page of [p, end) of v cannot be filled.
RECURSIVE CannotFill(_, _, _, _)
CannotFill(s, v, p, end) ==
  IF p >= end THEN FALSE
  ELSE IF FaultSignal(s, v, p) # "" THEN TRUE ELSE CannotFill(s, v, p + 1, end)

\* Filling [a, b) of v fails: no access at all, or a page whose fault raises a signal.
FillFails(s, v, a, b) ==
  ~v.lockonfault /\ (~(v.read \/ v.write \/ v.exec) \/ CannotFill(s, v, a, b))

\* Fill the mapped part of [p, end), VMA by VMA, up to a failure (__mm_populate without ignore_errors).
RECURSIVE Populate(_, _, _)
Populate(s, p, end) ==
  LET i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) \/ s.vmas[i].start >= end THEN Outcome(s, Done(0))
     ELSE LET a == Max(p, s.vmas[i].start)
              b == Min(end, s.vmas[i].end)
              t == FillVma(s, i, a, b)
          IN IF FillFails(s, s.vmas[i], a, b) THEN Outcome(t, Failed("ENOMEM")) ELSE Populate(t, b, end)

\* The same, passing over VMAs that fail (__mm_populate with ignore_errors: mmap, mremap).
RECURSIVE PopulateAll(_, _, _)
PopulateAll(s, p, end) ==
  LET i == FirstAfter(s.vmas, p)
  IN IF p >= end \/ i > Len(s.vmas) \/ s.vmas[i].start >= end THEN s
     ELSE PopulateAll(FillVma(s, i, Max(p, s.vmas[i].start), Min(end, s.vmas[i].end)), s.vmas[i].end, end)

(***************************************************************************)
(* Loads and stores (do_user_addr_fault, access_error).                    *)
(***************************************************************************)

\* Read page p: nothing changes.
LoadPage(s, p) ==
  LET v == VmaAt(s.vmas, p)
      signal == FaultSignal(s, v, p)
  IN IF ~(v.read \/ v.write \/ v.exec) THEN Outcome(s, Failed("SIGSEGV"))
     ELSE IF signal = "SIGSEGV" \/ (IsAnonymous(v) /\ signal # "") THEN Outcome(s, Failed(signal))
     ELSE Outcome(s, Done(0))

\* Write to page p: a private page becomes present.
StorePage(s, p) ==
  LET i == IndexAt(s.vmas, p)
      v == VmaAt(s.vmas, p)
      signal == FaultSignal(s, v, p)
  IN IF ~v.write THEN Outcome(s, Failed("SIGSEGV"))
     ELSE IF v.shared THEN Outcome(s, IF signal = "SIGSEGV" THEN Failed(signal) ELSE Done(0))
     ELSE IF signal # "" THEN Outcome(SignalledWrite(s, i, signal), Failed(signal))
     ELSE Outcome(WriteFault(s, i, p), Done(0))

\* Read from c.addr; an access across the end of a page is one of two pages.
Load(s, c) ==
  LET o == LoadPage(s, c.addr)
  IN IF o.result.ok /\ c.len > 1 THEN LoadPage(s, c.addr + 1) ELSE o

\* Write to c.addr.
Store(s, c) ==
  LET o == StorePage(s, c.addr)
  IN IF o.result.ok /\ c.len > 1 THEN StorePage(o.space, c.addr + 1) ELSE o
=============================================================================
