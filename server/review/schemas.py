"""The queue as the API tells it: each item whole."""

from datetime import date, time
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from server.alerts.area import AreaShown
from server.alerts.schemas import PictureRead
from server.cases.schemas import CaseRead
from server.review.advice import Advice

Polygon = list[list[float]]


class ReviewFilter(BaseModel):
    """What is looked for. `opened_to` is not included; `case_id`: just these, as far as they still wait; `after` is the
    `next` of the page before, of the same filter.
    """

    model_config = ConfigDict(extra="forbid")

    case_id: list[UUID] = Field(default_factory=list[UUID], max_length=60)

    opened_from: AwareDatetime | None = None
    opened_to: AwareDatetime | None = None
    camera_id: str | None = Field(default=None, max_length=64)
    violation: str | None = Field(default=None, max_length=64)
    district: str | None = Field(default=None, max_length=40)
    after: str | None = Field(default=None, max_length=80)
    limit: int = Field(default=30, ge=1, le=60)


class ClaimCreate(BaseModel):
    """`take_over`: though somebody else has it; for shift leaders."""

    model_config = ConfigDict(extra="forbid")

    take_over: bool = False


class ClaimRead(BaseModel):
    """Who has the case before him, since when, and until when if it is not renewed."""

    model_config = ConfigDict(from_attributes=True)

    case_id: UUID
    person_id: UUID
    person_name: str
    since: AwareDatetime
    until: AwareDatetime


class DoubtCreate(BaseModel):
    """What could not be made out."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(min_length=1, max_length=400, pattern=r"^[^\x00]*$")


class DoubtRead(BaseModel):
    """Who could not make the case out, and what of it."""

    model_config = ConfigDict(from_attributes=True)

    person_id: UUID
    person_name: str
    note: str
    at: AwareDatetime


class DoubtKept(DoubtRead):
    """With the version that the case has now."""

    case_id: UUID
    version: int


class ReviewAlert(BaseModel):
    """The newest claim of the act. Shares and scores 0..1; `told` are a caller's own words; `thumbnail`: there is a
    small picture at `/api/alerts/{id}/thumbnail`. What was measured is that of the picture shown first, else null.
    """

    id: UUID
    source: str
    state: str
    began_at: AwareDatetime
    raised_at: AwareDatetime
    last_captured_at: AwareDatetime
    cleared_at: AwareDatetime | None
    dwell_s: float
    peak_score: float
    peak_area: AreaShown | None
    covered_share: float | None
    soil_share: float | None
    occluded: bool | None
    beyond_permit_m: float | None
    address: str
    told: str
    thumbnail: bool


class ReviewClip(BaseModel):
    """A clip of the act. `sealed`: seeing it needs a reason (`POST /api/evidence/{sha256}/original`)."""

    sha256: str
    role: str
    media_type: str
    captured_at: AwareDatetime
    alert_id: UUID
    sealed: bool


class ReviewPermit(BaseModel):
    """A permit of the zone or of its subject. `answer`: how the act stands to it (none, unmeasured, remind, exceeded,
    grace); `areas`: what this camera sees of it, in 0..1 of the picture.
    """

    id: str
    number: str
    valid_from: date
    valid_to: date
    hours_from: time
    hours_to: time
    weekdays: list[int]
    goods: str
    status: str
    holder_is_subject: bool
    answer: str
    areas: list[Polygon]


class EarlierCase(BaseModel):
    """An earlier case of the same subject."""

    id: UUID
    number: str
    state: str
    state_zh: str
    state_en: str
    violation: str
    item_code: str | None
    opened_at: AwareDatetime


class ReviewSubject(BaseModel):
    """Who answers for the zone. `first`: whether this would be the first of its nature in the look-back window, by
    what stands today; `counting`: findings that count against it; `cases`: how many this system holds within reach.
    """

    id: UUID
    kind: str
    name: str
    code: str | None
    contact_known: bool
    first: str
    look_back_months: int
    counting: int
    findings: int
    cases: int
    earlier: list[EarlierCase]


class OpenCase(BaseModel):
    """Another open case of the same place: what this one may be a duplicate of."""

    id: UUID
    number: str
    state: str
    state_zh: str
    state_en: str
    violation: str
    opened_at: AwareDatetime


class ReviewItem(BaseModel):
    """A case that waits for review, with everything needed to decide. `zone`: its polygon in 0..1 of the picture, null
    where the server was not told (the shown pictures have it drawn in). `needs_reason`: nothing is attached, so that
    filing needs a reason.
    """

    case: CaseRead
    violation_zh: str
    violation_en: str
    item_zh: str | None
    item_en: str | None
    camera_name: str
    alerts: int
    alert: ReviewAlert | None
    pictures: list[PictureRead]
    clips: list[ReviewClip]
    zone: Polygon | None
    permits: list[ReviewPermit]
    subject: ReviewSubject
    advice: Advice
    same_place: list[OpenCase]
    needs_reason: bool
    claim: ClaimRead | None
    doubt: DoubtRead | None


class ReviewPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[ReviewItem]
    next: str | None


class ReviewCount(BaseModel):
    """How many wait: all of them, the urgent ones, those left for later, those whose time is over."""

    waiting: int
    urgent: int
    unclear: int
    overdue: int
