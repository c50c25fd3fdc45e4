"""Where a case stands, in the few steps that matter to its party. Pure."""

from typing import Literal

from server.cases.workflow import State

S = State
Phase = Literal[
    "looked_at", "reminded", "coming", "on_site", "ordered", "waiting", "checked", "reviewed", "objected", "redone",
    "no_record", "no_offence", "exempt", "corrected", "penalty", "transferred", "not_punished",
]  # fmt: skip
PHASES: dict[State, Phase] = {
    S.A0: "looked_at", S.A1: "looked_at", S.A2: "no_record", S.A3: "no_offence",
    S.W0: "reminded", S.W1: "coming", S.W2: "coming", S.W3: "coming", S.W4: "on_site", S.W5: "on_site",
    S.W6: "ordered", S.W7: "checked", S.W8: "checked", S.W9: "waiting", S.WX: "waiting",
    S.L1: "reviewed", S.L2: "reviewed", S.L3: "reviewed", S.L4: "reviewed", S.L5: "reviewed",
    S.L8: "objected", S.L9: "redone",
    S.C1: "exempt", S.C2: "corrected", S.C3: "penalty", S.C4: "no_offence", S.C5: "transferred",
    S.C6: "transferred", S.C7: "no_offence", S.C8: "not_punished", S.V: "no_offence",
}  # fmt: skip
"""Approved and not served yet (L5) is still under review for the party: a decision is told by serving it."""
CORRECTING = frozenset({S.A1, S.W0, S.W1, S.W2, S.W3, S.W4, S.W6, S.W7, S.W8, S.W9, S.WX, S.L1})
"""While photos of a correction can still count for the party."""
PLEDGING = frozenset({S.W4, S.W6, S.W7, S.W8, S.W9, S.WX, S.L1})
"""While a pledge may be signed: as on paper, from the officers' visit to the review. A reminder asks for none."""
