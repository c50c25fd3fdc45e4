"""What people and machines still have to do: deadlines, tasks, objections, messages that went nowhere."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from server.calendars import service as calendars
from server.cases.tables import Case, CaseTimer
from server.cases.workflow import State, is_open
from server.checks.finding import Finding, finding, warning
from server.corrections import repository as corrections
from server.fleet.tables import Command
from server.ingest import dead_letters
from server.ingest.tables import DeadLetter
from server.notify.tables import Delivery, Notice
from server.objections import repository as objections

STUCK_AFTER = timedelta(days=1)


def all_of(session: Session, now: datetime) -> Iterator[Finding]:
    """Each finding as it is made."""
    yield _deadlines(session)
    tasks = corrections.overdue(session, now)
    late = [f"task {row.id} of case {row.case_id} was due {row.due_at.isoformat()}" for row in tasks]
    yield finding("correction_tasks", len(tasks), late)
    waiting = objections.overdue(session, now)
    unanswered = [f"objection {row.number} was to be answered by {row.due_at.isoformat()}" for row in waiting]
    yield finding("objections", len(waiting), unanswered)
    yield _notices(session, now)
    yield _commands(session, now)
    yield _unsettled(session)
    yield warning("calendar", 1, calendars.warnings(session, now))


def _deadlines(session: Session) -> Finding:
    """An open case has exactly one live deadline, of its own state; a closed one has none."""
    live = session.exec(select(CaseTimer.case_id, CaseTimer.state).where(col(CaseTimer.live))).all()
    counted = Counter(case_id for case_id, _ in live)
    states = dict(live)
    problems: list[str] = []
    cases = session.exec(select(Case.id, Case.state)).all()
    for case_id, state in cases:
        wanted = 1 if is_open(State(state)) else 0
        if counted[case_id] != wanted:
            problems.append(f"case {case_id} in {state} has {counted[case_id]} live deadlines instead of {wanted}")
        elif wanted and states[case_id] != state:
            problems.append(f"case {case_id} in {state} has the deadline of {states[case_id]}")
    return finding("deadlines", len(cases), problems)


def _notices(session: Session, now: datetime) -> Finding:
    """Notices that were never given to a channel, and deliveries that wait for a day or were given up."""
    never = (col(Notice.routed_at).is_(None), col(Notice.delivered_at).is_(None))
    unrouted = select(Notice).where(*never, col(Notice.queued_at) < now - STUCK_AFTER)
    problems = [f"notice {row.id} to {row.to} lies since {row.queued_at.isoformat()}" for row in session.exec(unrouted)]
    wanted = select(Delivery).where(col(Delivery.state) != "sent").order_by(col(Delivery.made_at))
    unsent = session.exec(wanted).all()
    problems += [
        f"delivery {row.id} by {row.channel} {'was given up' if row.state == 'dead' else 'waits'}: {row.last_error}"
        for row in unsent
        if row.state == "dead" or row.made_at < now - STUCK_AFTER
    ]
    return finding("notices", len(unsent), problems)


def _commands(session: Session, now: datetime) -> Finding:
    waiting = session.exec(select(Command).where(col(Command.answered_at).is_(None))).all()
    stuck = [row for row in waiting if row.sent_at is None and now - STUCK_AFTER > row.queued_at]
    return finding("command_outbox", len(waiting), [f"{row.id} for {row.edge_id} was never sent" for row in stuck])


def _unsettled(session: Session) -> Finding:
    letters = session.exec(select(DeadLetter).where(col(DeadLetter.settled_at).is_(None))).all()
    alarms = dead_letters.unsettled_alarms(session)
    problems = [f"dead letter {row.id} from {row.edge_id}: {row.code}" for row in letters]
    problems += [f"security alarm {row.id} from {row.edge_id}: {row.kind}" for row in alarms]
    return finding("dead_letters", len(letters) + len(alarms), problems)
