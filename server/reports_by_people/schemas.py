"""What comes in and goes out about reports by people."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import Name, Sha256, ViolationId
from edge.contracts.violations import ItemCode
from server.places.datum import Datum
from server.places.schemas import District, Point
from server.times import Instant

Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]


class ZoneNamed(BaseModel):
    """A zone of a camera."""

    model_config = ConfigDict(extra="forbid")

    edge_id: Name
    camera_id: Name
    zone_id: Name


class ReportCreate(BaseModel):
    """What was seen. A place is needed: a point, or an address in words; what: an item, or a kind of violation.

    `point` is (lon, lat) in `datum`. `seen_at` is when it was seen, now when left out. `reminded`: whoever patrols
    has already asked the party to put it right.
    """

    model_config = ConfigDict(extra="forbid")

    source: Literal["call", "patrol"]
    channel: Annotated[str, Field(pattern=r"^[0-9a-z_-]{1,32}$")] = ""
    item_code: ItemCode | None = None
    violation: ViolationId | None = None
    text: str = Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")
    point: Point | None = None
    datum: Datum = "wgs84"
    address: Line = ""
    district: District | None = None
    seen_at: Instant | None = None
    subject_id: UUID | None = None
    photos: list[Sha256] = Field(default_factory=list[str], max_length=20)
    reminded: bool = False
    reporter_name: Line = ""
    reporter_contact: Line = ""

    @model_validator(mode="after")
    def _says_what_and_where(self) -> Self:
        if self.item_code is None and self.violation is None:
            raise ValueError("item_code or violation is needed: what was seen")
        if self.point is None and not self.address.strip():
            raise ValueError("point or address is needed: where it was seen")
        if self.source == "patrol" and (self.reporter_name or self.reporter_contact):
            raise ValueError("reporter_name and reporter_contact are the caller's: on patrol it is you who report")
        return self


class ReportTaken(BaseModel):
    """The receipt: `merged` when it joined a case that was open."""

    id: UUID
    number: str
    case_id: UUID
    case_number: str
    merged: bool
    received_at: AwareDatetime


class PersonReportRead(BaseModel):
    """A report without whoever made it. `state` is that of its case; `missed` whether cameras in view missed it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: str
    district: str
    source: str
    channel: str
    alert_id: UUID
    case_id: UUID
    case_number: str
    state: str
    merged: bool
    item_code: str | None
    violation: str
    text: str
    address: str
    lon: float | None
    lat: float | None
    seen_at: AwareDatetime
    received_at: AwareDatetime
    reminded: bool
    photos: list[str]
    in_view: list[dict[str, str]]
    missed: bool | None


class PersonReportPage(BaseModel):
    """Newest first; `next` is the cursor of the page that follows, null at the end."""

    items: list[PersonReportRead]
    next: str | None


class ReporterRead(BaseModel):
    """Who made a report."""

    model_config = ConfigDict(from_attributes=True)

    person_id: UUID | None
    name: str
    contact: str
