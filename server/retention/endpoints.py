"""`/api/retention`: the terms, what is due, holds, tombstones."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints
from sqlmodel import col, select

from server.auth.person import Allow, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession, services_of
from server.retention import holds
from server.retention.service import Retention
from server.retention.settings import load
from server.retention.tables import DueFile, LegalHold, RetentionRun, Tombstone

router = APIRouter(prefix="/api/retention", tags=["retention"])
Keeper = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD))]
Watcher = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD, Role.AUDITOR))]
Limit = Annotated[int, Query(ge=1, le=500)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=500, pattern=r"^[^\x00]*$")]
Digest = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")]


class ClassRead(BaseModel):
    """A class with its term and where that comes from."""

    name: str
    zh: str
    en: str
    where: str
    days: int | None
    source: str
    certainty: str
    verified: bool
    deletes: bool


class RunRead(BaseModel):
    """One round."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    started_at: AwareDatetime
    ended_at: AwareDatetime
    mode: str
    by: str
    due: int
    listed: int
    deleted: int
    deleted_bytes: int
    recovered: int


class RetentionRead(BaseModel):
    """The terms in force and the last rounds."""

    mode: str
    wait_days: int
    classes: list[ClassRead]
    runs: list[RunRead]


class DueRead(BaseModel):
    """A file whose term is over."""

    model_config = ConfigDict(from_attributes=True)

    sha256: str
    rule: str
    district: str
    size_bytes: int
    matters: list[str]
    due_at: AwareDatetime
    listed_at: AwareDatetime


class HoldWanted(BaseModel):
    """What to hold, and why."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["case", "subject", "evidence"]
    target: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{32,64}$")]
    reason: Reason


class Release(BaseModel):
    """Why it is needed no longer."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class HoldRead(BaseModel):
    """A hold, live while `released_at` is null."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    target: str
    district: str
    reason: str
    placed_by_name: str
    placed_at: AwareDatetime
    released_by_name: str
    released_at: AwareDatetime | None
    release_reason: str


class TombstoneRead(BaseModel):
    """What is lawfully gone."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sha256: str
    what: str
    media_type: str
    size_bytes: int
    stored_at: AwareDatetime
    rule: str
    days: int
    source: str
    matters: list[str]
    listed_at: AwareDatetime
    deleted_at: AwareDatetime


@router.get("")
def get_retention(request: Request, session: ReadSession, _person: Watcher) -> RetentionRead:
    """The classes with their terms, and the last ten rounds."""
    settings = load(services_of(request).settings.retention_file)
    classes = [
        ClassRead(name=name, **term.model_dump(), deletes=settings.executes(name))
        for name, term in settings.classes.items()
    ]
    runs = session.exec(select(RetentionRun).order_by(col(RetentionRun.started_at).desc()).limit(10))
    shown = [RunRead.model_validate(row) for row in runs]
    return RetentionRead(mode=settings.mode, wait_days=settings.wait_days, classes=classes, runs=shown)


@router.get("/due")
def list_due(session: ReadSession, person: Watcher, after: Digest = "", limit: Limit = 100) -> list[DueRead]:
    """What is listed for deletion, by name; `after` the last one seen."""
    wanted = person.reach.limit(select(DueFile), DueFile.district).where(col(DueFile.sha256) > after)
    return [DueRead.model_validate(row) for row in session.exec(wanted.order_by(col(DueFile.sha256)).limit(limit))]


@router.post("/rounds", status_code=201)
def list_now(request: Request, person: Keeper) -> RunRead:
    """List what is due now (a dry run: deletes nothing)."""
    services = services_of(request)
    settings = load(services.settings.retention_file)
    retention = Retention(services.database, request.app.state.evidence, settings, services.clock)
    return RunRead.model_validate(retention.run(person, dry=True))


@router.get("/holds")
def list_holds(
    session: ReadSession, person: Watcher, live: bool = True, before: UUID | None = None, limit: Limit = 100
) -> list[HoldRead]:
    """Holds, newest first."""
    wanted = person.reach.limit(select(LegalHold), LegalHold.district)
    if live:
        wanted = wanted.where(col(LegalHold.released_at).is_(None))
    if before is not None:
        wanted = wanted.where(col(LegalHold.id) < before)
    return [
        HoldRead.model_validate(row) for row in session.exec(wanted.order_by(col(LegalHold.id).desc()).limit(limit))
    ]


@router.post("/holds", status_code=201)
def place_hold(wanted: HoldWanted, session: WriteSession, now: Now, person: Keeper) -> HoldRead:
    """Nothing of this is deleted until the hold is released."""
    return HoldRead.model_validate(holds.place(session, person, wanted.kind, wanted.target, wanted.reason, now))


@router.post("/holds/{hold_id}/release")
def release_hold(hold_id: UUID, wanted: Release, session: WriteSession, now: Now, person: Keeper) -> HoldRead:
    """The terms count again."""
    return HoldRead.model_validate(holds.release(session, person, hold_id, wanted.reason, now))


@router.get("/tombstones")
def list_tombstones(
    session: ReadSession, person: Watcher, sha256: Digest = "", before: UUID | None = None, limit: Limit = 100
) -> list[TombstoneRead]:
    """What was deleted, when and by which rule, newest first; or all about one file."""
    wanted = person.reach.limit(select(Tombstone), Tombstone.district)
    if sha256:
        wanted = wanted.where(Tombstone.sha256 == sha256)
    if before is not None:
        wanted = wanted.where(col(Tombstone.id) < before)
    rows = session.exec(wanted.order_by(col(Tombstone.id).desc()).limit(limit))
    return [TombstoneRead.model_validate(row) for row in rows]
