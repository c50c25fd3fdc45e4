"""权力清单: which body may act on which item in which district on which day. One YAML file a version. Pure."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.violations import BilingualName, ItemCode

ALL = "*"
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,64}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Power(_Entry):
    """One power: items and districts ("*": every one), days from and to (both in), and what it rests on."""

    items: list[ItemCode | Literal["*"]] = Field(min_length=1)
    districts: list[str] = Field(min_length=1)
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    basis: str = Field(min_length=1)
    source: str = Field(min_length=1)
    certainty: Literal["found", "found_similar", "proposed", "unknown"]
    verified: bool

    def covers(self, item: str, district: str, day: date) -> bool:
        """Whether this power reaches an act of `item` in `district` on `day`."""
        in_time = self.since <= day and (self.until is None or day <= self.until)
        return in_time and not {ALL, item}.isdisjoint(self.items) and not {ALL, district}.isdisjoint(self.districts)


class Body(_Entry):
    """A body of the authority, with its powers."""

    code: Code
    name: BilingualName
    powers: list[Power] = Field(min_length=1)


class PowerList(_Entry):
    """A version of the list. `status` draft: not signed by the authority's legal department."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{2,39}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")]
    status: Literal["draft", "signed"]
    author: str
    in_force_from: date
    in_force_to: date | None = None
    bodies: list[Body] = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        codes = [body.code for body in self.bodies]
        faults = [f"body {code} is listed twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
        faults += [
            f"body {body.code}: a power ends before it begins"
            for body in self.bodies
            if any(power.until is not None and power.until < power.since for power in body.powers)
        ]
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            faults.append("in_force_to is before in_force_from")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def key(self) -> str:
        """`id@version`."""
        return f"{self.id}@{self.version}"

    def holders(self, item: str, district: str, day: date) -> list[Body]:
        """The bodies that may act on an item in a district on a day. None of them: the matter is transferred."""
        return [body for body in self.bodies if any(power.covers(item, district, day) for power in body.powers)]
