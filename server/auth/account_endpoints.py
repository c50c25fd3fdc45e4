"""Names and passwords: log in, set and change a password; accounts of persons (administrators)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from server.auth import accounts
from server.auth.desk import Desk
from server.auth.identity import RequestIdentity
from server.auth.password_rules import LONGEST
from server.auth.person import AdminPerson, HousePerson
from server.context import Now, WriteSession

router = APIRouter()
Secret = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Login(_Body):
    """Who one is."""

    login: str = Field(min_length=1, max_length=64)
    password: Secret


class PasswordSetup(_Body):
    """The one-time code of an account, and the password that its owner chooses."""

    code: str = Field(min_length=10, max_length=200)
    password: Secret


class PasswordChange(_Body):
    """The present password and the one to come."""

    current_password: Secret
    password: Secret


class AccountCreate(_Body):
    """The name to log in with."""

    login: str = Field(min_length=1, max_length=64)


class SetupCode(BaseModel):
    """With this the person sets a password, once, until `expires_at`. It is shown here and never again."""

    login: str
    code: str
    expires_at: datetime


class SessionsEnded(BaseModel):
    """How many other sessions ended."""

    sessions_ended: int


@router.post("/session/password", status_code=204)
def log_in(request: Request, response: Response, body: Login, now: Now) -> None:
    """Log in by name and password. Public, since it is how one gets in."""
    identity: RequestIdentity = request.app.state.identity
    identity.only_from_our_own_page(request)
    address = request.client.host if request.client else ""
    opened = _desk(request).log_in(body.login, body.password, address, identity.browser_mark(request), now)
    identity.hand_out(response, opened.session, opened.browser)


@router.post("/session/setup", status_code=204)
def set_password(request: Request, response: Response, body: PasswordSetup, now: Now) -> None:
    """Set a password by a one-time code, and log in. Public, since it is how one gets in for the first time."""
    identity: RequestIdentity = request.app.state.identity
    identity.only_from_our_own_page(request)
    with identity.counting(request):
        opened = _desk(request).set_password(body.code, body.password, now)
    identity.hand_out(response, opened.session, opened.browser)


@router.put("/me/password")
def change_password(request: Request, body: PasswordChange, person: HousePerson, now: Now) -> SessionsEnded:
    """A new password; every other session ends."""
    identity: RequestIdentity = request.app.state.identity
    cookie = identity.session_token(request)
    return SessionsEnded(
        sessions_ended=_desk(request).change_password(person, body.current_password, body.password, cookie, now)
    )


@router.post("/persons/{person_id}/account", status_code=201)
def create_account(
    person_id: UUID, wanted: AccountCreate, session: WriteSession, now: Now, admin: AdminPerson
) -> SetupCode:
    """A login name for a person, and the code with which the person sets a password."""
    code, account = accounts.enter(session, admin, person_id, wanted.login, now)
    return SetupCode(login=account.login, code=code, expires_at=now + accounts.SETUP_CODE_LIVES)


@router.post("/persons/{person_id}/account/resets", status_code=201)
def reset_account(person_id: UUID, session: WriteSession, now: Now, admin: AdminPerson) -> SetupCode:
    """A new code for somebody who forgot the password. The old one and every session end at once."""
    code, account = accounts.reset(session, admin, person_id, now)
    return SetupCode(login=account.login, code=code, expires_at=now + accounts.SETUP_CODE_LIVES)


def _desk(request: Request) -> Desk:
    return request.app.state.desk
