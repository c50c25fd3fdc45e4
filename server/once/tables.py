"""Keys of requests that were carried out."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class RequestMade(SQLModel, table=True):
    """`made_id` is what the request made. `body_sha256` covers the route and everything that was asked."""

    __tablename__ = "request_made"  # type: ignore[assignment]

    person_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    body_sha256: str
    made_id: UUID
    made_at: datetime
