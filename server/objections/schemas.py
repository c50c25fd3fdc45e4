"""What comes in and goes out about objections."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.taxonomy import Sha256
from server.objections.lodging import Answer

Words = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]
Files = Annotated[list[Sha256], Field(max_length=20)]


class _Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StatementCreate(_Wanted):
    """What the party says, with files that it sent before over its link."""

    statement: Words
    files: Files = Field(default_factory=list[str])


class ObjectionCreate(StatementCreate):
    """The same, written down by an officer; `source` says how it came: a letter, a visit, a call."""

    source: str = Field(min_length=2, max_length=200, pattern=r"^[^\x00]*$")


class AnswerCreate(_Wanted):
    """The answer with its reasons. `fields` are those of the case's move, where the answer is one."""

    result: Answer
    answer: str = Field(min_length=4, max_length=4000, pattern=r"^[^\x00]*$")
    fields: dict[str, Any] = Field(default_factory=dict[str, Any])


class Withdrawal(_Wanted):
    """Why the party takes it back, and for an officer how that was told."""

    reason: Words


class CodeUse(_Wanted):
    """The code on the party's paper."""

    code: str = Field(min_length=1, max_length=200)


class FileRead(BaseModel):
    """A file that came with an objection."""

    model_config = ConfigDict(from_attributes=True)

    sha256: str
    media_type: str
    size_bytes: int
    received_at: AwareDatetime


class PartyFileRead(FileRead):
    """A file from the party; see it as any original: for a reason, with the case's number."""

    purpose: Literal["sent", "statement", "correction", "signature"]
    note: str
    used_at: AwareDatetime | None
    objection_id: UUID | None


class ObjectionRead(BaseModel):
    """An objection as the authority sees it."""

    id: UUID
    number: str
    case_id: UUID
    subject_id: UUID
    district: str
    kind: Literal["statement", "objection"]
    state_then: str
    statement: str
    came_by: Literal["link", "officer"]
    source: str
    baseline: str | None
    lodged_at: AwareDatetime
    lodged_by: UUID
    lodged_by_name: str
    due_at: AwareDatetime
    told: float
    status: Literal["open", "withdrawn", "upheld", "set_aside", "heard"]
    answer: str
    answered_by: UUID | None
    answered_by_name: str
    answered_at: AwareDatetime | None
    files: list[FileRead]


class ObjectionPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[ObjectionRead]
    next: UUID | None


class LinkMade(BaseModel):
    """A party's way in. The code is shown this once; it works once and gives the next one."""

    link_id: UUID
    code: str
    url: str
    expires_at: AwareDatetime


class VisitRead(BaseModel):
    """Send `token` as bearer until `until`; keep `next_code` for the next visit."""

    token: str
    until: AwareDatetime
    next_code: str
