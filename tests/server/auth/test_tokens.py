"""Tokens and persons: nothing by default, shown once, dead when revoked."""

from datetime import timedelta

from sqlmodel import Session, select

from server.auth import service, tokens
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.auth.service import API_KINDS, COOKIE_KINDS
from server.auth.tables import PersonRow, Token
from server.clock import ManualClock
from server.db import Database
from tests.server.doors import Doors


def test_the_first_start_makes_one_administrator_and_only_the_first(session: Session, clock: ManualClock) -> None:
    token = service.first_run(session, clock.now())
    assert token is not None
    person = service.identify(session, token, API_KINDS, clock.now())
    assert person is not None
    assert person.roles == {Role.ADMIN}
    assert service.first_run(session, clock.now()) is None


def test_a_fresh_database_knows_nobody(session: Session) -> None:
    assert session.exec(select(PersonRow)).all() == []
    assert session.exec(select(Token)).all() == []


def test_the_token_itself_is_nowhere_in_the_database(database: Database, clock: ManualClock) -> None:
    with database.session_scope() as session:
        token = service.first_run(session, clock.now())
    assert token is not None
    database.close()
    folder = database.engine.url.database
    assert folder is not None
    from pathlib import Path

    for file in Path(folder).parent.glob("server.db*"):
        assert token.encode() not in file.read_bytes()
        assert token.removeprefix("swp_").encode() not in file.read_bytes()


def test_two_tokens_are_different_and_long() -> None:
    assert len(tokens.digest("x")) == 64


def test_revoked_expired_and_wrong_kind_are_nobody(session: Session, clock: ManualClock) -> None:
    person = service.create(session, SYSTEM, "某人", [Role.SEAT], clock.now())
    text, row = tokens.issue(
        session, tokens.TokenKind.SESSION, clock.now(), person_id=person.id, lives=timedelta(hours=1)
    )
    assert service.identify(session, text, API_KINDS, clock.now()) is None
    assert service.identify(session, text, COOKIE_KINDS, clock.now()) is not None
    assert service.identify(session, text, COOKIE_KINDS, clock.now() + timedelta(hours=1)) is None
    row.revoked_at = clock.now()
    assert service.identify(session, text, COOKIE_KINDS, clock.now()) is None


def test_new_roles_or_leaving_end_every_token(doors: Doors) -> None:
    admin = doors.open(Role.ADMIN)
    person = admin.post("/api/persons", json={"name": "李四", "roles": ["officer"]}).json()
    token = admin.post(f"/api/persons/{person['id']}/tokens").json()["token"]
    officer = doors.with_token(token)
    assert officer.get("/api/me").json()["roles"] == ["officer"]
    changed = admin.patch(f"/api/persons/{person['id']}", json={"roles": ["leader"]})
    assert changed.json()["roles"] == ["leader"]
    assert officer.get("/api/me").status_code == 401
    admin.patch(f"/api/persons/{person['id']}", json={"active": False})
    again = doors.with_token(admin.post(f"/api/persons/{person['id']}/tokens").json()["token"])
    assert again.get("/api/me").status_code == 401


def test_nobody_may_be_given_the_roles_of_machines(doors: Doors) -> None:
    admin = doors.open(Role.ADMIN)
    for role in ("ai", "sys", "edge"):
        answer = admin.post("/api/persons", json={"name": "x", "roles": [role]})
        assert (answer.status_code, answer.json()["code"]) == (422, "input.invalid")
    assert admin.post("/api/persons", json={"name": "x", "roles": ["king"]}).status_code == 422
    assert admin.post("/api/persons", json={"name": "x", "roles": ["seat"], "active": True}).status_code == 422


def test_a_single_token_can_be_revoked(doors: Doors) -> None:
    admin = doors.open(Role.ADMIN)
    issued = admin.post("/api/edges/edge-7/tokens").json()
    device = doors.with_token(issued["token"])
    assert device.get("/api/me").json()["edge_id"] == "edge-7"
    assert admin.delete(f"/api/tokens/{issued['id']}").status_code == 204
    assert device.get("/api/me").status_code == 401
    assert [entry["action"] for entry in admin.get("/api/audit").json()][:2] == ["token.revoke", "token.issue"]
