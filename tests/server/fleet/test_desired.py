"""What an edge is told to run: a plan beside the permits; sealed addresses; commands that nobody answers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from edge.contracts.commands import DesiredConfig, Probe, Watch
from edge.contracts.permits import Permit
from server.clock import ManualClock
from server.fleet import commands, desired, sealing
from server.fleet.tables import Command
from tests.server.wire import HASH

KEY = b"k" * 32
ADDRESS = "rtsp://viewer:s3cr/et@10.0.0.9:554/ch1?token=abc"
PERMIT = Permit(
    id="p-1",
    camera_id="cam-1",
    zone_id="z1",
    polygon=[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5)],
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
)


def wanted(session: Session) -> DesiredConfig:
    state = desired.of_edge(session, "edge-1")
    assert state is not None
    return DesiredConfig.model_validate(state.message)


def test_plan_and_permits_change_without_touching_each_other(session: Session, clock: ManualClock) -> None:
    assert desired.refresh(session, "edge-1", [PERMIT], clock.now())
    assert desired.set_plan(session, "edge-1", 1, HASH, clock.now())
    assert not desired.set_plan(session, "edge-1", 1, HASH, clock.now())
    assert wanted(session) == DesiredConfig(version=2, permits=[PERMIT], plan_version=1, plan_sha256=HASH)
    assert desired.refresh(session, "edge-1", [], clock.now())
    assert not desired.refresh(session, "edge-1", [], clock.now())
    assert wanted(session) == DesiredConfig(version=3, plan_version=1, plan_sha256=HASH)
    assert desired.set_plan(session, "edge-1", None, None, clock.now())
    assert wanted(session) == DesiredConfig(version=4)


def test_an_edge_that_was_never_told_anything_gets_a_plan(session: Session, clock: ManualClock) -> None:
    assert desired.set_plan(session, "edge-1", 5, HASH, clock.now())
    assert wanted(session) == DesiredConfig(version=1, plan_version=5, plan_sha256=HASH)


def test_a_watch_goes_out_once_and_is_cleared_away(session: Session, clock: ManualClock) -> None:
    watch = Watch(command_id=uuid4(), camera_id="cam-1", until=clock.now() + timedelta(seconds=40))
    commands.mark_sent(session, commands.queue_command(session, "edge-1", watch, clock.now()), clock.now())
    assert commands.due(session, clock.advance(commands.SEND_AGAIN_AFTER)) == []
    clock.advance(timedelta(seconds=20))
    again = Watch(command_id=uuid4(), camera_id="cam-1", until=clock.now() + timedelta(seconds=40))
    commands.queue_command(session, "edge-1", again, clock.now())
    assert [row.id for row in session.exec(select(Command))] == [again.command_id]


def test_a_probe_is_not_asked_for_long(session: Session, clock: ManualClock) -> None:
    command = commands.queue_command(session, "edge-1", Probe(command_id=uuid4()), clock.now())
    assert command.expires_at - clock.now() == commands.PROBE_WITHIN


def test_a_sealed_address_opens_only_with_its_key_and_in_its_place() -> None:
    sealed = sealing.seal(KEY, ADDRESS, "edge-1/cam-1")
    assert "s3cr" not in sealed
    assert sealed != sealing.seal(KEY, ADDRESS, "edge-1/cam-1")
    assert sealing.unseal(KEY, sealed, "edge-1/cam-1") == ADDRESS
    for key, text, about in (
        (b"x" * 32, sealed, "edge-1/cam-1"),
        (KEY, sealed, "edge-1/cam-2"),
        (KEY, "AAAA" + sealed[4:], "edge-1/cam-1"),
        (KEY, "", "edge-1/cam-1"),
        (KEY, "é", "edge-1/cam-1"),
    ):
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(key, text, about)


def test_an_address_is_shown_without_its_secrets() -> None:
    assert sealing.shown(ADDRESS) == "rtsp://***@10.0.0.9:554/ch1?token=***"
