"""Which evidence is there, and who has looked at what is sealed."""

from datetime import datetime

from sqlmodel import Session

from server.alerts.tables import Alert
from server.auth.person import Person
from server.errors import NotFound
from server.evidence import links
from server.evidence.store import Stored
from server.evidence.tables import EvidenceFile
from server.fleet import service as fleet
from server.fleet.tables import Command


def register(session: Session, stored: Stored, by: Person, now: datetime, home: str = fleet.LOCAL) -> bool:
    """Remember a stored file, of the sender's district or else of `home`; False when it was known."""
    if session.get(EvidenceFile, stored.sha256) is not None:
        return False
    session.add(
        EvidenceFile(
            sha256=stored.sha256,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            stored_at=now,
            stored_by=by.name,
            stored_by_id=by.id,
            district=fleet.district_of(session, by.edge_id, home) if by.edge_id else by.reach.only or home,
        )
    )
    session.flush()
    return True


def file_of(session: Session, sha256: str, person: Person) -> EvidenceFile:
    """The file's row. Raises NotFound, also for one that is out of reach: sent from another district and used only
    in alerts and re-checks of other districts.
    """
    row = session.get(EvidenceFile, sha256)
    if row is None or not _is_within_reach(session, row, person):
        raise NotFound("evidence", sha256)
    return row


def _is_within_reach(session: Session, row: EvidenceFile, person: Person) -> bool:
    if person.reach.holds(row.district) or row.stored_by_id == person.id:
        return True
    uses = links.of_file(session, row.sha256)
    alerts = [session.get(Alert, link.alert_id) for link in uses if link.alert_id is not None]
    rechecks = [session.get(Command, link.source_id) for link in uses if link.source_kind == "recheck"]
    districts = {alert.district for alert in alerts if alert is not None}
    districts |= {fleet.district_of(session, asked.edge_id, "") for asked in rechecks if asked is not None}
    return any(person.reach.holds(district) for district in districts)
