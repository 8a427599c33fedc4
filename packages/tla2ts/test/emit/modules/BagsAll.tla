------------------------------ MODULE BagsAll ------------------------------
\* Bags: every operator of the module.
EXTENDS Integers, Bags

One == SetToBag({"a", "b"})
Two == One (+) SetToBag({"a"})
Operators(B, C) == <<B (+) C, B (-) C, B \sqsubseteq C, BagToSet(B), BagCardinality(B), BagUnion({B, C})>>
\* > <<Operators(One, Two), Operators(Two, One), Operators(EmptyBag, One)>>
Asked(x, B) == <<BagIn(x, B), CopiesIn(x, B), IsABag(B)>>
\* > <<Asked("a", Two), Asked("z", Two), Asked("z", EmptyBag)>>
Below == SubBag(Two)
Renamed == BagOfAll(LAMBDA x : IF x = "a" THEN "c" ELSE x, Two)
=============================================================================
