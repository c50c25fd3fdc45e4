"""Take a report: an alert of its own, in a case of its own or in one that is open."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import LOCAL
from server.alerts.tables import Alert
from server.audit import service as audit
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import service as cases
from server.cases.tables import Case
from server.db import serialise
from server.errors import InvalidInput, NotFound
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.feed import service as feed
from server.places import service as places
from server.places.datum import to_wgs84
from server.places.geometry import LonLat
from server.policy import publication
from server.policy.publication import VIOLATION, ViolationRule
from server.reports_by_people.schemas import ReportCreate
from server.reports_by_people.tables import PersonReport, Reporter
from server.subjects import service as subjects

SITE_PHOTO = "site_photo"
"""Role of a photo that people took: sealed like every original."""
LOOKS_AHEAD = timedelta(minutes=5)
"""How far a phone's clock may run ahead."""
LOOKS_BACK = timedelta(days=730)
"""Older acts are beyond the ordinary limit (Penalty Law 36)."""


@dataclass(frozen=True)
class Taken:
    """A report with its case."""

    report: PersonReport
    case: Case


def take(session: Session, wanted: ReportCreate, by: Person, now: datetime, key: str | None = None) -> Taken:
    """Take a report. The same Idempotency-Key of the same person again returns what it made.

    A call is taken by the seat; whoever patrols reports in their own name. Raises Forbidden, InvalidInput (a photo
    that is not in the store, a time to come, a district out of reach), NotFound for an unknown subject.
    """
    by.require(*((Role.SEAT,) if wanted.source == "call" else (Role.OFFICER, Role.GRID, Role.LEADER, Role.VERIFY)))
    digest = None if key is None else hashlib.sha256(f"{by.id}:{key}".encode()).hexdigest()
    known = _known(session, digest)
    if known is not None:
        return Taken(known, cases.get(session, known.case_id))
    point = None if wanted.point is None else to_wgs84(wanted.point, wanted.datum)
    if wanted.seen_at is not None and not now - LOOKS_BACK <= wanted.seen_at <= now + LOOKS_AHEAD:
        allowed = f"not after now, and at most {LOOKS_BACK.days} days ago"
        raise InvalidInput([{"field": "seen_at", "value": wanted.seen_at.isoformat(), "allowed": allowed}])
    files = _photos(session, wanted.photos)
    alert = _alert(session, wanted, point, by, now)
    case = cases.open_from_alert(session, alert, now)
    alert.case_id, alert.district = case.id, case.district
    report = PersonReport(
        id=uuid7(now), number=_number(session, now), district=case.district, source=wanted.source,
        channel=wanted.channel or wanted.source, alert_id=alert.id, case_id=case.id,
        merged=_has_others(session, case, alert), item_code=alert.item_code, violation=alert.violation,
        text=wanted.text, address=alert.address, lon=alert.lon, lat=alert.lat, seen_at=alert.began_at,
        received_at=now, reminded=wanted.reminded, photos=list(dict.fromkeys(wanted.photos)),
        in_view=_in_view(session, point), request_digest=digest,
    )  # fmt: skip
    session.add(report)
    session.flush()
    own = None if wanted.source == "call" else by.id
    reporter = {"name": wanted.reporter_name.strip(), "contact": wanted.reporter_contact.strip()}
    session.add(Reporter(report_id=report.id, person_id=own, taken_by=by.id, **reporter))
    _keep_photos(session, files, report, alert)
    if wanted.source == "call":
        audit.record(session, by, "report.take", report.id, {"number": report.number, "case_id": str(case.id)}, now)
    facts = {"phase": "raised", "source": wanted.source, "violation": alert.violation, "case_id": str(case.id)}
    feed.tell(session, "alert", alert.id, facts, now, alert.district)
    return Taken(report, case)


def get(session: Session, report_id: UUID, by: Person) -> PersonReport:
    """One report within reach; raises NotFound."""
    report = session.get(PersonReport, report_id)
    if report is None:
        raise NotFound("report", report_id)
    by.reach.require("report", report_id, report.district)
    return report


def reporter_of(session: Session, report_id: UUID, by: Person, reason: str, now: datetime) -> Reporter:
    """Who made a report; the look is written down. Raises NotFound."""
    report = get(session, report_id, by)
    row = session.get(Reporter, report_id)
    if row is None:
        raise NotFound("reporter", report_id)
    audit.record(session, by, "report.reporter_seen", report.id, {"number": report.number, "reason": reason}, now)
    return row


def _alert(session: Session, wanted: ReportCreate, point: LonLat | None, by: Person, now: datetime) -> Alert:
    """The report as an alert, with the zone's subject where the place lies in one; not in a case yet."""
    seen_at, rule = wanted.seen_at or now, _rule(session, wanted)
    alert = Alert(
        id=uuid7(now), source=wanted.source, edge_id="", district=_district(session, wanted, point, by),
        episode_id=uuid7(now), camera_id="", zone_id="", violation=rule.id if rule else wanted.violation or "",
        violation_version=rule.version if rule else 0, permit="none", state="raised", began_at=seen_at,
        raised_at=seen_at, last_captured_at=seen_at, received_at=now, dwell_s=0.0, score=0.0, peak_score=0.0,
        item_code=wanted.item_code or (rule.item if rule else None), lon=point[0] if point else None,
        lat=point[1] if point else None, address=wanted.address.strip(),
        subject_id=_subject(session, wanted, point, seen_at, by),
    )  # fmt: skip
    session.add(alert)
    session.flush()
    return alert


def _known(session: Session, digest: str | None) -> PersonReport | None:
    if digest is None:
        return None
    serialise(session, f"report:{digest}")
    return session.exec(select(PersonReport).where(PersonReport.request_digest == digest)).first()


def _number(session: Session, now: datetime) -> str:
    """上报回执号: the local day and a count without gaps, given under a lock held to the commit."""
    day = f"SB{now.astimezone(LOCAL):%Y%m%d}-"
    serialise(session, f"report-number:{day}")
    taken = session.exec(select(func.count()).where(col(PersonReport.number).startswith(day))).one()
    return f"{day}{taken + 1:05d}"


def _rule(session: Session, wanted: ReportCreate) -> ViolationRule | None:
    """The newest violation rule of what was told: by its id, or the one whose item it is."""
    for row in publication.newest(session, VIOLATION, wanted.violation):
        rule = publication.parsed(ViolationRule, row)
        if wanted.violation is not None or wanted.item_code in (rule.item, rule.item_permit_exceeded):
            return rule
    return None


def _district(session: Session, wanted: ReportCreate, point: LonLat | None, by: Person) -> str:
    """The one told, else the grid cell's, else the reporter's own when they have only one."""
    grid = None if point is None else places.grid_at(session, *point)
    district = wanted.district or (grid.district if grid else None) or by.reach.only or "local"
    if not by.reach.holds(district):
        allowed = "a district of yours: " + (", ".join(sorted(by.reach.districts)) or "none")
        raise InvalidInput([{"field": "district", "value": district, "allowed": allowed}])
    return district


def _subject(session: Session, wanted: ReportCreate, point: LonLat | None, at: datetime, by: Person) -> UUID:
    """The one told; else whoever answers for the zone that holds the place, when that is one only."""
    if wanted.subject_id is not None:
        subject = subjects.get(session, wanted.subject_id)
        by.reach.require("subject", subject.id, subject.district)
        return subject.id
    zones = [] if point is None else places.in_view(session, *point)
    found = {subjects.subject_for_zone(session, zone.camera_id, zone.zone_id, at).id for zone in zones}
    return found.pop() if len(found) == 1 else subjects.unknown_subject(session, at).id


def _in_view(session: Session, point: LonLat | None) -> list[dict[str, str]]:
    zones = [] if point is None else places.in_view(session, *point)
    return [{"edge_id": zone.edge_id, "camera_id": zone.camera_id, "zone_id": zone.zone_id} for zone in zones]


def _has_others(session: Session, case: Case, alert: Alert) -> bool:
    others = select(func.count()).where(Alert.case_id == case.id, col(Alert.id) != alert.id)
    return session.exec(others).one() > 0


def _photos(session: Session, named: list[str]) -> list[EvidenceFile]:
    found = [session.get(EvidenceFile, sha256) for sha256 in dict.fromkeys(named)]
    problems = [
        {"field": f"photos.{number}", "value": sha256, "allowed": "a picture sent to /api/evidence/{sha256} before"}
        for number, (sha256, file) in enumerate(zip(dict.fromkeys(named), found, strict=True))
        if file is None or not file.media_type.startswith("image/")
    ]
    if problems:
        raise InvalidInput(problems, "report.photos_invalid")
    return [file for file in found if file is not None]


def _keep_photos(session: Session, files: list[EvidenceFile], report: PersonReport, alert: Alert) -> None:
    for file in files:
        session.add(
            EvidenceLink(
                id=uuid7(report.received_at), sha256=file.sha256, role=SITE_PHOTO, media_type=file.media_type,
                size_bytes=file.size_bytes, captured_at=report.seen_at, source_kind="person_report",
                source_id=report.id, alert_id=alert.id,
            )
        )  # fmt: skip
    session.flush()
