"""Correction tasks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from server.marks import Marked


class CorrectionTask(Marked, table=True):
    """A decision (or, `decision_id` null, a recommendation on the way to one) that rested on what has changed since.

    `causes` are `{why, offence_id, at}` in the order they came; `old` and `new` are `{first, rule, result}`. `status`
    is open or settled; `outcome` stands, own_motion or elsewhere. One open task a case: a further cause joins it.
    """

    __tablename__ = "correction_task"  # type: ignore[assignment]

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="case.id", index=True)
    subject_id: UUID = Field(foreign_key="subject.id", index=True)
    district: str = Field(default="local", index=True)
    nature_group: str
    recommendation_id: UUID = Field(foreign_key="case_recommendation.id")
    decision_id: UUID | None = Field(default=None, foreign_key="case_decision.id")
    causes: list[dict[str, Any]] = Field(sa_type=JSON)
    old: dict[str, Any] = Field(sa_type=JSON)
    new: dict[str, Any] = Field(sa_type=JSON)
    opened_at: datetime
    status: str = Field(default="open", index=True)
    outcome: str = ""
    reason: str = ""
    settled_at: datetime | None = None
    settled_by: UUID | None = None
    settled_by_name: str = ""
