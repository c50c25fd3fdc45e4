"""A party's way into its own case: a code that works once, a visit of some hours, the next code. No account."""

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import SYSTEM, Allow, Person, current_person
from server.auth.reach import Reach
from server.auth.roles import Role
from server.auth.tokens import digest
from server.cases.tables import Case
from server.context import services_of
from server.errors import Conflict, NotFound, Unauthorized
from server.ledger import rules
from server.notify.outbox import WayIn
from server.objections.tables import PartyLink
from server.subjects.tables import Subject

CODE, TOKEN = "swc_", "swv_"
"""Prefixes by which a secret scanner recognises one that leaked."""
SAME_VISIT = timedelta(minutes=10)
"""How long a use whose answer was lost may be asked for again, with the same key."""


@dataclass(frozen=True)
class Visit:
    """A party inside its own case. `person` has the role PARTY and reaches nothing else."""

    link_id: UUID
    case_id: UUID
    subject_id: UUID
    person: Person


def address(base: str, code: str) -> str:
    """Where a code leads. Behind the # it reaches neither logs nor other sites."""
    return f"{base}/party#{code}"


def make(session: Session, case: Case, by: Person, now: datetime, way: str = "desk") -> tuple[PartyLink, str]:
    """A new link for the case's subject, and its code, shown this once. Raises Conflict when nobody is named."""
    if not has_party(session, case):
        raise Conflict("party.subject_unknown", "Nobody is named: there is no party yet", {"case_id": str(case.id)})
    code = CODE + secrets.token_urlsafe(24)
    return _kept(session, case, digest(code), by, way, now), code


def for_notice(session: Session, case: Case, now: datetime) -> UUID | None:
    """A link that goes with a message; its code is made when the message goes. None when nobody is named."""
    if not has_party(session, case):
        return None
    return _kept(session, case, None, SYSTEM, "notice", now).id


def has_party(session: Session, case: Case) -> bool:
    """Whether somebody is named who could come."""
    subject = session.get(Subject, case.subject_id)
    return subject is not None and subject.kind != "unknown"


def way_in(base: str, key: bytes) -> WayIn:
    """What puts the address into a message as it goes. The code follows from the link and the server's own key: a
    message that is tried again says the same, and neither notices nor proofs hold it.
    """

    def of(session: Session, facts: Mapping[str, Any], now: datetime) -> str:
        link = session.get(PartyLink, UUID(str(facts["link_id"]))) if facts.get("link_id") else None
        if link is None or not _lives(session, link, now):
            return ""
        made = hmac.digest(key, f"party-link:{link.id}".encode(), "sha256")[:24]
        code = CODE + base64.urlsafe_b64encode(made).decode()
        if link.code_sha256 == _unsaid(link.id):
            link.code_sha256 = digest(code)
            session.add(link)
            session.flush()
        return address(base, code)

    return of


def revoke(session: Session, link_id: UUID, by: Person, now: datetime) -> None:
    """The code and any visit end. Raises NotFound."""
    link = session.get(PartyLink, link_id)
    if link is None or not by.reach.holds(link.district):
        raise NotFound("party_link", link_id)
    link.revoked_at = link.revoked_at or now
    session.add(link)
    audit.record(session, by, "party.link_revoked", link.id, {"case_id": str(link.case_id)}, now)


def visit(session: Session, code: str, now: datetime, key: str | None = None) -> tuple[str, datetime, str] | None:
    """Use a code: the visit's token, until when, and the next code. None for a code that opens nothing.

    With a `key` of the caller's own the same request may be sent again for ten minutes: on a bad line the answer, and
    with it the next code, may never have arrived.
    """
    link = _held(session, PartyLink.code_sha256, code)
    if link is None and key is not None:
        link = _held(session, PartyLink.code_before_sha256, code)
        if link is None or link.visit_key_sha256 != digest(key) or not _just_used(link, now):
            return None
    if link is None or not _lives(session, link, now) or link.expires_at <= now:
        return None
    terms = rules.current(session).party_link
    token, following = TOKEN + secrets.token_urlsafe(32), CODE + secrets.token_urlsafe(24)
    link.token_sha256, link.token_until = digest(token), now + timedelta(hours=terms.token_hours)
    link.code_before_sha256, link.visit_key_sha256 = digest(code), digest(key) if key else None
    link.code_sha256, link.used_at, link.expires_at = digest(following), now, now + timedelta(days=terms.code_days)
    session.add(link)
    session.flush()
    return token, link.token_until, following


def find(session: Session, token: str, now: datetime) -> Visit | None:
    """The visit that a token belongs to."""
    link = session.exec(select(PartyLink).where(col(PartyLink.token_sha256) == digest(token))).first()
    if link is None or not _lives(session, link, now) or link.token_until is None or link.token_until <= now:
        return None
    person = Person(link.id, "当事人", frozenset({Role.PARTY}), reach=Reach(frozenset({link.district})))
    return Visit(link.id, link.case_id, link.subject_id, person)


def _kept(session: Session, case: Case, code: str | None, by: Person, way: str, now: datetime) -> PartyLink:
    name = uuid7(now)
    link = PartyLink(
        id=name, case_id=case.id, subject_id=case.subject_id, district=case.district,
        code_sha256=code or _unsaid(name), made_at=now, made_by=by.id, way=way,
        expires_at=now + timedelta(days=rules.current(session).party_link.code_days),
    )  # fmt: skip
    session.add(link)
    session.flush()
    audit.record(session, by, "party.link_made", link.id, {"case_id": str(case.id), "way": way}, now, case.district)
    return link


def _unsaid(link_id: UUID) -> str:
    """Stands for a code that nobody was told yet: no code digests to it."""
    return f"unsaid:{link_id}"


def _held(session: Session, column: Any, code: str) -> PartyLink | None:
    return session.exec(select(PartyLink).where(column == digest(code)).with_for_update()).first()


def _just_used(link: PartyLink, now: datetime) -> bool:
    return link.used_at is not None and now - link.used_at <= SAME_VISIT


def _lives(session: Session, link: PartyLink, now: datetime) -> bool:
    """A link is void once it was revoked, or the case is another's."""
    case = session.get(Case, link.case_id)
    return link.revoked_at is None and case is not None and case.subject_id == link.subject_id


class PartyOfCase(Allow):
    """The policy of the party's own routes: a visit's token, nothing else. Staff get 403 like on any other's route."""

    def __init__(self) -> None:
        super().__init__(Role.PARTY)

    def __call__(self, request: Request) -> Visit:  # type: ignore[override]  # a visit, not an account
        """The visit. Raises Unauthorized, Forbidden, TooManyAttempts."""
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        text = text.strip()
        if scheme.lower() != "bearer" or not text.startswith(TOKEN):
            current_person(request).require(Role.PARTY)
            raise NotFound("case", "of this account")
        services = services_of(request)
        with services.database.session_scope(write=False) as session:
            found = find(session, text, services.clock.now())
        if found is None:
            request.app.state.identity.failed(request)
            raise Unauthorized
        return found


PartyVisit = Annotated[Visit, Depends(PartyOfCase())]
