----------------------------- MODULE Concurrency ----------------------------
(***************************************************************************)
(* mremap among other threads of the process: what each of them sees while *)
(* the call is between two of its phases (locks of mm/mremap.c,            *)
(* mm/mmap_lock.c, fs/userfaultfd.c of Linux 6.17 and 6.18).               *)
(*                                                                         *)
(*   a mover     calls mremap once                                         *)
(*   touchers    store whenever they like; the hardware asks for no lock   *)
(*               where a page is, and a fault takes the lock of its VMA,   *)
(*               or else the map's                                         *)
(*   a mapper    maps and unmaps                                           *)
(*   a handler   reads userfaultfd's messages and fills pages              *)
(*                                                                         *)
(* Four places, each with room for a VMA of one page; what is at place p   *)
(* is moved to place p + 2.  What a page of memory is called goes with it: *)
(* 1 and 2 are the memory that was at places 1 and 2, 3 is what was at the *)
(* destination, 4 is what the mapper maps.                                 *)
(*                                                                         *)
(* Phases of the mover:                                                    *)
(*   lock -> lookup -> unmapDest -> lockVma -> copy -> movePages ->        *)
(*   unmapSource (-> lookup ...) -> unlock -> tell -> wait (-> tell ...)   *)
(*   -> done;  a shrink: lock -> lookup -> shrink -> zap -> unlock -> done *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS Touchers,       \* threads that store
          Calls,          \* what the mover may call: "many", "armed", "shrink"
          Present,        \* which of the pages 1 and 2 may be there in the beginning
          MapperPlaces,   \* where the mapper maps and unmaps
          Limit           \* the most VMAs that there may be (max_map_count)

VARIABLES vma,         \* Places -> [of : what memory this is, or 0; armed; locked : BOOLEAN]
          page,        \* Places -> what is stored in the page there, or NoPage
          memory,      \* what was last stored to a memory, wherever it was; nobody reads this
          lock,        \* the map's lock: "free", "mover" (for writing), "reading" (the mover's, downgraded)
          mover,       \* [phase, call, place, left, result, events]
          toucher,     \* Touchers -> [phase, place]
          handler,     \* [phase, place, known, heard]
          faults,      \* places whose faults the handler has not read
          changing     \* events that are still to be read (ctx->mmap_changing)

vars == <<vma, page, memory, lock, mover, toucher, handler, faults, changing>>

Places == 1..4
NoPage == -1
Zero == 0

\* What touchers store, and what a handler that does not know a place puts there.
Stored == 7
Garbage == 9

NoVma == [of |-> 0, armed |-> FALSE, locked |-> FALSE]

IsMapped(p) == vma[p] # NoVma

\* The number of VMAs (mm->map_count).
Count == Cardinality({p \in Places : IsMapped(p)})

\* A thread that faults holds the lock of the VMA at place p (vma_start_read).
ReadLocked(p) == \E t \in Touchers : toucher[t].phase = "vmaLock" /\ toucher[t].place = p

(***************************************************************************)
(* The mover.                                                              *)
(***************************************************************************)

\* What is moved, or unmapped, piece by piece.
PiecesOf(call) == CASE call = "many" -> <<1, 2>> [] call = "armed" -> <<1>> [] OTHER -> <<2>>

\* The write lock of the map (mmap_write_lock_killable).
TakeLock ==
  /\ mover.phase = "lock" /\ lock = "free"
  /\ lock' = "mover"
  /\ mover' = [mover EXCEPT !.phase = "lookup"]
  /\ UNCHANGED <<vma, page, memory, toucher, handler, faults, changing>>

\* The next piece: there must be a VMA, and room for one more (check_prep_vma, move_vma).
Lookup ==
  /\ mover.phase = "lookup"
  /\ mover' = IF mover.left = <<>> THEN [mover EXCEPT !.phase = "unlock"]
              ELSE IF ~IsMapped(mover.left[1]) THEN [mover EXCEPT !.phase = "unlock", !.result = "EFAULT"]
              ELSE IF mover.call # "shrink" /\ Count >= Limit THEN [mover EXCEPT !.phase = "unlock", !.result = "ENOMEM"]
              ELSE [mover EXCEPT !.phase = IF mover.call = "shrink" THEN "shrink" ELSE "unmapDest",
                                 !.place = mover.left[1], !.left = Tail(mover.left)]
  /\ UNCHANGED <<vma, page, memory, lock, toucher, handler, faults, changing>>

\* What is at the destination goes, once nobody holds its lock; userfaultfd will be told (do_munmap, userfaultfd_unmap_prep).
UnmapDest ==
  LET q == mover.place + 2
  IN /\ mover.phase = "unmapDest" /\ ~ReadLocked(q)
     /\ vma' = [vma EXCEPT ![q] = NoVma]
     /\ page' = [page EXCEPT ![q] = NoPage]
     /\ mover' = [mover EXCEPT !.phase = "lockVma",
                               !.events = IF vma[q].armed THEN Append(mover.events, <<"UNMAP", q>>) ELSE mover.events]
     /\ changing' = IF vma[q].armed THEN changing + 1 ELSE changing
     /\ UNCHANGED <<memory, lock, toucher, handler, faults>>

\* The source VMA's own lock, once nobody holds it: no fault begins there (vma_start_write).
LockVma ==
  /\ mover.phase = "lockVma" /\ ~ReadLocked(mover.place)
  /\ vma' = [vma EXCEPT ![mover.place].locked = TRUE]
  /\ mover' = [mover EXCEPT !.phase = "copy"]
  /\ UNCHANGED <<page, memory, lock, toucher, handler, faults, changing>>

\* The VMA at the destination, locked from the beginning (copy_vma, vma_link).
Copy ==
  /\ mover.phase = "copy"
  /\ vma' = [vma EXCEPT ![mover.place + 2] = [vma[mover.place] EXCEPT !.locked = TRUE]]
  /\ mover' = [mover EXCEPT !.phase = "movePages"]
  /\ UNCHANGED <<page, memory, lock, toucher, handler, faults, changing>>

\* The page; userfaultfd will be told (move_page_tables, mremap_userfaultfd_prep).
MovePages ==
  LET p == mover.place
      armed == vma[p].armed
  IN /\ mover.phase = "movePages"
     /\ page' = [page EXCEPT ![p + 2] = page[p], ![p] = NoPage]
     /\ mover' = [mover EXCEPT !.phase = "unmapSource",
                               !.events = IF armed THEN Append(mover.events, <<"REMAP", p>>) ELSE mover.events]
     /\ changing' = IF armed THEN changing + 1 ELSE changing
     /\ UNCHANGED <<vma, memory, lock, toucher, handler, faults>>

\* The old place goes, then the next piece; userfaultfd will be told of this last (unmap_source_vma).
UnmapSource ==
  LET p == mover.place
      armed == vma[p].armed
  IN /\ mover.phase = "unmapSource"
     /\ vma' = [vma EXCEPT ![p] = NoVma]
     /\ page' = [page EXCEPT ![p] = NoPage]
     /\ mover' = [mover EXCEPT !.phase = "lookup",
                               !.events = IF armed THEN Append(mover.events, <<"UNMAP", p>>) ELSE mover.events]
     /\ changing' = IF armed THEN changing + 1 ELSE changing
     /\ UNCHANGED <<memory, lock, toucher, handler, faults>>

\* A shrink takes the VMA out of the map under the write lock and keeps a read lock (mmap_write_downgrade in vms_complete_munmap_vmas).
Shrink ==
  /\ mover.phase = "shrink" /\ ~ReadLocked(mover.place)
  /\ vma' = [vma EXCEPT ![mover.place] = NoVma]
  /\ lock' = "reading"
  /\ mover' = [mover EXCEPT !.phase = "zap"]
  /\ UNCHANGED <<page, memory, toucher, handler, faults, changing>>

\* Its pages go while others may read the map (unmap_region).
Zap ==
  /\ mover.phase = "zap"
  /\ page' = [page EXCEPT ![mover.place] = NoPage]
  /\ mover' = [mover EXCEPT !.phase = "unlock"]
  /\ UNCHANGED <<vma, memory, lock, toucher, handler, faults, changing>>

\* The map's lock is dropped, and with it the locks of all VMAs (mmap_write_unlock, vma_end_write_all).
Unlock ==
  /\ mover.phase = "unlock"
  /\ lock' = "free"
  /\ vma' = [p \in Places |-> [vma[p] EXCEPT !.locked = FALSE]]
  /\ mover' = [mover EXCEPT !.phase = IF mover.events = <<>> THEN "done" ELSE "tell"]
  /\ UNCHANGED <<page, memory, toucher, handler, faults, changing>>

\* The next event is offered to the handler; the mover sleeps until it is read (userfaultfd_event_wait_completion).
Tell ==
  /\ mover.phase = "tell"
  /\ mover' = [mover EXCEPT !.phase = "wait"]
  /\ UNCHANGED <<vma, page, memory, lock, toucher, handler, faults, changing>>

Mover == TakeLock \/ Lookup \/ UnmapDest \/ LockVma \/ Copy \/ MovePages \/ UnmapSource \/ Shrink \/ Zap \/ Unlock \/ Tell

(***************************************************************************)
(* Touchers.                                                               *)
(***************************************************************************)

\* A store where there is a page: no lock is asked for.
Store(t, p) ==
  /\ toucher[t].phase = "idle" /\ page[p] # NoPage
  /\ page' = [page EXCEPT ![p] = Stored]
  /\ memory' = IF IsMapped(p) THEN [memory EXCEPT ![vma[p].of] = Stored] ELSE memory
  /\ UNCHANGED <<vma, lock, mover, toucher, handler, faults, changing>>

\* A store where there is none.
Fault(t, p) ==
  /\ toucher[t].phase = "idle" /\ page[p] = NoPage
  /\ toucher' = [toucher EXCEPT ![t] = [phase |-> "fault", place |-> p]]
  /\ UNCHANGED <<vma, page, memory, lock, mover, handler, faults, changing>>

\* The VMA's own lock if it can be had, else the map's lock will be waited for (lock_vma_under_rcu).
LockOfVma(t) ==
  /\ toucher[t].phase = "fault"
  /\ toucher' = [toucher EXCEPT ![t].phase =
                   IF IsMapped(toucher[t].place) /\ ~vma[toucher[t].place].locked THEN "vmaLock" ELSE "mapLock"]
  /\ UNCHANGED <<vma, page, memory, lock, mover, handler, faults, changing>>

\* Under either lock: where userfaultfd watches, it gets a message and the thread sleeps without a lock; elsewhere a page of zeroes comes,
\* or a signal where nothing is mapped; in the end the store is tried again (handle_mm_fault, handle_userfault).
Resolve(t) ==
  LET p == toucher[t].place
      asks == IsMapped(p) /\ vma[p].armed /\ page[p] = NoPage
  IN /\ toucher[t].phase = "vmaLock" \/ (toucher[t].phase = "mapLock" /\ lock # "mover")
     /\ page' = IF IsMapped(p) /\ ~vma[p].armed /\ page[p] = NoPage THEN [page EXCEPT ![p] = Zero] ELSE page
     /\ faults' = IF asks THEN faults \union {p} ELSE faults
     /\ toucher' = [toucher EXCEPT ![t].phase = IF asks THEN "asleep" ELSE "idle"]
     /\ UNCHANGED <<vma, memory, lock, mover, handler, changing>>

FaultGoesOn(t) == LockOfVma(t) \/ Resolve(t)

(***************************************************************************)
(* The mapper: one call is one step, for the write lock excludes the rest. *)
(***************************************************************************)

\* mmap where nothing is mapped (mmap_region).
Map(p) ==
  /\ lock = "free" /\ ~IsMapped(p) /\ Count < Limit
  /\ \A q \in Places : vma[q].of # 4
  /\ vma' = [vma EXCEPT ![p] = [of |-> 4, armed |-> FALSE, locked |-> FALSE]]
  /\ memory' = [memory EXCEPT ![4] = Zero]
  /\ UNCHANGED <<page, lock, mover, toucher, handler, faults, changing>>

\* munmap of memory that userfaultfd does not watch (do_vmi_munmap).
Unmap(p) ==
  /\ lock = "free" /\ IsMapped(p) /\ ~vma[p].armed /\ ~ReadLocked(p)
  /\ vma' = [vma EXCEPT ![p] = NoVma]
  /\ page' = [page EXCEPT ![p] = NoPage]
  /\ UNCHANGED <<memory, lock, mover, toucher, handler, faults, changing>>

(***************************************************************************)
(* The handler: it keeps its own picture of which memory is where.         *)
(***************************************************************************)

\* A fault is read before any event (userfaultfd_ctx_read).
ReadFault(p) ==
  /\ handler.phase = "idle" /\ p \in faults
  /\ handler' = [handler EXCEPT !.phase = "prepare", !.place = p]
  /\ faults' = faults \ {p}
  /\ UNCHANGED <<vma, page, memory, lock, mover, toucher, changing>>

\* The picture after an event.
Known(known, event) ==
  LET p == event[2]
  IN IF event[1] = "UNMAP" THEN [known EXCEPT ![p] = 0] ELSE [known EXCEPT ![p + 2] = known[p], ![p] = 0]

\* An event is read, and the mover goes on (userfaultfd_ctx_read, userfaultfd_event_complete).
ReadEvent ==
  /\ handler.phase = "again" \/ (handler.phase = "idle" /\ faults = {})
  /\ mover.phase = "wait"
  /\ handler' = [handler EXCEPT !.known = Known(handler.known, mover.events[1]),
                                !.heard = Append(handler.heard, mover.events[1])]
  /\ changing' = changing - 1
  /\ mover' = [mover EXCEPT !.phase = IF Len(mover.events) = 1 THEN "done" ELSE "tell", !.events = Tail(mover.events)]
  /\ UNCHANGED <<vma, page, memory, lock, toucher, faults>>

\* Before it can answer, the handler calls mmap for itself: it needs the map's lock.
Prepare ==
  /\ handler.phase = "prepare" /\ lock = "free"
  /\ handler' = [handler EXCEPT !.phase = "fill"]
  /\ UNCHANGED <<vma, page, memory, lock, mover, toucher, faults, changing>>

\* The threads that sleep at place p go on (wake_userfault).
Woken(p) == [t \in Touchers |-> IF toucher[t].phase = "asleep" /\ toucher[t].place = p
                                THEN [toucher[t] EXCEPT !.phase = "idle"] ELSE toucher[t]]

\* UFFDIO_COPY, under the map's lock for reading: EAGAIN while an event is unread; where there is nothing to fill it only wakes (mfill_atomic).
Fill ==
  LET p == handler.place
      content == IF handler.known[p] = 0 THEN Garbage ELSE handler.known[p]
  IN /\ handler.phase = "fill" /\ lock # "mover"
     /\ IF changing > 0
        THEN /\ handler' = [handler EXCEPT !.phase = "again"]
             /\ UNCHANGED <<page, toucher>>
        ELSE /\ handler' = [handler EXCEPT !.phase = "idle"]
             /\ toucher' = Woken(p)
             /\ page' = IF vma[p].armed /\ page[p] = NoPage THEN [page EXCEPT ![p] = content] ELSE page
     /\ UNCHANGED <<vma, memory, lock, mover, faults, changing>>

\* After EAGAIN the handler reads what there is to read, and tries again.
TryAgain ==
  /\ handler.phase = "again" /\ changing = 0
  /\ handler' = [handler EXCEPT !.phase = "fill"]
  /\ UNCHANGED <<vma, page, memory, lock, mover, toucher, faults, changing>>

Handler == (\E p \in Places : ReadFault(p)) \/ ReadEvent \/ Prepare \/ Fill \/ TryAgain

(***************************************************************************)
(* All of them.                                                            *)
(***************************************************************************)

\* Memory that userfaultfd watches may be missing, for the handler has it; other memory that is missing was never stored to.
Init ==
  \E call \in Calls, present \in Present :
    /\ vma = [p \in Places |-> IF p <= 2 THEN [of |-> p, armed |-> call = "armed" /\ p = 1, locked |-> FALSE]
                               ELSE IF p = 3 /\ call = "armed" THEN [of |-> 3, armed |-> TRUE, locked |-> FALSE]
                               ELSE NoVma]
    /\ page = [p \in Places |-> IF p \in present THEN p ELSE NoPage]
    /\ memory = [i \in 1..4 |-> IF i \in present \/ (call = "armed" /\ i \in {1, 3}) THEN i ELSE Zero]
    /\ lock = "free"
    /\ mover = [phase |-> "lock", call |-> call, place |-> 0, left |-> PiecesOf(call), result |-> "", events |-> <<>>]
    /\ toucher = [t \in Touchers |-> [phase |-> "idle", place |-> 0]]
    /\ handler = [phase |-> "idle", place |-> 0, heard |-> <<>>,
                  known |-> [p \in Places |-> IF call = "armed" /\ p \in {1, 3} THEN p ELSE 0]]
    /\ faults = {}
    /\ changing = 0

Next ==
  \/ Mover
  \/ Handler
  \/ \E t \in Touchers : FaultGoesOn(t) \/ \E p \in Places : Store(t, p) \/ Fault(t, p)
  \/ \E p \in MapperPlaces : Map(p) \/ Unmap(p)

\* Who has begun something goes on with it whenever it can; nobody has to begin.
Fairness == WF_vars(Mover) /\ WF_vars(Handler) /\ \A t \in Touchers : WF_vars(FaultGoesOn(t))

Spec == Init /\ [][Next]_vars /\ Fairness

(***************************************************************************)
(* Properties.                                                             *)
(***************************************************************************)

\* Wherever memory can be seen, what was last stored to it is seen: no store is lost, no old page and no page of zeroes stands in.
SeenIsLast == \A p \in Places : IsMapped(p) /\ page[p] # NoPage => page[p] = memory[vma[p].of]

\* No page is at the old and at the new place.
OnePlace == \A p, q \in Places : p # q /\ IsMapped(p) /\ vma[p].of = vma[q].of => page[p] = NoPage \/ page[q] = NoPage

\* Whenever the map's lock is free, memory that was stored to has its page, or the handler has it: it is not at none of the places.
NothingLost ==
  lock = "free" => \A p \in Places : IsMapped(p) /\ page[p] = NoPage => memory[vma[p].of] = (IF vma[p].armed THEN vma[p].of ELSE Zero)

\* When the lock is dropped after success, all pieces are at their new places and none at its old one (remap_move).
MovedWhenUnlocked ==
  mover.phase = "unlock" /\ mover.result = "" /\ mover.call # "shrink" =>
    \A i \in 1..Len(PiecesOf(mover.call)) :
      LET p == PiecesOf(mover.call)[i] IN IsMapped(p + 2) /\ ~IsMapped(p)

\* The destination is empty when pages arrive (a page that a fault or a probe put there would be lost).
DestinationEmpty == mover.phase \in {"copy", "movePages"} => page[mover.place + 2] = NoPage

\* While a fault is handled under the lock of its VMA, the VMA is there and nobody has it for writing (vma_start_write).
FaultsExcludeWriter ==
  \A t \in Touchers : toucher[t].phase = "vmaLock" => IsMapped(toucher[t].place) /\ ~vma[toucher[t].place].locked

\* The mover changes VMAs only while it has the map's lock for writing (mmap_assert_write_locked).
ChangesUnderLock == [][vma' # vma => lock = "mover" \/ (lock = "free" /\ mover' = mover)]_vars

\* The number of VMAs stays within the limit, for it is looked at under the lock (sysctl max_map_count).
CountWithinLimit == Count <= Limit

\* No event is offered, and nobody waits for one, with the map's lock held: the handler may need it (mremap_userfaultfd_complete after the unlock).
TellsWithoutLock == mover.phase \in {"tell", "wait"} => lock = "free"

\* The handler hears of the destination's unmapping, then of the move, then of the source's unmapping, and of all before the call returns
\* (do_mremap: the early list first).
HeardInOrder ==
  LET all == <<<<"UNMAP", 3>>, <<"REMAP", 1>>, <<"UNMAP", 1>>>>
  IN /\ handler.heard = SubSeq(all, 1, Len(handler.heard))
     /\ mover.phase = "done" /\ mover.call = "armed" => handler.heard = IF mover.result = "" THEN all ELSE <<>>

\* While an event is unread nothing is filled, for the handler's picture is old (mmap_changing).
NothingFilledWhileChanging == [][Fill /\ page' # page => changing = 0]_vars

\* When all events have been read, and the call is over, the handler's picture is right.
HandlerKnows ==
  mover.phase = "done" => \A p \in Places : handler.known[p] = (IF vma[p].armed THEN vma[p].of ELSE 0)

\* The call returns.
MoverReturns == <>(mover.phase = "done")

\* Every fault ends.
FaultsEnd == \A t \in Touchers : toucher[t].phase # "idle" ~> toucher[t].phase = "idle"

\* The handler always comes back to its next message.
HandlerReturns == handler.phase # "idle" ~> handler.phase = "idle"
=============================================================================
