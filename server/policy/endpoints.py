"""`/api/exemption-lists`: what the authority goes by. Published versions are never edited; drafts become new ones."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session

from edge.contracts.violations import ItemCode
from server.auth.person import Allow, HousePerson, Person
from server.auth.roles import Role
from server.context import Now, ReadSession, WriteSession
from server.errors import NotFound
from server.policy import drafts, publication
from server.policy.compare import Change, compare
from server.policy.exemptions import ExemptionList
from server.policy.schemas import DraftCreate, DraftRead, HeadChange, ItemPut, PublishedRead, Revision
from server.policy.tables import ExemptionDraft, PublishedVersion

router = APIRouter(prefix="/api/exemption-lists", tags=["policy"])
Legal = Annotated[Person, Depends(Allow(Role.LEGAL))]
Head = Annotated[Person, Depends(Allow(Role.HEAD))]
Writer = Annotated[Person, Depends(Allow(Role.LEGAL, Role.HEAD))]


@router.get("")
def list_exemption_lists(session: ReadSession, _person: HousePerson) -> list[PublishedRead]:
    """All versions, the one published last first."""
    return [_read(row) for row in publication.newest(session, publication.EXEMPTIONS)]


@router.get("/compare")
def compare_exemption_lists(
    session: ReadSession,
    _person: HousePerson,
    before: Annotated[UUID, Query(description="a version or a draft")],
    after: Annotated[UUID, Query(description="a version or a draft")],
) -> list[Change]:
    """What `after` changes, field by field. Either may be a published version or a draft without faults."""
    return compare(_list(session, before), _list(session, after))


@router.get("/drafts")
def list_drafts(session: ReadSession, now: Now, _person: Writer) -> list[DraftRead]:
    """All drafts, the one changed last first."""
    return [_draft(session, row, now) for row in drafts.newest(session)]


@router.post("/drafts", status_code=201)
def begin_draft(wanted: DraftCreate, session: WriteSession, now: Now, person: Legal) -> DraftRead:
    """Begin a draft from a published version."""
    source = _published(session, wanted.from_version)
    return _draft(session, drafts.begin(session, source, wanted.version, person, now), now)


@router.get("/drafts/{draft_id}")
def get_draft(draft_id: UUID, session: ReadSession, now: Now, _person: Writer) -> DraftRead:
    """A draft with every fault that it still has."""
    return _draft(session, drafts.get(session, draft_id), now)


@router.patch("/drafts/{draft_id}")
def change_draft(draft_id: UUID, wanted: HeadChange, session: WriteSession, now: Now, person: Legal) -> DraftRead:
    """Change what the list says of itself, or its statutes."""
    changes = wanted.model_dump(mode="json", exclude_unset=True, exclude={"revision"})
    row = drafts.set_head(session, draft_id, wanted.revision, changes, person, now)
    return _draft(session, row, now)


@router.put("/drafts/{draft_id}/items/{code}")
def put_draft_item(
    draft_id: UUID, code: ItemCode, wanted: ItemPut, session: WriteSession, now: Now, person: Legal
) -> DraftRead:
    """Write an item, new or changed."""
    row = drafts.put_item(session, draft_id, wanted.revision, code, wanted.item, person, now)
    return _draft(session, row, now)


@router.post("/drafts/{draft_id}/items/{code}/drop")
def drop_draft_item(
    draft_id: UUID, code: ItemCode, wanted: Revision, session: WriteSession, now: Now, person: Legal
) -> DraftRead:
    """Take an item off the draft."""
    return _draft(session, drafts.drop_item(session, draft_id, wanted.revision, code, person, now), now)


@router.post("/drafts/{draft_id}/drop")
def drop_draft(draft_id: UUID, wanted: Revision, session: WriteSession, now: Now, person: Legal) -> DraftRead:
    """Give a draft up."""
    return _draft(session, drafts.drop(session, draft_id, wanted.revision, person, now), now)


@router.post("/drafts/{draft_id}/publish", status_code=201)
def publish_draft(draft_id: UUID, wanted: Revision, session: WriteSession, now: Now, person: Head) -> PublishedRead:
    """Publish: by the head, who must be another person than the one who drafted. From then on it is never edited."""
    return _read(drafts.publish(session, draft_id, wanted.revision, person, now))


@router.get("/{version_id}")
def get_exemption_list(version_id: UUID, session: ReadSession, _person: HousePerson) -> ExemptionList:
    """One version whole."""
    return publication.parsed(ExemptionList, _published(session, version_id))


def _published(session: Session, version_id: UUID) -> PublishedVersion:
    row = session.get(PublishedVersion, version_id)
    if row is None or row.kind != publication.EXEMPTIONS:
        raise NotFound("exemption list", version_id)
    return row


def _list(session: Session, key: UUID) -> ExemptionList:
    row = session.get(PublishedVersion, key)
    if row is not None and row.kind == publication.EXEMPTIONS:
        return publication.parsed(ExemptionList, row)
    return drafts.parsed(drafts.get(session, key))


def _read(row: PublishedVersion) -> PublishedRead:
    document = publication.parsed(ExemptionList, row)
    return PublishedRead(
        id=row.id, key=document.key, sha256=row.sha256, published_at=row.published_at, status=document.status,
        author=row.author or document.author, drafted_by=row.drafted_by, published_by=row.published_by,
        based_on=row.based_on, in_force_from=document.in_force_from, in_force_to=document.in_force_to,
        items=len(document.items),
    )  # fmt: skip


def _draft(session: Session, row: ExemptionDraft, now: datetime) -> DraftRead:
    found = drafts.faults(session, row, now) if row.state == "open" else []
    return DraftRead.model_validate(row.model_dump() | {"faults": found})
