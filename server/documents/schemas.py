"""What comes in and goes out about documents."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from server.documents.kinds import Kind
from server.documents.tables import DocumentWithdrawal, IssuedDocument


class DocumentWanted(BaseModel):
    """`fields` depend on `kind` (see `GET /api/documents/kinds`). `replaces` needs `reason`."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    fields: dict[str, Any] = Field(default_factory=dict[str, Any])
    replaces: UUID | None = None
    reason: str = Field(default="", max_length=400, pattern=r"^[^\x00]*$")


class WithdrawalWanted(BaseModel):
    """Why it no longer holds."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=400, pattern=r"^[^\x00]*\S[^\x00]*$")


class ExportWanted(BaseModel):
    """What the case file is needed for."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=4, max_length=200, pattern=r"^[^\x00]*\S[^\x00]*$")


class WithdrawalRead(BaseModel):
    """When and why it lost its force."""

    model_config = ConfigDict(from_attributes=True)

    reason: str
    replaced_by: UUID | None
    at: AwareDatetime
    by: UUID
    by_name: str


class DocumentRead(BaseModel):
    """An issued document; `letters_missing` are characters that had to be left to the pen."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: Kind
    number: str
    case_id: UUID
    list_version: str | None
    wording_version: str
    sha256: str
    size_bytes: int
    verify_url: str
    letters_missing: list[str]
    replaces: UUID | None
    made_by: UUID
    made_by_name: str
    made_at: AwareDatetime
    withdrawal: WithdrawalRead | None


class KindRead(BaseModel):
    """A kind of document: who issues it, when, and what it takes."""

    kind: Kind
    title: str
    title_en: str
    roles: list[str]
    states: list[str]
    fields: dict[str, Any]


def read(document: IssuedDocument, gone: DocumentWithdrawal | None) -> DocumentRead:
    """A document with its withdrawal."""
    names = set(DocumentRead.model_fields) - {"verify_url", "letters_missing", "withdrawal"}
    return DocumentRead(
        **document.model_dump(include=names),
        verify_url=document.snapshot["verify_url"],
        letters_missing=document.snapshot["letters"]["missing"],
        withdrawal=WithdrawalRead.model_validate(gone) if gone else None,
    )
