"""Record findings and what became of them; count "first" under a lock on the subject."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.auth.person import Person
from server.ledger import repository
from server.ledger.tables import Offence, OffenceEvent
from server.ledger.window import Count, Kind, count_first, standing_of
from server.subjects import service as subjects


def record(
    session: Session,
    subject_id: UUID,
    nature_group: str,
    item_code: str,
    case_id: UUID,
    act_at: datetime,
    by: Person,
    now: datetime,
) -> Offence:
    """Enter a confirmed finding; a case has at most one, a second call returns it."""
    subjects.lock(session, subject_id)
    known = repository.of_case(session, case_id)
    if known is not None:
        return known
    offence = Offence(
        id=uuid7(now),
        subject_id=subject_id,
        nature_group=nature_group,
        item_code=item_code,
        ordinal=repository.last_ordinal(session, subject_id, nature_group) + 1,
        case_id=case_id,
        act_at=act_at,
        confirmed_at=now,
        confirmed_by=by.id,
    )
    session.add(offence)
    session.flush()
    return offence


def note(session: Session, case_id: UUID, kind: Kind, at: datetime, by: Person, now: datetime, text: str = "") -> bool:
    """Append what happened to a case's finding at `at`; False when the case has none."""
    offence = repository.of_case(session, case_id)
    if offence is None:
        return False
    subjects.lock(session, offence.subject_id)
    append(session, offence, kind, at, by, now, text)
    return True


def append(session: Session, offence: Offence, kind: Kind, at: datetime, by: Person, now: datetime, text: str) -> None:
    """Append one event to a finding whose subject the caller holds."""
    event = OffenceEvent(
        id=uuid7(now),
        offence_id=offence.id,
        ordinal=repository.event_count(session, offence.id) + 1,
        kind=kind.value,
        at=at,
        recorded_at=now,
        recorded_by=by.id,
        note=text,
    )
    session.add(event)
    session.flush()


def first_for(
    session: Session,
    subject_id: UUID,
    nature_group: str,
    act_at: datetime,
    months: int,
    except_case: UUID | None = None,
    locked: bool = True,
) -> Count:
    """Whether an act at `act_at` is the subject's first of this nature in the window.

    `locked` holds the subject until the transaction ends, so that two deciding at once see each other; a plain look
    (which decides nothing) goes without.
    """
    if locked:
        subjects.lock(session, subject_id)
    priors = [o for o in repository.of_subject(session, subject_id, nature_group) if o.case_id != except_case]
    events = repository.events_of(session, priors)
    return count_first(act_at, [standing_of(o.id, events.get(o.id, [])) for o in priors], months)
