"""What falls due: the reminder window, the correction deadline, the review date, and the marks at 70, 100, 150 %."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.commands import Recheck
from edge.contracts.ids import uuid7
from server.cases import history, notices, repository, timers
from server.cases.deadlines import DUE, LATE, WARN
from server.cases.moves import by_system, note
from server.cases.tables import Case, CaseTimer
from server.cases.workflow import State
from server.fleet import commands

S = State
ANSWER_WITHIN = timedelta(minutes=2)
"""How long after the window an edge may take to answer the recheck; then people must look."""


@dataclass(frozen=True)
class Swept:
    """How many timers were looked at, and how many rechecks were asked for."""

    timers: int
    rechecks: int


def sweep(session: Session, now: datetime, limit: int = 200) -> Swept:
    """Claim and handle what is due; rechecks to ask for go to the command outbox.

    Several replicas may sweep at once: a held case is left to whoever holds it.
    """
    due = repository.due_timers(session, now, limit)
    rechecks = done = 0
    for found in due:
        case = _claim(session, found.case_id)
        if case is None:
            continue
        timer = timers.live(session, case)
        if timer is None or timer.id != found.id or timer.next_at is None or timer.next_at > now:
            continue
        rechecks += _handle(session, case, timer, now)
        done += 1
    return Swept(done, rechecks)


def _claim(session: Session, case_id: UUID) -> Case | None:
    wanted = select(Case).where(col(Case.id) == case_id).with_for_update(skip_locked=True)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def _handle(session: Session, case: Case, timer: CaseTimer, now: datetime) -> int:
    """What this timer asks for; how many rechecks that made."""
    if timer.state == S.W0:
        return _reminder_over(session, case, timer, now)
    if now >= timer.due_at and timer.state == S.W6:
        by_system(session, case, S.L1, "期限届满未报改正 / the deadline passed without a report", now)
    elif now >= timer.due_at and timer.state == S.W9:
        by_system(session, case, S.W1, "复查日期已到 / the review date is reached", now)
    else:
        _tell(session, case, timer, now)
    return 0


def _reminder_over(session: Session, case: Case, timer: CaseTimer, now: datetime) -> int:
    if now < timer.due_at:
        timers.told(session, timer, WARN)
        return 0
    if timer.told >= DUE:
        by_system(session, case, S.W1, "提醒期满，复看无应答 / no answer to the re-check: people must look", now)
        return 0
    recheck = Recheck(command_id=uuid7(now), camera_id=case.camera_id, zone_id=case.zone_id, violation=case.violation)
    before = history.snapshot(case)
    case.recheck_id = recheck.command_id
    commands.queue_command(session, case.edge_id, recheck, now)
    timer.told, timer.next_at = DUE, now + ANSWER_WITHIN
    session.add(timer)
    told = {"command_id": str(recheck.command_id)}
    note(session, case, "提醒期满，请求复看 / window over, re-check asked", told, before, now)
    return 1


def _tell(session: Session, case: Case, timer: CaseTimer, now: datetime) -> None:
    marks = ((WARN, timer.warn_at), (DUE, timer.due_at), (LATE, timer.late_at))
    reached = [share for share, at in marks if at <= now and share > timer.told]
    for share in reached:
        notices.of_deadline(session, case, share, str(timer.id), now)
        before = history.snapshot(case)
        told = {"share": share, "due_at": timer.due_at.isoformat()}
        note(session, case, "时限提示 / deadline mark", told, before, now, kind="deadline")
    if reached:
        timers.told(session, timer, reached[-1])
