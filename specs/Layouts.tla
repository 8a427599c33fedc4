------------------------------ MODULE Layouts -------------------------------
(***************************************************************************)
(* Well-formed address spaces for the exploring modules: one character per *)
(* page says what is mapped there.                                         *)
(*                                                                         *)
(*    .  nothing                       r  read only, never written         *)
(*    a  read and write, never written f  read and write, written          *)
(*    u  as a, registered (MISSING)    v  as f, registered                 *)
(*    s  read only, sealed             l  as a, locked                     *)
(*    m  shared, of object 1           n  no access                        *)
(*    p  private, of file 2            q  as p, written                    *)
(*    g  as f, with another anon_vma   e  as f, its page not present       *)
(*    d  as a, with MADV_DONTFORK      w  as f, with MADV_WIPEONFORK       *)
(*    h  as e, a guard page            b  as u, with another userfaultfd   *)
(*    k  read only, sealed, written before, with MADV_MERGEABLE            *)
(*    o  as p, with MADV_MERGEABLE, registered (MINOR)                     *)
(*    t  as m, a guard page            i  the kernel's own ([vvar])        *)
(*                                                                         *)
(* Neighbours that can be one VMA are one VMA, and have one anon_vma.      *)
(***************************************************************************)
EXTENDS Calls, Profile

\* The VMA of one page.
KindVma(kind, p) ==
  LET base == [NoVma EXCEPT !.start = p, !.end = p + 1, !.pgoff = p, !.read = kind # "n"]
      rw == [base EXCEPT !.write = TRUE, !.account = TRUE]
  IN CASE kind = "a" -> rw
       [] kind = "f" -> [rw EXCEPT !.anonVma = 1]
       [] kind = "e" -> [rw EXCEPT !.anonVma = 1]
       [] kind = "g" -> [rw EXCEPT !.anonVma = 2]
       [] kind = "u" -> [rw EXCEPT !.uffd = UffdMissing, !.ctx = 1]
       [] kind = "v" -> [rw EXCEPT !.uffd = UffdMissing, !.ctx = 1, !.anonVma = 1]
       [] kind = "b" -> [rw EXCEPT !.uffd = UffdMissing, !.ctx = 2]
       [] kind = "d" -> [rw EXCEPT !.extra = VmDontCopy]
       [] kind = "w" -> [rw EXCEPT !.extra = VmWipeOnFork, !.anonVma = 1]
       [] kind = "h" -> [rw EXCEPT !.extra = VmMaybeGuard, !.anonVma = 1]
       [] kind = "k" -> [base EXCEPT !.sealed = TRUE, !.extra = VmMergeable, !.anonVma = 1, !.account = TRUE]
       [] kind = "s" -> [base EXCEPT !.sealed = TRUE]
       [] kind = "l" -> [rw EXCEPT !.locked = TRUE]
       [] kind = "m" -> [base EXCEPT !.write = TRUE, !.shared = TRUE, !.file = 1]
       [] kind = "p" -> [rw EXCEPT !.file = 2]
       [] kind = "q" -> [rw EXCEPT !.file = 2, !.anonVma = 1]
       [] kind = "o" -> [rw EXCEPT !.file = 2, !.extra = VmMergeable, !.uffd = UffdMinor, !.ctx = 1]
       [] kind = "t" -> [base EXCEPT !.write = TRUE, !.shared = TRUE, !.file = 1, !.extra = VmMaybeGuard]
       [] kind = "i" -> [base EXCEPT !.extra = VmDontDump + VmSpecial[1] + VmSpecial[2] + VmSpecial[3]]
       [] OTHER -> base

\* The VMAs of pages i.. of a sequence of kinds, put one after the other.
RECURSIVE BuildFrom(_, _, _)
BuildFrom(kinds, i, vmas) ==
  IF i > Len(kinds) THEN vmas
  ELSE BuildFrom(kinds, i + 1, IF kinds[i] = "." THEN vmas ELSE Put(vmas, KindVma(kinds[i], i), 0, IntendedProfile))

\* The address space with these kinds at pages 1, 2, ...; what was written is present.
Layout(kinds) ==
  LET vmas == BuildFrom(kinds, 1, <<>>)
  IN [EmptySpace EXCEPT
        !.vmas = vmas,
        !.frames = [p \in {i \in 1..Len(kinds) : kinds[i] \in {"f", "g", "v", "q", "w", "k"}} |-> p],
        !.guards = [p \in {i \in 1..Len(kinds) : kinds[i] \in {"h", "t"}} |-> TRUE],
        !.mapCount = Len(vmas), !.totalVm = TotalPages(vmas),
        !.lockedVm = LockedPages(vmas), !.committed = AccountPages(vmas)]
=============================================================================
