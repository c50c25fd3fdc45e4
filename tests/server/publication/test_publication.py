"""Published in seven working days, frozen under objection, taken back in three days; an exemption never appears."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from edge.contracts.permits import PermitStatus
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.cases.rulebook import publish_configs
from server.clock import ManualClock
from server.config import ServerSettings
from server.db import Database
from server.errors import Conflict
from server.ledger import repository as ledger_rows
from server.ledger import service as ledger
from server.ledger.window import Kind as Event
from server.notify.tables import Notice
from server.permits import service as permits
from server.permits.schemas import PermitChange, PermitCreate
from server.publication import acts, service, sweep
from server.publication.tables import Kind, Publication, State
from server.subjects import service as subjects
from server.subjects.schemas import SubjectCreate
from tests.server.doors import Doors
from tests.server.permits.test_permits import wanted
from tests.server.subjects import planted

NOW = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
"""A Thursday, ten in the morning in Shanghai; 25 to 27 September and 1 to 7 October 2026 are holidays."""
DAY = timedelta(days=1)


@pytest.fixture
def shop(session: Session, settings: ServerSettings) -> UUID:
    rules = settings
    publish_configs(session, rules.exemptions_dir, rules.violations_dir, rules.calendar_file, NOW - 900 * DAY)
    return subjects.create(session, SubjectCreate(name="小吃店", code="92320402MA00000152"), NOW - 900 * DAY).id


def penalised(session: Session, subject_id: UUID, number: str = "P-1") -> UUID:
    """A case whose penalty was served at NOW."""
    row = planted.case(session, subject_id, number, NOW - 10 * DAY, "C3")
    planted.finding(session, row, (Event.PENALTY_SERVED, NOW))
    return row.id


def only(session: Session) -> Publication:
    return session.exec(select(Publication).execution_options(populate_existing=True)).one()


def test_a_penalty_is_due_seven_working_days_after_it_was_served(session: Session, shop: UUID) -> None:
    penalised(session, shop)
    row = only(session)
    assert (row.kind, row.state) == (Kind.PENALTY, State.DUE)
    # Working days after Thursday the 24th: 28, 29, 30 September, 8, 9, 10 (make-up) and 12 October.
    assert row.due_at == datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


def test_an_exemption_is_never_due(session: Session, shop: UUID) -> None:
    case = planted.case(session, shop, "EX-1", NOW - 10 * DAY)
    planted.exempted(session, case, NOW)
    assert session.exec(select(Publication)).all() == []
    offence = ledger_rows.of_case(session, case.id)
    assert offence is not None
    with pytest.raises(Conflict):
        acts.penalty(session, offence, NOW, SYSTEM, NOW)
    assert {kind.value for kind in Kind} == {"permit", "penalty"}


def test_people_are_warned_and_escalated_and_nothing_is_published_by_itself(session: Session, shop: UUID) -> None:
    penalised(session, shop)
    told: list[str] = []
    for hours in range(0, 24 * 40, 6):
        sweep.sweep(session, NOW + timedelta(hours=hours))
    for notice in session.exec(select(Notice).order_by(Notice.queued_at)):  # type: ignore[arg-type]
        told.append(f"{notice.template} {notice.to}")
    assert told == [f"publication_due role:{role}" for role in (Role.SUPERV, Role.LEADER, Role.HEAD)]
    assert only(session).state == State.DUE


def test_an_objection_freezes_it_and_upholding_gives_the_whole_time_anew(session: Session, shop: UUID) -> None:
    case_id = penalised(session, shop)
    ledger.note(session, case_id, Event.CHALLENGED, NOW + DAY, SYSTEM, NOW + DAY)
    assert only(session).frozen_at == NOW + DAY
    assert sweep.sweep(session, NOW + 60 * DAY) == 0, "no clock runs"
    with pytest.raises(Conflict):
        service.publish(session, only(session).id, "门户网站", SYSTEM, NOW + 2 * DAY)
    upheld = datetime(2026, 10, 19, 2, 0, tzinfo=UTC)
    ledger.note(session, case_id, Event.UPHELD, upheld, SYSTEM, upheld)
    row = only(session)
    assert (row.frozen_at, row.due_at) == (None, datetime(2026, 10, 28, 2, 0, tzinfo=UTC))


def test_a_quashed_decision_that_was_published_is_taken_back_in_three_days(session: Session, shop: UUID) -> None:
    case_id = penalised(session, shop)
    service.publish(session, only(session).id, "信用常州", SYSTEM, NOW + DAY)
    quashed = NOW + 20 * DAY
    ledger.note(session, case_id, Event.QUASHED, quashed, SYSTEM, quashed)
    row = only(session)
    assert (row.state, row.due_at) == (State.WITHDRAW_DUE, quashed + 3 * DAY)
    for hours in range(0, 24 * 6, 3):
        sweep.sweep(session, quashed + timedelta(hours=hours))
    notices = session.exec(select(Notice).where(Notice.template == "withdrawal_due")).all()
    assert sorted(notice.to for notice in notices) == ["role:head", "role:leader", "role:superv"]
    service.withdrawn(session, row.id, "截图编号 7", SYSTEM, quashed + 2 * DAY)
    assert (only(session).state, only(session).next_at) == (State.WITHDRAWN, None)
    assert [step.step for step in service.steps_of(session, row.id)] == [
        "due", "published", "withdraw_due", "withdrawn",
    ]  # fmt: skip


def test_a_decision_quashed_before_it_was_published_never_is(session: Session, shop: UUID) -> None:
    case_id = penalised(session, shop)
    ledger.note(session, case_id, Event.QUASHED, NOW + DAY, SYSTEM, NOW + DAY)
    assert only(session).state == State.WITHDRAWN
    with pytest.raises(Conflict):
        service.publish(session, only(session).id, "门户网站", SYSTEM, NOW + 2 * DAY)


def test_a_penalty_served_anew_is_due_anew(session: Session, shop: UUID) -> None:
    case_id = penalised(session, shop)
    ledger.note(session, case_id, Event.QUASHED, NOW + DAY, SYSTEM, NOW + DAY)
    ledger.note(session, case_id, Event.PENALTY_SERVED, NOW + 2 * DAY, SYSTEM, NOW + 2 * DAY)
    states = sorted(row.state for row in session.exec(select(Publication)))
    assert states == [State.DUE, State.WITHDRAWN]


def test_a_permit_is_due_from_its_approval_and_follows_its_status(session: Session, shop: UUID) -> None:
    step = {"step": "agreed", "body": "区政府", "at": NOW.isoformat()}
    form = PermitCreate.model_validate(wanted(shop, approvals=[step]))
    permits.register(session, form, NOW + DAY)
    row = only(session)
    assert (row.kind, row.decided_at) == (Kind.PERMIT, NOW)
    service.publish(session, row.id, "街道公示栏", SYSTEM, NOW + DAY)

    def change(status: PermitStatus, days: int) -> str:
        permits.change(session, "wb-2026-001", PermitChange(status=status, reason="噪声"), NOW + days * DAY)
        return f"{only(session).state} {'frozen' if only(session).frozen_at else ''}".strip()

    assert change(PermitStatus.SUSPENDED, 2) == "published frozen"
    assert change(PermitStatus.ACTIVE, 3) == "published"
    assert change(PermitStatus.REVOKED, 4) == "withdraw_due"


def test_anybody_reads_what_is_published_and_nothing_else(doors: Doors, database: Database, clock: ManualClock) -> None:
    now = clock.now()
    with database.session_scope() as session:
        person = SubjectCreate(kind="individual", name="王小明", pending_reason="x", contact="13800001234")
        stall = subjects.create(session, person, now - 90 * DAY)
        row = planted.case(session, stall.id, "P-9", now - 10 * DAY, "C3")
        planted.finding(session, row, (Event.PENALTY_SERVED, now - DAY))
        planted.exempted(session, planted.case(session, stall.id, "EX-9", now - 9 * DAY), now - DAY)
    leader = doors.open(Role.LEADER)
    assert doors.anonymous.get("/api/public/publications").json() == {"items": [], "next": None}
    due = leader.get("/api/publications", params={"state": "due"}).json()
    assert len(due) == 1
    url = f"/api/publications/{due[0]['id']}"
    assert leader.post(f"{url}/publish", json={"where": "信用常州"}).json()["state"] == "published"
    shown = doors.anonymous.get("/api/public/publications")
    entries: list[dict[str, Any]] = shown.json()["items"]
    assert [entry["body"]["case_number"] for entry in entries] == ["P-9"]
    for personal in ("王小明", "13800001234", str(stall.id), "EX-9"):
        assert personal not in shown.text
    assert entries[0]["body"]["party"] == "王**"
    with database.session_scope() as session:
        ledger.note(session, row.id, Event.CHALLENGED, now, SYSTEM, now)
    assert doors.anonymous.get("/api/public/publications").json()["items"] == [], "frozen"
    stranger = doors.open(Role.LEADER, districts=["elsewhere"])
    assert stranger.get(url).status_code == 404
    assert stranger.get("/api/publications").json() == []
    assert stranger.post(f"{url}/withdrawn", json={"reason": "x"}).status_code == 404
    assert leader.get(url).json()["steps"][-1]["step"] == "frozen"
    assert doors.open(Role.SEAT).post(f"{url}/withdrawn", json={"reason": "x"}).status_code == 403
