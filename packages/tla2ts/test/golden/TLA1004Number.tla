---- MODULE TLA1004Number ----
Mask == \b0121
====
