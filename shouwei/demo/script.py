"""The people's parts as a table: what each would do next with a case. Pure; says plainly that it is a script.

The script files muck on sites at once and reminds shops first; it takes what the engine recommends, which real people
need not do.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

OFFICERS = ["执法证-320402-0117", "执法证-320402-0233"]
SAYS_SO = "剧本代演 / played by the demo's script"


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the script looks at: the case as the API tells it, when it came into its state, and what is recommended."""

    case: dict[str, Any]
    since: datetime
    photos: list[str] = field(default_factory=list[str])
    recommendation: dict[str, Any] | None = None

    @property
    def state(self) -> str:
        """The state's code."""
        return self.case["state"]


@dataclass(frozen=True, slots=True)
class Move:
    """Who moves the case where, with what."""

    role: str
    to: str
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    reason: str = SAYS_SO


THINKING_S = {
    "A1": 3,
    "W1": 1,
    "W2": 1,
    "W3": 2,
    "W4": 2,
    "W6": 2,
    "W7": 1,
    "W8": 2,
    "L1": 1,
    "L3": 1,
    "L4": 1,
    "L5": 1,
}
"""How long, in demonstration seconds, a person takes in each state."""


def next_move(view: CaseView, now: datetime, ids: dict[str, str]) -> Move | None:
    """What somebody does next, None when it is nobody's turn yet. `ids` are the cast's person ids by role."""
    waits_s = THINKING_S.get(view.state)
    if waits_s is None or now < view.since + timedelta(seconds=waits_s):
        return None
    case = view.case
    match view.state:
        case "A1":
            return Move("SEAT", "W1" if case["violation"] == "exposed_muck" else "W0")
        case "W1":
            return Move("DISPATCH", "W2", {"assignee_id": ids["OFFICER"]})
        case "W2":
            return Move("OFFICER", "W3")
        case "W3":
            return Move("OFFICER", "W4", {"lon": 119.9741, "lat": 31.7792})
        case "W4":
            return Move("OFFICER", "W6", _order(view)) if view.photos else None
        case "W6":
            return _correction(view)
        case "W7":
            return Move("VERIFY", "W8")
        case "W8":
            return Move("VERIFY", "L1", {"photos": view.photos})
        case "L1":
            return _after_recommendation(view)
        case "L3":
            return Move("LEGAL", "L4")
        case "L4":
            return Move("HEAD", "L5", {"outcome": _outcome(view)})
        case _:
            return Move("OFFICER", "C1", {"served_by": "direct", "education": ["ED1", "ED2", "ED3"]})


def _order(view: CaseView) -> dict[str, Any]:
    number = view.case["number"]
    return {
        "officers": OFFICERS, "harm": "MINOR", "sev": "SLIGHT", "order_number": f"责改-{number}",
        "inspection_record": f"检查笔录-{number}", "photos": view.photos,
    }  # fmt: skip


def _correction(view: CaseView) -> Move | None:
    """The officer records the correction once the camera has seen it and there is a picture of it."""
    seen = view.case["corrected_seen_at"]
    if seen is None or view.case["back_since"] is not None or not view.photos:
        return None
    return Move("OFFICER", "W7", {"corrected_at": seen, "photos": view.photos})


def _after_recommendation(view: CaseView) -> Move | None:
    """Exempt goes to approval, legal review where it is asked for, a penalty track to the leader; holds wait."""
    said = view.recommendation
    if said is None or said["holds"]:
        return None
    if said["result"].startswith("PENALTY"):
        return Move("LEADER", "C3", reason=f"{SAYS_SO}: {said['rule']} {said['result']}")
    findings = {"pledge_signed": True}
    return Move("OFFICER", "L3" if said["needs_legal"] else "L4", findings)


def _outcome(view: CaseView) -> str:
    said = view.recommendation["result"] if view.recommendation else ""
    return {"EXEMPT_T1_SHALL": "exempt_t1", "EXEMPT_T2_MAY": "exempt_t2"}.get(said, "no_penalty")
