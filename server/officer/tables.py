"""Where and when people took their photos."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class PhotoTaken(SQLModel, table=True):
    """A file (by its hash) with its time and place as the phone that took it told them; never changed.

    `lon`, `lat` in WGS-84, exact, null when the phone did not know; `accuracy_m` as the phone gave it. `role`: place,
    before, after, obstacle, paper, signature, report. `taken_at` is the phone's clock, `told_at` the server's.
    The file itself is kept by what names it, not by this row.
    """

    __tablename__ = "photo_taken"  # type: ignore[assignment]

    sha256: str = Field(primary_key=True, max_length=64)
    district: str = Field(default="", index=True)
    role: str
    taken_at: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    told_by: UUID = Field(index=True)
    told_by_name: str
    told_at: datetime
