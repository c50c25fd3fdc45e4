"""The records that figures are counted over: cases, reviewed alerts, patrol findings, subjects. Values only."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from server.notify.templates import LOCAL

DAY_S = 86_400.0


@dataclass(frozen=True)
class Range:
    """From `since_s` to before `until_s`, seconds since 1970; `now_s` is when the figures were counted."""

    since_s: float
    until_s: float
    now_s: float

    @classmethod
    def of_days(cls, since: date, until: date, now: datetime) -> "Range":
        """Local days, both included."""
        first = datetime.combine(since, time(), LOCAL)
        after = datetime.combine(until + timedelta(days=1), time(), LOCAL)
        return cls(first.timestamp(), after.timestamp(), now.timestamp())

    def has(self, at_s: float | None) -> bool:
        """Whether an instant lies within."""
        return at_s is not None and self.since_s <= at_s < self.until_s


@dataclass(slots=True, eq=False)
class Matter:
    """What can be grouped by. `key` leads to the thing itself (a case, an alert, a report, a subject)."""

    key: str
    district: str = ""
    camera: str = ""
    item: str = ""
    team: str = ""


@dataclass(slots=True, eq=False)
class CaseFact(Matter):
    """A case. See `server.reports.tables.CaseFigure`; `next_s`: the same subject's next finding of the item;
    `agrees`: null unless other teams decided on the same facts, else whether the outcome is the usual one."""

    subject: str = ""
    opened_s: float = 0.0
    reminded_s: float | None = None
    settled_s: float | None = None
    filed_s: float | None = None
    dispatched_s: float | None = None
    arrived_s: float | None = None
    ended_s: float | None = None
    due_s: float | None = None
    is_void: bool = False
    overrun: bool = False
    suspended: bool = False
    checks: int = 0
    failed_checks: int = 0
    extended: bool = False
    wrong: bool = False
    found_s: float | None = None
    ordered_s: float | None = None
    corrected_in_time: bool = False
    decided_s: float | None = None
    outcome: str = ""
    differs: bool = False
    exempt_s: float | None = None
    exempt_undone: bool = False
    is_first: bool = False
    objected_s: float | None = None
    facts_digest: str = ""
    next_s: float | None = None
    agrees: bool | None = None


@dataclass(slots=True, eq=False)
class AlertFact(Matter):
    """A reviewed alert of a camera: the verdict that stands, and when it was given."""

    given_s: float = 0.0
    confirmed: bool = False


@dataclass(slots=True, eq=False)
class PatrolFact(Matter):
    """What a patrol found: whether a camera had it in view, and whether none of these alerted."""

    seen_s: float = 0.0
    in_view: bool = False
    missed: bool = False


@dataclass(slots=True, eq=False)
class SubjectFact(Matter):
    """A subject with a unified code, and whether its check character is wrong."""

    created_s: float = 0.0
    code_failed: bool = False


def set_next(facts: Iterable[CaseFact], findings: Iterable[tuple[str, str, float]], nobody: str) -> None:
    """Set each case's `next_s` from the findings (`subject`, `item`, when found) of the same subject and item."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for subject, item, found_s in findings:
        times[subject, item].append(found_s)
    for found in times.values():
        found.sort()
    for fact in facts:
        if fact.found_s is not None and fact.ended_s is not None and fact.subject not in ("", nobody):
            found = times.get((fact.subject, fact.item), [])
            place = bisect_right(found, fact.ended_s)
            fact.next_s = found[place] if place < len(found) else None


def set_agreement(facts: Sequence[CaseFact], within: Range) -> None:
    """Set `agrees` of each decided case: whether its outcome is the usual one among all teams that had the same item
    and facts.

    Only where two teams or more decided on these; of several equally usual outcomes the first by name counts.
    """
    groups: dict[tuple[str, str], list[CaseFact]] = defaultdict(list)
    for fact in facts:
        if fact.facts_digest and fact.team and within.has(fact.decided_s):
            groups[fact.item, fact.facts_digest].append(fact)
    for group in groups.values():
        if len({fact.team for fact in group}) > 1:
            counted = Counter(fact.outcome for fact in group)
            usual = min(counted, key=lambda outcome: (-counted[outcome], outcome))
            for fact in group:
                fact.agrees = fact.outcome == usual
