"""Documents as pictures of their pages, to be read on any screen; and a look at one before it is issued.

Browsers show PDF in a plug-in of theirs, which phones do not have and which our content policy shuts out.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from server.auth.person import Person
from server.cases import service as cases
from server.cases.workflow import State
from server.documents import content, matter, service, typesetting
from server.documents.errors import NotNow
from server.documents.kinds import FORMS
from server.documents.service import Order, Press
from server.documents.tables import IssuedDocument
from server.evidence.store import EvidenceStore

NOT_NUMBERED = "（预览，未编号）"
KEPT = 24
"""Documents whose pages are kept in memory; a page is about 100 kB."""


@dataclass(frozen=True)
class Pages:
    """PNG of each page. `same`: set again, the document has the very bytes that were issued."""

    pictures: tuple[bytes, ...]
    same: bool


def of_document(document: IssuedDocument, store: EvidenceStore) -> Pages:
    """The pages of an issued document, set again from what was kept with it. Raises NotTypeset."""
    known = _KEPT.get(document.sha256)
    if known is None:
        again = service.again(document, store)
        pictures = typesetting.as_pictures(document.snapshot, lambda name: store.path(name).read_bytes())
        known = Pages(tuple(pictures), sha256(again).hexdigest() == document.sha256)
        _KEPT.put(document.sha256, known)
    return known


def before_issue(session: Session, press: Press, wanted: Order, by: Person, now: datetime) -> Pages:
    """What would be issued, without a number: nothing is kept. Raises what `service.issue` raises."""
    case = cases.get(session, wanted.case_id)
    by.reach.require("case", case.id, case.district)
    form = FORMS[wanted.kind]
    by.require(*form.roles)
    if State(case.state) not in form.states:
        raise NotNow(wanted.kind, case.state, sorted(form.states))
    known = matter.read(session, case, now)
    shown = service.pictures_of(known, press.store) if wanted.kind in service.WITH_PICTURES else []
    body = content.compose(content.Task(wanted.kind, known, wanted.told, press.wording, shown, now))
    unnumbered: dict[str, Any] = {"number": NOT_NUMBERED, "verify_url": f"{press.public_url}/verify/"}
    snapshot = typesetting.prepare(body | unnumbered)
    return Pages(tuple(typesetting.as_pictures(snapshot, lambda name: press.store.path(name).read_bytes())), same=True)


class _Kept:
    """The pages looked at last."""

    def __init__(self, most: int) -> None:
        self._most, self._pages = most, dict[str, Pages]()

    def get(self, name: str) -> Pages | None:
        return self._pages.get(name)

    def put(self, name: str, pages: Pages) -> None:
        while len(self._pages) >= self._most:
            self._pages.pop(next(iter(self._pages)), None)
        self._pages[name] = pages


_KEPT = _Kept(KEPT)
