-------------------------------- MODULE Signs --------------------------------
\* The language in its other letters.
EXTENDS Integers, Sequences

Kopf(s) ≜ s[1]
Logic(p, q) ≜ ⟨p ∧ q, p ∨ q, ¬p, p ⇒ q, p ≡ q⟩
\* > ⟨Logic(TRUE, FALSE), Logic(FALSE, FALSE)⟩
Sets(S, T) ≜ ⟨S ∪ T, S ∩ T, S ⊆ T, ∀ x ∈ S : x ∉ T, ∃ x ∈ S : x ∈ T, S × T⟩
\* > Sets({1, 2}, {2, 3})
Numbers(a, b) ≜ ⟨a ≤ b, a ≥ b, a ≠ b, a ÷ b, a ‥ b⟩
\* > Numbers(1, 3)
Sequences2(s, t) ≜ ⟨s ∘ t, Kopf(s), [x ∈ 1 ‥ 2 ↦ x], [a ↦ 1]⟩
\* > Sequences2(⟨1⟩, ⟨2⟩)
List(p, q) ≜
  ∧ ∨ p
    ∨ q
  ∧ q ⇒ p
\* > ⟨List(TRUE, FALSE), List(FALSE, TRUE)⟩
Spaces ≜ [{1} → {2, 3}]
=============================================================================
