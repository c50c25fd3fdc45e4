"""A party's way into its own case: a code that works once, a visit of some hours, the next code. No account."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Allow, Person, current_person
from server.auth.reach import Reach
from server.auth.roles import Role
from server.auth.tokens import digest
from server.cases.tables import Case
from server.context import services_of
from server.errors import Conflict, NotFound, Unauthorized
from server.ledger import rules
from server.objections.tables import PartyLink
from server.subjects.tables import Subject

CODE, TOKEN = "swc_", "swv_"
"""Prefixes by which a secret scanner recognises one that leaked."""


@dataclass(frozen=True)
class Visit:
    """A party inside its own case. `person` has the role PARTY and reaches nothing else."""

    link_id: UUID
    case_id: UUID
    person: Person


def make(session: Session, case: Case, by: Person, now: datetime) -> tuple[PartyLink, str]:
    """A new link for the case's subject, and its code, shown this once. Raises Conflict when nobody is named."""
    subject = session.get(Subject, case.subject_id)
    if subject is None or subject.kind == "unknown":
        raise Conflict("party.subject_unknown", "Nobody is named: there is no party yet", {"case_id": str(case.id)})
    code = CODE + secrets.token_urlsafe(24)
    link = PartyLink(
        id=uuid7(now), case_id=case.id, subject_id=case.subject_id, district=case.district, code_sha256=digest(code),
        made_at=now, made_by=by.id, expires_at=now + timedelta(days=rules.current(session).party_link.code_days),
    )  # fmt: skip
    session.add(link)
    session.flush()
    audit.record(session, by, "party.link_made", link.id, {"case_id": str(case.id)}, now)
    return link, code


def revoke(session: Session, link_id: UUID, by: Person, now: datetime) -> None:
    """The code and any visit end. Raises NotFound."""
    link = session.get(PartyLink, link_id)
    if link is None or not by.reach.holds(link.district):
        raise NotFound("party_link", link_id)
    link.revoked_at = link.revoked_at or now
    session.add(link)
    audit.record(session, by, "party.link_revoked", link.id, {"case_id": str(link.case_id)}, now)


def visit(session: Session, code: str, now: datetime) -> tuple[str, datetime, str] | None:
    """Use a code: the visit's token, until when, and the next code. None for a code that opens nothing."""
    wanted = select(PartyLink).where(PartyLink.code_sha256 == digest(code)).with_for_update()
    link = session.exec(wanted).first()
    if link is None or not _lives(session, link, now) or link.expires_at <= now:
        return None
    terms = rules.current(session).party_link
    token, following = TOKEN + secrets.token_urlsafe(32), CODE + secrets.token_urlsafe(24)
    link.token_sha256, link.token_until = digest(token), now + timedelta(hours=terms.token_hours)
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
    return Visit(link.id, link.case_id, person)


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
