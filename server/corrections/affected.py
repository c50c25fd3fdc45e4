"""Which recommendations and decisions rested on what has changed, and what they would be now. Pure.

Rules (b), "Earlier record revoked/quashed: recompute every later decision that relied on it; list them for LEGAL".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from server.ledger.window import Count, Kind, Prior, Standing, count_first, standing_of


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


Events = Mapping[UUID, Sequence[tuple[Kind, datetime]]]
"""What happened to each finding of a subject and nature, in the order recorded."""


@dataclass(frozen=True)
class Counting:
    """A way in which "first" was counted: the nature, the look-back, whether earlier exemptions count."""

    nature: str
    months: int
    exemptions: bool


@dataclass(frozen=True)
class Says:
    """What the engine says: the input `first`, the rule, the result."""

    first: str
    rule: str
    result: str


@dataclass(frozen=True)
class Relied:
    """A stored recommendation with what it counted. `own` is the finding of its own case (never its own prior),
    `rested_on` the findings that were counted, `judge` judges the stored matter again with other counts.
    """

    recommendation_id: UUID
    decision_id: UUID | None
    case_id: UUID
    own: UUID
    act_at: datetime
    countings: tuple[Counting, ...]
    rested_on: frozenset[UUID]
    said: Says
    judge: Callable[[Mapping[Counting, Count]], Says]


@dataclass(frozen=True)
class Affected:
    """One that must be looked at again, and what the engine says with the ledger as it is now."""

    relied: Relied
    why: Why
    says: Says


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


def affected_by_prior(relied: Iterable[Relied], nature: str, now: Events, changed: UUID, why: Why) -> list[Affected]:
    """Those that rested on the changed finding, and those of which the engine says another thing now.

    `now` are the events of all findings of the subject and `nature` after the change.
    """
    found: list[Affected] = []
    for one in relied:
        if one.own == changed:
            continue
        says = _again(one, nature, now)
        if changed in one.rested_on or (says.rule, says.result) != (one.said.rule, one.said.result):
            found.append(Affected(one, why, says))
    return found


def affected_by_late_act(relied: Iterable[Relied], nature: str, now: Events, act_at: datetime) -> list[Affected]:
    """Decisions on later acts of the same nature that were made before this earlier act was known.

    The earlier act was not served then, so it is no prior; but it may be the same continuing act, or show that the
    later one was not the first: a person must look.
    """
    return [
        Affected(one, Why.EARLIER_ACT_CAME_LATE, _again(one, nature, now))
        for one in relied
        if one.decision_id is not None and one.act_at > act_at
    ]


def _again(one: Relied, nature: str, now: Events) -> Says:
    others = {finding: events for finding, events in now.items() if finding != one.own}
    counts = {
        way: count_first(
            one.act_at, [standing_of(key, events, way.exemptions) for key, events in others.items()], way.months
        )
        for way in one.countings
        if way.nature == nature
    }
    return one.judge(counts)


def _stands(prior: Prior) -> bool:
    return prior.served_at is not None and prior.standing not in (Standing.NOT_SERVED, Standing.VOID)
