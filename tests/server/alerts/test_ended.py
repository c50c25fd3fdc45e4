"""A camera that looks there no more: the alert keeps what was seen, nothing is put right by it."""

from datetime import timedelta
from uuid import uuid4

from edge.contracts.codec import encode
from edge.contracts.messages import AlertEnded
from edge.contracts.taxonomy import EndReason
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Delivery, Intake
from tests.server.doors import Doors
from tests.server.wire import T0, delivery, raised, sealed


def test_it_is_told_beside_the_alert_which_stays_raised(doors: Doors, database: Database, clock: ManualClock) -> None:
    episode = uuid4()
    ended = AlertEnded(
        episode_id=episode,
        camera_id="cam-1",
        zone_id="z1",
        violation="outdoor_display",
        began_at=T0,
        ended_at=T0 + timedelta(minutes=9),
        reason=EndReason.ZONE_REMOVED,
    )
    topic = "shouwei/v1/edge-1/alert"
    outcomes = Intake(database, clock).take(
        [
            delivery(sealed(raised(episode))),
            Delivery(topic, encode(sealed(ended))),
            Delivery(topic, encode(sealed(ended.model_copy(update={"episode_id": uuid4()})))),
        ]
    )
    assert [outcome.rejected for outcome in outcomes] == [None, None, None]
    seat = doors.open(Role.SEAT)
    (alert,) = seat.get("/api/alerts").json()["items"]
    assert (alert["state"], alert["cleared_at"]) == ("raised", None)
    assert (alert["unwatched_at"], alert["unwatched_why"]) == ("2026-11-20T01:09:00Z", "zone_removed")
    case = seat.get(f"/api/cases/{alert['case_id']}").json()
    assert case["state"] not in ("CLOSED", "EXEMPT")
