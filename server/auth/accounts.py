"""Accounts: a name and a password of a person. Nobody has a password that another chose: a one-time code sets it."""

import re
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from server.audit import service as audit
from server.auth import tokens
from server.auth.person import SYSTEM, Person
from server.auth.service import API_KINDS, as_person, get, identify, within
from server.auth.tables import Account, PersonRow, Token
from server.auth.tokens import TokenKind
from server.errors import Conflict, InvalidInput, NotFound, Unauthorized

SETUP_CODE_LIVES = timedelta(hours=72)
FIRST_LOGIN = "admin"
SETUP_KINDS = frozenset({TokenKind.SETUP})
LOGIN = re.compile(r"^[\w][\w.@-]{1,63}$")


class WrongLogin(Unauthorized):
    """Name or password is wrong, or the account is out of use. Never says which."""

    def __init__(self) -> None:
        super(Unauthorized, self).__init__(401, "auth.wrong_login", "Name or password is wrong")


def key_of(login: str) -> str:
    """The name as it is compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", login).casefold().strip()


def enter(session: Session, by: Person, person_id: UUID, login: str, now: datetime) -> tuple[str, Account]:
    """Give a person a login name, and the one-time code with which the person sets a password.

    Raises NotFound, InvalidInput for a name that cannot be typed, Conflict when the name or the person has one.
    """
    within(session, by, person_id)
    name = key_of(login)
    if not LOGIN.match(name):
        allowed = "2 to 64 letters, digits, _ . @ - beginning with a letter or digit"
        raise InvalidInput([{"field": "login", "value": login[:80], "allowed": allowed}])
    if session.get(Account, person_id) is not None:
        raise Conflict("account.exists", "The person has an account", {"person_id": str(person_id)})
    if by_login(session, name) is not None:
        raise Conflict("account.login_in_use", "The name is in use", {"login": name})
    account = Account(person_id=person_id, login=name, created_at=now)
    session.add(account)
    session.flush()
    audit.record(session, by, "account.create", person_id, {"login": name}, now)
    return setup_code(session, person_id, now), account


def reset(session: Session, by: Person, person_id: UUID, now: datetime) -> tuple[str, Account]:
    """A new one-time code. The password and every session end at once. Raises NotFound."""
    within(session, by, person_id)
    account = session.get(Account, person_id)
    if account is None:
        raise NotFound("account", person_id)
    account.password_hash = None
    session.add(account)
    tokens.revoke_all_of(session, person_id, now, {*SETUP_KINDS, TokenKind.SESSION, TokenKind.LOGIN})
    audit.record(session, by, "account.reset", person_id, {"login": account.login}, now)
    return setup_code(session, person_id, now), account


def by_login(session: Session, login: str) -> Account | None:
    """The account of a name as typed."""
    return session.exec(select(Account).where(col(Account.login) == key_of(login))).first()


def setup_code(session: Session, person_id: UUID, now: datetime) -> str:
    """A code that sets a password once, within three days."""
    return tokens.issue(session, TokenKind.SETUP, now, person_id=person_id, lives=SETUP_CODE_LIVES)[0]


def of_code(session: Session, code: str, now: datetime) -> tuple[Token, Account, PersonRow]:
    """Whose password a code sets. Raises Unauthorized for one that is unknown, used, revoked or too old."""
    row = tokens.find(session, code, SETUP_KINDS, now)
    person = None if row is None else session.get(PersonRow, row.person_id)
    account = None if row is None else session.get(Account, row.person_id)
    if row is None or account is None or person is None or not person.active:
        raise Unauthorized
    return row, account, person


def set_password(session: Session, code: str, password_hash: str, now: datetime) -> PersonRow:
    """Set the password by a one-time code, which is used up. Raises Unauthorized."""
    row, account, person = of_code(session, code, now)
    row.used_at = now
    session.add(row)
    _keep(session, account, password_hash, now)
    tokens.revoke_all_of(session, person.id, now, {TokenKind.SESSION, TokenKind.LOGIN})
    audit.record(session, as_person(person), "account.set_password", person.id, {"login": account.login}, now)
    return person


def change_password(session: Session, person: Person, password_hash: str, now: datetime, keep: str | None) -> int:
    """A new password. Every session but the one of the cookie `keep` ends; how many. Raises NotFound."""
    account = session.get(Account, person.id)
    if account is None:
        raise NotFound("account", person.id)
    _keep(session, account, password_hash, now)
    ended = tokens.revoke_all_of(session, person.id, now, {TokenKind.SESSION, TokenKind.LOGIN}, except_text=keep)
    audit.record(session, person, "account.change_password", person.id, {"sessions_ended": ended}, now)
    return ended


def person_of(session: Session, account: Account) -> PersonRow:
    """Whose account it is."""
    return get(session, account.person_id)


def _keep(session: Session, account: Account, password_hash: str, now: datetime) -> None:
    account.password_hash, account.changed_at = password_hash, now
    session.add(account)


def first_code(session: Session, token: str, now: datetime) -> str:
    """The code that sets the password of the first administrator, whose token this is. Raises Unauthorized."""
    admin = identify(session, token, API_KINDS, now)
    if admin is None:
        raise Unauthorized
    return enter(session, SYSTEM, admin.id, FIRST_LOGIN, now)[0]
