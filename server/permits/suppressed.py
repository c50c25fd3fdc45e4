"""Cases that were closed as permitted (A2) although the permit did not hold: for a person to reopen (A2 -> A1)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, and_, col, or_, select

from edge.contracts.permits import LOCAL, PermitStatus
from server.cases.tables import Case, CaseStep
from server.cases.workflow import State
from server.permits import repository
from server.permits.tables import PermitRow

ENDED_BY_REMINDER = State.W0.value


def cases_of(session: Session, row: PermitRow) -> list[UUID]:
    """The suppressed cases of acts in the permit's zones while it did not hold, oldest first.

    A case that ended after a reminder (W0 -> A2) was put right: that has nothing to do with the permit.
    """
    areas = repository.areas_of(session, [row.id])[row.id]
    gaps = _without(session, row)
    if not areas or not gaps:
        return []
    here = or_(*(and_(col(Case.camera_id) == a.camera_id, col(Case.zone_id) == a.zone_id) for a in areas))
    wanted = select(Case).where(Case.state == State.A2.value, here, col(Case.began_at) >= gaps[0][0])
    rows = session.exec(wanted.order_by(col(Case.began_at), col(Case.id))).all()
    inside = [case for case in rows if any(since <= case.began_at < until for since, until in gaps)]
    return [case.id for case in inside if not _after_reminder(session, case.id)]


def _without(session: Session, row: PermitRow) -> list[tuple[datetime, datetime]]:
    """The times at which the permit was suspended, revoked, or of a holder who had left; all of it when invalid."""
    end = datetime.combine(row.valid_to + timedelta(days=2), datetime.min.time(), LOCAL)
    changes = repository.changes_of(session, [row.id])[row.id]
    if any(change.found_invalid for change in changes):
        return [(datetime.combine(row.valid_from, datetime.min.time(), LOCAL), end)]
    gaps: list[tuple[datetime, datetime]] = []
    for i, change in enumerate(changes):
        until = changes[i + 1].served_at if i + 1 < len(changes) else end
        if change.status != PermitStatus.ACTIVE.value:
            gaps.append((change.served_at, until))
    if row.holder_left_at is not None:
        gaps.append((row.holder_left_at, end))
    return sorted(gaps)


def _after_reminder(session: Session, case_id: UUID) -> bool:
    wanted = select(CaseStep).where(CaseStep.case_id == case_id, CaseStep.to_state == State.A2.value)
    last = session.exec(wanted.order_by(col(CaseStep.ordinal).desc())).first()
    return last is not None and last.from_state == ENDED_BY_REMINDER
