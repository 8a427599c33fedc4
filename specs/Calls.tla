------------------------------- MODULE Calls --------------------------------
(***************************************************************************)
(* Every call but mremap as a function: (space, call, prof) -> [space,     *)
(* result].  A range call walks its range piece by piece in address order; *)
(* a piece whose attributes change is put in its place (Limits: Change),   *)
(* which is the site of a merge attempt; a piece that does not change is   *)
(* left alone.  Refusals for the arguments alone are tables (Arguments).   *)
(***************************************************************************)
EXTENDS Mapping, Protection, Locking, Uffd, Advice

\* Any call but mremap.
Perform(s, c, prof) ==
  CASE c.op = "mmap" -> Mmap(s, c, prof)
    [] c.op = "munmap" -> Munmap(s, c)
    [] c.op = "mprotect" -> Mprotect(s, c, prof)
    [] c.op = "mlock2" -> Mlock2(s, c, prof)
    [] c.op = "munlock" -> Munlock(s, c, prof)
    [] c.op = "mlockall" -> Mlockall(s, c, prof)
    [] c.op = "munlockall" -> Munlockall(s, prof)
    [] c.op = "mseal" -> Mseal(s, c, prof)
    [] c.op = "madvise" -> Madvise(s, c, prof)
    [] c.op = "msync" -> Msync(s, c)
    [] c.op = "mincore" -> Mincore(s, c)
    [] c.op = "brk" -> Brk(s, c, prof)
    [] c.op = "uffdRegister" -> UffdRegister(s, c, prof)
    [] c.op = "uffdUnregister" -> UffdUnregister(s, c, prof)
    [] c.op = "uffdClose" -> UffdClose(s, c, prof)
    [] c.op = "load" -> Load(s, c)
    [] c.op = "store" -> Store(s, c)
    [] OTHER -> Outcome(s, Failed("ENOSYS"))
=============================================================================
