"""Who is looking at which case, and which cases somebody could not make out."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class ReviewClaim(SQLModel, table=True):
    """One person has one case before him from `since` until `until`, unless it is renewed, given back or taken over.

    The row stays when the time is over: whether it holds is a matter of `until` and of what time it is.
    """

    __tablename__ = "review_claim"  # type: ignore[assignment]

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    district: str = Field(default="local", index=True)
    person_id: UUID = Field(index=True)
    person_name: str
    since: datetime
    until: datetime = Field(index=True)


class ReviewDoubt(SQLModel, table=True):
    """Somebody could not make a case out and left it for later, with a note. The last one stands.

    `reviewer_id` is that of the case then: once the case was reviewed and came back, an old doubt no longer counts.
    """

    __tablename__ = "review_doubt"  # type: ignore[assignment]

    case_id: UUID = Field(primary_key=True, foreign_key="case.id")
    district: str = Field(default="local", index=True)
    person_id: UUID
    person_name: str
    note: str
    at: datetime
    reviewer_id: UUID | None = None
