"""Record findings and what became of them; count "first" under a lock on the subject.

Every entry also goes, whole, into the audit chain: an entry that was changed, taken out or slipped in shows there.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.audit import service as audit
from server.auth.person import Person
from server.corrections import service as corrections
from server.errors import Conflict, InvalidInput
from server.ledger import repository
from server.ledger.sealed import EVENT, FINDING, content_of
from server.ledger.tables import Offence, OffenceEvent
from server.ledger.window import Count, Kind, count_first, standing_of
from server.publication import follow as publication
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
    """Enter a confirmed finding; a case has at most one, a second call returns it.

    Raises Conflict when the case's finding is another subject's: it stays on that one's record until it is quashed.
    """
    subjects.lock(session, subject_id)
    known = repository.of_case(session, case_id)
    if known is not None:
        if known.subject_id != subject_id:
            facts = {"offence_id": str(known.id), "subject_id": str(known.subject_id)}
            raise Conflict(
                "ledger.finding_of_another", "This case's finding is another subject's: split the case", facts
            )
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
    audit.record(session, by, FINDING, offence.id, content_of(offence), now)
    corrections.act_entered(session, offence, by, now)
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
    """Append one event to a finding whose subject the caller holds; open a correction task for each decision that
    rested on how the finding stood. Raises InvalidInput for an `at` that is to come, Conflict when a service date is
    corrected and nothing was served.
    """
    known = repository.events_of(session, [offence]).get(offence.id, [])
    before = standing_of(offence.id, known)
    if at > now:
        raise InvalidInput([{"field": "at", "value": at.isoformat(), "allowed": "a time that has passed"}])
    if kind is Kind.SERVICE_DATE_CORRECTED and before.served_at is None:
        raise Conflict("ledger.nothing_served", "Nothing was served yet", {"offence_id": str(offence.id)})
    event = OffenceEvent(
        id=uuid7(now),
        offence_id=offence.id,
        ordinal=len(known) + 1,
        kind=kind.value,
        at=at,
        recorded_at=now,
        recorded_by=by.id,
        note=text,
    )
    session.add(event)
    session.flush()
    audit.record(session, by, EVENT, event.id, content_of(event), now)
    after = standing_of(offence.id, [*known, (kind, at)])
    corrections.prior_changed(session, offence, before, after, by, now)
    publication.ledger_event(session, offence, kind, at, by, now)


def first_for(
    session: Session,
    subject_id: UUID,
    nature_group: str,
    act_at: datetime,
    months: int,
    except_case: UUID | None = None,
    locked: bool = True,
    exemptions_count: bool = True,
) -> Count:
    """Whether an act at `act_at` is the subject's first of this nature in the window of so many months.

    `locked` holds the subject until the transaction ends, so that two deciding at once see each other; a plain look
    (which decides nothing) goes without.
    """
    if locked:
        subjects.lock(session, subject_id)
    priors = [o for o in repository.of_subject(session, subject_id, nature_group) if o.case_id != except_case]
    events = repository.events_of(session, priors)
    standings = [standing_of(o.id, events.get(o.id, []), exemptions_count) for o in priors]
    return count_first(act_at, standings, months)
