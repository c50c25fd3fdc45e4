"""Verdicts: what people said of an alert. Append-only; the last one stands."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class Verdict(SQLModel, table=True):
    """`verdict` is confirmed or false. `seq` counts up without gaps, so that a reader can go on where it stopped."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(unique=True)
    alert_id: UUID = Field(foreign_key="alert.id", index=True)
    verdict: str
    reason: str
    given_by: UUID
    given_at: datetime
