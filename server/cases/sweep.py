"""What falls due: the reminder window, the correction deadline, the review date, and the marks at 70, 100, 150 %.

Everything is kept as an instant and a mark that was told, so a restart, a suspended process or a clock that jumps back
neither loses nor repeats anything; `server.jobs` keeps hands off while the clock itself cannot be trusted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from server.calendars import service as calendars
from server.cases import clocks, history, notices, repository, timers
from server.cases.deadlines import DUE, LATE, WARN
from server.cases.loop import LOOP, Loop
from server.cases.moves import by_system, note
from server.cases.seen import ask_again, conclude
from server.cases.tables import Case, CaseTimer
from server.cases.workflow import State

S = State


@dataclass(frozen=True)
class Swept:
    """How many timers and legal clocks were looked at, and how many rechecks were asked for."""

    timers: int
    rechecks: int


def sweep(session: Session, now: datetime, limit: int = 200, loop: Loop = LOOP) -> Swept:
    """Claim and handle what is due; rechecks to ask for go to the command outbox.

    Several replicas may sweep at once: a held case is left to whoever holds it.
    """
    rechecks = done = 0
    for found in repository.due_timers(session, now, limit):
        case = _claim(session, found.case_id)
        if case is None:
            continue
        timer = timers.live(session, case)
        if timer is None or timer.id != found.id or timer.next_at is None or timer.next_at > now:
            continue
        rechecks += _handle(session, case, timer, now, loop)
        done += 1
    return Swept(done + _legal_marks(session, now, limit, loop), rechecks)


def _claim(session: Session, case_id: UUID) -> Case | None:
    wanted = select(Case).where(col(Case.id) == case_id).with_for_update(skip_locked=True)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def _handle(session: Session, case: Case, timer: CaseTimer, now: datetime, loop: Loop) -> int:
    """What this timer asks for; how many rechecks that made."""
    if timer.state == S.W0:
        return _reminder_over(session, case, timer, now, loop)
    _tell(session, case, timer, now, loop)
    if now >= timer.due_at and timer.state == S.W6:
        by_system(session, case, S.L1, "期限届满未报改正 / the deadline passed without a report", now, loop)
    elif now >= timer.due_at and timer.state == S.W9:
        by_system(session, case, S.W1, "复查日期已到 / the review date is reached", now, loop)
    return 0


def _reminder_over(session: Session, case: Case, timer: CaseTimer, now: datetime, loop: Loop) -> int:
    if now < timer.due_at:
        timers.told(session, timer, WARN)
        return 0
    if timer.told >= DUE:
        conclude(session, case, now, over=True, loop=loop)
        return 0
    asked = ask_again(session, case, now, loop)
    wait = timedelta(minutes=calendars.current(session).limits.recheck_answer_minutes)
    timer.told, timer.next_at = DUE, now + wait
    session.add(timer)
    if not asked:
        conclude(session, case, now, over=True, loop=loop)
    return asked


def _tell(session: Session, case: Case, timer: CaseTimer, now: datetime, loop: Loop) -> None:
    marks = ((WARN, timer.warn_at), (DUE, timer.due_at), (LATE, timer.late_at))
    reached = [share for share, at in marks if at <= now and share > timer.told]
    for share in reached:
        notices.of_deadline(session, case, share, str(timer.id), now)
        before = history.snapshot(case)
        told = {"share": share, "due_at": timer.due_at.isoformat()}
        note(session, case, "时限提示 / deadline mark", told, before, now, kind="deadline", loop=loop)
    if reached:
        timers.told(session, timer, reached[-1])


def _legal_marks(session: Session, now: datetime, limit: int, loop: Loop) -> int:
    done = 0
    for row in clocks.due(session, now, limit):
        case = _claim(session, row.case_id)
        if case is None:
            continue
        for share in clocks.reached(row, now):
            zh, en = clocks.NAMES[row.kind]  # type: ignore[index]
            notices.of_clock(session, case, row, (zh, en), share, now)
            before = history.snapshot(case)
            told = {"share": share, "due_at": row.due_at.isoformat(), "clock": row.kind}
            note(session, case, f"{zh} / {en}", told, before, now, kind="deadline", loop=loop)
        session.add(row)
        done += 1
    return done
