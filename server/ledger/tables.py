"""The offence ledger: confirmed findings and what became of each. Both append-only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.append_only import append_only


@append_only
class Offence(SQLModel, table=True):
    """A finding that officers confirmed on site. `ordinal` counts a subject's findings of one nature, from 1."""

    __table_args__ = (UniqueConstraint("subject_id", "nature_group", "ordinal"), UniqueConstraint("case_id"))

    id: UUID = Field(primary_key=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    nature_group: str
    item_code: str
    ordinal: int
    case_id: UUID = Field(foreign_key="case.id")
    act_at: datetime
    confirmed_at: datetime
    confirmed_by: UUID


@append_only
class OffenceEvent(SQLModel, table=True):
    """What happened to a finding. `kind`: see `server.ledger.window.Kind`."""

    __tablename__ = "offence_event"  # type: ignore[assignment]
    __table_args__ = (UniqueConstraint("offence_id", "ordinal"),)

    id: UUID = Field(primary_key=True)
    offence_id: UUID = Field(foreign_key="offence.id", index=True)
    ordinal: int
    kind: str
    at: datetime
    recorded_at: datetime
    recorded_by: UUID
    note: str = ""
