---- MODULE Request ----
\* A request is answered and the line is free after that, unless it is cancelled.
VARIABLE s
Init == s = "free"
Next == \/ s = "free" /\ s' = "request"
        \/ s = "request" /\ s' \in {"answer", "cancelled"}
        \/ s = "answer" /\ s' = "free"
        \/ s = "cancelled" /\ s' \in {"free", "request"}
Spec == Init /\ [][Next]_s /\ WF_s(Next)
Persistent == Spec /\ SF_s(s = "request" /\ s' = "answer")
Patient == Spec /\ SF_s(s = "cancelled" /\ s' = "free")
Answer == s = "request" ~> s = "answer"
OrCancel == s = "request" ~> s \in {"answer", "cancelled"}
ThenFree == [](s = "request" => <>(s = "answer" /\ <>(s = "free")))
Free == []<>(s = "free")
Often == []<>(s = "request") => []<>(s = "answer")
====
