"""A photo's time and place, told beside the file: pictures lose what is inside them when they are made smaller."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlmodel import Session

from server.auth.person import Person
from server.db import serialise
from server.errors import Conflict, InvalidInput
from server.evidence.tables import EvidenceFile
from server.officer.tables import PhotoTaken
from server.times import Instant

LOOKS_AHEAD = timedelta(hours=24)
"""A phone's clock may be wrong; one that is a day ahead is to be set first."""


class PhotoTold(BaseModel):
    """When and where it was taken (WGS-84), and what for. A place has both coordinates or neither."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["place", "before", "after", "obstacle", "paper", "signature", "report"]
    taken_at: Instant
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)
    accuracy_m: float | None = Field(default=None, ge=0, le=100_000)

    @model_validator(mode="after")
    def _both_or_neither(self) -> "PhotoTold":
        if (self.lon is None) != (self.lat is None):
            raise ValueError("lon and lat are given together, or neither")
        return self


class PhotoTakenRead(BaseModel):
    """Time and place of a photo, and who told them."""

    model_config = ConfigDict(from_attributes=True)

    sha256: str
    role: str
    taken_at: AwareDatetime
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    told_by_name: str
    told_at: AwareDatetime


def tell(session: Session, sha256: str, told: PhotoTold, by: Person, now: datetime) -> PhotoTaken:
    """Write down a photo's time and place, once; the same again is harmless.

    Raises InvalidInput (the file was not sent yet, a time to come) or Conflict (told otherwise before).
    """
    serialise(session, f"photo:{sha256}")
    known = session.get(PhotoTaken, sha256)
    if known is not None:
        if PhotoTold.model_validate(known.model_dump(include=set(PhotoTold.model_fields))) != told:
            raise Conflict("photo.told_otherwise", "Time and place of this photo are on record", {"sha256": sha256})
        return known
    file = session.get(EvidenceFile, sha256)
    if file is None or not file.media_type.startswith("image/"):
        allowed = "a picture sent to /api/evidence/{sha256} before"
        raise InvalidInput([{"field": "sha256", "value": sha256, "allowed": allowed}], "photo.not_sent")
    if told.taken_at > now + LOOKS_AHEAD:
        value = told.taken_at.isoformat()
        raise InvalidInput([{"field": "taken_at", "value": value, "allowed": "not after now: set the phone's clock"}])
    row = PhotoTaken(
        sha256=sha256, district=file.district, **told.model_dump(), told_by=by.id, told_by_name=by.name, told_at=now
    )
    session.add(row)
    session.flush()
    return row


def taken_at(session: Session, sha256: str) -> datetime | None:
    """When a photo was taken by the phone's clock, if that was told."""
    row = session.get(PhotoTaken, sha256)
    return None if row is None else row.taken_at
