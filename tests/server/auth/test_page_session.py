"""The page's cookie: from a one-time link, strict, and good for changes only from our own page."""

from datetime import timedelta
from pathlib import Path

from server.app import create_app
from server.auth.roles import Role
from server.clock import ManualClock
from server.config import HttpSettings, ServerSettings
from server.db import Database
from tests.server.client import TestClient
from tests.server.doors import Doors


def code_of(doors: Doors) -> str:
    link = doors.open(Role.SEAT).post("/api/me/login-links").json()["url"]
    assert "/#login=" in link, "behind the # no server and no log sees it"
    return link.partition("#login=")[2]


def test_a_link_opens_one_session_once(doors: Doors, clock: ManualClock) -> None:
    page, code = doors.anonymous, code_of(doors)
    opened = page.post("/api/session", json={"code": code})
    assert opened.status_code == 204
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert page.get("/api/me").json()["roles"] == ["seat"]
    assert doors.with_token(None).post("/api/session", json={"code": code}).status_code == 401
    clock.advance(timedelta(hours=13))
    assert page.get("/api/me").status_code == 401


def test_an_old_link_is_worth_nothing(doors: Doors, clock: ManualClock) -> None:
    code = code_of(doors)
    clock.advance(timedelta(minutes=10))
    assert doors.anonymous.post("/api/session", json={"code": code}).status_code == 401


def test_a_bearer_token_is_no_login_code_and_a_code_no_bearer(doors: Doors, admin_token: str) -> None:
    assert doors.anonymous.post("/api/session", json={"code": admin_token}).status_code == 401
    assert doors.with_token(code_of(doors)).get("/api/me").status_code == 401


def test_a_session_changes_things_only_from_our_own_page(doors: Doors) -> None:
    page = doors.anonymous
    page.post("/api/session", json={"code": code_of(doors)})
    link = "/api/me/login-links"
    assert page.post(link).json()["code"] == "auth.cross_site"
    assert page.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert page.post(link, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert page.post(link, headers={"Origin": "http://testserver:9"}).status_code == 403
    assert page.post(link, headers={"Origin": "http://testserver"}).status_code == 201
    assert page.post(link, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201


def test_logging_out_kills_the_cookie_itself(doors: Doors) -> None:
    page = doors.anonymous
    page.post("/api/session", json={"code": code_of(doors)})
    kept = page.cookies["shouwei_session"]
    assert page.delete("/api/session", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204
    thief = doors.with_token(None)
    thief.cookies.set("shouwei_session", kept)
    assert thief.get("/api/me").status_code == 401


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    tmp_path: Path, database: Database, clock: ManualClock, doors: Doors
) -> None:
    settings = ServerSettings(data_dir=tmp_path, http=HttpSettings(public_url="https://city.example"))
    with TestClient(create_app(settings, clock=clock, database=database), base_url="https://city.example") as page:
        opened = page.post("/api/session", json={"code": code_of(doors)})
        cookie = opened.headers["set-cookie"]
        assert cookie.startswith("__Host-shouwei=")
        assert "Secure" in cookie
        assert "max-age" in opened.headers["strict-transport-security"]


def test_too_many_wrong_tokens_are_slowed_but_the_right_one_passes(
    doors: Doors, admin: TestClient, clock: ManualClock
) -> None:
    wrong = doors.with_token("swp_wrong")
    codes = [wrong.get("/api/me").status_code for _ in range(21)]
    assert codes == [401] * 20 + [429]
    slowed = wrong.get("/api/me")
    assert 1 <= int(slowed.headers["retry-after"]) <= 61
    assert admin.get("/api/me").status_code == 200
    clock.advance(timedelta(minutes=2))
    assert wrong.get("/api/me").status_code == 401
