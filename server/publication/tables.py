"""What is to be published, and every step of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only
from server.marks import Marked


class Kind(StrEnum):
    """What may be published. There is no kind for an exemption, and there never is one."""

    PERMIT = "permit"
    PENALTY = "penalty"


class State(StrEnum):
    """WITHDRAW_DUE: hidden from our own list at once; people must still take it back wherever else it stands."""

    DUE = "due"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    WITHDRAW_DUE = "withdraw_due"
    WITHDRAWN = "withdrawn"


class Publication(Marked, table=True):
    """One act to publish. `target` is a permit's key or an offence's id; `body` what anybody may read of it.

    While `frozen_at` is set nothing of it is shown and no clock runs, but the one of a withdrawal.
    """

    id: UUID = Field(primary_key=True)
    kind: str = Field(index=True)
    target: str = Field(index=True)
    case_id: UUID | None = Field(default=None, index=True)
    subject_id: UUID = Field(index=True)
    district: str = Field(default="local", index=True)
    state: str = Field(index=True)
    title: str
    body: dict[str, Any] = Field(sa_type=JSON)
    decided_at: datetime
    published_at: datetime | None = Field(default=None, index=True)
    published_where: str = ""
    frozen_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""


@append_only
class PublicationStep(SQLModel, table=True):
    """What was done with it, by whom and why; never changed."""

    __tablename__ = "publication_step"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    publication_id: UUID = Field(foreign_key="publication.id", index=True)
    ordinal: int
    step: str
    at: datetime
    by_id: UUID
    by_name: str
    reason: str
