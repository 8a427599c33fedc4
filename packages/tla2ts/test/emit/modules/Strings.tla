------------------------------ MODULE Strings ------------------------------
\* Strings: escapes, comparison, as members, as parts of names.
EXTENDS Sequences, FiniteSets, TLC

Escapes == <<"", "a b", "quote \" and \\ backslash", "tab\tend", "line\nend">>
Equal(s, t) == <<s = t, s # t, s \in {"a", "b"}, s \in STRING, s \notin {t}>>
\* > <<Equal("a", "a"), Equal("a", "b"), Equal("", "c")>>
Joined(s, t) == s \o ", " \o t
\* > <<Joined("a", "b"), Len("four"), Len("")>>
Days == {"Mon", "Tue", "Wed"}
Next(day) == CASE day = "Mon" -> "Tue" [] day = "Tue" -> "Wed" [] OTHER -> "Mon"
\* > [day \in Days |-> <<Next(day), Next(Next(day))>>]
Shown(x) == ToString(x)
\* > <<Shown(1), Shown("s"), Shown(<<1, "a">>), Shown({TRUE}), Shown([a |-> {}])>>
Greeting(who) == "hello " \o (IF who = "" THEN "nobody" ELSE who) \o "!"
\* > <<Greeting("you"), Greeting("")>>
Counted == [s \in {"x", "yy"} |-> Len(s)]
=============================================================================
