"""What an honest edge does not do is looked into by a person, with a reason; then it is no longer open."""

from uuid import UUID

from server.auth.roles import Role
from server.checks import check
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from server.ingest.intake import Delivery, Intake
from tests.server.doors import Doors
from tests.server.wire import delivery, raised, sealed

WHY = {"reason": "换了新盒子，旧编号重用 / a new box with an old id"}


def trouble(database: Database, clock: ManualClock) -> None:
    forged = delivery(sealed(raised(), "edge-1"), on_edge="edge-2")
    Intake(database, clock).take([forged, Delivery("shouwei/v1/edge-1/alert", b"poison")])


def open_ones(settings: ServerSettings, database: Database, clock: ManualClock) -> int:
    from server.ingest import dead_letters

    with database.session_scope(write=False) as session:
        return len(dead_letters.unsettled_alarms(session))


def test_an_alarm_is_settled_once_with_a_reason(
    doors: Doors, settings: ServerSettings, database: Database, clock: ManualClock
) -> None:
    trouble(database, clock)
    supervisor, seat = doors.open(Role.SUPERV), doors.open(Role.SEAT)
    (alarm,) = supervisor.get("/api/security-alarms").json()
    path = f"/api/security-alarms/{alarm['id']}/settlement"
    assert open_ones(settings, database, clock) == 1
    assert seat.post(path, json=WHY).status_code == 403
    assert supervisor.post(path, json={"reason": "x"}).status_code == 422
    assert supervisor.post(path, json=WHY).status_code == 201
    assert supervisor.post(path, json=WHY).json()["code"] == "security_alarm.settled"
    assert open_ones(settings, database, clock) == 0
    (alarm,) = supervisor.get("/api/security-alarms").json()
    assert alarm["settled"]["reason"] == WHY["reason"]
    (entry,) = [e for e in doors.open(Role.ADMIN).get("/api/audit").json() if e["action"] == "alarm.settle"]
    assert entry["target"] == alarm["id"]
    missing = supervisor.post(f"/api/security-alarms/{UUID(int=7)}/settlement", json=WHY)
    assert missing.json()["code"] == "security_alarm.not_found"


def test_a_message_that_will_never_be_taken_is_closed_and_kept(
    doors: Doors, database: Database, clock: ManualClock
) -> None:
    trouble(database, clock)
    admin = doors.open(Role.ADMIN)
    letters = admin.get("/api/dead-letters").json()
    for letter in letters:
        closed = admin.post(f"/api/dead-letters/{letter['id']}/settlement", json=WHY)
        assert closed.json()["settled_at"] is not None
        again = admin.post(f"/api/dead-letters/{letter['id']}/settlement", json=WHY)
        assert again.json()["code"] == "dead_letter.settled"
    assert len(admin.get("/api/dead-letters").json()) == len(letters) == 2


def test_the_check_comes_back_to_well(
    doors: Doors, settings: ServerSettings, database: Database, clock: ManualClock
) -> None:
    from server.migrate import make_ready

    database.close()
    for file in settings.data_dir.glob("server.db*"):
        file.unlink()
    make_ready(database)
    trouble(database, clock)

    def is_well() -> bool:
        return next(f for f in check(settings, database, clock) if f.name == "dead_letters").ok

    assert not is_well()
    admin = doors.open(Role.ADMIN)
    for alarm in admin.get("/api/security-alarms").json():
        admin.post(f"/api/security-alarms/{alarm['id']}/settlement", json=WHY)
    assert not is_well()
    for letter in admin.get("/api/dead-letters").json():
        admin.post(f"/api/dead-letters/{letter['id']}/settlement", json=WHY)
    assert is_well()
