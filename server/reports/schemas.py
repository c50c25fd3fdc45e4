"""What comes in and goes out about figures."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel


class KpiRead(BaseModel):
    """One key figure with its formula. A share is 0..1; a time is in minutes, `value` the median."""

    id: str
    name_zh: str
    name_en: str
    formula_zh: str
    formula_en: str
    source: str
    unit: Literal["share", "minutes"]
    informational: bool
    numerator: int
    denominator: int
    value: float | None
    p90: float | None
    target: float | None = None
    target_source: str = ""
    met: bool | None = None
    references: list[str] = []


class KpiGroup(BaseModel):
    """The figures of one district, camera, item or team; `key` is "" for everything, or for what has no such mark."""

    key: str
    kpis: list[KpiRead]


class KpiReport(BaseModel):
    """`behind` is how many cases changed and are not counted in yet."""

    since: str
    until: str
    counted_at: AwareDatetime
    by: str | None
    behind: int
    groups: list[KpiGroup]


class BehindPage(BaseModel):
    """Ids behind a number (`of`: case, alert, patrol with ids of cases, subject); `next` is null at the end."""

    of: str
    total: int
    ids: list[str]
    next: str | None


class LedgerRead(BaseModel):
    """A ledger and its columns. `internal`: not for the public and not for any credit export."""

    name: str
    name_zh: str
    name_en: str
    internal: bool
    columns_zh: list[str]
    columns_en: list[str]
