"""Reminder first: a message, half an hour, every camera that saw it looks again; cleared leaves no record."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from server.alerts.tables import Alert
from server.auth.roles import Role
from server.fleet import commands
from server.fleet.tables import Command, Edge
from tests.server.cases.conftest import Town


@pytest.fixture
def reminded(town: Town) -> UUID:
    """A case that two cameras have seen, reminded, its window over."""
    town.shop()
    case_id = town.raised()
    other = town.raised(zone_id="z7", camera_id="cam-2")
    with town.database.session_scope() as session:
        for alert in session.exec(select(Alert).where(Alert.case_id == other)):
            alert.case_id, alert.edge_id = case_id, "edge-2"
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=30)
    return case_id


def test_every_camera_that_saw_it_is_asked(town: Town, reminded: UUID) -> None:
    asked = town.sweep()
    assert sorted((look.camera_id, look.zone_id) for look in asked) == [("cam-1", "z1"), ("cam-2", "z7")]
    with town.database.session_scope(write=False) as session:
        assert {row.edge_id for row in session.exec(select(Command))} == {"edge-1", "edge-2"}
    assert town.sweep() == [], "asked once"
    assert len(town.get(reminded)["rechecks"]) == 2


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ((False, False), ["W0", "A2"]),
        ((False, True), ["W0", "W1"]),
        ((True, False), ["W1", "W1"]),
        ((None, False), ["W0", "A2"]),
        ((None, None), ["W0", "W1"]),
    ],
)
def test_one_camera_that_still_sees_it_is_enough(town: Town, reminded: UUID, answers: Any, states: list[str]) -> None:
    for look, answer, state in zip(town.sweep(), answers, states, strict=True):
        town.answer(look, answer)
        assert town.get(reminded)["state"] == state


@pytest.mark.parametrize(("answer", "state"), [(False, "A2"), (None, "W1")])
def test_when_one_edge_is_offline_the_other_decides(
    town: Town, reminded: UUID, answer: bool | None, state: str
) -> None:
    with town.database.session_scope() as session:
        session.add(Edge(id="edge-2", first_seen_at=town.clock.now(), last_seen_at=town.clock.now(), online=False))
    first, _ = town.sweep()
    town.answer(first, answer)
    assert town.get(reminded)["state"] == "W0"
    town.after(minutes=2)
    town.sweep()
    assert town.get(reminded)["state"] == state


def test_an_edge_that_is_offline_gets_the_question_when_it_is_back(town: Town, reminded: UUID) -> None:
    town.sweep()
    with town.database.session_scope() as session:
        waiting = commands.due(session, town.clock.now())
        assert len(waiting) == 2
    town.after(seconds=90)
    with town.database.session_scope() as session:
        assert len(commands.due(session, town.clock.now())) == 2, "the outbox keeps it until it is answered or too old"


def test_both_offline_sends_people(town: Town, reminded: UUID) -> None:
    town.sweep()
    town.after(minutes=2)
    town.sweep()
    case = town.get(reminded)
    assert case["state"] == "W1"
    assert "no answer" in case["steps"][-1]["reason"]


def test_a_server_that_was_down_when_the_window_ended_asks_then(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W0")
    town.after(hours=9)
    (look,) = town.sweep()
    town.answer(look, still_there=False)
    assert town.get(case_id)["state"] == "A2"
    assert town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json() == []


def test_cleared_for_one_camera_is_not_cleared_while_the_other_sees_it(town: Town) -> None:
    town.shop()
    episode = uuid4()
    case_id = town.raised(episode)
    other = town.raised(zone_id="z7", camera_id="cam-2")
    with town.database.session_scope() as session:
        for alert in session.exec(select(Alert).where(Alert.case_id == other)):
            alert.case_id = case_id
    town.act(case_id, Role.SEAT, "W0")
    town.cleared(episode)
    assert town.get(case_id)["state"] == "W0"
