"""What anybody who holds a document may learn by its code: that it is ours, what it is, and whether it still holds."""

from datetime import date as day

from pydantic import BaseModel
from sqlmodel import Session

from edge.contracts.permits import LOCAL
from server.documents import repository
from server.documents.errors import NoSuchToken
from server.documents.kinds import FORMS, Kind


class Verified(BaseModel):
    """Nothing personal: no party, no case, no facts. `sha256` is that of the PDF as issued."""

    kind: str
    title: str
    title_en: str
    number: str
    date: day
    authority: str
    sha256: str
    valid: bool
    withdrawn_on: day | None
    replaced_by: str | None


def verify(session: Session, token: str) -> Verified:
    """The document of a code. Raises NoSuchToken."""
    document = repository.by_token(session, token)
    if document is None:
        raise NoSuchToken
    gone = repository.withdrawal(session, document.id)
    newer = repository.get(session, gone.replaced_by) if gone and gone.replaced_by else None
    form = FORMS[Kind(document.kind)]
    return Verified(
        kind=document.kind,
        title=form.title,
        title_en=form.title_en,
        number=document.number,
        date=document.made_at.astimezone(LOCAL).date(),
        authority=document.snapshot["authority"]["name"],
        sha256=document.sha256,
        valid=gone is None,
        withdrawn_on=gone.at.astimezone(LOCAL).date() if gone else None,
        replaced_by=newer.number if newer else None,
    )
