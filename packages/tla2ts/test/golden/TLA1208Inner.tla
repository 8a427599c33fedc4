---- MODULE TLA1208Inner ----
EXTENDS Naturals
CONSTANT Size
VARIABLE value
Double == 2 * Size + value
====
