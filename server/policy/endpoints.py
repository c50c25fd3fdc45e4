"""`/api/exemption-lists`: what the authority goes by. Published, never edited."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from server.auth.person import HousePerson
from server.context import ReadSession
from server.errors import NotFound
from server.policy import publication
from server.policy.exemptions import ExemptionList
from server.policy.tables import PublishedVersion

router = APIRouter(prefix="/api/exemption-lists", tags=["policy"])


class PublishedRead(BaseModel):
    """A published version."""

    id: UUID
    key: str
    sha256: str
    published_at: AwareDatetime
    status: str
    items: int


@router.get("")
def list_exemption_lists(session: ReadSession, _person: HousePerson) -> list[PublishedRead]:
    """All versions, the one published last first."""
    return [_read(row) for row in publication.newest(session, publication.EXEMPTIONS)]


@router.get("/{version_id}")
def get_exemption_list(version_id: UUID, session: ReadSession, _person: HousePerson) -> ExemptionList:
    """One version whole."""
    row = session.get(PublishedVersion, version_id)
    if row is None or row.kind != publication.EXEMPTIONS:
        raise NotFound("exemption list", version_id)
    return publication.parsed(ExemptionList, row)


def _read(row: PublishedVersion) -> PublishedRead:
    document = publication.parsed(ExemptionList, row)
    return PublishedRead(
        id=row.id, key=document.key, sha256=row.sha256, published_at=row.published_at, status=document.status,
        items=len(document.items),
    )  # fmt: skip
