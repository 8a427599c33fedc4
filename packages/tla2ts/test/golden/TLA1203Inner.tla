---- MODULE TLA1203Inner ----
Value == 1
LOCAL Hidden == 2
====
