"""A camera that looks there no more: the alert keeps what was seen, nothing is put right by it."""

from datetime import timedelta
from uuid import uuid4

from edge.contracts.codec import encode
from edge.contracts.messages import AlertEnded, EvidenceAdded
from edge.contracts.taxonomy import EndReason, EvidenceRole
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Delivery, Intake
from tests.server.doors import Doors
from tests.server.wire import T0, delivery, picture, raised, sealed


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


def test_evidence_that_comes_late_is_kept_beside_its_alert(
    doors: Doors, database: Database, clock: ManualClock
) -> None:
    episode, topic = uuid4(), "shouwei/v1/edge-1/alert"
    clip = picture("c" * 64, EvidenceRole.CLIP_SHOWN).model_copy(update={"media_type": "video/webm"})
    late = EvidenceAdded(
        episode_id=episode,
        camera_id="cam-1",
        zone_id="z1",
        violation="outdoor_display",
        captured_at=T0,
        evidence=[clip],
    )
    stray = late.model_copy(update={"episode_id": uuid4()})
    envelope = sealed(late)
    clean = picture("d" * 64, EvidenceRole.REFERENCE_SHOWN)
    letters = [delivery(sealed(raised(episode, evidence=[picture("b" * 64), clean])))]
    letters += [Delivery(topic, encode(one)) for one in (envelope, envelope, sealed(stray))]
    outcomes = Intake(database, clock).take(letters)
    assert [bool(outcome.rejected) for outcome in outcomes] == [False, False, False, True]
    seat = doors.open(Role.SEAT)
    (alert,) = seat.get("/api/alerts").json()["items"]
    evidence = seat.get(f"/api/alerts/{alert['id']}").json()["evidence"]
    assert {(one["role"], one["sealed"]) for one in evidence} == {
        ("wide_shown", False),
        ("reference_shown", False),
        ("clip_shown", False),
    }
    pictures = seat.get(f"/api/cases/{alert['case_id']}/pictures").json()
    assert [(one["role"], one["is_cover"]) for one in pictures] == [("wide_shown", True), ("reference_shown", False)]
