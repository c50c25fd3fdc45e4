"""How an act stands to the permits of its zone: within, over its area or hours, in the grace after expiry, none. Pure.

Domain rules (b), the permit edge cases: an overrun is measured; under the tolerance it is reminded of, over it is
CG-28; expired with a renewal filed is CG-28 for some days, else none; suspended and revoked are none from the time
served. The terms of a permit (noise, oil, cleaning) are items of their own and are not judged here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from edge.contracts.permits import PermitStatus
from edge.contracts.taxonomy import PermitRelation
from server.permits.rules import PermitRules
from server.permits.times import Times
from server.policy.facts import PermitStanding


class Answer(StrEnum):
    """REMIND: over, but under the tolerance. UNMEASURED: a permit lives, and the edge did not measure against it."""

    NONE = "none"
    UNMEASURED = "unmeasured"
    REMIND = "remind"
    EXCEEDED = "exceeded"
    GRACE = "grace"


STANDING = {
    Answer.NONE: PermitStanding.NONE,
    # Within is only ever a person's finding; until somebody has looked, the act is judged without the permit.
    Answer.UNMEASURED: PermitStanding.NONE,
    Answer.REMIND: PermitStanding.EXCEEDED,
    Answer.EXCEEDED: PermitStanding.EXCEEDED,
    Answer.GRACE: PermitStanding.EXPIRED_GRACE,
}


@dataclass(frozen=True)
class Known:
    """A permit as judging needs it. `changes` are (served, status) in the order served."""

    id: str
    subject_id: UUID
    times: Times
    changes: tuple[tuple[datetime, PermitStatus], ...] = ()
    renewal_filed_at: datetime | None = None
    holder_left_at: datetime | None = None
    found_invalid: bool = False

    def status_at(self, at: datetime) -> PermitStatus:
        """What had been served by then."""
        served = [status for since, status in self.changes if since <= at]
        return served[-1] if served else PermitStatus.ACTIVE


@dataclass(frozen=True)
class Act:
    """What was seen. `relation` is the edge's; `beyond_m`, `area_m2` its measures outside the permit, null without a
    known ground. `subject_id` is whoever answers for the zone, null when nobody does.
    """

    began_at: datetime
    last_seen_at: datetime
    relation: PermitRelation
    beyond_m: float | None = None
    area_m2: float | None = None
    subject_id: UUID | None = None


@dataclass(frozen=True)
class Judgment:
    """The answer, of which permit, what was over, and notes for the people who decide."""

    answer: Answer
    permit_id: str | None = None
    minutes_over: float = 0
    beyond_m: float | None = None
    area_m2: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def standing(self) -> PermitStanding:
        """The `permit` input of the decision table."""
        return STANDING[self.answer]

    @property
    def is_overrun(self) -> bool:
        """Whether the violation's item for overruns (CG-28) goes instead of its own."""
        return self.standing in (PermitStanding.EXCEEDED, PermitStanding.EXPIRED_GRACE)


_BEST = (Answer.UNMEASURED, Answer.REMIND, Answer.EXCEEDED, Answer.GRACE, Answer.NONE)


def judge(permits: Sequence[Known], act: Act, rules: PermitRules) -> Judgment:
    """The judgment by the permit that covers the act best."""
    answers = [_by_one(permit, act, rules) for permit in permits]
    notes = tuple(note for one in answers for note in one.notes)
    best = min(answers, key=lambda one: _BEST.index(one.answer), default=Judgment(Answer.NONE))
    return Judgment(best.answer, best.permit_id, best.minutes_over, best.beyond_m, best.area_m2, notes)


def _by_one(permit: Known, act: Act, rules: PermitRules) -> Judgment:
    at, times = act.began_at, permit.times
    if act.subject_id is not None and act.subject_id != permit.subject_id:
        return _none(permit, "is another subject's")
    if permit.found_invalid:
        return _none(permit, "was found invalid: whether its holder could rely on it is for the legal department")
    status = permit.status_at(at)
    if status is not PermitStatus.ACTIVE:
        return _none(permit, f"was {status.value} when the act began")
    if permit.holder_left_at is not None and permit.holder_left_at <= at:
        return _none(permit, "is of a holder who had left")
    day = times.business_day(at)
    if day < times.valid_from:
        return _none(permit, "was not valid yet")
    if day > times.valid_to:
        return _expired(permit, at, (day - times.valid_to).days, rules)
    if not times.in_season(day):
        return _none(permit, "is out of season")
    return _live(permit, act, rules)


def _expired(permit: Known, at: datetime, days: int, rules: PermitRules) -> Judgment:
    filed = permit.renewal_filed_at is not None and permit.renewal_filed_at <= at
    if filed and days <= rules.renewal_grace.days:
        note = f"permit {permit.id} expired {days} days before, its renewal is filed: taken as overrun"
        return Judgment(Answer.GRACE, permit.id, notes=(note,))
    return _none(permit, f"expired {days} days before" + ("" if filed else ", no renewal filed"))


def _live(permit: Known, act: Act, rules: PermitRules) -> Judgment:
    allowed = rules.tolerance
    minutes = max(permit.times.minutes_outside(at) for at in (act.began_at, act.last_seen_at))
    if minutes == 0 and act.relation is not PermitRelation.EXCEEDED:
        note = f"permit {permit.id} allows trading here at that time and the edge did not measure against it"
        return Judgment(Answer.UNMEASURED, permit.id, notes=(note,))
    beyond, area = (act.beyond_m, act.area_m2) if act.relation is PermitRelation.EXCEEDED else (None, None)
    over: list[str] = [f"{minutes:.0f} min outside its hours"] if minutes > allowed.minutes else []
    if beyond is not None and beyond > allowed.beyond_m:
        over.append(f"{beyond:.2f} m beyond its outline")
    if area is not None and area > allowed.area_m2:
        over.append(f"{area:.1f} m² outside it")
    unmeasured = act.relation is PermitRelation.EXCEEDED and beyond is None and area is None
    if unmeasured:
        over.append("outside its area, by how much was not measured")
    told = ", ".join(over) if over else "over, but within the tolerance: a reminder is enough"
    answer = Answer.EXCEEDED if over else Answer.REMIND
    return Judgment(answer, permit.id, minutes, beyond, area, (f"permit {permit.id}: {told}",))


def _none(permit: Known, why: str) -> Judgment:
    return Judgment(Answer.NONE, permit.id, notes=(f"permit {permit.id} {why}",))
