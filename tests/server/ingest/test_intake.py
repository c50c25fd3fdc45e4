"""Each message once, in any order; a bad one harms nobody; nothing is acknowledged that was not committed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel, col, func, select

from edge.contracts.codec import Envelope
from edge.contracts.taxonomy import CameraState
from server.alerts.tables import Alert, AlertReport
from server.cases.tables import Case
from server.clock import ManualClock
from server.db import Database
from server.fleet.tables import Camera, Edge
from server.ingest import dispatch
from server.ingest.intake import Delivery, Intake, Outcome, Unavailable
from server.ingest.tables import DeadLetter, InboxMessage, SecurityAlarm
from tests.server.wire import T0, birth, cleared, delivery, health, look, raised, retouched, sealed, updated


@pytest.fixture
def intake(database: Database, clock: ManualClock) -> Intake:
    return Intake(database, clock)


def count(database: Database, table: type[SQLModel]) -> int:
    with database.session_scope(write=False) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def only_alert(database: Database) -> Alert:
    with database.session_scope(write=False) as session:
        return session.exec(select(Alert)).one()


def test_an_alert_becomes_a_row_and_a_case_and_is_answered(intake: Intake, database: Database) -> None:
    envelope = sealed(raised())
    assert intake.take([delivery(envelope)]) == [Outcome("edge-1", envelope.id)]
    alert = only_alert(database)
    assert (alert.state, alert.case_id is not None) == ("raised", True)
    assert count(database, Case) == 1


def test_the_same_message_many_times_is_one_and_acked_every_time(intake: Intake, database: Database) -> None:
    message = delivery(sealed(raised()))
    first = intake.take([message, message])
    again = intake.take([message])
    assert [*first, *again] == [first[0]] * 3
    assert (count(database, AlertReport), count(database, Case), count(database, InboxMessage)) == (1, 1, 1)


def test_a_retry_may_renew_the_sending_time(intake: Intake, database: Database) -> None:
    envelope = sealed(raised())
    later = Delivery(delivery(envelope).topic, retouched(delivery(envelope).payload, time="2026-11-20T09:00:00Z"))
    assert [outcome.rejected for outcome in intake.take([delivery(envelope), later])] == [None, None]
    assert count(database, SecurityAlarm) == 0


def test_the_same_id_with_other_content_is_an_alarm_and_not_a_skip(intake: Intake, database: Database) -> None:
    episode, message_id = uuid4(), uuid4()
    first = sealed(raised(episode), message_id=message_id)
    forged = sealed(raised(episode, zone_id="z9"), message_id=message_id)
    outcomes = intake.take([delivery(first), delivery(forged)])
    assert outcomes[0].rejected is None
    assert (outcomes[1].rejected or "").startswith("ingest.changed_content")
    with database.session_scope(write=False) as session:
        alarm = session.exec(select(SecurityAlarm)).one()
        assert (alarm.kind, alarm.edge_id, alarm.facts["message_id"]) == ("changed_content", "edge-1", str(message_id))
        assert session.exec(select(DeadLetter)).one().code == "ingest.changed_content"
    assert only_alert(database).zone_id == "z1"


def test_two_edges_may_draw_the_same_id(intake: Intake, database: Database) -> None:
    message_id = uuid4()
    both = [sealed(raised(), edge=edge, message_id=message_id) for edge in ("edge-1", "edge-2")]
    assert [outcome.rejected for outcome in intake.take([delivery(one) for one in both])] == [None, None]
    assert count(database, Alert) == 2


def test_a_forged_source_is_kept_apart_and_answered_to_the_topic(intake: Intake, database: Database) -> None:
    envelope = sealed(raised(), edge="edge-2")
    (outcome,) = intake.take([delivery(envelope, on_edge="edge-1")])
    assert (outcome.edge_id, outcome.message_id) == ("edge-1", envelope.id)
    assert (outcome.rejected or "").startswith("ingest.forged_source")
    assert (count(database, Alert), count(database, SecurityAlarm), count(database, DeadLetter)) == (0, 1, 1)


GOOD = delivery(sealed(raised()))


@pytest.mark.parametrize(
    ("topic", "payload", "code", "id_is_known"),
    [
        (GOOD.topic, b"", "contract.bad_message", False),
        (GOOD.topic, b"not json", "contract.bad_message", False),
        (GOOD.topic, b"\xff\xfe\x00", "contract.bad_message", False),
        (GOOD.topic, b"[" * 100_000, "contract.bad_message", False),
        (GOOD.topic, b"x" * 300_000, "contract.bad_message", False),
        (GOOD.topic, retouched(GOOD.payload, type="shouwei.surprise.v1"), "contract.unknown_message", True),
        (GOOD.topic, retouched(GOOD.payload, data={}), "contract.bad_message", True),
        (GOOD.topic, retouched(GOOD.payload, id="no-uuid"), "contract.bad_message", False),
        (GOOD.topic, retouched(GOOD.payload, type="shouwei.ack.v1", data={"ids": []}), "contract.bad_message", True),
        ("shouwei/v1/edge-1/presence", GOOD.payload, "contract.bad_message", True),
        ("other/topic", GOOD.payload, "contract.bad_message", True),
    ],
)
def test_what_cannot_be_taken_is_a_dead_letter_with_its_reason(
    intake: Intake, database: Database, topic: str, payload: bytes, code: str, id_is_known: bool
) -> None:
    good = delivery(sealed(raised()))
    before, bad, after = intake.take([good, Delivery(topic, payload), delivery(sealed(raised(zone_id="z2")))])
    assert (before.rejected, after.rejected) == (None, None)
    assert bad.rejected is not None
    assert (bad.message_id is not None) == id_is_known
    with database.session_scope(write=False) as session:
        letter = session.exec(select(DeadLetter)).one()
    assert (letter.code, letter.payload) == (code, payload)
    assert count(database, Alert) == 2


def test_the_same_poison_again_is_counted_not_kept_twice(intake: Intake, database: Database) -> None:
    intake.take([Delivery(GOOD.topic, b"poison")] * 2)
    intake.take([Delivery(GOOD.topic, b"poison")])
    with database.session_scope(write=False) as session:
        assert session.exec(select(DeadLetter)).one().times_seen == 3


def test_a_handler_that_fails_is_tried_alone_and_then_buried(
    intake: Intake, database: Database, clock: ManualClock
) -> None:
    """A defect of ours in one handler: the others are committed, and the message is kept to be taken later."""
    culprit, tries = sealed(raised(zone_id="boom")), []

    def sometimes(session: Session, envelope: Envelope, content: str, now: datetime) -> None:
        dispatch.accept(session, envelope, content, now)
        if envelope.id == culprit.id:
            tries.append(1)
            raise ZeroDivisionError("a defect")

    batch = [delivery(sealed(raised())), delivery(culprit), delivery(sealed(raised(zone_id="z2")))]
    outcomes = Intake(database, clock, sometimes).take(batch)
    assert [outcome.rejected is None for outcome in outcomes] == [True, False, True]
    assert (len(tries), count(database, Alert), count(database, InboxMessage)) == (2, 2, 2)
    (again,) = intake.take([delivery(culprit)])
    assert again.rejected is None
    assert count(database, Alert) == 3


def test_a_database_that_cannot_commits_nothing_and_says_so(
    intake: Intake, database: Database, clock: ManualClock
) -> None:
    calls: list[int] = []

    def locked(session: Session, envelope: Envelope, content: str, now: datetime) -> None:
        dispatch.accept(session, envelope, content, now)
        calls.append(1)
        if len(calls) == 2:
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    batch = [delivery(sealed(raised())), delivery(sealed(raised(zone_id="z2")))]
    with pytest.raises(Unavailable, match="full"):
        Intake(database, clock, locked).take(batch)
    assert (count(database, Alert), count(database, InboxMessage), count(database, DeadLetter)) == (0, 0, 0)
    assert [outcome.rejected for outcome in intake.take(batch)] == [None, None]
    assert count(database, Alert) == 2


def test_a_database_without_tables_is_no_fault_of_the_message(intake: Intake, database: Database) -> None:
    with database.session_scope() as session:
        session.execute(text("ALTER TABLE inbox_message RENAME TO gone"))
    with pytest.raises(Unavailable):
        intake.take([GOOD])


def test_cleared_before_raised_is_one_alert_and_one_case(intake: Intake, database: Database) -> None:
    episode = uuid4()
    late = [delivery(sealed(cleared(episode))), delivery(sealed(raised(episode)))]
    assert [outcome.rejected for outcome in intake.take(late)] == [None, None]
    alert = only_alert(database)
    assert (alert.state, alert.raised_at, alert.cleared_at) == ("cleared", T0, T0 + timedelta(minutes=19))
    assert (count(database, AlertReport), count(database, Case)) == (2, 1)


def test_a_later_report_keeps_the_largest_area_and_the_latest_time_in_the_case(
    intake: Intake, database: Database
) -> None:
    episode, later = uuid4(), T0 + timedelta(minutes=10)
    intake.take([delivery(sealed(raised(episode, measurement=look(T0, area_m2=2.0))))])
    intake.take([delivery(sealed(updated(episode, later, measurement=look(later, area_m2=9.0))))])
    with database.session_scope(write=False) as session:
        case = session.exec(select(Case)).one()
    assert (case.peak_area_m2, case.last_seen_at) == (9.0, later)


def test_an_episode_cannot_move_to_another_zone(intake: Intake, database: Database) -> None:
    episode = uuid4()
    outcomes = intake.take([delivery(sealed(raised(episode))), delivery(sealed(updated(episode, zone_id="z2")))])
    assert [outcome.rejected is None for outcome in outcomes] == [True, False]
    assert count(database, AlertReport) == 1


EPISODE = UUID(int=7)
STORY = [
    sealed(raised(EPISODE), message_id=UUID(int=1)),
    sealed(updated(EPISODE), message_id=UUID(int=2)),
    sealed(updated(EPISODE, T0 + timedelta(minutes=15)), message_id=UUID(int=3)),
    sealed(cleared(EPISODE), message_id=UUID(int=4)),
]


@given(st.permutations([0, 1, 2, 3, 0, 3]), st.integers(1, 6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_any_batching_any_doubling_ends_the_same(
    intake: Intake, database: Database, order: list[int], size: int
) -> None:
    edge = f"edge-{uuid4().hex[:8]}"
    story = [delivery(sealed(one.message, edge, one.id)) for one in STORY]
    for start in range(0, len(order), size):
        intake.take([story[index] for index in order[start : start + size]])
    with database.session_scope(write=False) as session:
        alert = session.exec(select(Alert).where(Alert.edge_id == edge)).one()
        reports = session.exec(select(AlertReport).where(AlertReport.alert_id == alert.id)).all()
        cases = session.exec(select(Case).where(Case.edge_id == edge)).all()
    assert (alert.state, alert.raised_at, alert.last_captured_at) == ("cleared", T0, T0 + timedelta(minutes=20))
    assert (alert.dwell_s, len(reports), len(cases)) == (1500.0, 4, 1)
    assert alert.case_id == cases[0].id


def test_t9_a_will_that_comes_after_the_next_birth_is_ignored(intake: Intake, database: Database) -> None:
    def online() -> bool:
        with database.session_scope(write=False) as session:
            edge = session.get(Edge, "edge-1")
            assert edge is not None
            return edge.online

    def say(boot: int, minutes: int, *, here: bool) -> None:
        sent_at = T0 + timedelta(minutes=minutes)
        assert intake.take([delivery(sealed(birth(boot, online=here), sent_at=sent_at))]) == [Outcome(None, None)]

    say(1, 0, here=True)
    assert online()
    say(2, 5, here=True)
    say(1, 0, here=False)
    assert online(), "the will of boot 1 is old news"
    say(1, 0, here=True)
    say(2, 5, here=False)
    assert not online(), "the will of the current boot counts, and a retained birth of long ago did not"
    say(1, 9, here=True)
    assert online(), "an edge that was set up anew starts at 1 again"


def test_the_newest_change_of_a_camera_wins_whatever_comes_last(intake: Intake, database: Database) -> None:
    later = delivery(sealed(health(CameraState.OK, T0 + timedelta(minutes=5))))
    intake.take([later, delivery(sealed(health(CameraState.MOVED)))])
    with database.session_scope(write=False) as session:
        camera = session.exec(select(Camera).order_by(col(Camera.id))).one()
    assert camera.state == "ok"


def test_values_that_no_database_takes_are_dead_letters(intake: Intake, database: Database) -> None:
    huge = delivery(sealed(birth(10**30)))
    assert intake.take([huge, delivery(sealed(raised()))])[0].rejected is not None
    assert (count(database, Alert), count(database, DeadLetter)) == (1, 1)
