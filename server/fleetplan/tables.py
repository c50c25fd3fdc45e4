"""What people plan for an edge: one open draft, and every version that was put in force."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.append_only import append_only


class PlanDraft(SQLModel, table=True):
    """The cameras that people are planning for an edge. `revision` only grows, also over drafts, so that no ETag comes
    twice; `body` shows no address whole, `sealed` holds them under the server's key, by camera.
    """

    __tablename__ = "plan_draft"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    revision: int = 0
    is_open: bool = False
    body: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    sealed: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    changed_by: UUID
    changed_by_name: str
    changed_at: datetime


@append_only
class PlanVersion(SQLModel, table=True):
    """A plan that was put in force; never changed. `body` shows no address whole; `sealed` is the plan's exact bytes
    (their SHA-256 is `sha256`) under the server's key. `made_from` names the older version that this one repeats.
    """

    __tablename__ = "plan_version"  # type: ignore[assignment]

    edge_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    sha256: str
    body: list[dict[str, Any]] = Field(sa_type=JSON)
    sealed: str
    changes: list[dict[str, Any]] = Field(sa_type=JSON)
    note: str
    made_from: int | None = None
    made_by: UUID
    made_by_name: str
    made_at: datetime
    idempotency_key: str = ""


@append_only
class PlanAnswer(SQLModel, table=True):
    """What an edge answered to a version; the newest row counts (an edge may refuse first and accept later)."""

    __tablename__ = "plan_answer"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    edge_id: str = Field(index=True)
    version: int
    accepted: bool
    problems: list[str] = Field(default_factory=list, sa_type=JSON)
    at: datetime
