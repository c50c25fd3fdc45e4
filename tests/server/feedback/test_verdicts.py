"""Verdicts are appended, the last one stands, and samples are read on from where a reader stopped."""

from uuid import uuid4

from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Intake
from tests.server.doors import Doors
from tests.server.wire import HASH, delivery, picture, raised, sealed


def test_verdicts_make_samples(doors: Doors, database: Database, clock: ManualClock) -> None:
    Intake(database, clock).take([delivery(sealed(raised(evidence=[picture(HASH)])))])
    seat, verifier = doors.open(Role.SEAT), doors.open(Role.VERIFY)
    alert = seat.get("/api/alerts").json()["items"][0]["id"]
    body = {"alert_id": alert, "verdict": "confirmed", "reason": "占道"}
    first = seat.post("/api/verdicts", json=body)
    assert (first.status_code, first.json()["seq"]) == (201, 1)
    page = seat.get("/api/samples").json()
    assert page["items"][0]["evidence"][0]["sha256"] == HASH
    verifier.post("/api/verdicts", json=body | {"verdict": "false", "reason": "抽查：货车"}).raise_for_status()
    later = seat.get("/api/samples", params={"after": page["next"]}).json()
    assert [(s["seq"], s["verdict"]) for s in later["items"]] == [(2, "false")]
    assert [v["verdict"] for v in seat.get("/api/verdicts", params={"alert_id": alert}).json()] == [
        "confirmed",
        "false",
    ]
    assert seat.post("/api/verdicts", json=body | {"alert_id": str(uuid4())}).status_code == 404
    assert seat.post("/api/verdicts", json=body | {"verdict": "maybe"}).status_code == 422
    assert doors.open(Role.HEAD).post("/api/verdicts", json=body).status_code == 403
