"""What waits and is no case: objections, correction tasks, dead letters, alarms, assignments against advice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select, true

from server.auth.person import Person
from server.auth.roles import Role
from server.corrections.tables import CorrectionTask
from server.dispatch.tables import AssignmentAgainst
from server.fleet.tables import Edge
from server.ingest.tables import AlarmSettlement, DeadLetter, SecurityAlarm
from server.notify.tables import Delivery
from server.objections.tables import Objection

R = Role
LOOK_BACK = timedelta(days=7)
"""How long an assignment against advice stays on the shift leader's desk."""


@dataclass(frozen=True)
class Other:
    """One kind, with how many wait and how many of them are late."""

    kind: str
    waiting: int
    late: int = 0


def of(session: Session, person: Person, now: datetime) -> list[Other]:
    """What there is for this person's roles."""
    return [Other(kind, *count(session, person, now)) for kind, (roles, count) in KINDS.items() if person.has(*roles)]


def _objections(session: Session, person: Person, now: datetime) -> tuple[int, int]:
    late = func.sum(case((col(Objection.due_at) < now, 1), else_=0))
    wanted = select(func.count(), late).select_from(Objection).where(Objection.status == "open")
    waiting, overdue = session.exec(person.reach.limit(wanted, Objection.district)).one()
    return waiting, overdue or 0


def _corrections(session: Session, person: Person, now: datetime) -> tuple[int, int]:
    late = func.sum(case((col(CorrectionTask.due_at) < now, 1), else_=0))
    wanted = select(func.count(), late).select_from(CorrectionTask).where(CorrectionTask.status == "open")
    waiting, overdue = session.exec(person.reach.limit(wanted, CorrectionTask.district)).one()
    return waiting, overdue or 0


def _of_edges(person: Person, edge_id: Mapped[str | None] | Mapped[str]) -> ColumnElement[bool]:
    if person.reach.everywhere:
        return true()
    return edge_id.in_(person.reach.limit(select(Edge.id), Edge.district))


def _letters(session: Session, person: Person, _now: datetime) -> tuple[int]:
    wanted = select(func.count()).select_from(DeadLetter).where(col(DeadLetter.settled_at).is_(None))
    return (session.exec(wanted.where(_of_edges(person, col(DeadLetter.edge_id)))).one(),)


def _alarms(session: Session, person: Person, _now: datetime) -> tuple[int]:
    settled = select(AlarmSettlement.alarm_id)
    wanted = select(func.count()).select_from(SecurityAlarm).where(col(SecurityAlarm.id).not_in(settled))
    return (session.exec(wanted.where(_of_edges(person, col(SecurityAlarm.edge_id)))).one(),)


def _against(session: Session, person: Person, now: datetime) -> tuple[int]:
    wanted = select(func.count()).select_from(AssignmentAgainst).where(AssignmentAgainst.sent_at > now - LOOK_BACK)
    return (session.exec(person.reach.limit(wanted, AssignmentAgainst.district)).one(),)


def _deliveries(session: Session, person: Person, _now: datetime) -> tuple[int]:
    wanted = select(func.count()).select_from(Delivery).where(Delivery.state == "dead")
    return (session.exec(person.reach.limit(wanted, Delivery.district)).one(),)


Counted = Callable[[Session, Person, datetime], tuple[int, ...]]
KINDS: dict[str, tuple[tuple[Role, ...], Counted]] = {
    "objections": ((R.OFFICER, R.LEADER, R.LEGAL, R.HEAD, R.AUDITOR), _objections),
    "corrections": ((R.LEGAL, R.HEAD, R.AUDITOR), _corrections),
    "letters": ((R.SUPERV,), _letters),
    "alarms": ((R.SUPERV,), _alarms),
    "against": ((R.SUPERV, R.LEADER, R.HEAD, R.AUDITOR), _against),
    "deliveries": ((R.SUPERV, R.LEADER, R.AUDITOR), _deliveries),
}
"""By whom each is seen, as the routes that list them say."""
