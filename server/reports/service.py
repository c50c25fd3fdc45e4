"""Key figures over days and groups, and what stands behind a number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlmodel import Session

from server.auth.reach import Reach
from server.reports import reading
from server.reports.facts import Range
from server.reports.kpis import KPIS, Kpi, Measured, Of, measure, part

By = Literal["district", "camera", "item", "team"]


@dataclass(frozen=True)
class Scope:
    """What is counted: days, and of which district, camera, item, team ("" means all)."""

    within: Range
    district: str = ""
    camera: str = ""
    item: str = ""
    team: str = ""

    def holds(self, record: Any) -> bool:
        """Whether a record belongs."""
        return all(
            wanted in ("", have)
            for wanted, have in (
                (self.district, record.district), (self.camera, record.camera),
                (self.item, record.item), (self.team, record.team),
            )
        )  # fmt: skip


Figures = dict[str, Measured]


def figures(session: Session, scope: Scope, reach: Reach, by: By | None = None) -> dict[str, Figures]:
    """Every key figure by group; one group "" without `by`. What has no such mark (a patrol has no team) is in ""."""
    groups: dict[str, dict[Of, list[Any]]] = defaultdict(lambda: defaultdict(list))
    groups[""]["case"] = []
    for of in ("case", "alert", "patrol", "subject"):
        for record in _records(session, of, scope, reach):
            groups[getattr(record, by) if by else ""][of].append(record)
    if by is not None and not any(groups[""].values()):
        del groups[""]
    return {
        name: {kpi.id: measure(kpi, lists[kpi.of], scope.within) for kpi in KPIS}
        for name, lists in sorted(groups.items())
    }


def behind(session: Session, kpi: Kpi, scope: Scope, reach: Reach, numerator: bool) -> Sequence[str]:
    """Keys of the records behind a number, in order: cases, alerts, cases of patrol reports, or subjects."""
    found = _records(session, kpi.of, scope, reach)
    return sorted({record.key for record in found if part(kpi, record, scope.within, numerator)})


def _records(session: Session, of: Of, scope: Scope, reach: Reach) -> list[Any]:
    found = reading.records(session, of, scope.within, reach)
    if not any((scope.district, scope.camera, scope.item, scope.team)):
        return found
    return [record for record in found if scope.holds(record)]
