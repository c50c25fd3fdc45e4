"""Who am I; the page's session; persons and tokens (administrators)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from edge.contracts.taxonomy import Name
from server.auth import account_endpoints, districts, service
from server.auth.identity import RequestIdentity
from server.auth.person import AdminPerson, CurrentPerson, HousePerson
from server.auth.reach import ALL
from server.auth.roles import Role
from server.auth.tables import Account, PersonRow, Token
from server.config import District
from server.context import Now, ReadSession, WriteSession, services_of
from server.fleet import assignment as fleet

router = APIRouter(prefix="/api", tags=["auth"])
router.include_router(account_endpoints.router)
PlainText = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonCreate(_Body):
    """A person of the authority."""

    name: PlainText
    roles: list[Role] = Field(min_length=1, max_length=15)
    districts: list[PlainText] | None = Field(
        default=None, max_length=200, description="Codes, `*` is every one. Not said: the only one, else none"
    )


class PersonChange(_Body):
    """What is given changes; any change ends the person's tokens and sessions."""

    roles: list[Role] | None = Field(default=None, min_length=1, max_length=15)
    active: bool | None = None
    districts: list[PlainText] | None = Field(default=None, max_length=200)


class PersonRead(BaseModel):
    """A person."""

    id: UUID
    name: str
    roles: list[str]
    districts: list[str]
    active: bool
    login: str | None
    created_at: datetime


class Me(BaseModel):
    """Whoever asks; `edge_id` for a device."""

    id: UUID
    name: str
    roles: list[str]
    districts: list[str]
    edge_id: str | None


class TokenOnce(BaseModel):
    """A new token. It is shown here and never again."""

    id: UUID
    token: str


class LoginLink(BaseModel):
    """Opens the page once, until `expires_at`."""

    url: str
    expires_at: datetime | None


class LoginCode(_Body):
    """What the link carries behind its `#`, where no log sees it."""

    code: str = Field(min_length=10, max_length=200)


@router.get("/me")
def who_am_i(person: CurrentPerson) -> Me:
    """Whoever the token belongs to."""
    return Me(
        id=person.id,
        name=person.name,
        roles=sorted(person.roles),
        districts=[ALL] if person.reach.everywhere else sorted(person.reach.districts),
        edge_id=person.edge_id,
    )


@router.get("/districts")
def list_districts(request: Request, _person: HousePerson) -> list[District]:
    """The districts of the authority, by their codes."""
    return list(services_of(request).settings.districts)


@router.post("/me/login-links", status_code=201)
def make_login_link(request: Request, person: HousePerson, session: WriteSession, now: Now) -> LoginLink:
    """A link that opens the page for whoever asks, once, within ten minutes."""
    code, row = service.login_link(session, person, now)
    base = services_of(request).settings.http.public_url or str(request.base_url)
    return LoginLink(url=f"{base.rstrip('/')}/#login={code}", expires_at=row.expires_at)


@router.post("/session", status_code=204)
def open_session(request: Request, response: Response, body: LoginCode, session: WriteSession, now: Now) -> None:
    """Trade a login code for the page's cookie. Public, since it is how one gets in."""
    identity: RequestIdentity = request.app.state.identity
    identity.only_from_our_own_page(request)
    with identity.counting(request):
        text, _ = service.open_session(session, body.code, identity.session_lives, now)
    identity.hand_out(response, text)


@router.delete("/session", status_code=204)
def close_session(request: Request, response: Response, person: CurrentPerson, session: WriteSession, now: Now) -> None:
    """Log out."""
    identity: RequestIdentity = request.app.state.identity
    text = identity.session_token(request)
    if text is not None:
        service.close_session(session, person, text, now)
    response.delete_cookie(identity.cookie_name, path="/", secure=identity.is_https, httponly=True, samesite="strict")


@router.get("/persons")
def list_persons(session: ReadSession, admin: AdminPerson) -> list[PersonRead]:
    """Everybody whose districts are within one's own."""
    return [_person(session, row) for row in service.everyone(session, admin.reach)]


@router.post("/persons", status_code=201)
def create_person(
    request: Request, wanted: PersonCreate, session: WriteSession, now: Now, admin: AdminPerson
) -> PersonRead:
    """A new person, with no token yet."""
    given = districts.assignable(services_of(request).settings, admin, wanted.districts)
    return _person(session, service.create(session, admin, wanted.name, wanted.roles, now, given))


@router.patch("/persons/{person_id}")
def change_person(
    request: Request, person_id: UUID, wanted: PersonChange, session: WriteSession, now: Now, admin: AdminPerson
) -> PersonRead:
    """New roles, new districts, or out of duty."""
    given = wanted.districts
    if given is not None:
        given = districts.assignable(services_of(request).settings, admin, given)
    return _person(session, service.change(session, admin, person_id, wanted.roles, wanted.active, now, given))


@router.post("/persons/{person_id}/tokens", status_code=201)
def issue_token(person_id: UUID, session: WriteSession, now: Now, admin: AdminPerson) -> TokenOnce:
    """A bearer token for a person; shown here and never again."""
    return _once(*service.issue_bearer(session, admin, person_id, now))


@router.post("/edges/{edge_id}/tokens", status_code=201)
def issue_device_token(
    request: Request,
    edge_id: Name,
    session: WriteSession,
    now: Now,
    admin: AdminPerson,
    district: Annotated[str | None, Query(max_length=32, description="Of an edge that is new")] = None,
) -> TokenOnce:
    """A token with which an edge puts its evidence; shown here and never again. An edge not heard of yet is entered,
    in `district` or else in the only one there is.
    """
    settings = services_of(request).settings
    wanted = districts.choose(settings, admin, district) if district is not None else settings.home_district
    fleet.announce(session, admin, edge_id, wanted, now)
    return _once(*service.issue_device(session, admin, edge_id, now))


@router.delete("/tokens/{token_id}", status_code=204)
def revoke_token(token_id: UUID, session: WriteSession, now: Now, admin: AdminPerson) -> None:
    """End a token at once."""
    service.revoke(session, admin, token_id, now)


def _person(session: Session, row: PersonRow) -> PersonRead:
    account = session.get(Account, row.id)
    return PersonRead.model_validate(row.model_dump() | {"login": account.login if account else None})


def _once(text: str, row: Token) -> TokenOnce:
    return TokenOnce(id=row.id, token=text)
