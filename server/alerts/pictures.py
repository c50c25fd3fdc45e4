"""Which pictures of a case to look at first: of each camera the best one, and the best of all. All are kept. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Look:
    """A report with pictures: how well the act is seen in it. `score` 0..1; `spread` sigma over area, null unknown."""

    report_id: UUID
    camera: tuple[str, str]
    captured_at: datetime
    occluded: bool
    score: float
    spread: float | None


def best_first(looks: Iterable[Look]) -> list[Look]:
    """Nobody in front first, then the plainer act, then the surer area, then the later look."""
    return sorted(
        looks,
        key=lambda look: (
            look.occluded, -look.score, look.spread is None, look.spread or 0.0, -look.captured_at.timestamp(),
            look.report_id,
        ),
    )  # fmt: skip


def best_of_cameras(looks: Sequence[Look]) -> tuple[UUID | None, frozenset[UUID]]:
    """(the best look of all, the best look of each camera)."""
    ordered = best_first(looks)
    each: dict[tuple[str, str], UUID] = {}
    for look in ordered:
        each.setdefault(look.camera, look.report_id)
    return (ordered[0].report_id if ordered else None), frozenset(each.values())
