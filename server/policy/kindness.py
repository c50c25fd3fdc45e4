"""Which of two answers is kinder to the party, as data with the reason of each place.

Used where the list changed between act and decision (rules, edge case "list changed": the kinder of the two, both
noted) and where one act falls under several items. The order is our own proposal from Penalty Law 5, 33 and 37; no
source gives one, so the authority's legal department must confirm it.
"""

from dataclasses import dataclass

from server.policy.rules import Result


@dataclass(frozen=True)
class Place:
    """One place in the order. `exempt`: nothing is punished if the recommendation is followed as it stands."""

    results: tuple[Result, ...]
    why: str
    exempt: bool


R = Result
ORDER: tuple[Place, ...] = (
    Place((R.NO_VIOLATION,), "nothing was done: no finding at all", True),
    Place((R.SUPPRESS_PERMITTED,), "allowed: no finding, no record", True),
    Place((R.NO_PENALTY_TIME_BARRED,), "no penalty, and no chance used", True),
    Place((R.CLOSE_CORRECTED,), "only refusing is punished: closed, no chance used", True),
    Place((R.NO_PENALTY_INCAPACITY, R.NO_PENALTY_NO_FAULT), "no penalty, no chance used; guardian or proof", True),
    Place((R.EXEMPT_T1_SHALL,), "shall not be punished: nobody may choose otherwise", True),
    Place((R.T1_LEGAL_REVIEW,), "no penalty by default, after legal review", True),
    Place((R.EXEMPT_T2_MAY,), "may go unpunished: the authority may choose", True),
    Place((R.T2_LEGAL_REVIEW,), "may go unpunished, only after legal review", False),
    Place((R.LEGAL_REVIEW,), "nothing is offered, legal review decides", False),
    Place((R.HOLD_EVIDENCE_REVIEW, R.PENDING_SUBJECT, R.HOLD_OBJECTION, R.AWAIT_CORRECTION, R.HUMAN_REMEDY_CHECK,
           R.HOLD_PRIOR, R.HOLD_DATA), "nothing is decided yet", False),
    Place((R.TRANSFER,), "another authority decides", False),
    Place((R.PENALTY_TRACK_LIGHTER,), "a penalty, with Article 32 weighed", False),
    Place((R.PENALTY_TRACK,), "a penalty", False),
    Place((R.TRANSFER_CRIME,), "criminal proceedings", False),
)  # fmt: skip
_RANK: dict[Result, int] = {result: rank for rank, place in enumerate(ORDER) for result in place.results}


def rank(result: Result) -> int:
    """The place of a result: 0 is the kindest."""
    return _RANK[result]


def reason(result: Result) -> str:
    """Why it stands where it does."""
    return ORDER[_RANK[result]].why


def is_exempt(result: Result) -> bool:
    """Whether nothing is punished if the recommendation is followed as it stands."""
    return ORDER[_RANK[result]].exempt
