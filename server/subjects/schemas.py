"""What comes in and goes out about subjects."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from edge.contracts.taxonomy import Name
from server.places.schemas import GroundPolygon

Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
PersonNumber = Annotated[str, Field(min_length=4, max_length=40, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]
Language = Literal["zh-CN", "en"]
Channel = Literal["sms", "phone", "email", "robot", "in_app", "paper"]
ContactRole = Literal["owner", "manager", "duty", "legal", "site_manager", "other"]


class SubjectCreate(BaseModel):
    """`known` needs a code; `individual` an ID number taken on site (only its digest is kept), or, with a foreign
    document or none, `pending_reason`: nobody is named then until the number is there.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["known", "individual"] = "known"
    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")
    code: Text | None = Field(default=None, max_length=40)
    code_override_reason: Text = Field(default="", max_length=400)
    person_number: PersonNumber | None = None
    pending_reason: Text = Field(default="", max_length=400)
    owner_name: Text = Field(default="", max_length=120)
    owner_number: PersonNumber | None = None
    head_office_id: UUID | None = None
    contact: Text = Field(default="", max_length=120)
    language: Language = "zh-CN"
    district: Name | None = None

    @model_validator(mode="after")
    def _check_identity(self) -> Self:
        if (self.kind == "known") != (self.code is not None):
            raise ValueError("code is needed for kind known and not taken for kind individual")
        if self.kind == "known" and (self.person_number is not None or self.pending_reason):
            raise ValueError("person_number and pending_reason are not taken for kind known")
        if self.kind == "individual" and (self.person_number is None) == (not self.pending_reason.strip()):
            raise ValueError("kind individual needs person_number, or pending_reason where there is none to take")
        if self.kind == "individual" and (self.owner_number is not None or self.head_office_id is not None):
            raise ValueError("owner_number and head_office_id are for holders of a licence")
        return self


class SubjectRead(BaseModel):
    """A subject as shown to staff."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    name: str
    code: str | None
    code_check_failed: bool
    code_override_reason: str
    person_pending: bool
    pending_reason: str
    owner_name: str
    head_office_id: UUID | None
    contact: str
    language: str
    district: str
    created_at: AwareDatetime


class SubjectListed(SubjectRead):
    """A row of the list. `address`: of the first place that it holds now. `band` (the last one given) and `open_cases`
    are null for who has no business with cases.
    """

    address: str = ""
    band: str | None = None
    open_cases: int | None = None


class SubjectPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[SubjectListed]
    next: UUID | None


class ZoneBindingCreate(BaseModel):
    """Bind a zone of a camera; `valid_to` is the first instant at which it no longer holds."""

    model_config = ConfigDict(extra="forbid")

    camera_id: Name
    zone_id: Name
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError("valid_to must be after valid_from")
        return self


class ZoneBindingRead(BaseModel):
    """A binding."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    subject_id: UUID
    camera_id: str
    zone_id: str
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None


class CodeCounts(BaseModel):
    """How many codes are on file and how many of them fail their check."""

    with_code: int
    check_failed: int


class NameCreate(BaseModel):
    """A new name on the same code: the same subject. `since` is when it began to bear it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")
    since: AwareDatetime


class NameRead(BaseModel):
    """A name and from when on it was borne."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    since: AwareDatetime


class PremisesCreate(BaseModel):
    """A place of business. `ground`: corners [longitude, latitude], WGS-84."""

    model_config = ConfigDict(extra="forbid")

    address: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")
    door_number: Text = Field(default="", max_length=40)
    ground: GroundPolygon | None = None
    valid_from: AwareDatetime


class PremisesRead(BaseModel):
    """A place of business; `area_m2` of its ground polygon."""

    id: UUID
    address: str
    door_number: str
    ground: list[tuple[float, float]] | None
    area_m2: float | None
    valid_from: AwareDatetime
    valid_to: AwareDatetime | None


class ContactCreate(BaseModel):
    """Somebody to reach. `electronic_consent_at`: the day of the signed consent to electronic service."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=60, pattern=r"^[^\x00]*$")
    role: ContactRole
    channel: Channel
    address: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")
    language: Language = "zh-CN"
    rank: int = Field(default=1, ge=1, le=99)
    electronic_consent_at: AwareDatetime | None = None


class ContactRead(BaseModel):
    """A contact; `ended_at` set when it holds no longer."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    role: str
    channel: str
    address: str
    language: str
    rank: int
    electronic_consent_at: AwareDatetime | None
    ended_at: AwareDatetime | None


class IdentityConfirm(BaseModel):
    """The ID number of an individual whose document was not there at first."""

    model_config = ConfigDict(extra="forbid")

    person_number: PersonNumber


class HeadOfficeSet(BaseModel):
    """The head office of a branch; null when it is none any more."""

    model_config = ConfigDict(extra="forbid")

    head_office_id: UUID | None


class LinkCreate(BaseModel):
    """Two files that belong together, on a person's word. Nothing is merged."""

    model_config = ConfigDict(extra="forbid")

    other_id: UUID
    kind: Literal["same_person", "same_owner"]
    reason: Reason


class LinkRead(BaseModel):
    """A link between two files."""

    model_config = ConfigDict(from_attributes=True)

    subject_id: UUID
    other_id: UUID
    kind: str
    reason: str
    recorded_at: AwareDatetime
    recorded_by: str


class RecordCreate(BaseModel):
    """An inspection, an honour, a repair that the credit office made, education given."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["inspection", "honour", "repair", "education"]
    at: AwareDatetime
    title: Reason
    source: Reason


class RecordRead(BaseModel):
    """Such an entry."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    at: AwareDatetime
    title: str
    source: str


class GradeRead(BaseModel):
    """A band given by the credit office, and the patrol weight that it sets."""

    band: str
    as_of: date
    source: str
    patrol_weight: float


class FlagRead(BaseModel):
    """Something an officer should know before deciding. It decides nothing."""

    kind: Literal["same_owner", "same_person"]
    other_id: UUID
    other_name: str
    why: str


class HandoverCreate(BaseModel):
    """A shop changes hands at `at`: the new subject takes over what is named (everything when left out)."""

    model_config = ConfigDict(extra="forbid")

    to_subject_id: UUID | None = None
    to_subject: SubjectCreate | None = None
    at: AwareDatetime
    zones: list[UUID] | None = Field(default=None, max_length=200)
    premises: list[UUID] | None = Field(default=None, max_length=200)
    reason: Reason

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.to_subject_id is None) == (self.to_subject is None):
            raise ValueError("give either to_subject_id or to_subject")
        return self


class HandoverRead(BaseModel):
    """What went over. `permits` named the old holder and cover nobody from then on; `cases_to_review` are about acts
    from then on that are still in the old file.
    """

    id: UUID
    from_id: UUID
    to_id: UUID
    at: AwareDatetime
    zones: list[ZoneBindingRead]
    premises: list[PremisesRead]
    permits: list[str]
    cases_to_review: list[UUID]
    flags: list[FlagRead]
