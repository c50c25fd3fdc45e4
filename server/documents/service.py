"""Issue, withdraw and find documents. One that went out is never changed: another takes its place."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.cases import service as cases
from server.cases.tables import Case
from server.cases.workflow import State
from server.db import serialise
from server.documents import chinese, content, filing, matter, repository, typesetting
from server.documents.errors import NotNow
from server.documents.fields import Told
from server.documents.kinds import FORMS, Kind
from server.documents.matter import Exhibit
from server.documents.tables import DocumentWithdrawal, IssuedDocument
from server.documents.wording import Wording
from server.errors import Conflict, NotFound
from server.evidence.store import EvidenceStore
from server.objections import links

PICTURES_AT_MOST = 4
FOR_PARTY = frozenset({Kind.ORDER, Kind.PLEDGE, Kind.DECISION})
"""Handed to the party: a second QR code leads into its own case."""
WITH_PICTURES = frozenset({Kind.INSPECTION})
BLURRED = ("wide_shown", "close_shown")


@dataclass(frozen=True)
class Press:
    """Where documents are made: the wording, the store of files, and the address that QR codes name."""

    wording: Wording
    store: EvidenceStore
    public_url: str


@dataclass(frozen=True)
class Order:
    """One document asked for."""

    case_id: UUID
    kind: Kind
    told: Told
    replaces: UUID | None = None
    reason: str = ""
    key: str | None = None


def issue(session: Session, press: Press, wanted: Order, by: Person, now: datetime) -> IssuedDocument:
    """Write, number, typeset and keep a document, in the caller's transaction.

    Raises NotFound, Forbidden, NotNow, Incomplete, Unverified, CarriesPenalty or Conflict.
    """
    case = cases.get(session, wanted.case_id)
    by.reach.require("case", case.id, case.district)
    form = FORMS[wanted.kind]
    by.require(*form.roles)
    known_already = _issued_by_key(session, wanted, by)
    if known_already is not None:
        return known_already
    if State(case.state) not in form.states:
        raise NotNow(wanted.kind, case.state, sorted(form.states))
    old = None if wanted.replaces is None else _to_replace(session, wanted)
    known = matter.read(session, case, now)
    shown = pictures_of(known, press.store) if wanted.kind in WITH_PICTURES else []
    body = content.compose(content.Task(wanted.kind, known, wanted.told, press.wording, shown, now))
    if wanted.kind in FOR_PARTY and links.has_party(session, case):
        _, code = links.make(session, case, by, now, "paper")
        body |= {"party_url": links.address(press.public_url, code)}
    document = _number_and_set(session, press, wanted, case, body, by, now)
    if old is not None:
        _withdraw(session, old, wanted.reason, document.id, by, now)
    facts = {"number": document.number, "kind": document.kind, "case": case.number, "sha256": document.sha256}
    audit.record(session, by, "document.issue", document.id, facts, now, case.district)
    return document


def withdraw(session: Session, document_id: UUID, reason: str, by: Person, now: datetime) -> DocumentWithdrawal:
    """Mark a document as no longer in force. Raises NotFound or Conflict (withdrawn already)."""
    document = get(session, document_id, by)
    return _withdraw(session, document, reason, None, by, now)


def get(session: Session, document_id: UUID, by: Person) -> IssuedDocument:
    """A document within reach; raises NotFound."""
    document = repository.get(session, document_id)
    if document is None:
        raise NotFound("document", document_id)
    by.reach.require("document", document_id, document.district)
    return document


def of_case(session: Session, case_id: UUID, by: Person) -> list[IssuedDocument]:
    """A case's documents within reach, oldest first; raises NotFound."""
    case = cases.get(session, case_id)
    by.reach.require("case", case_id, case.district)
    return repository.of_case(session, case_id)


def again(document: IssuedDocument, store: EvidenceStore) -> bytes:
    """The PDF made anew from the stored snapshot: the same bytes as long as `setting` is what it was."""
    return typesetting.typeset(document.snapshot, lambda sha256: store.path(sha256).read_bytes())


def pictures_of(known: matter.Matter, store: EvidenceStore) -> list[Exhibit]:
    """Blurred pictures to print: the first and the last look of wide and close; never anything sealed."""
    seen = [e for e in known.exhibits if e.role in BLURRED and not e.sealed and e.media_type.startswith("image/")]
    good = [e for e in seen if _printable(store, e)]
    chosen: list[Exhibit] = []
    for role in BLURRED:
        of_role = [e for e in good if e.role == role]
        chosen += of_role[:1] + of_role[1:][-1:]
    return chosen[:PICTURES_AT_MOST]


def _number_and_set(
    session: Session, press: Press, wanted: Order, case: Case, body: dict[str, Any], by: Person, now: datetime
) -> IssuedDocument:
    authority, year = press.wording.authority_of(case.district), chinese.year(now)
    serialise(session, f"documents:{case.id}")
    serialise(session, f"document:{authority.short_name}:{wanted.kind}:{year}")
    serial = repository.last_serial(session, authority.short_name, wanted.kind, year) + 1
    number = press.wording.number_of(authority, FORMS[wanted.kind].word, year, serial)
    token = secrets.token_urlsafe(16)
    verify_url = f"{press.public_url}/verify/{token}"
    snapshot = typesetting.prepare(body | {"number": number, "verify_url": verify_url})
    pdf = typesetting.typeset(snapshot, lambda sha256: press.store.path(sha256).read_bytes())
    document_id = uuid7(now)
    stored = filing.keep(session, press.store, pdf, document_id, case, by, now)
    listing = body["list_version"]
    document = IssuedDocument(
        id=document_id, authority=authority.short_name, kind=wanted.kind.value, year=year, serial=serial,
        number=number, case_id=case.id, ordinal=len(repository.of_case(session, case.id)) + 1,
        district=case.district, list_version=listing,
        wording_version=press.wording.version, snapshot=snapshot, setting=typesetting.setting(),
        sha256=stored.sha256, size_bytes=stored.size_bytes, token=token,
        replaces=wanted.replaces, idempotency_key=wanted.key,
        made_by=by.id, made_by_name=by.name, made_at=now,
    )  # fmt: skip
    session.add(document)
    session.flush()
    return document


def _issued_by_key(session: Session, wanted: Order, by: Person) -> IssuedDocument | None:
    if wanted.key is None:
        return None
    serialise(session, f"documents:{wanted.case_id}")
    known = repository.by_key(session, by.id, wanted.key)
    if known is not None and (known.case_id, known.kind) != (wanted.case_id, wanted.kind.value):
        raise Conflict("document.idempotency_key_reused", "The key was used for another request", {"key": wanted.key})
    return known


def _to_replace(session: Session, wanted: Order) -> IssuedDocument:
    old = repository.get(session, wanted.replaces) if wanted.replaces else None
    if old is None or old.case_id != wanted.case_id or old.kind != wanted.kind:
        raise NotFound("document", wanted.replaces or "")
    if not wanted.reason.strip():
        raise Conflict("document.reason_needed", "Replacing a document needs a reason", {"field": "reason"})
    _refuse_withdrawn(session, old)
    return old


def _withdraw(
    session: Session, document: IssuedDocument, reason: str, replaced_by: UUID | None, by: Person, now: datetime
) -> DocumentWithdrawal:
    serialise(session, f"document:{document.id}")
    _refuse_withdrawn(session, document)
    row = DocumentWithdrawal(
        document_id=document.id, reason=reason.strip(), replaced_by=replaced_by, at=now, by=by.id, by_name=by.name
    )  # fmt: skip
    session.add(row)
    session.flush()
    facts = {"number": document.number, "reason": reason.strip(), "replaced_by": str(replaced_by or "")}
    audit.record(session, by, "document.withdraw", document.id, facts, now, document.district)
    return row


def _refuse_withdrawn(session: Session, document: IssuedDocument) -> None:
    row = repository.withdrawal(session, document.id)
    if row is not None:
        facts = {"number": document.number, "at": row.at.isoformat()}
        raise Conflict("document.withdrawn_already", "The document was withdrawn already", facts)


def _printable(store: EvidenceStore, exhibit: Exhibit) -> bool:
    suffix = exhibit.media_type.removeprefix("image/")
    return store.has(exhibit.sha256) and _decodes(str(store.path(exhibit.sha256)), suffix)


@lru_cache(maxsize=1024)
def _decodes(path: str, suffix: str) -> bool:
    return typesetting.shows_picture(path, suffix)


def in_force(session: Session, documents: Sequence[IssuedDocument]) -> list[IssuedDocument]:
    """Those that nobody withdrew."""
    gone = repository.withdrawn(session, list(documents))
    return [document for document in documents if document.id not in gone]
