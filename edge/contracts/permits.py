"""A permit (外摆/市集) as the edge needs it: where, when, until when."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from edge.contracts.geometry import Polygon
from edge.contracts.taxonomy import Name

LOCAL = ZoneInfo("Asia/Shanghai")


class PermitStatus(StrEnum):
    """Only an active permit lives; a suspended or revoked one is treated as none."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Permit(BaseModel):
    """Hours are local (Asia/Shanghai); `hours_to` before `hours_from` runs past midnight into the next day."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Name
    version: int = Field(default=1, ge=1)
    camera_id: Name
    zone_id: Name
    polygon: Polygon
    weekdays: frozenset[int] = frozenset(range(1, 8))
    hours_from: time = time(0, 0)
    hours_to: time = time(0, 0)
    valid_from: date
    valid_to: date
    status: PermitStatus = PermitStatus.ACTIVE

    @model_validator(mode="after")
    def _check_dates(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError(f"permit {self.id}: valid_to {self.valid_to} is before valid_from {self.valid_from}")
        if not self.weekdays or not self.weekdays <= frozenset(range(1, 8)):
            raise ValueError(f"permit {self.id}: weekdays are 1 (Monday) to 7 (Sunday), at least one")
        return self

    def is_live(self, at: datetime) -> bool:
        """Whether the permit allows trading at the aware instant `at`. Equal hours mean the whole day."""
        local = at.astimezone(LOCAL)
        clock, day = local.time(), local.date()
        if self.hours_from == self.hours_to:
            return self._allows(day)
        if self.hours_from < self.hours_to:
            return self.hours_from <= clock < self.hours_to and self._allows(day)
        if clock >= self.hours_from:
            return self._allows(day)
        return clock < self.hours_to and self._allows(date.fromordinal(day.toordinal() - 1))

    def _allows(self, day: date) -> bool:
        in_dates = self.valid_from <= day <= self.valid_to
        return self.status is PermitStatus.ACTIVE and in_dates and day.isoweekday() in self.weekdays
