"""Which recommendations and decisions rested on what has changed, and what they would be now. Pure.

Rules (b), "Earlier record revoked/quashed: recompute every later decision that relied on it; list them for LEGAL".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.ledger.window import Prior, Standing, count_first
from server.policy.decide import decide
from server.policy.facts import Facts, First
from server.policy.rules import Result


class Why(StrEnum):
    """What changed in a subject's ledger."""

    PRIOR_VOID = "prior_void"
    PRIOR_SERVED_OTHERWISE = "prior_served_otherwise"
    PRIOR_BECAME_KNOWN = "prior_became_known"
    EARLIER_ACT_CAME_LATE = "earlier_act_came_late"


WORDS: dict[Why, tuple[str, str]] = {
    Why.PRIOR_VOID: ("此前记录已撤销或失效", "an earlier record was quashed, revoked or released"),
    Why.PRIOR_SERVED_OTHERWISE: ("此前记录的送达日期已更正", "an earlier record was served on another day"),
    Why.PRIOR_BECAME_KNOWN: ("补录了此前已送达的记录", "an earlier served record became known"),
    Why.EARLIER_ACT_CAME_LATE: ("更早的行为迟后到达", "an earlier act came in late"),
}


@dataclass(frozen=True)
class Relied:
    """A stored recommendation with what it counted: `priors` as they stood then, `months` of the window,
    `own` the finding of its own case (never its own prior).
    """

    recommendation_id: UUID
    decision_id: UUID | None
    case_id: UUID
    own: UUID | None
    act_at: datetime
    months: int
    facts: Facts
    rule: str
    result: str
    priors: tuple[Prior, ...]


@dataclass(frozen=True)
class Affected:
    """One that must be looked at again, and what the table answers with the ledger as it is now."""

    relied: Relied
    why: Why
    first: First
    rule: str
    result: Result


def what_changed(before: Prior, after: Prior) -> Why | None:
    """What an event did to a finding, as far as others may rest on it. A challenge and its dismissal change nothing:
    whoever decides meanwhile is held by R20, and what was decided waits for the outcome.
    """
    counted, counts = _stands(before), _stands(after)
    if counted and not counts:
        return Why.PRIOR_VOID
    if counts and not counted:
        return Why.PRIOR_BECAME_KNOWN
    if counts and before.served_at != after.served_at:
        return Why.PRIOR_SERVED_OTHERWISE
    return None


def affected_by_prior(relied: Iterable[Relied], now: Iterable[Prior], changed: UUID, why: Why) -> list[Affected]:
    """Those that rested on the changed finding, and those whose answer is another one now.

    `now` are all findings of the subject and nature as they stand after the change.
    """
    findings = list(now)
    found: list[Affected] = []
    for one in relied:
        if one.own == changed:
            continue
        again = _again(one, findings, why)
        rested = any(prior.offence_id == changed for prior in one.priors)
        if rested or (again.rule, again.result) != (one.rule, one.result):
            found.append(again)
    return found


def affected_by_late_act(relied: Iterable[Relied], now: Iterable[Prior], act_at: datetime) -> list[Affected]:
    """Decisions on later acts of the same nature that were made before this earlier act was known.

    The earlier act was not served then, so it is no prior; but it may be the same continuing act, or show that the
    later one was not the first: a person must look.
    """
    findings = list(now)
    return [
        _again(one, findings, Why.EARLIER_ACT_CAME_LATE)
        for one in relied
        if one.decision_id is not None and one.act_at > act_at
    ]


def _again(one: Relied, findings: list[Prior], why: Why) -> Affected:
    others = [prior for prior in findings if prior.offence_id != one.own]
    first = count_first(one.act_at, others, one.months, one.facts.first is not First.UNKNOWABLE).first
    answer = decide(one.facts.model_copy(update={"first": first}))
    return Affected(one, why, first, answer.rule, answer.result)


def _stands(prior: Prior) -> bool:
    return prior.served_at is not None and prior.standing not in (Standing.NOT_SERVED, Standing.VOID)
