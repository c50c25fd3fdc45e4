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


class TrendValue(BaseModel):
    """A figure of one step: a share 0..1 or a median in minutes; null where nothing was counted."""

    id: str
    numerator: int
    denominator: int
    value: float | None
    p90: float | None


class TrendPoint(BaseModel):
    """One step, both days included."""

    since: str
    until: str
    figures: list[TrendValue]


class TrendRead(BaseModel):
    """`behind` is how many cases changed and are not counted in yet."""

    step: Literal["day", "week", "month"]
    counted_at: AwareDatetime
    behind: int
    points: list[TrendPoint]


class HeatCamera(BaseModel):
    """Cases that began at a camera, by local hour of the day (24 of them). Its place is WGS-84, null if not on file."""

    district: str
    camera_id: str
    name: str
    lon: float | None
    lat: float | None
    hours: list[int]
    total: int


class HeatRead(BaseModel):
    """The cameras with most cases first; `others` are the cases of the cameras that are not listed."""

    since: str
    until: str
    counted_at: AwareDatetime
    behind: int
    cameras: list[HeatCamera]
    others: int
