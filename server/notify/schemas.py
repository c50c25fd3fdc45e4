"""What comes in and goes out about notices."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["zh-CN", "en"]
Contact = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")
]


class NoticeRead(BaseModel):
    """One notice in both languages. A contact among the facts is masked."""

    id: UUID
    to: str
    district: str
    case_id: UUID | None
    template: str
    facts: dict[str, Any]
    text_zh: str
    text_en: str
    urgent: bool
    queued_at: AwareDatetime
    delivered_at: AwareDatetime | None
    tries: int
    proof: str
    last_error: str
    seen_at: AwareDatetime | None = None


class InboxPage(BaseModel):
    """`next` is the `before` of the following page, null at the end; `unread` counts the whole inbox."""

    items: list[NoticeRead]
    unread: int
    next: UUID | None


class ReadMarks(BaseModel):
    """Which notices were read."""

    model_config = ConfigDict(extra="forbid")

    ids: list[UUID] = Field(min_length=1, max_length=200)


class Marked(BaseModel):
    """How many were not read before."""

    marked: int


class Kept(BaseModel):
    """Whether the status was new."""

    kept: bool


class ProofRead(BaseModel):
    """One thing that happened to a delivery; never changed."""

    model_config = ConfigDict(from_attributes=True)

    at: AwareDatetime
    kind: str
    receipt: str
    facts: dict[str, Any]


class DeliveryRead(BaseModel):
    """One way a notice went, with its proofs."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    notice_id: UUID
    channel: str
    target: str
    state: str
    tries: int
    next_try_at: AwareDatetime
    sent_at: AwareDatetime | None
    receipt: str
    last_error: str
    proofs: list[ProofRead] = []


class Preference(BaseModel):
    """The language, and a contact for each kind of channel (`sms`: a telephone number)."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    language: Language
    contacts: dict[Literal["sms", "wecom", "dingtalk", "feishu"], Contact] = {}
