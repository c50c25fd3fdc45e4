"""What changes in the ledger opens tasks for the decisions that rested on it, and changes none of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from server.auth.person import SYSTEM
from server.cases.tables import DecisionRow
from server.corrections import service
from server.corrections.tables import CorrectionTask
from server.db import Database
from server.errors import Conflict, InvalidInput
from server.ledger import service as ledger
from server.ledger.tables import Offence
from server.ledger.window import Kind
from server.notify.tables import Notice
from tests.server.corrections.decided import decided, found
from tests.server.ledger.writers import make_subject

START = datetime(2026, 1, 5, 2, tzinfo=UTC)


def on(day: int) -> datetime:
    return START + timedelta(days=day)


@pytest.fixture
def shop(database: Database) -> UUID:
    return make_subject(database, "shop")


def served(session: Session, offence: Offence, at: datetime, now: datetime | None = None) -> None:
    ledger.append(session, offence, Kind.NO_PENALTY_SERVED, at, SYSTEM, now or at, "")


def event(session: Session, offence: Offence, kind: Kind, at: datetime, now: datetime | None = None) -> None:
    ledger.append(session, offence, kind, at, SYSTEM, now or at, "why")


def tasks(session: Session) -> list[CorrectionTask]:
    return list(session.exec(select(CorrectionTask)).all())


def repeated(session: Session, shop: UUID) -> tuple[Offence, Offence]:
    """A served first act, and a second one that was decided as a repeat."""
    prior = found(session, shop, on(0))
    served(session, prior, on(1))
    second = found(session, shop, on(100))
    decided(session, second, on(101), "C3")
    assert tasks(session) == []
    return prior, second


@pytest.mark.parametrize("kind", [Kind.QUASHED, Kind.RELEASED])
def test_a_prior_that_falls_away_opens_a_task_and_changes_no_decision(session: Session, shop: UUID, kind: Kind) -> None:
    prior, second = repeated(session, shop)
    before = [row.model_dump() for row in session.exec(select(DecisionRow))]
    event(session, prior, kind, on(120))
    (task,) = tasks(session)
    assert (task.case_id, task.status, [c["why"] for c in task.causes]) == (second.case_id, "open", ["prior_void"])
    assert (task.old["rule"], task.old["first"], task.new["rule"], task.new["first"]) == ("R22", "NO", "R23", "YES")
    assert [row.model_dump() for row in session.exec(select(DecisionRow))] == before
    (notice,) = session.exec(select(Notice)).all()
    assert (notice.to, notice.template) == ("role:legal", "correction_task")


def test_a_challenge_and_its_dismissal_open_nothing(session: Session, shop: UUID) -> None:
    prior, _ = repeated(session, shop)
    event(session, prior, Kind.CHALLENGED, on(120))
    event(session, prior, Kind.UPHELD, on(121))
    assert tasks(session) == []


def test_one_of_two_priors_quashed_lists_the_decision_with_the_same_answer(session: Session, shop: UUID) -> None:
    one, other = found(session, shop, on(0)), found(session, shop, on(0))
    served(session, one, on(1))
    served(session, other, on(2))
    third = found(session, shop, on(100))
    decided(session, third, on(101), "C3")
    event(session, one, Kind.QUASHED, on(120))
    (task,) = tasks(session)
    assert task.old == task.new
    event(session, other, Kind.QUASHED, on(121))
    (task,) = tasks(session)
    assert (len(task.causes), task.new["rule"]) == (2, "R23")


def test_served_later_than_assumed_makes_the_second_act_no_repeat(session: Session, shop: UUID) -> None:
    prior, _ = repeated(session, shop)
    event(session, prior, Kind.SERVICE_DATE_CORRECTED, on(100) + timedelta(hours=1), now=on(120))
    (task,) = tasks(session)
    assert ([c["why"] for c in task.causes], task.new["rule"]) == (["prior_served_otherwise"], "R23")


def test_a_service_date_needs_a_service_and_no_event_is_to_come(session: Session, shop: UUID) -> None:
    offence = found(session, shop, on(0))
    with pytest.raises(Conflict, match="Nothing was served"):
        event(session, offence, Kind.SERVICE_DATE_CORRECTED, on(0), now=on(1))
    with pytest.raises(InvalidInput):
        event(session, offence, Kind.PENALTY_SERVED, on(2), now=on(1))


def test_a_prior_that_becomes_known_late_shows_that_a_first_was_none(session: Session, shop: UUID) -> None:
    second = found(session, shop, on(100))
    decided(session, second, on(101))
    earlier = found(session, shop, on(-50))
    served(session, earlier, on(10), now=on(130))
    (task,) = tasks(session)
    assert [c["why"] for c in task.causes] == ["earlier_act_came_late", "prior_became_known"]
    assert (task.old["first"], task.new["first"], task.new["rule"]) == ("YES", "NO", "R22")


def test_what_is_not_decided_yet_is_listed_when_its_answer_changes(session: Session, shop: UUID) -> None:
    prior = found(session, shop, on(0))
    served(session, prior, on(1))
    second = found(session, shop, on(100))
    row = decided(session, second, on(101), "L4")
    event(session, prior, Kind.QUASHED, on(102))
    (task,) = tasks(session)
    assert (task.decision_id, task.recommendation_id) == (None, row.id)


def test_other_subjects_natures_and_what_rested_on_nothing_are_left_alone(
    session: Session, database: Database, shop: UUID
) -> None:
    session.commit()
    other = make_subject(database, "other")
    prior = found(session, shop, on(0))
    served(session, prior, on(1))
    for offence in (
        found(session, other, on(100)), found(session, shop, on(100), "site_dust"), found(session, shop, on(900)),
    ):  # fmt: skip
        decided(session, offence, on(901))
    event(session, prior, Kind.QUASHED, on(902))
    assert tasks(session) == []


def test_a_late_task_goes_to_leader_then_head_and_never_settles_itself(session: Session, shop: UUID) -> None:
    prior, _ = repeated(session, shop)
    event(session, prior, Kind.QUASHED, on(120))
    (task,) = tasks(session)
    assert service.sweep(session, on(120)) == 0
    for at, told in ((task.warn_at, "role:legal"), (task.due_at, "role:leader"), (task.late_at, "role:head")):
        assert service.sweep(session, at) == 1
        assert service.sweep(session, at) == 0
        assert session.exec(select(Notice.to).order_by(col(Notice.queued_at).desc())).first() == told
    assert (task.status, task.next_at) == ("open", None)


def test_due_after_two_working_days(session: Session, shop: UUID) -> None:
    prior, _ = repeated(session, shop)
    friday = datetime(2026, 11, 20, 2, tzinfo=UTC)
    event(session, prior, Kind.QUASHED, friday)
    assert tasks(session)[0].due_at == datetime(2026, 11, 24, 2, tzinfo=UTC)
