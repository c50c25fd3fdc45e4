"""Every listed move of a case is made, and what it tells is said in both languages, to whom the template is for."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlmodel import Session, select

from server.cases import notices
from server.cases.rulebook import publish_configs
from server.cases.tables import Case
from server.cases.workflow import TRANSITIONS
from server.clock import ManualClock
from server.config import CONFIGS, ServerSettings
from server.db import Database
from server.notify.tables import Notice
from server.notify.templates import known, render

OFFICER = UUID(int=77)


def moved(session: Session, shop: UUID, clock: ManualClock, to: str) -> Case:
    now = clock.now()
    case = Case(
        id=uuid4(), number=str(uuid4()), state=to, edge_id="e", camera_id="c", zone_id="z", violation="v",
        violation_version=1, item_code="CG-01", permit="none", subject_id=shop, opened_at=now, began_at=now,
        last_seen_at=now, assignee_id=OFFICER, handler_id=OFFICER, order_due_at=now + timedelta(hours=1),
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def test_every_move_tells_what_its_templates_say(database: Database, clock: ManualClock, shop: UUID) -> None:
    rules = ServerSettings()
    with database.session_scope() as session:
        publish_configs(session, CONFIGS / "exemptions", rules.violations_dir, rules.calendar_file, clock.now())
    told: set[str] = set()
    with database.session_scope() as session:
        for move in TRANSITIONS:
            case = moved(session, shop, clock, move.to.value)
            notices.of_move(session, case, move.frm, clock.now())
            for notice in session.exec(select(Notice).where(Notice.case_id == case.id)):
                zh, en = render(notice.template, notice.facts)
                assert zh
                assert en
                template = known()[notice.template]
                assert {move.to.value, f"{move.frm}>{move.to}"} & set(template.told_at), (move, notice.template)
                assert notice.to.partition(":")[0] in template.to
                assert notice.district == case.district
                told.add(notice.template)
    assert told >= {
        "task",
        "reminder",
        "order",
        "decision",
        "corrected",
        "rework",
        "closed_corrected",
        "decision_revoked",
    }
