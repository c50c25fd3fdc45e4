"""What a party sends and sees of its own case: plain facts; the words around them are the page's."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.taxonomy import Sha256
from server.objections.phases import Phase
from server.objections.schemas import FileRead

Note = Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")]


class CorrectionCreate(BaseModel):
    """Photos of what was put right (sent before over the link), and a word to them."""

    model_config = ConfigDict(extra="forbid")

    photos: Annotated[list[Sha256], Field(min_length=1, max_length=9)]
    note: Note = ""


class PledgeSign(BaseModel):
    """The pledge signed on the screen: `text` is what was read, `signature` a PNG sent before over the link."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    signed_by: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00]*\S[^\x00]*$")]
    signature: Sha256


class AuthorityRead(BaseModel):
    """Whom to ask."""

    name: str
    phone: str
    address: str


class OwnObjection(BaseModel):
    """An objection as the party sees it: its own words, the answer, by when."""

    id: UUID
    number: str
    kind: str
    statement: str
    lodged_at: AwareDatetime
    due_at: AwareDatetime
    status: str
    answer: str
    answered_at: AwareDatetime | None
    files: list[FileRead]


class Sighting(BaseModel):
    """What a camera saw, in blurred pictures only (addresses under `/api/party/pictures/`)."""

    began_at: AwareDatetime
    last_seen_at: AwareDatetime
    area_m2: float | None
    pictures: list[str]


class Asked(BaseModel):
    """What the party is asked to do, and by when."""

    what_zh: str
    what_en: str
    until: AwareDatetime | None


class OutcomeRead(BaseModel):
    """A decision that was served."""

    outcome: str
    decided_at: AwareDatetime


class OwnCorrection(BaseModel):
    """Photos that the party sent of what it put right (addresses under `/api/party/files/`)."""

    at: AwareDatetime
    note: str
    photos: list[str]


class OwnPledge(BaseModel):
    """A pledge of the party."""

    signed_at: AwareDatetime
    signed_by: str
    text: str
    due_at: AwareDatetime | None


class Remedy(BaseModel):
    """Who reviews a decision, and within how long."""

    days: int
    body: str
    months: int
    court: str


class MayDo(BaseModel):
    """What the party may do now; speaking up it may at any time."""

    correct: bool
    pledge: bool
    says: Literal["statement", "objection"]


class OwnCase(BaseModel):
    """A party's own case. `law` holds verified articles only; `pledge_text` is there while one may be signed.

    `now` is the server's clock: phones are often wrong about the time.
    """

    now: AwareDatetime
    number: str
    subject: str
    place: str
    item_zh: str
    item_en: str
    stage_zh: str
    stage_en: str
    phase: Phase
    seen: list[Sighting]
    asked: Asked | None
    law: list[str]
    may: MayDo
    pledge_text: str
    pledges: list[OwnPledge]
    corrections: list[OwnCorrection]
    outcomes: list[OutcomeRead]
    remedy: Remedy | None
    objections: list[OwnObjection]
    authority: AuthorityRead


class PaperRead(BaseModel):
    """A document that was served. `valid` false: withdrawn since, or another took its place."""

    id: UUID
    kind: str
    title: str
    title_en: str
    number: str
    date: date
    size_bytes: int
    valid: bool
