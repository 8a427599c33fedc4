---------------------------- MODULE Neighbourhood ----------------------------
(***************************************************************************)
(* Where a call can reach.  Who checks steps in an address space of very   *)
(* many VMAs looks only there, and at what has changed (packages/replay).  *)
(***************************************************************************)
EXTENDS PropertyLib

\* As many pages from page a on as the call may be about.
LOCAL Span(a, c) == [from |-> a, to |-> a + Max(c.len, c.newLen)]

\* All mappings.
LOCAL Everything(vmas) == IF vmas = <<>> THEN <<>> ELSE << [from |-> 0, to |-> vmas[Len(vmas)].end] >>

\* The ranges that the call names, and where its result lies (the arguments of do_mmap, do_mremap and the like); of brk all between the ends
\* of the heap; everything for calls that are about the whole process (mlockall, munlockall, userfaultfd_release).
Reach(s, c, r) ==
  CASE c.op \in {"mlockall", "munlockall", "uffdClose"} -> Everything(s.vmas)
    [] c.op = "brk" -> << [from |-> Min(c.addr, s.heapEnd), to |-> Max(c.addr, s.heapEnd)], Span(s.heapStart, c) >>
    [] OTHER -> << Span(c.addr, c), Span(c.newAddr, c), Span(Dest(c, r), c) >>
=============================================================================
