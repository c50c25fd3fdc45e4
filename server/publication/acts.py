"""Which acts must be published: permits when they are registered, penalties when they are served."""

from datetime import datetime

from sqlmodel import Session

from edge.contracts.permits import LOCAL
from server.auth.person import Person
from server.cases.tables import Case
from server.errors import Conflict
from server.ledger import repository as ledger
from server.ledger.tables import Offence
from server.ledger.window import Kind as Event
from server.permits.tables import PermitRow
from server.policy import publication as published
from server.publication import content, service
from server.publication.tables import Kind, Publication
from server.subjects import service as subjects


def permit(session: Session, row: PermitRow, decided_at: datetime, by: Person, now: datetime) -> Publication:
    """A permit was granted."""
    holder = subjects.get(session, row.subject_id)
    body = content.permit_content(row, holder.name, holder.kind != "known").model_dump(mode="json")
    return service.due_for_decision(
        session, Kind.PERMIT, row.id, row.subject_id, decided_at, f"许可{row.number}", body, by, now, row.district
    )  # fmt: skip


def penalty(session: Session, offence: Offence, served_at: datetime, by: Person, now: datetime) -> Publication:
    """A penalty was served. Raises Conflict for a finding without one: an exemption is never published."""
    events = ledger.events_of(session, [offence])[offence.id]
    if not any(kind is Event.PENALTY_SERVED for kind, _ in events):
        raise Conflict("publication.no_penalty", "Only a penalty that was served is published")
    party = subjects.get(session, offence.subject_id)
    case = session.get(Case, offence.case_id)
    number, district = (case.number, case.district) if case else (str(offence.case_id), party.district)
    act = _act(session, offence)
    body = content.penalty_content(number, party.name, party.kind != "known", act, served_at).model_dump(mode="json")
    return service.due_for_decision(
        session, Kind.PENALTY, str(offence.id), party.id, served_at, f"处罚{number}", body, by, now, district,
        offence.case_id,
    )  # fmt: skip


def _act(session: Session, offence: Offence) -> str:
    """The item's name in the list of the day of the act; the code where the list does not know it."""
    listing = published.exemptions_on(session, offence.act_at.astimezone(LOCAL).date())
    item = listing.item(offence.item_code) if listing else None
    return item.name.zh if item else offence.item_code
