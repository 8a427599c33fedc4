---- MODULE TLA1002String ----
Greeting == "hello
Other == 1
====
