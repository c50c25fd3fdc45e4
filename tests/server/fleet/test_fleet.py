"""Edges, cameras, commands and the desired configuration."""

from datetime import timedelta
from uuid import uuid4

from sqlmodel import Session

from edge.contracts.commands import Recheck
from edge.contracts.messages import ConfigApplied
from edge.contracts.taxonomy import CameraState
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.fleet import commands, desired
from server.fleet.tables import Command
from server.ingest.intake import Delivery, Intake
from tests.server.doors import Doors
from tests.server.wire import T0, birth, delivery, health, sealed


def recheck() -> Recheck:
    return Recheck(command_id=uuid4(), camera_id="cam-1", zone_id="z1", violation="outdoor_display")


def test_a_command_is_sent_again_until_answered_or_too_old(session: Session, clock: ManualClock) -> None:
    asked = recheck()
    command = commands.queue_command(session, "edge-1", asked, clock.now())
    assert commands.queue_command(session, "edge-1", asked, clock.now()) is command
    assert commands.due(session, clock.now()) == [command]
    commands.mark_sent(session, command, clock.now())
    assert commands.due(session, clock.now()) == []
    assert commands.due(session, clock.advance(commands.SEND_AGAIN_AFTER)) == [command]
    assert commands.mark_answered(session, asked.command_id, clock.now())
    assert not commands.mark_answered(session, asked.command_id, clock.now()), "the second answer is old news"
    assert not commands.mark_answered(session, uuid4(), clock.now()), "nobody asked"
    assert commands.due(session, clock.advance(commands.SEND_AGAIN_AFTER)) == []


def test_an_unanswered_command_expires(session: Session, clock: ManualClock) -> None:
    command = commands.queue_command(session, "edge-1", recheck(), clock.now())
    assert commands.due(session, command.expires_at) == []
    assert session.get(Command, command.id) is command


def test_a_new_version_only_when_something_changed(session: Session, clock: ManualClock) -> None:
    assert desired.refresh(session, "edge-1", [], clock.now())
    assert not desired.refresh(session, "edge-1", [], clock.now())
    assert [state.version for state in desired.all_states(session)] == [1]


def test_what_the_edges_say_can_be_read(doors: Doors, database: Database, clock: ManualClock) -> None:
    with database.session_scope() as session:
        desired.refresh(session, "edge-1", [], clock.now())
    applied = sealed(ConfigApplied(version=1, accepted=False, problems=["zone z9 is unknown"]))
    old = sealed(ConfigApplied(version=0, accepted=True))
    topic = "shouwei/v1/edge-1/health"
    Intake(database, clock).take(
        [
            delivery(sealed(birth(1, cameras=("cam-1", "cam-2")))),
            delivery(sealed(health(CameraState.FROZEN))),
            delivery(sealed(health(CameraState.OK, T0 + timedelta(minutes=1)))),
            Delivery(topic, delivery(applied).payload),
            Delivery(topic, delivery(old).payload),
        ]
    )
    seat = doors.open(Role.SEAT)
    (edge,) = seat.get("/api/edges").json()
    assert (edge["id"], edge["online"], edge["boot"]) == ("edge-1", True, 1)
    assert [(one["id"], one["state"], one["edge_online"]) for one in seat.get("/api/cameras").json()] == [
        ("cam-1", "ok", True),
        ("cam-2", "unknown", True),
    ]
    history = seat.get("/api/cameras/edge-1/cam-1/health").json()
    assert [change["state"] for change in history] == ["ok", "frozen"]
    config = seat.get("/api/edges/edge-1/config").json()
    assert (config["answered_version"], config["accepted"], config["problems"]) == (1, False, ["zone z9 is unknown"])
    assert seat.get("/api/edges/edge-9/config").status_code == 404
