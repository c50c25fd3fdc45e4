"""Never to the party's harm (Penalty Law 45): what was said for the party may not make the outcome heavier. Pure."""

from server.policy.rules import Result

R = Result
WEIGHT: dict[str, int] = {
    "no_violation": 0, R.NO_VIOLATION: 0, R.SUPPRESS_PERMITTED: 0, R.TRANSFER: 0,
    "no_penalty": 1, R.CLOSE_CORRECTED: 1, R.NO_PENALTY_TIME_BARRED: 1, R.NO_PENALTY_INCAPACITY: 1,
    R.NO_PENALTY_NO_FAULT: 1,
    "exempt_t1": 2, "exempt_t2": 2, R.EXEMPT_T1_SHALL: 2, R.EXEMPT_T2_MAY: 2, R.T1_LEGAL_REVIEW: 2,
    R.PENALTY_TRACK_LIGHTER: 3,
    "penalty_track": 4, R.PENALTY_TRACK: 4,
}  # fmt: skip
"""How heavy an outcome is, or the outcome that a result stands for. The default of R19 is no penalty."""
NOT_COMPARED: frozenset[str] = frozenset(
    {
        "transfer_crime", R.TRANSFER_CRIME, R.LEGAL_REVIEW, R.T2_LEGAL_REVIEW, R.HOLD_EVIDENCE_REVIEW,
        R.PENDING_SUBJECT, R.HOLD_OBJECTION, R.AWAIT_CORRECTION, R.HUMAN_REMEDY_CHECK, R.HOLD_PRIOR, R.HOLD_DATA,
    }
)  # fmt: skip
"""Not an outcome yet, open by itself, or (a suspected crime, Penalty Law 27) not for the authority to choose."""


def standing(outcome: str, result: str) -> str:
    """One name for a decision: a penalty procedure that was to be lighter is that."""
    return result if outcome == "penalty_track" and result == R.PENALTY_TRACK_LIGHTER else outcome


def heavier(baseline: str | None, wanted: str) -> bool:
    """Whether `wanted` is heavier than what stood when the party spoke. False when either is not compared."""
    before, after = WEIGHT.get(baseline or ""), WEIGHT.get(wanted)
    return before is not None and after is not None and after > before
