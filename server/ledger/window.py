"""What "first" means: window arithmetic over a subject's priors of one nature. Pure.

A prior counts from the instant it was served until the same calendar day (Asia/Shanghai) so many months later, that
day included; 29 February becomes 28. Acts committed before it was served are no repeats: nobody had been told yet.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from edge.contracts.permits import LOCAL
from server.policy.facts import First


class Kind(StrEnum):
    """Events of a finding. The first three use up the chance, the rest change how it stands.

    SERVICE_DATE_CORRECTED: what was served was served at another time than recorded (its `at` is the true one).
    """

    PENALTY_SERVED = "penalty_served"
    NO_PENALTY_SERVED = "no_penalty_served"
    ORDER_WITH_PLEDGE_SERVED = "order_with_pledge_served"
    CHALLENGED = "challenged"
    UPHELD = "upheld"
    QUASHED = "quashed"
    RELEASED = "released"
    SERVICE_DATE_CORRECTED = "service_date_corrected"


USES_CHANCE = frozenset({Kind.PENALTY_SERVED, Kind.NO_PENALTY_SERVED, Kind.ORDER_WITH_PLEDGE_SERVED})


class Standing(StrEnum):
    """How a finding stands. NOT_SERVED and VOID never count; CHALLENGED makes "first" pending."""

    NOT_SERVED = "not_served"
    EFFECTIVE = "effective"
    CHALLENGED = "challenged"
    VOID = "void"


@dataclass(frozen=True)
class Prior:
    """An earlier finding as the count needs it; `served_at` null when nothing that counts was served."""

    offence_id: UUID
    served_at: datetime | None
    standing: Standing


@dataclass(frozen=True)
class Count:
    """The `first` input, and the priors that it rests on."""

    first: First
    rests_on: tuple[Prior, ...]


def standing_of(offence_id: UUID, events: Sequence[tuple[Kind, datetime]], exemptions_count: bool = True) -> Prior:
    """Events in the order they were recorded. A finding served twice (order, then decision) counts once, from the
    first; served anew after it was quashed, it counts from then. Challenged twice (objection and suit), it stands only
    when both were dismissed.

    `exemptions_count`: whether a served no-penalty decision uses up the chance (the list says so; default yes).
    """
    uses = USES_CHANCE if exemptions_count else USES_CHANCE - {Kind.NO_PENALTY_SERVED}
    served_at: datetime | None = None
    is_void, challenges = False, 0
    for kind, at in events:
        if kind is Kind.SERVICE_DATE_CORRECTED:
            served_at = at if served_at is not None else None
        elif kind in uses:
            served_at = at if is_void or served_at is None else served_at
            is_void = False
        elif kind in (Kind.QUASHED, Kind.RELEASED):
            is_void, challenges = True, 0
        elif kind is Kind.CHALLENGED and served_at is not None and not is_void:
            challenges += 1
        elif kind is Kind.UPHELD:
            challenges = max(challenges - 1, 0)
    if is_void:
        return Prior(offence_id, served_at, Standing.VOID)
    if served_at is None:
        return Prior(offence_id, None, Standing.NOT_SERVED)
    return Prior(offence_id, served_at, Standing.CHALLENGED if challenges else Standing.EFFECTIVE)


def window_end(served_at: datetime, months: int) -> date:
    """The last local day on which an act is a repeat of a prior served at `served_at`."""
    served = served_at.astimezone(LOCAL).date()
    year, month = divmod(served.year * 12 + served.month - 1 + months, 12)
    return date(year, month + 1, min(served.day, calendar.monthrange(year, month + 1)[1]))


def counts(prior: Prior, act_at: datetime, months: int) -> bool:
    """Whether an act at `act_at` falls into the prior's window (however the prior stands, unless void)."""
    if prior.served_at is None or prior.standing in (Standing.NOT_SERVED, Standing.VOID):
        return False
    return act_at >= prior.served_at and act_at.astimezone(LOCAL).date() <= window_end(prior.served_at, months)


def count_first(act_at: datetime, priors: Iterable[Prior], months: int, sources_reachable: bool = True) -> Count:
    """NO rests on an effective prior; PENDING on challenged ones only; UNKNOWABLE when a source could not be asked
    and nothing else answers; else YES.
    """
    inside = [prior for prior in priors if counts(prior, act_at, months)]
    effective = tuple(prior for prior in inside if prior.standing is Standing.EFFECTIVE)
    if effective:
        return Count(First.NO, effective)
    if inside:
        return Count(First.PENDING, tuple(inside))
    return Count(First.YES if sources_reachable else First.UNKNOWABLE, ())
