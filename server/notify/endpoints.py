"""`/api/notices`: what was told to whom, and the proof."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel
from sqlmodel import col, select

from server.auth.person import StaffPerson
from server.context import ReadSession
from server.notify.tables import Notice
from server.notify.templates import render

router = APIRouter(prefix="/api/notices", tags=["notify"])


class NoticeRead(BaseModel):
    """One notice in both languages."""

    id: UUID
    to: str
    template: str
    facts: dict[str, Any]
    text_zh: str
    text_en: str
    queued_at: AwareDatetime
    delivered_at: AwareDatetime | None
    tries: int
    proof: str
    last_error: str


@router.get("")
def list_notices(
    session: ReadSession,
    person: StaffPerson,
    to: str | None = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[NoticeRead]:
    """Notices, newest first; `to` is `role:seat`, `person:<id>` or `subject:<id>`; `before` the last id seen."""
    wanted = select(Notice).where(person.reach.clause(Notice.district) | (col(Notice.to) == f"person:{person.id}"))
    wanted = wanted.order_by(col(Notice.id).desc()).limit(limit)
    if to is not None:
        wanted = wanted.where(Notice.to == to)
    if before is not None:
        wanted = wanted.where(col(Notice.id) < before)
    return [_read(row) for row in session.exec(wanted)]


def _read(row: Notice) -> NoticeRead:
    zh, en = render(row.template, row.facts)
    return NoticeRead(**row.model_dump(exclude={"key", "next_try_at"}), text_zh=zh, text_en=en)
