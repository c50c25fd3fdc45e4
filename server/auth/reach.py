"""How far a person may see: the districts of the matters that are theirs. Deny by default.

What lies outside is "not found", not "forbidden": whoever may not see a thing learns nothing of its being there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, true
from sqlmodel import col

from server.errors import NotFound

Q = TypeVar("Q")
ALL: Final = "*"
"""In a person's districts: every one."""


@dataclass(frozen=True)
class Reach:
    """Districts by code; `everywhere` for the city's own people and the system itself."""

    districts: frozenset[str] = frozenset()
    everywhere: bool = False

    @classmethod
    def of(cls, districts: Iterable[str]) -> "Reach":
        """From the codes on file; `*` stands for all."""
        given = frozenset(districts)
        return cls(given - {ALL}, ALL in given)

    @property
    def only(self) -> str:
        """The one district that is held, else ""."""
        return next(iter(self.districts)) if len(self.districts) == 1 and not self.everywhere else ""

    def holds(self, district: str) -> bool:
        """Whether matters of this district may be seen."""
        return self.everywhere or district in self.districts

    def covers(self, districts: Iterable[str]) -> bool:
        """Whether somebody with these districts (codes or `*`) sees nothing beyond this reach."""
        return self.everywhere or self.districts.issuperset(districts)

    def require(self, what: str, key: UUID | str, district: str) -> None:
        """Raises NotFound for a thing of another district."""
        if not self.holds(district):
            raise NotFound(what, key)

    def limit(self, query: Q, district: Any) -> Q:
        """A select that only finds rows whose column `district` is within reach."""
        if self.everywhere:
            return query
        return query.where(self.clause(district))  # type: ignore[attr-defined]

    def clause(self, district: Any) -> ColumnElement[bool]:
        """The same as a condition, to combine with others."""
        return true() if self.everywhere else col(district).in_(sorted(self.districts))


NOWHERE = Reach()
EVERYWHERE = Reach(everywhere=True)
