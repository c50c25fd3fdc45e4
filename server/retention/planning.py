"""Which files are due: a pure function of what they belong to, the terms and the holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.cases.workflow import State, is_open

S = State
_BY_END: dict[State, str] = {
    S.A3: "false_alarm", S.C1: "exemption", S.C3: "penalty", S.C5: "penalty", S.C6: "penalty",
}  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """What a file belongs to. `closed_at` null: still open. `rule` is its class, "" while open."""

    key: str
    rule: str
    closed_at: datetime | None
    is_held: bool = False


@dataclass(frozen=True)
class File:
    """A file in the store with every matter that refers to it; `kept_by` names what keeps it whatever the terms say."""

    sha256: str
    size_bytes: int
    stored_at: datetime
    district: str
    matters: Sequence[Matter]
    kept_by: str = ""
    is_held: bool = False


@dataclass(frozen=True)
class Due:
    """A file whose term is over: by which class (the one that kept it longest), and since when."""

    file: File
    rule: str
    due_at: datetime


def class_of(state: State, settled: bool) -> str:
    """The class of a closed case; `settled`: it ended because it was put right after the reminder."""
    if is_open(state):
        raise ValueError(f"{state} is open: it has no term yet")
    if state is S.A2:
        return "self_corrected" if settled else "suppressed"
    return _BY_END.get(state, "case")


def due(files: Iterable[File], days: Mapping[str, int], now: datetime) -> Iterator[Due]:
    """The files of which every matter is closed, past its term and not held; an open matter keeps all of its files."""
    for file in files:
        if file.kept_by or file.is_held or any(matter.is_held or matter.closed_at is None for matter in file.matters):
            continue
        ends = [(matter.closed_at + timedelta(days=days[matter.rule]), matter.rule) for matter in file.matters
                if matter.closed_at is not None]  # fmt: skip
        # Nothing refers to it (any more): it counts from when it came in.
        ends = ends or [(file.stored_at + timedelta(days=days["unused"]), "unused")]
        last, rule = max(ends)
        if last <= now:
            yield Due(file, rule, last)
