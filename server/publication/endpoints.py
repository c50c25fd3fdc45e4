"""`/api/publications`: what must be published or taken back. `/api/public/publications`: what anybody may read."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from server import cursor
from server.auth.person import Allow, Person, StaffPerson
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.publication import service
from server.publication.tables import Kind, Publication, State

router = APIRouter(tags=["publication"])
Publisher = Annotated[Person, Depends(Allow(Role.SUPERV, Role.LEADER, Role.HEAD))]
Reason = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00]*$")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Where(_Form):
    """Where it was published: an address or a place."""

    where: Reason


class Why(_Form):
    """The reason, or the proof that it is done."""

    reason: Reason


class StepRead(BaseModel):
    """One step."""

    model_config = ConfigDict(from_attributes=True)

    step: str
    at: AwareDatetime
    by_name: str
    reason: str


class PublicationRead(BaseModel):
    """An act to publish, for people of the authority."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Kind
    target: str
    case_id: UUID | None
    subject_id: UUID
    state: State
    title: str
    body: dict[str, Any]
    decided_at: AwareDatetime
    due_at: AwareDatetime
    published_at: AwareDatetime | None
    published_where: str
    frozen_at: AwareDatetime | None
    withdrawn_at: AwareDatetime | None
    reason: str
    told: float


class PublicationDetail(PublicationRead):
    """With its steps."""

    steps: list[StepRead]


class PublicationPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[PublicationRead]
    next: str | None


class PublicEntry(BaseModel):
    """What anybody may read."""

    kind: Kind
    title: str
    body: dict[str, Any]
    published_at: AwareDatetime


class PublicPage(BaseModel):
    """`next` is the cursor of the following page, null at the end."""

    items: list[PublicEntry]
    next: str | None


@router.get("/api/public/publications")
def list_public(
    session: ReadSession,
    kind: Kind | None = None,
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> PublicPage:
    """Published acts, newest first; no account is needed. Nothing frozen or withdrawn, no person, no picture."""
    shown = select(Publication).where(
        Publication.state == State.PUBLISHED.value, col(Publication.frozen_at).is_(None),
        col(Publication.published_at).is_not(None),
    )  # fmt: skip
    if kind is not None:
        shown = shown.where(Publication.kind == kind.value)
    if after is not None:
        at, last = cursor.decode(after)
        older = col(Publication.published_at) < at
        shown = shown.where(older | ((col(Publication.published_at) == at) & (col(Publication.id) < last)))
    order = (col(Publication.published_at).desc(), col(Publication.id).desc())
    rows = list(session.exec(shown.order_by(*order).limit(limit)).all())
    items = [
        PublicEntry(kind=Kind(row.kind), title=row.title, body=row.body, published_at=_shown(row.published_at))
        for row in rows
    ]
    return PublicPage(items=items, next=_next(rows, limit))


@router.get("/api/publications")
def list_publications(
    session: ReadSession,
    person: StaffPerson,
    state: Annotated[list[State] | None, Query()] = None,
    kind: Kind | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: UUID | None = None,
) -> list[PublicationRead]:
    """What is to be published or taken back, the oldest first; `after` is the last id seen."""
    wanted = person.reach.limit(select(Publication), Publication.district)
    if state:
        wanted = wanted.where(col(Publication.state).in_([one.value for one in state]))
    if kind is not None:
        wanted = wanted.where(Publication.kind == kind.value)
    if after is not None:
        wanted = wanted.where(col(Publication.id) > after)
    rows = session.exec(wanted.order_by(col(Publication.id)).limit(limit)).all()
    return [PublicationRead.model_validate(row) for row in rows]


@router.get("/api/publications/{publication_id}")
def get_publication(publication_id: UUID, session: ReadSession, person: StaffPerson) -> PublicationDetail:
    """One with its steps."""
    row = session.get(Publication, publication_id)
    if row is None:
        raise NotFound("publication", publication_id)
    person.reach.require("publication", publication_id, row.district)
    return _detail(session, row)


@router.post("/api/publications/{publication_id}/publish")
def publish(
    publication_id: UUID, wanted: Where, session: WriteSession, now: Now, person: Publisher
) -> PublicationDetail:
    """It stands before the public; from now on also in our own list."""
    _within_reach(session, publication_id, person)
    return _detail(session, service.publish(session, publication_id, wanted.where, person, now))


@router.post("/api/publications/{publication_id}/withhold")
def withhold(
    publication_id: UUID, wanted: Why, session: WriteSession, now: Now, person: Publisher
) -> PublicationDetail:
    """It is not published, for a reason."""
    _within_reach(session, publication_id, person)
    return _detail(session, service.withhold(session, publication_id, wanted.reason, person, now))


@router.post("/api/publications/{publication_id}/withdrawn")
def confirm_withdrawn(
    publication_id: UUID, wanted: Why, session: WriteSession, now: Now, person: Publisher
) -> PublicationDetail:
    """It was taken back everywhere; the reason says how that can be seen."""
    _within_reach(session, publication_id, person)
    return _detail(session, service.withdrawn(session, publication_id, wanted.reason, person, now))


def _within_reach(session: Session, publication_id: UUID, person: Person) -> None:
    row = service.hold(session, publication_id)
    person.reach.require("publication", publication_id, row.district)


def _detail(session: Session, row: Publication) -> PublicationDetail:
    steps = [StepRead.model_validate(step) for step in service.steps_of(session, row.id)]
    return PublicationDetail(**PublicationRead.model_validate(row).model_dump(), steps=steps)


def _next(rows: list[Publication], limit: int) -> str | None:
    if len(rows) < limit:
        return None
    return cursor.encode(_shown(rows[-1].published_at), rows[-1].id)


def _shown(at: datetime | None) -> datetime:
    assert at is not None
    return at
