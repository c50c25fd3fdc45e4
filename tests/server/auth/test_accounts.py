"""Names and passwords: none by default, set by the owner, slow to guess, and nobody is locked out by a stranger."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from server.auth.passwords import Passwords
from server.auth.tables import Account
from server.clock import ManualClock
from server.db import Database
from tests.server.client import TestClient
from tests.server.doors import Doors

GOOD = "雨后的桂花落了一地 and nobody swept it"
OTHER = "seven herons stood on the ice"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def passwords() -> Passwords:
    """Quick ones: the cost is another test's matter."""
    return Passwords(CHEAP)


@pytest.fixture(autouse=True)
def quick(app: FastAPI, passwords: Passwords) -> None:
    app.state.desk._passwords = passwords


def hired(admin: TestClient, login: str = "Li.Si", role: str = "seat") -> tuple[str, str]:
    """(person id, one-time code) of somebody new with a login name."""
    person = admin.post("/api/persons", json={"name": "李四", "roles": [role]}).json()["id"]
    made = admin.post(f"/api/persons/{person}/account", json={"login": login})
    assert made.status_code == 201, made.text
    assert made.json()["login"] == login.casefold()
    return person, made.json()["code"]


def in_use(doors: Doors, admin: TestClient) -> str:
    """Somebody with the password GOOD; the person's id."""
    person, code = hired(admin)
    assert doors.with_token(None).post("/api/session/setup", json={"code": code, "password": GOOD}).status_code == 204
    return person


def log_in(client: TestClient, password: str = GOOD, login: str = "li.si") -> int:
    return client.post("/api/session/password", json={"login": login, "password": password}).status_code


def test_a_new_account_has_no_password_at_all(doors: Doors, admin: TestClient, database: Database) -> None:
    person, _ = hired(admin)
    with database.session_scope(write=False) as session:
        account = session.get(Account, UUID(person))
        assert account is not None
        assert account.password_hash is None
    for guess in ("", "admin", "li.si", "123456", "nobody's password"):
        assert log_in(doors.with_token(None), guess) in {401, 422}


def test_the_owner_sets_it_once_and_logs_in_under_any_case(doors: Doors, admin: TestClient) -> None:
    _, code = hired(admin)
    page = doors.with_token(None)
    body = {"code": code, "password": GOOD}
    assert page.post("/api/session/setup", json=body).status_code == 204
    assert page.get("/api/me").json()["roles"] == ["seat"]
    assert doors.with_token(None).post("/api/session/setup", json=body).status_code == 401
    other = doors.with_token(None)
    assert log_in(other, GOOD, "ＬＩ.SI") == 204
    assert other.get("/api/me").status_code == 200
    assert [one["login"] for one in admin.get("/api/persons").json() if one["name"] == "李四"] == ["li.si"]
    done = [entry["action"] for entry in admin.get("/api/audit").json()]
    assert {"account.create", "account.set_password", "session.open"} <= set(done)


def test_a_setup_code_is_no_token_no_cookie_and_grows_old(doors: Doors, admin: TestClient, clock: ManualClock) -> None:
    _, code = hired(admin)
    assert doors.with_token(code).get("/api/me").status_code == 401
    assert doors.with_token(None).post("/api/session", json={"code": code}).status_code == 401
    clock.advance(timedelta(hours=72))
    late = doors.with_token(None).post("/api/session/setup", json={"code": code, "password": GOOD})
    assert late.status_code == 401


@pytest.mark.parametrize(
    "bad", ["short", "x" * 400, "password1234567890", "lisilisilisili.si", "aaaaaaaaaaaaaaaaaaaa", "1234567890qwerty!"]
)
def test_bad_passwords_are_refused_and_never_sent_back(doors: Doors, admin: TestClient, bad: str) -> None:
    _, code = hired(admin)
    answer = doors.with_token(None).post("/api/session/setup", json={"code": code, "password": bad})
    assert answer.status_code == 422
    assert bad not in answer.text
    again = doors.with_token(None).post("/api/session/setup", json={"code": code, "password": GOOD})
    assert again.status_code == 204, "a refused password does not use up the code"


def test_a_change_ends_the_other_sessions_and_keeps_this_one(doors: Doors, admin: TestClient) -> None:
    in_use(doors, admin)
    here, there = doors.with_token(None), doors.with_token(None)
    assert log_in(here) == log_in(there) == 204
    wrong = here.put("/api/me/password", json={"current_password": OTHER, "password": OTHER}, headers=OURS)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "auth.wrong_login")
    changed = here.put("/api/me/password", json={"current_password": GOOD, "password": OTHER}, headers=OURS)
    assert changed.status_code == 200, changed.text
    assert changed.json()["sessions_ended"] >= 1
    assert here.get("/api/me").status_code == 200
    assert there.get("/api/me").status_code == 401
    assert log_in(doors.with_token(None)) == 401
    assert log_in(doors.with_token(None), OTHER) == 204


def test_a_reset_ends_password_and_sessions_at_once(doors: Doors, admin: TestClient) -> None:
    person = in_use(doors, admin)
    page = doors.with_token(None)
    assert log_in(page) == 204
    code = admin.post(f"/api/persons/{person}/account/resets").json()["code"]
    assert page.get("/api/me").status_code == 401
    assert log_in(page) == 401
    assert page.post("/api/session/setup", json={"code": code, "password": OTHER}).status_code == 204


def test_a_session_ends_when_idle_and_in_any_case(doors: Doors, admin: TestClient, clock: ManualClock) -> None:
    in_use(doors, admin)
    page = doors.with_token(None)
    assert log_in(page) == 204
    for _ in range(3):
        clock.advance(timedelta(minutes=59))
        assert page.get("/api/me").status_code == 200, "what is used goes on"
    clock.advance(timedelta(minutes=59))
    page.get("/api/events", params={"follow": "false"})
    clock.advance(timedelta(minutes=1))
    assert page.get("/api/me").status_code == 401, "watching is not using"
    assert log_in(page) == 204
    for _ in range(24):
        clock.advance(timedelta(minutes=29))
        assert page.get("/api/me").status_code == 200
    clock.advance(timedelta(minutes=29))
    assert page.get("/api/me").status_code == 401, "twelve hours are the end"


def test_a_stranger_slows_only_strangers(doors: Doors, admin: TestClient, clock: ManualClock) -> None:
    in_use(doors, admin)
    mine = doors.with_token(None)
    assert log_in(mine) == 204
    stranger = doors.with_token(None)
    codes = [log_in(stranger, f"guess number {n} of a stranger") for n in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert log_in(stranger) == 429, "even the right one: it is not checked any more"
    assert log_in(mine) == 204, "a browser that was in before has its own attempts"
    assert log_in(stranger, "somebody else's", "other.name") == 401, "another account has its own"
    told = [entry for entry in admin.get("/api/audit").json() if entry["action"] == "login.throttled"]
    assert len(told) == 1
    clock.advance(timedelta(minutes=15))
    assert log_in(stranger) == 204


def test_one_address_may_not_try_many_names(doors: Doors, admin: TestClient, clock: ManualClock) -> None:
    in_use(doors, admin)
    stranger = doors.with_token(None)
    codes = [log_in(stranger, OTHER, f"name{n}") for n in range(22)]
    assert codes == [401] * 20 + [429] * 2
    clock.advance(timedelta(minutes=2))
    assert log_in(stranger) == 204


def test_a_mark_of_one_account_is_none_of_another(doors: Doors, admin: TestClient) -> None:
    in_use(doors, admin)
    _, code = hired(admin, "wang.wu")
    mallory = doors.with_token(None)
    assert mallory.post("/api/session/setup", json={"code": code, "password": OTHER}).status_code == 204
    for n in range(10):
        log_in(mallory, f"guess number {n} of a colleague")
    assert log_in(mallory) == 429


def test_an_unknown_name_costs_the_same_work() -> None:
    done: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            done.append(str(hash)[:30])
            return super().verify(hash, password)

    watched = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    assert not watched.verify(None, GOOD)
    assert not watched.verify(None, "nobody's password")
    assert watched.verify(watched.hash(GOOD), GOOD)
    assert len(done) == 3
    assert len({text.split("$")[3] for text in done}) == 1, "the same parameters"


def test_the_real_cost_is_that_of_rfc_9106() -> None:
    assert Passwords().hash(GOOD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_old_hash_is_made_anew_at_the_next_login(
    app: FastAPI, doors: Doors, admin: TestClient, database: Database
) -> None:
    person = in_use(doors, admin)
    app.state.desk._passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert log_in(doors.with_token(None)) == 204
    with database.session_scope(write=False) as session:
        account = session.get(Account, UUID(person))
        assert account is not None
        assert "m=16,t=2" in (account.password_hash or "")
    assert log_in(doors.with_token(None)) == 204


def test_out_of_duty_is_out(doors: Doors, admin: TestClient) -> None:
    person = in_use(doors, admin)
    admin.patch(f"/api/persons/{person}", json={"active": False})
    assert log_in(doors.with_token(None)) == 401


def test_no_name_twice_and_no_odd_name(admin: TestClient) -> None:
    person, _ = hired(admin)
    again = admin.post(f"/api/persons/{person}/account", json={"login": "x.y"})
    assert again.json()["code"] == "account.exists"
    other = admin.post("/api/persons", json={"name": "王五", "roles": ["seat"]}).json()["id"]
    taken = admin.post(f"/api/persons/{other}/account", json={"login": "LI.SI"})
    assert taken.json()["code"] == "account.login_in_use"
    assert admin.post(f"/api/persons/{other}/account", json={"login": "a b"}).status_code == 422


def test_another_site_cannot_log_a_browser_in(doors: Doors, admin: TestClient) -> None:
    in_use(doors, admin)
    body = {"login": "li.si", "password": GOOD}
    forced = doors.with_token(None).post("/api/session/password", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert forced.json()["code"] == "auth.cross_site"
