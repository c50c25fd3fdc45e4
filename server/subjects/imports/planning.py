"""What a checked file would do, as a list of steps; nothing is written here. The same rows on the same register give
the same steps, so that what is applied can be held against what was shown.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from server.auth.reach import Reach
from server.subjects.imports.checking import Fault, Values
from server.subjects.imports.columns import Kind, title_of
from server.subjects.imports.known import Known
from server.subjects.tables import Subject

Step = dict[str, Any]
UNIT = "\x1f"
"""Between a name and a reason in a key: no cell may hold it."""
Progress = Callable[[int, int], None]


@dataclass
class Plan:
    """`steps` in the order of the rows; `faults` are rows that clash with the register or with each other."""

    steps: list[Step] = field(default_factory=list[Step])
    faults: list[Fault] = field(default_factory=list[Fault])

    @property
    def counts(self) -> dict[str, int]:
        """How many steps of each kind."""
        return dict(sorted(Counter(step["do"] for step in self.steps).items()))


def make(kind: Kind, rows: list[Values], known: Known, reach: Reach, district: str, now: datetime) -> Plan:
    """The plan for checked rows."""
    planner = _Planner(kind, known, reach, district, now)
    for row in rows:
        (planner.grade if kind == "grades" else planner.subject)(row)
    return planner.plan


class _Planner:
    def __init__(self, kind: Kind, known: Known, reach: Reach, district: str, now: datetime) -> None:
        self.kind: Kind = kind
        self.known, self.reach, self.district, self.now = known, reach, district, now
        self.plan = Plan()
        self.names: dict[str, str] = {}
        self.new: set[str] = set()
        self.zones: dict[tuple[str, str], str] = {}
        self.ranks: dict[str, int] = {}
        self.done: set[tuple[str, ...]] = set()

    def grade(self, row: Values) -> None:
        subject = self.known.by_code.get(row["code"])
        if subject is None or not self.reach.holds(subject.district):
            self._fault(row, "code", row["code"], "the code of a subject on file in your district")
            return
        given = (row["band"], row["as_of"], row["source"])
        mark = ("grade", str(subject.id), *given)
        is_new = given not in self.known.grades[subject.id] and mark not in self.done
        self.done.add(mark)
        self._step(row, "grade" if is_new else "same", subject=str(subject.id), values=list(given))

    def subject(self, row: Values) -> None:
        key, subject = self._identify(row)
        if subject is not None and not self.reach.holds(subject.district):
            told = ("code", row["code"]) if row["code"] else ("name", row["name"])
            self._fault(row, *told, "a subject of your district")
            return
        before = len(self.plan.steps) + len(self.plan.faults)
        self._name(row, key, subject)
        self._premises(row, key, subject)
        self._contact(row, key, subject)
        self._zone(row, key, subject)
        if len(self.plan.steps) + len(self.plan.faults) == before:
            self._step(row, "same", key=key)

    def _identify(self, row: Values) -> tuple[str, Subject | None]:
        if row["code"]:
            return f"code:{row['code']}", self.known.by_code.get(row["code"])
        if row["person_digest"]:
            return f"person:{row['person_digest']}", self.known.by_person.get(row["person_digest"])
        pending = (self.district, row["name"], row["pending_reason"])
        return f"pending:{row['name']}{UNIT}{row['pending_reason']}", self.known.pending.get(pending)

    def _name(self, row: Values, key: str, subject: Subject | None) -> None:
        told = self.names.setdefault(key, row["name"])
        if told != row["name"]:
            self._fault(row, "name", row["name"], f"the name of its other rows, {told!r}")
        elif subject is None and key not in self.new:
            self.new.add(key)
            self._step(row, "create", key=key, values=self._identity(row))
        elif subject is not None and subject.name != row["name"] and key not in self.new:
            self.new.add(key)
            self._rename(row, subject)

    def _identity(self, row: Values) -> Values:
        wanted = ("kind", "code", "name", "code_override_reason", "pending_reason", "owner_name", "language",
                  "person_digest", "owner_digest", "head_office_code")  # fmt: skip
        office = row["head_office_code"]
        if office and (office == row["code"] or not self._may_be_head(office)):
            self._fault(row, "head_office_code", office, "the code of another subject on file, or of an earlier row")
        return {name: row[name] for name in wanted}

    def _may_be_head(self, code: str) -> bool:
        head = self.known.by_code.get(code)
        if head is not None:
            return head.head_office_id is None and self.reach.holds(head.district)
        return f"code:{code}" in self.new

    def _rename(self, row: Values, subject: Subject) -> None:
        since = row["since"] or self.now.isoformat()
        borne = self.known.names[subject.id]
        if borne and datetime.fromisoformat(since) <= borne[-1].since:
            allowed = f"a day after {borne[-1].since.date()}, since when it is called {borne[-1].name!r}"
            self._fault(row, "since", since[:10], allowed)
        else:
            # The moment of the dry run is not the moment of applying: a rename without a day takes effect when applied.
            told = {"name": row["name"], "since": row["since"]}
            self._step(row, "rename", subject=str(subject.id), values=told)

    def _premises(self, row: Values, key: str, subject: Subject | None) -> None:
        wanted = row["premises"]
        if wanted is None:
            return
        place = (wanted["address"], wanted["door_number"])
        held = self.known.premises[subject.id] if subject else []
        mark = ("premises", key, *place)
        if mark not in self.done and not any((p.address, p.door_number) == place and p.valid_to is None for p in held):
            self._step(row, "premises", key=key, values=wanted)
        self.done.add(mark)

    def _contact(self, row: Values, key: str, subject: Subject | None) -> None:
        wanted = row["contact"]
        if wanted is None:
            return
        held = self.known.contacts[subject.id] if subject else []
        mark = ("contact", key, wanted["channel"], wanted["address"])
        there = any((c.channel, c.address) == mark[2:] and c.ended_at is None for c in held)
        if mark not in self.done and not there:
            self.ranks[key] = self.ranks.get(key, len(held)) + 1
            self._step(row, "contact", key=key, values=wanted | {"rank": min(self.ranks[key], 99)})
        self.done.add(mark)

    def _zone(self, row: Values, key: str, subject: Subject | None) -> None:
        wanted = row["zone"]
        if wanted is None:
            return
        place = (wanted["camera_id"], wanted["zone_id"])
        since = datetime.fromisoformat(wanted["valid_from"])
        held = [b for b in self.known.zones[place] if b.valid_to is None or b.valid_to > since]
        other = self.zones.setdefault(place, key)
        if subject is not None and any(b.subject_id == subject.id for b in held):
            return
        if held or other != key:
            who = "on file" if held else "in this file"
            self._fault(row, "zone", "/".join(place), f"a zone that nobody else answers for from then on ({who})")
        elif ("zone", *place) not in self.done:
            self._step(row, "zone", key=key, values=wanted)
        self.done.add(("zone", *place))

    def _step(self, row: Values, do: str, **more: Any) -> None:
        self.plan.steps.append({"row": row["row"], "do": do} | more)

    def _fault(self, row: Values, key: str, value: str, allowed: str) -> None:
        title = title_of(self.kind, key)
        self.plan.faults.append({"row": row["row"], "column": title, "value": value[:80], "allowed": allowed})
