"""Who should go: every officer of the district, ranked, each with what speaks for and against. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from server.dispatch.powers import PowerList


class Against(StrEnum):
    """What speaks against sending an officer. Who sends all the same says why, and it is counted."""

    NO_POWER = "no_power"
    OFF_DUTY = "off_duty"
    UNCERTIFIED = "uncertified"
    NO_SECOND_OFFICER = "no_second_officer"


WORDS: dict[Against, tuple[str, str]] = {
    Against.NO_POWER: ("所在机构对该事项无权限", "the officer's body has no power over this item here"),
    Against.OFF_DUTY: ("当前不在班", "not on duty now"),
    Against.UNCERTIFIED: ("无有效执法证件", "no enforcement certificate that is valid today"),
    Against.NO_SECOND_OFFICER: ("同队无第二名在班持证人员", "no second certified officer of the team is on duty"),
}


@dataclass(frozen=True)
class Officer:
    """An officer as far as sending goes. `body`, `team` empty: in no team on file. `load`: open cases in hand."""

    person_id: UUID
    name: str
    body: str
    team: str
    grids: frozenset[str]
    certificate: str
    certificate_to: date | None
    on_duty: bool
    load: int
    last_sent_at: datetime | None = None

    def certified(self, day: date) -> bool:
        """Whether there is a certificate that holds on that day (its last day counts)."""
        return bool(self.certificate) and self.certificate_to is not None and day <= self.certificate_to


@dataclass(frozen=True)
class Task:
    """What must be done: an item (null: not said yet) in a district, in a grid cell with the body in charge of it."""

    item: str | None
    district: str
    day: date
    grid: str = ""
    grid_body: str = ""


@dataclass(frozen=True)
class Registers:
    """Which registers the district keeps. What is not kept cannot be checked, and is said to be unchecked."""

    powers: PowerList | None
    certificates: bool
    roster: bool


@dataclass(frozen=True)
class Candidate:
    """An officer with `against` (empty: fit) and whether the place is in charge of his team."""

    officer: Officer
    against: tuple[Against, ...]
    in_charge: bool

    @property
    def fit(self) -> bool:
        """Whether nothing speaks against."""
        return not self.against


@dataclass(frozen=True)
class Ranking:
    """`transfer`: a power list is in force and gives this item to no body of it here. `bodies`: who has the power."""

    candidates: tuple[Candidate, ...]
    bodies: tuple[str, ...]
    transfer: bool
    unchecked: tuple[str, ...]


def rank(task: Task, officers: Sequence[Officer], registers: Registers) -> Ranking:
    """Every officer: the fit ones first, of them those in charge of the grid cell, then whoever has least in hand,
    then whoever was sent longest ago.
    """
    powers, item = registers.powers, task.item
    known = powers is not None and item is not None
    bodies = powers.holders(item, task.district, task.day) if powers is not None and item is not None else []
    holders = frozenset(body.code for body in bodies)
    ranked = [
        Candidate(
            one, tuple(_against(task, one, officers, holders if known else None, registers)), _in_charge(task, one)
        )
        for one in officers
    ]
    ranked.sort(key=_order)
    unchecked = [
        name
        for name, kept in (("powers", known), ("certificates", registers.certificates), ("roster", registers.roster))
        if not kept
    ]
    return Ranking(tuple(ranked), tuple(sorted(holders)), known and not holders, tuple(unchecked))


def _against(
    task: Task, one: Officer, officers: Iterable[Officer], holders: frozenset[str] | None, registers: Registers
) -> Iterable[Against]:
    if holders is not None and (not holders or (one.body and one.body not in holders)):
        yield Against.NO_POWER
    if registers.roster and not one.on_duty:
        yield Against.OFF_DUTY
    if registers.certificates:
        if not one.certified(task.day):
            yield Against.UNCERTIFIED
        if one.team and not any(_second(task, one, other, registers) for other in officers):
            yield Against.NO_SECOND_OFFICER


def _second(task: Task, one: Officer, other: Officer, registers: Registers) -> bool:
    """Penalty Law 42: two officers with a certificate."""
    ready = other.on_duty or not registers.roster
    return other.person_id != one.person_id and other.team == one.team and ready and other.certified(task.day)


def _in_charge(task: Task, one: Officer) -> bool:
    return bool(task.grid and task.grid in one.grids) or bool(task.grid_body and task.grid_body == one.body)


def _order(candidate: Candidate) -> tuple[bool, bool, int, bool, float, str, str]:
    officer = candidate.officer
    sent = officer.last_sent_at
    return (
        not candidate.fit, not candidate.in_charge, officer.load, sent is not None,
        sent.timestamp() if sent is not None else 0.0, officer.name, str(officer.person_id),
    )  # fmt: skip
