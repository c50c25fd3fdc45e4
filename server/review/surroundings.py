"""What is known around a page of cases, each kind of thing read once for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
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
OPEN_SHOWN = 5
_ENDED = [state.value for state in ENDS]
Place = tuple[str, str, str]
"""Edge, camera and zone."""


@dataclass(frozen=True)
class Glimpse:
    """What is said of another case."""

    id: UUID
    number: str
    state: str
    violation: str
    item_code: str | None
    opened_at: datetime
    verified_at: datetime | None


@dataclass
class Surroundings:
    """Rows by what they belong to. `earlier` has the newest few cases of each subject and how many there are,
    `open_here` the newest few that are open at each place.
    """

    alerts: dict[UUID, list[Alert]] = field(default_factory=lambda: defaultdict(list))
    links: dict[UUID, list[EvidenceLink]] = field(default_factory=lambda: defaultdict(list))
    reports: dict[UUID, list[AlertReport]] = field(default_factory=lambda: defaultdict(list))
    told: dict[UUID, str] = field(default_factory=dict)
    subjects: dict[UUID, Subject] = field(default_factory=dict)
    reachable: set[UUID] = field(default_factory=set)
    findings: dict[UUID, list[Offence]] = field(default_factory=lambda: defaultdict(list))
    events: dict[UUID, list[tuple[Kind, datetime]]] = field(default_factory=dict)
    earlier: dict[UUID, tuple[int, list[Glimpse]]] = field(default_factory=dict)
    permits: dict[str, PermitRow] = field(default_factory=dict)
    known_permits: dict[str, Known] = field(default_factory=dict)
    areas: dict[str, list[PermitArea]] = field(default_factory=dict)
    open_here: dict[Place, list[Glimpse]] = field(default_factory=lambda: defaultdict(list))
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
    for row in session.exec(select(AlertReport).where(col(AlertReport.id).in_({link.source_id for link in links}))):
        found.reports[row.alert_id].append(row)
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
    newest = _newest_of_each(person, (Case.subject_id,), EARLIER_SHOWN + 1, col(Case.subject_id).in_(ids))
    for subject_id, count, *told in session.exec(newest):
        found.earlier.setdefault(subject_id, (count, []))[1].append(Glimpse(*told))


def _newest_of_each(person: Person, by: tuple[Any, ...], how_many: int, *conditions: Any) -> Any:
    """(what it is sorted by, how many there are, the columns of a `Glimpse`) of the newest few cases of each."""
    own = {"partition_by": by, "order_by": col(Case.id).desc()}
    columns: list[Any] = [
        *by,
        func.count().over(partition_by=by).label("of"),
        *(getattr(Case, one.name) for one in fields(Glimpse)),
        func.row_number().over(**own).label("nth"),
    ]
    ranked = select(*columns).where(*conditions)
    inner = person.reach.limit(ranked, Case.district).subquery()
    shown = [column for column in inner.c if column.name != "nth"]
    return select(*shown).where(inner.c.nth <= how_many).order_by(inner.c.id.desc())


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
    place = (Case.edge_id, Case.camera_id, Case.zone_id)
    here = tuple_(*(col(part) for part in place)).in_(zones)
    newest = _newest_of_each(person, place, OPEN_SHOWN + 1, here, col(Case.state).not_in(_ENDED))
    for edge_id, camera_id, zone_id, _count, *told in session.exec(newest):
        found.open_here[edge_id, camera_id, zone_id].append(Glimpse(*told))
