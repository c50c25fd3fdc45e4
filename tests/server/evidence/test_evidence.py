"""Evidence: whole and verified or not there; sealed originals are seen only with a reason."""

from hashlib import sha256
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import Session

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from server.evidence import links
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.wire import picture

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 100
NAME = sha256(JPEG).hexdigest()
URL = f"/api/evidence/{NAME}"


@pytest.fixture
def edge(doors: Doors) -> TestClient:
    return doors.edge()


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


def put(edge: TestClient, body: bytes = JPEG, url: str = URL, declared: str = "image/jpeg", part: str = "") -> Response:
    headers = {"Content-Type": declared} | ({"Content-Range": part} if part else {})
    return edge.put(url, content=body, headers=headers)


def link(database: Database, clock: ManualClock, *roles: EvidenceRole, sha: str = NAME) -> None:
    with database.session_scope() as session:
        links.keep(session, [picture(sha, role) for role in roles], "recheck", uuid4(), None, clock.now())


def leftovers(settings: ServerSettings) -> list[str]:
    return [file.name for file in settings.evidence_dir.rglob("*") if file.is_file()]


def test_put_and_again(edge: TestClient, settings: ServerSettings) -> None:
    assert put(edge).status_code == 201
    again = put(edge)
    assert (again.status_code, again.json()["size_bytes"]) == (200, len(JPEG))
    assert leftovers(settings) == [NAME]


def test_other_bytes_than_the_address_are_refused_and_nothing_stays(edge: TestClient, settings: ServerSettings) -> None:
    answer = put(edge, JPEG + b"x")
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence.hash_mismatch")
    assert answer.json()["expected"] == NAME
    assert leftovers(settings) == []


@pytest.mark.parametrize(
    ("body", "declared"),
    [(b"MZ\x90\x00", "image/jpeg"), (b"<svg onload=x>", "image/jpeg"), (JPEG, "text/html"), (JPEG, "video/mp4")],
)
def test_what_it_says_and_what_it_is_must_agree(edge: TestClient, body: bytes, declared: str) -> None:
    url = f"/api/evidence/{sha256(body).hexdigest()}"
    answer = put(edge, body, url, declared)
    assert (answer.status_code, answer.json()["code"]) == (415, "evidence.unknown_type")


def test_too_large_is_cut_off_by_header_and_by_count(edge: TestClient, settings: ServerSettings) -> None:
    big = JPEG + b"0" * 60_000
    url = f"/api/evidence/{sha256(big).hexdigest()}"
    assert put(edge, big, url).status_code == 413
    chunked = edge.put(url, content=iter([big[:30_000], big[30_000:]]), headers={"Content-Type": "image/jpeg"})
    assert (chunked.status_code, chunked.json()["max_bytes"]) == (413, 50_000)
    assert leftovers(settings) == []


@pytest.mark.parametrize("name", ["0" * 63, "G" * 64, "A" * 64, "..%2f..%2fetc%2fpasswd"])
def test_a_name_is_a_hash_or_nothing(edge: TestClient, name: str) -> None:
    assert put(edge, url=f"/api/evidence/{name}").status_code in (404, 422)


def test_in_parts_with_a_break_between(edge: TestClient, settings: ServerSettings) -> None:
    size = len(JPEG)
    first = put(edge, JPEG[:100], part=f"bytes 0-99/{size}")
    assert (first.status_code, first.json()["offset"]) == (202, 100)
    assert edge.get(f"{URL}/offset").json()["offset"] == 100
    wrong = put(edge, JPEG[50:], part=f"bytes 50-{size - 1}/{size}")
    assert (wrong.status_code, wrong.json()["offset"]) == (416, 100)
    last = put(edge, JPEG[100:], part=f"bytes 100-{size - 1}/{size}")
    assert last.status_code == 201
    assert leftovers(settings) == [NAME]


def test_a_spoilt_part_starts_over(edge: TestClient, settings: ServerSettings) -> None:
    size = len(JPEG)
    put(edge, b"x" * 100, part=f"bytes 0-99/{size}")
    assert put(edge, JPEG[100:], part=f"bytes 100-{size - 1}/{size}").status_code == 422
    assert edge.get(f"{URL}/offset").json()["offset"] == 0
    assert put(edge).status_code == 201


@pytest.mark.parametrize("value", ["bytes", "bytes 5-1/10", "bytes 0-10/10", "items 0-1/2", "bytes */10"])
def test_a_range_that_means_nothing_is_400(edge: TestClient, value: str) -> None:
    assert put(edge, part=value).json()["code"] == "evidence.bad_range"


def test_a_full_disk_is_507_and_the_edge_may_try_again(doors: Doors, app: FastAPI, settings: ServerSettings) -> None:
    app.state.evidence._free_min = 1 << 60
    assert put(doors.edge()).json()["code"] == "evidence.disk_full"
    app.state.evidence._free_min = 0
    assert put(doors.edge()).status_code == 201


def test_a_blurred_copy_is_free_to_staff(
    edge: TestClient, seat: TestClient, database: Database, clock: ManualClock
) -> None:
    put(edge)
    link(database, clock, EvidenceRole.WIDE_SHOWN)
    seen = seat.get(URL)
    assert (seen.content, seen.headers["content-type"]) == (JPEG, "image/jpeg")
    assert "sandbox" in seen.headers["content-security-policy"]
    assert seen.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "roles",
    [(EvidenceRole.WIDE_ORIGINAL,), (EvidenceRole.CLIP,), (EvidenceRole.WIDE_SHOWN, EvidenceRole.CLOSE_ORIGINAL), ()],
)
def test_an_original_is_not_to_be_had_by_its_address(
    edge: TestClient, seat: TestClient, database: Database, clock: ManualClock, roles: tuple[EvidenceRole, ...]
) -> None:
    put(edge)
    link(database, clock, *roles)
    refused = seat.get(URL, params={"reason": "现场复核"})
    assert (refused.status_code, refused.json()["code"]) == (403, "evidence.reason_needed")
    assert refused.json()["instead"] == f"POST {URL}/original"


def test_what_is_not_there_is_404(seat: TestClient) -> None:
    assert seat.get(URL).json()["code"] == "evidence.not_found"


def test_a_file_that_lost_its_row_gets_it_back(
    edge: TestClient, seat: TestClient, app: FastAPI, database: Database, clock: ManualClock
) -> None:
    with app.state.evidence.receive(NAME) as upload:
        upload.write(JPEG)
        app.state.evidence.finish(upload, "image/jpeg")
    assert put(edge).status_code == 200
    link(database, clock, EvidenceRole.MANIFEST)
    assert seat.get(URL).status_code == 200


def test_uses_are_told(seat: TestClient, edge: TestClient, session: Session, clock: ManualClock) -> None:
    put(edge)
    links.keep(session, [picture(NAME)], "recheck", uuid4(), None, clock.now())
    session.commit()
    assert [use["role"] for use in seat.get(f"{URL}/uses").json()] == ["wide_shown"]
