---- MODULE TLA3103Field ----
EXTENDS Naturals
VARIABLE message
Init == message = [kind |-> "none"]
Next == message' = [kind |-> "reply", to |-> message.from]
====
