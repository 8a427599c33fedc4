----------------------------- MODULE Instances -----------------------------
\* INSTANCE: named, nameless, with parameters, with operators; modules inside of the module; LOCAL.
EXTENDS Integers

----------------------------- MODULE Counting -----------------------------
EXTENDS Integers
CONSTANTS Step, Combine(_, _)
Advance(n) == Combine(n, Step)
Thrice(n) == Advance(Advance(Advance(n)))
===========================================================================

------------------------------- MODULE Plain -------------------------------
LOCAL INSTANCE Integers
LOCAL Hidden(x) == x * 100
Shown(x) == Hidden(x) + 1
Zero == 0
===========================================================================

ByTwo == INSTANCE Counting WITH Step <- 2, Combine <- +
By(Step) == INSTANCE Counting WITH Combine <- LAMBDA a, b : a * b
LOCAL P == INSTANCE Plain
INSTANCE Plain

Hidden(x) == -x

Uses(n) == <<ByTwo!Advance(n), ByTwo!Thrice(n), By(3)!Advance(n), By(n)!Thrice(2), P!Shown(n), Shown(n), P!Zero, Zero, Hidden(n)>>
\* > <<Uses(1), Uses(5)>>
Handed(F(_), x) == F(x)
HandedInstances == <<Handed(ByTwo!Advance, 1), Handed(P!Shown, 1)>>
LOCAL Secret == 42
Known == Secret + 1
InLet(k) == LET C == INSTANCE Counting WITH Step <- k, Combine <- - IN C!Thrice(10)
\* > <<InLet(1), InLet(2)>>
=============================================================================
