---- MODULE TLA1005Escape ----
Path == "C:\data"
====
