"""Persons, their tokens and their sessions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import Session, col, func, select

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth import tokens
from server.auth.person import SYSTEM, Person
from server.auth.reach import ALL, Reach
from server.auth.roles import INTERNAL, Role
from server.auth.tables import PersonRow, Token
from server.auth.tokens import TokenKind
from server.errors import InvalidInput, NotFound, Unauthorized
from server.fleet import service as fleet

LOGIN_LINK_LIVES = timedelta(minutes=10)
API_KINDS = frozenset({TokenKind.BEARER, TokenKind.DEVICE})
COOKIE_KINDS = frozenset({TokenKind.SESSION})
LOGIN_KINDS = frozenset({TokenKind.LOGIN})
TOUCH_EVERY = timedelta(minutes=1)
FIRST_ADMIN = "管理员"


def identify(
    session: Session, text: str, kinds: frozenset[TokenKind], now: datetime, idle: timedelta | None = None
) -> Person | None:
    """Whoever a token belongs to, if it is good now; a session that was not used for `idle` is not."""
    row = tokens.find(session, text, kinds, now)
    if row is None or (idle is not None and row.kind == TokenKind.SESSION and now - _used_at(row) >= idle):
        return None
    if row.edge_id is not None:
        return Person(uuid5(NAMESPACE_URL, f"edge:{row.edge_id}"), row.edge_id, frozenset({Role.EDGE}), row.edge_id)
    person = session.get(PersonRow, row.person_id)
    if person is None or not person.active:
        return None
    return as_person(person)


def to_touch(session: Session, text: str, now: datetime) -> UUID | None:
    """The session whose last use is worth writing down again."""
    row = tokens.find(session, text, COOKIE_KINDS, now)
    return row.id if row is not None and now - _used_at(row) >= TOUCH_EVERY else None


def touch(session: Session, token_id: UUID, now: datetime) -> None:
    """The session was used now."""
    row = session.get(Token, token_id)
    if row is not None:
        row.last_used_at = now
        session.add(row)


def as_person(row: PersonRow) -> Person:
    """The row as the value that policies look at."""
    return Person(row.id, row.name, frozenset(Role(role) for role in row.roles), reach=Reach.of(row.districts))


def create(
    session: Session, by: Person, name: str, roles: Iterable[Role], now: datetime, districts: Iterable[str] = ()
) -> PersonRow:
    """A new person, who sees nothing of any district that is not named. Raises InvalidInput for roles that nobody
    may hold. The districts are codes as `server.auth.districts.assignable` gives them.
    """
    row = PersonRow(id=uuid7(now), name=name, roles=_checked(roles), districts=sorted(districts), created_at=now)
    session.add(row)
    session.flush()
    audit.record(session, by, "person.create", row.id, {"name": name, **_held(row)}, now)
    return row


def change(
    session: Session,
    by: Person,
    person_id: UUID,
    roles: Iterable[Role] | None,
    active: bool | None,
    now: datetime,
    districts: Iterable[str] | None = None,
) -> PersonRow:
    """New roles, new districts, or in and out of duty: each ends every session and token. Raises NotFound."""
    row = within(session, by, person_id)
    before = _held(row)
    row.roles = row.roles if roles is None else _checked(roles)
    row.active = row.active if active is None else active
    row.districts = row.districts if districts is None else sorted(districts)
    session.add(row)
    if before != _held(row):
        tokens.revoke_all_of(session, person_id, now)
    audit.record(session, by, "person.change", person_id, {"before": before, "after": _held(row)}, now)
    return row


def get(session: Session, person_id: UUID) -> PersonRow:
    """The person; raises NotFound."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("person", person_id)
    return row


def within(session: Session, by: Person, person_id: UUID) -> PersonRow:
    """The person, for an administrator who sees at least as far; raises NotFound."""
    row = get(session, person_id)
    if not by.reach.covers(row.districts):
        raise NotFound("person", person_id)
    return row


def everyone(session: Session, reach: Reach) -> list[PersonRow]:
    """All persons who see nothing beyond this reach, by name."""
    rows = session.exec(select(PersonRow).order_by(col(PersonRow.name), col(PersonRow.id))).all()
    return [row for row in rows if reach.covers(row.districts)]


def issue_bearer(session: Session, by: Person, person_id: UUID, now: datetime) -> tuple[str, Token]:
    """A token for the API, shown once. Raises NotFound."""
    within(session, by, person_id)
    text, row = tokens.issue(session, TokenKind.BEARER, now, person_id=person_id)
    audit.record(session, by, "token.issue", person_id, {"token_id": str(row.id), "kind": row.kind}, now)
    return text, row


def issue_device(session: Session, by: Person, edge_id: str, now: datetime) -> tuple[str, Token]:
    """A token for an edge, shown once. The caller has seen to its district."""
    text, row = tokens.issue(session, TokenKind.DEVICE, now, edge_id=edge_id)
    audit.record(session, by, "token.issue", edge_id, {"token_id": str(row.id), "kind": row.kind}, now)
    return text, row


def revoke(session: Session, by: Person, token_id: UUID, now: datetime) -> None:
    """End one token. Raises NotFound."""
    row = session.get(Token, token_id)
    if row is None or not _is_of_reach(session, row, by.reach):
        raise NotFound("token", token_id)
    row.revoked_at = row.revoked_at or now
    session.add(row)
    audit.record(session, by, "token.revoke", token_id, {"kind": row.kind}, now)


def _used_at(row: Token) -> datetime:
    return row.last_used_at or row.created_at


def _is_of_reach(session: Session, row: Token, reach: Reach) -> bool:
    if row.edge_id is not None:
        return reach.holds(fleet.district_of(session, row.edge_id, ""))
    person = session.get(PersonRow, row.person_id)
    return person is not None and reach.covers(person.districts)


def login_link(session: Session, person: Person, now: datetime) -> tuple[str, Token]:
    """A code that opens one browser session, once, within ten minutes."""
    text, row = tokens.issue(session, TokenKind.LOGIN, now, person_id=person.id, lives=LOGIN_LINK_LIVES)
    audit.record(session, person, "session.link", person.id, {"token_id": str(row.id)}, now)
    return text, row


def open_session(session: Session, code: str, lives: timedelta, now: datetime) -> tuple[str, Person]:
    """Trade a login code for a session token. Raises Unauthorized for a code that is unknown, used or too old."""
    row = tokens.find(session, code, LOGIN_KINDS, now)
    person = identify(session, code, LOGIN_KINDS, now) if row else None
    if row is None or person is None:
        raise Unauthorized
    row.used_at = now
    session.add(row)
    text, opened = tokens.issue(session, TokenKind.SESSION, now, person_id=person.id, lives=lives)
    audit.record(session, person, "session.open", person.id, {"token_id": str(opened.id)}, now)
    return text, person


def close_session(session: Session, person: Person, text: str, now: datetime) -> None:
    """Log out; the cookie is worth nothing afterwards."""
    row = tokens.find(session, text, COOKIE_KINDS, now)
    if row is not None:
        row.revoked_at = now
        session.add(row)
        audit.record(session, person, "session.close", person.id, {"token_id": str(row.id)}, now)


def first_run(session: Session, now: datetime) -> str | None:
    """On an empty register: one administrator, and the token to print once. Otherwise None."""
    if session.exec(select(func.count()).select_from(PersonRow)).one():
        return None
    admin = create(session, SYSTEM, FIRST_ADMIN, [Role.ADMIN], now, [ALL])
    return issue_bearer(session, SYSTEM, admin.id, now)[0]


def _held(row: PersonRow) -> dict[str, Any]:
    return {"roles": list(row.roles), "active": row.active, "districts": list(row.districts)}


def _checked(roles: Iterable[Role]) -> list[str]:
    wanted = frozenset(roles)
    refused = sorted(wanted & (INTERNAL | {Role.EDGE}))
    if refused or not wanted:
        allowed = sorted(role for role in Role if role not in INTERNAL | {Role.EDGE})
        raise InvalidInput([{"field": "roles", "value": refused, "allowed": allowed}])
    return sorted(wanted)
