------------------------------ MODULE MCAdvice ------------------------------
(***************************************************************************)
(* madvise, once, with every advice that is modelled, from some hundred    *)
(* layouts; loads and stores show what guard pages do.                     *)
(***************************************************************************)
EXTENDS CallSteps

\* Flags, guards, seals and locks beside each other; a hole, a file; a guard page of an object.
AdviceLayouts ==
  {Layout(<<k1, k2, k3, k4>>) : k1 \in {"a", "f", "d", "k", "l"}, k2 \in {"a", "h", ".", "m"}, k3 \in {"a", "d", "q", "u"},
                               k4 \in {"e", "."}}
    \union {Layout(<<"t", k2, "p">>) : k2 \in {".", "m", "q"}}

\* The same without locks, files and the last page.
FewAdviceLayouts == {Layout(<<k1, k2, k3>>) : k1 \in {"f", "d", "k"}, k2 \in {"a", "h", "."}, k3 \in {"a", "d"}}

\* What KSM may merge, sealed or registered: MADV_UNMERGEABLE takes from it what it should not (6.13 to 6.17.2).
MergeableLayouts == {Layout(<<k1, k2, k3>>) : k1 \in {"o", "k"}, k2 \in {"p", "o", "."}, k3 \in {"a", "p"}}

Rg(a, n) == [a |-> a, n |-> n]
Advice == {"NORMAL", "RANDOM", "SEQUENTIAL", "WILLNEED", "DONTNEED", "FREE", "REMOVE", "DONTFORK", "DOFORK", "MERGEABLE",
           "UNMERGEABLE", "NOHUGEPAGE", "DONTDUMP", "DODUMP", "WIPEONFORK", "KEEPONFORK", "COLD", "DONTNEED_LOCKED",
           "GUARD_INSTALL", "GUARD_REMOVE", "POPULATE_READ", "POPULATE_WRITE"}

\* One page, and several VMAs; unknown advice; accesses.
AdviceSteps ==
  AdviceCalls({Rg(1, 1), Rg(2, 1), Rg(1, 3), Rg(2, 2)}, Advice)
    \union {[c EXCEPT !.argClass = "badFlags"] : c \in AdviceCalls({Rg(1, 1)}, {""})}
    \union AccessCalls("load", 1..3) \union AccessCalls("store", 1..3)
    \union RangeCalls("msync", {Rg(1, 3)}) \union RangeCalls("mincore", {Rg(1, 3)})
    \union {[c EXCEPT !.mode = 2] : c \in RangeCalls("msync", {Rg(1, 2), Rg(2, 2)})}
    \union {[c EXCEPT !.mayMove = TRUE, !.fixed = TRUE] :
              c \in {[NoCall EXCEPT !.op = "mremap", !.addr = 2, !.len = 1, !.newAddr = 4, !.newLen = 1]}}

\* Sometimes: the mark of guard pages on what has none any more; a guard page that moved; two VMAs that advice joined; a registration
\* that advice took away.
MarkStays == \E i \in 1..Len(space.vmas) : HasMode(space.vmas[i].extra, VmMaybeGuard) /\ DOMAIN space.guards = {} /\ verdict = ""
GuardMoved == 4 \in DOMAIN space.guards
AdviceJoins == verdict = "" /\ \E i \in 1..Len(space.vmas) : Pages(space.vmas[i]) = 3 /\ space.vmas[i].extra = VmDontCopy
RegistrationDropped ==
  verdict = "" /\ LET v == VmaAt(space.vmas, 1) IN v.file = 2 /\ v.uffd = 0 /\ ~HasMode(v.extra, VmMergeable)
=============================================================================
