"""Where people log in by name and password. Guessing is slow for a stranger and costs the owner nothing.

Each attempt is counted before it is checked: against the account and the address, or, from a browser in which this
account was logged in before, against that browser alone. So a stranger who uses up the account's attempts shuts out
browsers that never were in, and nobody else ("device cookies", OWASP, Slow Down Online Guessing Attacks). Hashing is
done with no transaction open.
"""

import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from server.audit import service as audit
from server.auth import accounts, password_rules, tokens
from server.auth.accounts import WrongLogin
from server.auth.passwords import Passwords
from server.auth.person import SYSTEM, Person
from server.auth.secret import keyed_digest
from server.auth.service import as_person
from server.auth.tables import Account, PersonRow
from server.auth.throttle import Throttle, TooManyAttempts
from server.auth.tokens import TokenKind
from server.config import HttpSettings
from server.db import Database

log = logging.getLogger(__name__)
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Opened:
    """A new session: the cookie's text, the browser's mark, and whose it is."""

    session: str
    browser: str
    person: Person


class Desk:
    """`log_in`, `set_password` and `change_password`; each in transactions of its own."""

    def __init__(self, http: HttpSettings, database: Database, passwords: Passwords, key: bytes) -> None:
        self._http, self._database, self._passwords, self._key = http, database, passwords, key
        self._accounts = Throttle(http.failed_logins_per_account, WINDOW)
        self._addresses = Throttle(http.failed_logins_per_minute)
        self._told: dict[str, datetime] = {}

    def log_in(self, login: str, password: str, address: str, browser: str | None, now: datetime) -> Opened:
        """A session for who knows the password. Raises WrongLogin or TooManyAttempts."""
        name = accounts.key_of(login)
        budgets = self._budgets(name, address, browser)
        self._take(name, address, budgets, now)
        with self._database.session_scope(write=False) as session:
            account = accounts.by_login(session, name)
            kept = account.password_hash if account else None
        text = password_rules.normalized(password)
        if not self._passwords.verify(kept, text) or account is None or kept is None:
            log.warning("a wrong name or password from %s", address)
            raise WrongLogin
        renewed = self._passwords.hash(text) if self._passwords.is_outdated(kept) else None
        with self._database.session_scope() as session:
            opened = self._open(session, self._same(session, account, kept), renewed, now)
        for throttle, key in budgets:
            throttle.forgive(key, now)
        return opened

    def set_password(self, code: str, password: str, now: datetime) -> Opened:
        """By a one-time code. Raises Unauthorized, or InvalidInput for a password that is not taken."""
        with self._database.session_scope(write=False) as session:
            _, account, person = accounts.of_code(session, code, now)
            names = (account.login, person.name)
        made = self._passwords.hash(password_rules.check(password, self._http.password_min_length, *names))
        with self._database.session_scope() as session:
            person = accounts.set_password(session, code, made, now)
            account = session.get(Account, person.id)
            assert account is not None
            return self._open(session, account, None, now)

    def change_password(self, person: Person, present: str, wanted: str, cookie: str | None, now: datetime) -> int:
        """How many other sessions ended. Raises WrongLogin (the present one), TooManyAttempts, InvalidInput."""
        with self._database.session_scope(write=False) as session:
            account = session.get(Account, person.id)
        key = f"person:{person.id}"
        self._accounts.take(key, now)
        kept = account.password_hash if account else None
        if not self._passwords.verify(kept, password_rules.normalized(present)) or account is None:
            raise WrongLogin
        self._accounts.forgive(key, now)
        text = password_rules.check(wanted, self._http.password_min_length, account.login, person.name)
        made = self._passwords.hash(text)
        with self._database.session_scope() as session:
            return accounts.change_password(session, person, made, now, cookie)

    def _open(self, session: Session, account: Account, renewed: str | None, now: datetime) -> Opened:
        person = session.get(PersonRow, account.person_id)
        if person is None or not person.active:
            raise WrongLogin
        if renewed is not None:
            account.password_hash = renewed
            session.add(account)
        lives = timedelta(hours=self._http.session_hours)
        text, row = tokens.issue(session, TokenKind.SESSION, now, person_id=person.id, lives=lives)
        who = as_person(person)
        audit.record(session, who, "session.open", person.id, {"token_id": str(row.id), "by": "password"}, now)
        return Opened(text, self._mark(account.login), who)

    def _same(self, session: Session, account: Account, kept: str) -> Account:
        """The account, unless its password was changed while it was being checked."""
        now_on_file = session.get(Account, account.person_id)
        if now_on_file is None or now_on_file.password_hash != kept:
            raise WrongLogin
        return now_on_file

    def _budgets(self, name: str, address: str, browser: str | None) -> list[tuple[Throttle, str]]:
        if browser is not None and self._is_marked(browser, name):
            return [(self._accounts, f"browser:{browser}")]
        return [(self._addresses, address), (self._accounts, f"account:{name}")]

    def _take(self, name: str, address: str, budgets: list[tuple[Throttle, str]], now: datetime) -> None:
        taken: list[tuple[Throttle, str]] = []
        try:
            for throttle, key in budgets:
                throttle.take(key, now)
                taken.append((throttle, key))
        except TooManyAttempts:
            for throttle, key in taken:
                throttle.forgive(key, now)
            self._tell(name, address, now)
            raise

    def _tell(self, name: str, address: str, now: datetime) -> None:
        """Into the audit log, once in a while for an account that there is."""
        last = self._told.get(name)
        if last is not None and abs(now - last) < WINDOW:
            return
        with self._database.session_scope() as session:
            account = accounts.by_login(session, name)
            if account is not None:
                self._told[name] = now
                facts = {"login": account.login, "address": address}
                audit.record(session, SYSTEM, "login.throttled", account.person_id, facts, now)

    def _mark(self, login: str) -> str:
        nonce = secrets.token_urlsafe(16)
        return f"{nonce}.{keyed_digest(self._key, f'browser:{login}:{nonce}')}"

    def _is_marked(self, browser: str, login: str) -> bool:
        nonce, _, seal = browser.partition(".")
        return hmac.compare_digest(keyed_digest(self._key, f"browser:{login}:{nonce}").encode(), seal.encode())
