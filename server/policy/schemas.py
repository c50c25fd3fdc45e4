"""What comes in and goes out about lists and drafts."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from edge.contracts.violations import BilingualName
from server.policy.statutes import ShortLaw, Statute

Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,40}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PublishedRead(BaseModel):
    """A published version. `drafted_by`, `published_by`, `based_on` are empty for one read from a file."""

    id: UUID
    key: str
    sha256: str
    published_at: AwareDatetime
    status: str
    author: str
    drafted_by: str
    published_by: str
    based_on: str
    in_force_from: date
    in_force_to: date | None
    items: int


class DraftCreate(_In):
    """Begin with a copy of a published version, under a new version name."""

    from_version: UUID
    version: Version


class HeadChange(_In):
    """What the list says of itself; only what is given is changed. `statutes` replaces them all."""

    revision: int
    version: Version | None = None
    status: Literal["draft", "signed"] | None = None
    author: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    title: BilingualName | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    exemptions_count: bool | None = None
    statutes: dict[ShortLaw, Statute] | None = None


class ItemPut(_In):
    """An item as it shall be. It may still have faults: they are listed, and stand in the way of publishing only."""

    revision: int
    item: dict[str, Any]


class Revision(_In):
    """The revision that was read."""

    revision: int


class DraftRead(BaseModel):
    """A draft. `faults`: everything that stands in the way of publishing."""

    id: UUID
    state: Literal["open", "published", "dropped"]
    revision: int
    based_on: str
    drafted_by_name: str
    created_at: AwareDatetime
    changed_at: AwareDatetime
    published_id: UUID | None
    faults: list[str]
    body: dict[str, Any]
