---- MODULE TLA1201Missing ----
EXTENDS Integer, NoSuchModule
====
