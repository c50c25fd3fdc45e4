"""What is known around a page of cases, each kind of thing read once for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select, tuple_

from server.alerts.tables import Alert, AlertReport
from server.auth.person import Person
from server.cases.tables import Case
from server.cases.workflow import ENDS
from server.evidence.tables import EvidenceLink
from server.ledger import repository as ledger
from server.ledger.tables import Offence
from server.ledger.window import Kind
from server.permits import repository as permits
from server.permits.standing import Known
from server.permits.tables import PermitArea, PermitRow
from server.places.tables import CameraPlace
from server.reports_by_people.tables import PersonReport
from server.review.tables import ReviewClaim, ReviewDoubt
from server.subjects.tables import UNKNOWN_SUBJECT_ID, Contact, Subject

EARLIER_SHOWN = 5
_ENDED = [state.value for state in ENDS]
Place = tuple[str, str, str]
"""Edge, camera and zone."""


@dataclass
class Surroundings:
    """Rows by what they belong to. `earlier` has the newest few cases of each subject and how many there are."""

    alerts: dict[UUID, list[Alert]] = field(default_factory=lambda: defaultdict(list))
    links: dict[UUID, list[EvidenceLink]] = field(default_factory=lambda: defaultdict(list))
    reports: dict[UUID, AlertReport] = field(default_factory=dict)
    told: dict[UUID, str] = field(default_factory=dict)
    subjects: dict[UUID, Subject] = field(default_factory=dict)
    reachable: set[UUID] = field(default_factory=set)
    findings: dict[UUID, list[Offence]] = field(default_factory=lambda: defaultdict(list))
    events: dict[UUID, list[tuple[Kind, datetime]]] = field(default_factory=dict)
    earlier: dict[UUID, tuple[int, list[Case]]] = field(default_factory=dict)
    permits: dict[str, PermitRow] = field(default_factory=dict)
    known_permits: dict[str, Known] = field(default_factory=dict)
    areas: dict[str, list[PermitArea]] = field(default_factory=dict)
    open_here: dict[Place, list[Case]] = field(default_factory=lambda: defaultdict(list))
    cameras: dict[tuple[str, str], CameraPlace] = field(default_factory=dict)
    claims: dict[UUID, ReviewClaim] = field(default_factory=dict)
    doubts: dict[UUID, ReviewDoubt] = field(default_factory=dict)


def place_of(case: Case) -> Place:
    """Where a case is."""
    return case.edge_id, case.camera_id, case.zone_id


def of_cases(session: Session, person: Person, cases: Sequence[Case]) -> Surroundings:
    """Everything around these cases. The number of queries does not depend on how many there are."""
    found = Surroundings()
    if not cases:
        return found
    ids = {case.id for case in cases}
    _claims_of(session, cases, found)
    _subjects_of(session, person, {case.subject_id for case in cases} - {UNKNOWN_SUBJECT_ID}, found)
    _permits_of(session, cases, found)
    _open_cases_near(session, person, cases, found)
    for row in session.exec(select(ReviewClaim).where(col(ReviewClaim.case_id).in_(ids))):
        found.claims[row.case_id] = row
    for doubt in session.exec(select(ReviewDoubt).where(col(ReviewDoubt.case_id).in_(ids))):
        found.doubts[doubt.case_id] = doubt
    cameras = {(case.edge_id, case.camera_id) for case in cases}
    here = tuple_(col(CameraPlace.edge_id), col(CameraPlace.camera_id)).in_(cameras)
    found.cameras = {(row.edge_id, row.camera_id): row for row in session.exec(select(CameraPlace).where(here))}
    return found


def _claims_of(session: Session, cases: Iterable[Case], found: Surroundings) -> None:
    """Alerts, their files, the reports that have files, and what callers said."""
    ids = {key for case in cases for key in (case.id, case.sibling_of) if key is not None}
    alerts = session.exec(select(Alert).where(col(Alert.case_id).in_(ids)).order_by(col(Alert.raised_at))).all()
    for alert in alerts:
        if alert.case_id is not None:
            found.alerts[alert.case_id].append(alert)
    keys = {alert.id for alert in alerts}
    links = session.exec(select(EvidenceLink).where(col(EvidenceLink.alert_id).in_(keys))).all()
    for link in links:
        if link.alert_id is not None:
            found.links[link.alert_id].append(link)
    wanted = select(AlertReport).where(col(AlertReport.id).in_({link.source_id for link in links}))
    found.reports = {row.id: row for row in session.exec(wanted)}
    told = select(PersonReport.alert_id, PersonReport.text).where(col(PersonReport.alert_id).in_(keys))
    found.told = dict(session.exec(told).all())


def _subjects_of(session: Session, person: Person, ids: set[UUID], found: Surroundings) -> None:
    """Subjects, whether they can be reached, their findings and their earlier cases."""
    found.subjects = {row.id: row for row in session.exec(select(Subject).where(col(Subject.id).in_(ids)))}
    contacts = select(Contact.subject_id).where(col(Contact.subject_id).in_(ids), col(Contact.ended_at).is_(None))
    found.reachable = {row.id for row in found.subjects.values() if row.contact} | set(
        session.exec(contacts.distinct())
    )
    findings = list(session.exec(select(Offence).where(col(Offence.subject_id).in_(ids)).order_by(col(Offence.act_at))))
    for offence in findings:
        found.findings[offence.subject_id].append(offence)
    found.events = ledger.events_of(session, findings)
    mine = (
        select(
            Case.id,
            func.row_number().over(partition_by=col(Case.subject_id), order_by=col(Case.id).desc()).label("nth"),
            func.count().over(partition_by=col(Case.subject_id)).label("of"),
        ).where(col(Case.subject_id).in_(ids))
    )  # fmt: skip
    ranked = person.reach.limit(mine, Case.district).subquery()
    wanted = select(Case, ranked.c.of).join(ranked, ranked.c.id == Case.id).where(ranked.c.nth <= EARLIER_SHOWN + 1)
    for case, count in session.exec(wanted.order_by(col(Case.id).desc())):
        found.earlier.setdefault(case.subject_id, (count, []))[1].append(case)


def _permits_of(session: Session, cases: Iterable[Case], found: Surroundings) -> None:
    """Permits of the zones and of the subjects."""
    zones = {(case.camera_id, case.zone_id) for case in cases}
    subjects = {case.subject_id for case in cases} - {UNKNOWN_SUBJECT_ID}
    here = select(PermitArea.permit_id).where(tuple_(col(PermitArea.camera_id), col(PermitArea.zone_id)).in_(zones))
    wanted = select(PermitRow).where(or_(col(PermitRow.id).in_(here), col(PermitRow.subject_id).in_(subjects)))
    rows = list(session.exec(wanted.order_by(col(PermitRow.id))))
    found.permits = {row.id: row for row in rows}
    found.known_permits = {known.id: known for known in permits.known(session, rows)}
    found.areas = permits.areas_of(session, [row.id for row in rows])


def _open_cases_near(session: Session, person: Person, cases: Iterable[Case], found: Surroundings) -> None:
    """Open cases of the same zones, newest first."""
    zones = {place_of(case) for case in cases if case.camera_id}
    here = tuple_(col(Case.edge_id), col(Case.camera_id), col(Case.zone_id)).in_(zones)
    wanted = select(Case).where(here, col(Case.state).not_in(_ENDED))
    for case in session.exec(person.reach.limit(wanted, Case.district).order_by(col(Case.id).desc())):
        found.open_here[place_of(case)].append(case)
